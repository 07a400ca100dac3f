//! Matches that a pass met, kept as bits until the nearest of them are asked for: from the origin outwards, run by run, until
//! nothing nearer can come.

use std::ops::Range;

use crate::{
    attributes::each_document,
    bands::Bands,
    cover::Run,
    origin::Origin,
    shortlist::Shortlist,
    walk::{distance_to, home},
};

/// Matches, by the run in which they lie.
pub(crate) struct Met<'a> {
    bands: &'a Bands,
    origin: Origin,
    /// Blocks of 64 documents by their number, with a bit for each match.
    blocks: Vec<(usize, u64)>,
    /// Where the blocks of each run begin, and below which haversine it has nothing.
    runs: Vec<(f64, usize)>,
}

impl<'a> Met<'a> {
    pub(crate) fn new(bands: &'a Bands, origin: Origin) -> Self {
        Self {
            bands,
            origin,
            blocks: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// What is kept from now on lies in this run.
    pub(crate) fn begin(&mut self, run: &Run) {
        let gap = gap(run, self.bands, &self.origin);
        self.runs.push((gap, self.blocks.len()));
    }

    /// Keeps matches of a block.
    pub(crate) fn keep(&mut self, block: usize, mask: u64) {
        if mask != 0 {
            self.blocks.push((block, mask));
        }
    }

    /// Puts the nearest on a shortlist whose keys are haversines.
    pub(crate) fn nearest(self, shortlist: &mut Shortlist<'_>) {
        let ends = self.runs.iter().map(|(_, start)| *start).skip(1);
        let ends = ends.chain([self.blocks.len()]);
        let mut runs: Vec<(f64, Range<usize>)> = (self.runs.iter().zip(ends))
            .map(|((gap, start), end)| (*gap, *start..end))
            .collect();
        runs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        for (gap, blocks) in runs {
            if gap > shortlist.bound() {
                return;
            }
            for (block, mask) in self.blocks.get(blocks).unwrap_or_default() {
                for doc in each_document(*block, *mask) {
                    shortlist.push(self.origin.haversine(self.bands.fixed(doc)), doc);
                }
            }
        }
    }
}

/// No document of a run has a haversine below this: that of the parallels between which its bands lie.
pub(crate) fn gap(run: &Run, bands: &Bands, origin: &Origin) -> f64 {
    let band = |doc: u32| bands.fixed(doc).band();
    let (south, north) = (band(run.docs.start), band(run.docs.end.saturating_sub(1)));
    let units = if (south..=north).contains(&home(origin)) {
        0.0
    } else {
        distance_to(origin, south).min(distance_to(origin, north))
    };
    Origin::haversine_of_lat(units)
}
