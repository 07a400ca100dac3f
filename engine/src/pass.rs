//! Counting the matches of a query, and meeting each of them where the plan says so.

use std::ops::Range;

use crate::{
    attributes::{Counter, block_mask, each_document, each_word},
    conjunction::Conjunction,
    cover::Run,
    matches::Block,
    met::Met,
    plan::Pass,
    prepared::{Order, Prepared, Words},
    shortlist::Shortlist,
};

impl<'a> Prepared<'a> {
    /// Counts all matches, and meets each of them if it is that sort of pass. Gives the number of postings that were looked at.
    pub(crate) fn pass(&self, pass: Pass, counter: &mut Counter<'a>, shortlist: &mut Shortlist<'a>) -> u64 {
        match (pass, &self.words) {
            (Pass::Ranks, _) => {
                for run in &self.runs {
                    self.count(run, counter);
                }
            }
            (Pass::Scan, _) => {
                for run in &self.runs {
                    self.scan(run, counter, shortlist);
                }
            }
            (Pass::Sought, Words::Some(conjunction)) => {
                return self.seek((**conjunction).clone(), counter, shortlist);
            }
            (Pass::Postings, Words::Some(conjunction)) => {
                return self.go_through((**conjunction).clone(), counter, shortlist);
            }
            (Pass::Sums, _) => {
                if let Some(sums) = &self.sums {
                    counter.sums(sums.total, &sums.counts);
                }
            }
            (Pass::Sought | Pass::Postings, Words::None | Words::Nowhere) => {}
        }
        0
    }

    /// Counts the matches of a run without meeting them.
    fn count(&self, run: &Run, counter: &mut Counter<'_>) {
        if !run.inside.is_empty() {
            counter.run(run.inside.clone());
        }
        self.edges(run, |block, mask| {
            counter.word(block, mask);
        });
    }

    /// The documents at the edges of a run that lie in the area, as bits of blocks.
    fn edges(&self, run: &Run, mut take: impl FnMut(usize, u64)) {
        for edge in run.edges() {
            let mut start = edge.start as usize;
            each_word(edge, |block, mask| {
                let end = start + mask.count_ones() as usize;
                let (lats, lons) = self.index.bands.coordinates(start..end);
                take(block, self.within.mask(lats, lons) << mask.trailing_zeros());
                start = end;
            });
        }
    }

    /// Counts the matches of a run and meets each.
    fn scan(&self, run: &Run, counter: &mut Counter<'_>, shortlist: &mut Shortlist<'_>) {
        let mut meet = |doc: u32| self.offer(doc, 0.0, shortlist);
        each_word(run.inside.clone(), |block, mask| {
            counter.visit(block, mask, &mut meet);
        });
        self.edges(run, |block, mask| counter.visit(block, mask, &mut meet));
    }

    /// Counts the matches that have all words, by the postings of every run, and meets those that may be wanted. Gives how
    /// many postings were looked at.
    fn seek(
        &self,
        mut conjunction: Conjunction<'a>,
        counter: &mut Counter<'a>,
        shortlist: &mut Shortlist<'a>,
    ) -> u64 {
        match self.order {
            _ if !shortlist.wants() => {
                for run in &self.runs {
                    self.matching(&run.docs, run, &mut conjunction, false, |block, mask| {
                        counter.word(block.at, mask);
                    });
                }
            }
            Order::Distance(origin) => {
                let mut met = Met::new(&self.index.bands, origin);
                for run in &self.runs {
                    met.begin(run);
                    self.matching(&run.docs, run, &mut conjunction, false, |block, mask| {
                        met.keep(block.at, counter.word(block.at, mask));
                    });
                }
                met.nearest(shortlist);
            }
            Order::Relevance => return self.rank(conjunction, counter, shortlist),
            Order::Id => {
                for run in &self.runs {
                    self.matching(&run.docs, run, &mut conjunction, false, |block, mask| {
                        counter.visit(block.at, mask, &mut |doc| self.offer(doc, 0.0, shortlist));
                    });
                }
            }
        }
        conjunction.looked_at()
    }

    /// The blocks of a part of a run of which some documents have all words, and which of these lie in the area.
    pub(crate) fn matching(
        &self,
        part: &Range<u32>,
        run: &Run,
        conjunction: &mut Conjunction<'_>,
        scored: bool,
        mut take: impl FnMut(&Block<'_>, u64),
    ) {
        conjunction.meet(part, scored, |block| take(block, self.inside(block, run)));
    }

    /// Those documents of a block that have all words and lie in the area.
    #[inline]
    pub(crate) fn inside(&self, block: &Block<'_>, run: &Run) -> u64 {
        let inside = block_mask(block.at, &run.inside);
        match block.mask & !inside {
            0 => block.mask,
            outside => block.mask & inside | self.within_of(block.at, outside),
        }
    }

    /// Those of some documents of a block that lie in the area.
    fn within_of(&self, block: usize, mask: u64) -> u64 {
        each_document(block, mask)
            .filter(|doc| self.within.contains(self.index.bands.fixed(*doc)))
            .fold(0, |within, doc| within | 1 << (doc % u64::BITS))
    }

    /// Counts the matches among all postings of the rarest word, and meets each. Gives how many postings that were.
    fn go_through(
        &self,
        mut conjunction: Conjunction<'_>,
        counter: &mut Counter<'_>,
        shortlist: &mut Shortlist<'_>,
    ) -> u64 {
        let relevance = matches!(self.order, Order::Relevance);
        conjunction.visit(self.index.bands.placed(), |doc, score_by| {
            if self.within.contains(self.index.bands.fixed(doc)) && counter.one(doc) {
                let score = if relevance {
                    score_by(self.index.norm(doc))
                } else {
                    0.0
                };
                self.offer(doc, score, shortlist);
            }
        });
        conjunction.looked_at()
    }

    /// Offers a match for the page.
    #[inline]
    pub(crate) fn offer(&self, doc: u32, score: f64, shortlist: &mut Shortlist<'_>) {
        if !shortlist.wants() {
            return;
        }
        let key = match self.order {
            Order::Distance(origin) => origin.haversine(self.index.bands.fixed(doc)),
            Order::Relevance => match self.scale {
                Some(scale) => match scale.weigh(self.index, doc, score, -shortlist.bound()) {
                    Some(score) => -score,
                    None => return,
                },
                None => -score,
            },
            Order::Id => self
                .index
                .id_ranks
                .get(doc as usize)
                .copied()
                .map_or(f64::INFINITY, f64::from),
        };
        shortlist.push(key, doc);
    }
}
