//! By relevance, where distance counts: from the band of the origin northwards, then what lies south of it. What lies too far
//! to be among the best, whatever it says, is counted and not scored.

use std::{borrow::Cow, ops::Range};

use crate::{
    attributes::{Counter, each_document},
    bands::Bands,
    conjunction::Conjunction,
    cover::Run,
    met::gap,
    origin::Origin,
    prepared::Prepared,
    shortlist::Shortlist,
    walk::{home, least_cosine},
    worth::Scale,
};

/// A sweep over the matches of a query.
struct Sweep<'a, 'q, 's> {
    prepared: &'q Prepared<'a>,
    /// What is counted.
    counter: &'s mut Counter<'a>,
    /// Whose keys are scores, negative.
    shortlist: &'s mut Shortlist<'a>,
    /// No match has more of what was not joined.
    others: f64,
    /// Matches that may be among the best, with their scores. Memory brings their positions while others are scored.
    waiting: Vec<(u32, f64)>,
}

/// At most so many wait.
const WAITING: usize = 16;

/// How far it matters where a match lies.
#[derive(Clone, Copy)]
struct Reach {
    scale: Scale,
    origin: Origin,
    /// No match has a greater score by its words.
    ceiling: f64,
    /// No match has a haversine above this.
    horizon: f64,
}

impl<'a> Prepared<'a> {
    /// Counts the matches, and scores those that may be among the best. Gives how many postings were looked at.
    pub(crate) fn rank(
        &self,
        mut conjunction: Conjunction<'a>,
        counter: &mut Counter<'a>,
        shortlist: &mut Shortlist<'a>,
    ) -> u64 {
        let mut sweep = Sweep {
            prepared: self,
            counter,
            shortlist,
            others: conjunction.most_of_others(),
            waiting: Vec::with_capacity(WAITING),
        };
        let ceiling = conjunction.ceiling();
        let reach = self.scale.and_then(|scale| {
            let origin = scale.origin()?;
            Some(Reach {
                scale,
                origin,
                ceiling,
                horizon: self.horizon(origin),
            })
        });
        let Some(reach) = reach else {
            let most = self.scale.map_or(1.0, |scale| scale.most_beyond(0.0));
            for run in &self.runs {
                sweep.score(run.docs.clone(), run, most, &mut conjunction);
            }
            return conjunction.looked_at();
        };
        let runs = self.by_band();
        let home = home(&reach.origin);
        let north = runs.partition_point(|run| self.index.bands.fixed(run.docs.start).band() < home);
        let (south, north) = runs.split_at(north);
        // Postings are gone through from south to north only: so there are two of them.
        if let Some(run) = south.first() {
            conjunction.skip_to(run.docs.start);
        }
        let mut southern = conjunction.clone();
        sweep.meet_all(north, &reach, &mut conjunction);
        sweep.meet_all(south, &reach, &mut southern);
        conjunction.looked_at() + southern.looked_at()
    }

    /// The runs, each within one band.
    fn by_band(&self) -> Cow<'_, [Run]> {
        let bands = &self.index.bands;
        let band = |doc: u32| bands.fixed(doc).band();
        let reach = |run: &Run| band(run.docs.start)..=band(run.docs.end.saturating_sub(1));
        let within_one = |run: &Run| {
            let bands = reach(run);
            bands.start() == bands.end()
        };
        if self.runs.iter().all(within_one) {
            return Cow::Borrowed(&self.runs);
        }
        let common = |docs: &Range<u32>, others: Range<u32>| {
            let start = docs.start.clamp(others.start, others.end);
            start..docs.end.clamp(start, others.end)
        };
        let mut parts = Vec::new();
        for run in &self.runs {
            parts.extend(reach(run).map(|band| Run {
                docs: common(&run.docs, bands.band(band)),
                inside: common(&run.inside, bands.band(band)),
            }));
        }
        parts.retain(|run| !run.docs.is_empty());
        Cow::Owned(parts)
    }
}

impl<'a> Sweep<'a, '_, '_> {
    /// Meets the matches of runs that lie within one band each. Memory brings what the next needs.
    fn meet_all(&mut self, runs: &[Run], reach: &Reach, conjunction: &mut Conjunction<'a>) {
        for (at, run) in runs.iter().enumerate() {
            if let Some(next) = runs.get(at + 1) {
                conjunction.fetch(&next.docs);
            }
            self.meet(run, reach, conjunction);
        }
    }

    /// Meets the matches of a run within one band.
    fn meet(&mut self, run: &Run, reach: &Reach, conjunction: &mut Conjunction<'a>) {
        let bands = &self.prepared.index.bands;
        let gap = gap(run, bands, &reach.origin);
        let near = reach.of(run, gap, bands, -self.shortlist.bound());
        let most = reach.scale.most_beyond(gap);
        self.count(run.docs.start..near.start, run, conjunction);
        self.score(near.clone(), run, most, conjunction);
        self.count(near.end..run.docs.end, run, conjunction);
    }

    /// Counts the matches in a part of a run.
    fn count(&mut self, part: Range<u32>, run: &Run, conjunction: &mut Conjunction<'a>) {
        let counter = &mut *self.counter;
        self.prepared
            .matching(&part, run, conjunction, false, |block, mask| {
                counter.word(block.at, mask);
            });
    }

    /// The same, and offers for the page those that may be among the best, if none is worth more than `most`.
    fn score(&mut self, part: Range<u32>, run: &Run, most: f64, conjunction: &mut Conjunction<'a>) {
        let Self {
            prepared,
            counter,
            shortlist,
            others,
            waiting,
        } = self;
        prepared.index.lengths.fetch(&part);
        let most = most * (1.0 + ROUNDING);
        let literal = conjunction.is_literal();
        let offer = |waiting: &mut Vec<(u32, f64)>, shortlist: &mut Shortlist<'a>| {
            for (doc, score) in waiting.drain(..) {
                prepared.offer(doc, score, shortlist);
            }
        };
        prepared.matching(&part, run, conjunction, true, |block, mask| {
            let mut mask = counter.word(block.at, mask);
            if !literal {
                let least = -shortlist.bound();
                mask = block.promising(mask, |unions| (unions + *others) * most >= least);
            }
            for doc in each_document(block.at, mask) {
                let norm = prepared.index.norm(doc);
                let score = if literal {
                    block.score_of_all(doc, norm)
                } else {
                    block.score(doc, norm)
                };
                if score * most >= -shortlist.bound() {
                    prepared.index.bands.fetch(doc);
                    waiting.push((doc, score));
                    if waiting.len() == WAITING {
                        offer(waiting, shortlist);
                    }
                }
            }
        });
        offer(waiting, shortlist);
    }
}

/// By how much a score may be off, as a share.
const ROUNDING: f64 = 1e-9;

impl Reach {
    /// The documents of a run within one band, none of them nearer than `gap`, that are near enough to be worth at least so much.
    fn of(&self, run: &Run, gap: f64, bands: &Bands, least: f64) -> Range<u32> {
        let farthest = self.scale.farthest(self.ceiling, least);
        if gap > farthest {
            return run.docs.end..run.docs.end;
        }
        if farthest >= self.horizon {
            return run.docs.clone();
        }
        let cosine = least_cosine(bands.fixed(run.docs.start).band());
        let Some(lons) = self.origin.lons_within(farthest - gap, cosine) else {
            return run.docs.clone();
        };
        let start = bands.first_from(&run.docs, lons.start);
        start..bands.first_beyond(&run.docs, lons.end).max(start)
    }
}
