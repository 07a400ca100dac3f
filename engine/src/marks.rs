//! How many documents of a selection have each attribute, before every eighth of its words: so the facets of a long run
//! are a difference there too, as they are without a selection (`attributes`).

use std::ops::Range;

use crate::attributes::{ATTRIBUTES, Attributes, BLOCK, below};

/// Words between two marks. Fewer cost memory, more cost time: 16 bytes a word, and at most so many words are looked at
/// at each end of a run.
const STRIDE: usize = 8;

/// The counts before every so many words of a selection.
#[derive(Debug)]
pub(crate) struct Marks {
    /// The number of the first mark.
    first: usize,
    counts: Vec<[u32; ATTRIBUTES]>,
}

impl Marks {
    /// Whether a run is so long that its ends are less to look at than all of it.
    pub(crate) fn shorten(docs: &Range<u32>) -> bool {
        docs.len() > 2 * STRIDE * BLOCK
    }

    /// Counts all words of a selection; `word` gives the bits of each.
    pub(crate) fn new(attributes: &Attributes, words: Range<usize>, word: impl Fn(usize) -> u64) -> Self {
        let first = words.start / STRIDE;
        let mut sum = [0; ATTRIBUTES];
        let mut counts = Vec::with_capacity(words.len() / STRIDE + 2);
        for at in first * STRIDE..=words.end {
            if at.is_multiple_of(STRIDE) {
                counts.push(sum);
            }
            attributes.tally(at, word(at), ATTRIBUTES, &mut sum);
        }
        Self { first, counts }
    }

    /// How many selected documents before `doc`, which lies within the selection or at its end, have each of the first
    /// attributes.
    pub(crate) fn rank(
        &self,
        attributes: &Attributes,
        counted: usize,
        doc: usize,
        word: impl Fn(usize) -> u64,
    ) -> [u32; ATTRIBUTES] {
        let block = doc / BLOCK;
        let mark = (block / STRIDE).saturating_sub(self.first);
        let mark = mark.min(self.counts.len().saturating_sub(1));
        let mut counts = self.counts.get(mark).copied().unwrap_or([0; ATTRIBUTES]);
        for at in (self.first + mark) * STRIDE..block {
            attributes.tally(at, word(at), counted, &mut counts);
        }
        attributes.tally(block, word(block) & below(doc % BLOCK), counted, &mut counts);
        counts
    }

    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.counts)
    }
}
