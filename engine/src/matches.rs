//! The documents of a run that have what is wished for, as bits: 64 documents at a time, without a branch a posting.
//!
//! A clause is met by any of its terms. All that are required must be met; if none is, one of them must.

use std::ops::Range;

use crate::{
    attributes::block_mask,
    bm25::bm25,
    cursor::{Clause, Cursor},
    impacts::{Impact, Impacts},
    unions::Union,
};

/// Documents in a block.
const BLOCK: u32 = u64::BITS;

/// What was found in a run of documents. Kept from run to run, so that nothing is allocated.
#[derive(Debug, Default, Clone)]
pub(crate) struct Matches<'a> {
    /// The first document of the block in which the run begins.
    start: u32,
    /// A bit a document that meets the clauses so far, from the block in which the run begins.
    met: Vec<u64>,
    /// The same for one clause.
    clause: Vec<u64>,
    /// Of each term or union that the run has, if scores are wanted.
    terms: Vec<Term<'a>>,
    /// A bit a document that has the term: those of one term behind those of the other, as all that follows.
    rows: Vec<u64>,
    /// Of each block, where the frequencies or impacts of its documents begin.
    ranks: Vec<usize>,
    /// How often each of these documents has the term.
    frequencies: Vec<u32>,
}

/// A term, or a union of some, that some document of a run has.
#[derive(Debug, Clone, Copy)]
struct Term<'a> {
    clause: u16,
    worth: f64,
    idf: f64,
    /// What tells the impacts in place of frequencies.
    union: Option<&'a Impacts>,
}

/// A block of 64 documents of which some have what is wished for.
pub(crate) struct Block<'a> {
    /// Its number.
    pub(crate) at: usize,
    /// Which of its documents have it.
    pub(crate) mask: u64,
    /// Which of those in the run it is.
    nth: usize,
    matches: &'a Matches<'a>,
}

impl<'a> Matches<'a> {
    /// Meets the blocks of a run in which some documents have what is wished for. Gives how many postings of the first
    /// clause there were. Required clauses come first. Blocks have scores if they are to be `scored`.
    pub(crate) fn meet(
        &mut self,
        docs: &Range<u32>,
        postings: &mut [Cursor<'a>],
        scored: bool,
        mut meet: impl FnMut(&Block<'_>),
    ) -> u64 {
        let first = docs.start / BLOCK;
        self.start = first * BLOCK;
        let blocks = docs.end.div_ceil(BLOCK).saturating_sub(first) as usize;
        self.met.clear();
        self.met.resize(blocks, 0);
        self.terms.clear();
        self.rows.clear();
        self.ranks.clear();
        self.frequencies.clear();
        let mut left = docs.clone();
        let mut looked_at = 0;
        let required = postings.first().is_some_and(|way| way.clause.required);
        for ways in postings.chunk_by_mut(|one, other| one.clause == other.clause) {
            let clause = ways.first().map(|way| way.clause).unwrap_or_default();
            let (found, count) = self.gather(first, left.clone(), ways, scored);
            if clause.number == 0 {
                looked_at = count;
            }
            let both = self.met.iter_mut().zip(&self.clause);
            match (required, clause) {
                (true, Clause { required: false, .. }) => {}
                (true, Clause { number: 0, .. }) => self.met.copy_from_slice(&self.clause),
                (true, _) => both.for_each(|(met, clause)| *met &= clause),
                (false, _) => both.for_each(|(met, clause)| *met |= clause),
            }
            if clause.required {
                // Beyond the first and the last that have it, there is nothing to find.
                left = found;
                if left.is_empty() {
                    return looked_at;
                }
            }
        }
        let matches = &*self;
        for (nth, mask) in matches.met.iter().enumerate().filter(|(_, mask)| **mask != 0) {
            meet(&Block {
                at: first as usize + nth,
                mask: *mask,
                nth,
                matches,
            });
        }
        looked_at
    }

    /// Gathers the postings of a clause in a run. Gives the run from the first to the last of them, and how many there are.
    fn gather(
        &mut self,
        first: u32,
        docs: Range<u32>,
        ways: &mut [Cursor<'a>],
        scored: bool,
    ) -> (Range<u32>, u64) {
        self.clause.clear();
        self.clause.resize(self.met.len(), 0);
        let joined = ways.first().and_then(|way| Some((way.union?, way.clause)));
        if let Some((union, asked)) = joined {
            let count = merge(&mut self.clause, first as usize, &docs, &union.bits);
            if count == 0 {
                return (docs.end..docs.start, 0);
            }
            if scored {
                self.gather_impacts(first as usize, union, asked);
            }
            return (docs, count);
        }
        let Self {
            clause,
            terms,
            rows,
            ranks,
            frequencies,
            ..
        } = self;
        let start = first * BLOCK;
        let mut found = docs.end..docs.start;
        let mut count = 0;
        for way in ways {
            if let Some(bits) = way.bits.filter(|_| !scored) {
                let marked = merge(clause, first as usize, &docs, bits);
                if marked > 0 {
                    count += marked;
                    found = docs.clone();
                }
                continue;
            }
            let row = rows.len();
            let before = frequencies.len();
            way.take(docs.clone(), |docs, often| {
                if let ([least, ..], [.., greatest]) = (docs, docs) {
                    found = found.start.min(*least)..found.end.max(greatest + 1);
                }
                count += docs.len() as u64;
                if !scored {
                    return mark(clause, start, docs);
                }
                if rows.len() == row {
                    rows.resize(row + clause.len(), 0);
                }
                mark(&mut rows[row..], start, docs);
                frequencies.extend_from_slice(often);
            });
            if rows.len() > row {
                let rows = &rows[row..];
                (clause.iter_mut().zip(rows)).for_each(|(clause, row)| *clause |= row);
                ranks.resize(row + rows.len(), 0);
                let mut next = before;
                for (rank, row) in ranks[row..].iter_mut().zip(rows) {
                    *rank = next;
                    next += row.count_ones() as usize;
                }
                terms.push(Term {
                    clause: way.clause.number,
                    worth: way.clause.worth,
                    idf: way.idf,
                    union: None,
                });
            }
        }
        (found, count)
    }

    /// Gathers what a union is worth to the documents of a run that begins with block `first`.
    fn gather_impacts(&mut self, first: usize, union: &'a Union, clause: Clause) {
        let Some(impacts) = &union.impacts else { return };
        let blocks = union.bits.get(first..first + self.met.len()).unwrap_or_default();
        let mut next = impacts.rank(&union.bits, first);
        for block in blocks {
            self.ranks.push(next);
            next += block.count_ones() as usize;
        }
        self.rows.extend_from_slice(blocks);
        self.terms.push(Term {
            clause: clause.number,
            worth: clause.worth,
            idf: 0.0,
            union: Some(impacts),
        });
    }
}

/// Marks the documents of a run of which bits are set, from block `first` on. Gives how many these are, with those beside the
/// run in its first and last block: they are looked at too.
fn merge(marks: &mut [u64], first: usize, docs: &Range<u32>, bits: &[u64]) -> u64 {
    let blocks = (docs.start / BLOCK) as usize..docs.end.div_ceil(BLOCK) as usize;
    let marks = marks
        .get_mut(blocks.start - first..blocks.end - first)
        .unwrap_or_default();
    let bits = bits.get(blocks.clone()).unwrap_or_default();
    let mut looked_at = 0;
    for (mark, bits) in marks.iter_mut().zip(bits) {
        looked_at += u64::from(bits.count_ones());
        *mark |= bits;
    }
    if let Some(mark) = marks.first_mut() {
        *mark &= block_mask(blocks.start, docs);
    }
    if let Some(mark) = marks.last_mut() {
        *mark &= block_mask(blocks.end - 1, docs);
    }
    looked_at
}

/// Marks documents, counted from the first that has a mark.
///
/// Neighbours share a word, and each would wait until the one before it is written: so four strips are marked side by side.
#[inline]
fn mark(marks: &mut [u64], start: u32, docs: &[u32]) {
    let mut set = |doc: &u32| {
        let bit = doc - start;
        marks[(bit / BLOCK) as usize] |= 1 << (bit % BLOCK);
    };
    let (one, rest) = docs.split_at(docs.len() / 4);
    let (two, rest) = rest.split_at(one.len());
    let (three, rest) = rest.split_at(one.len());
    let (four, rest) = rest.split_at(one.len());
    for (((one, two), three), four) in one.iter().zip(two).zip(three).zip(four) {
        set(one);
        set(two);
        set(three);
        set(four);
    }
    rest.iter().for_each(set);
}

impl Block<'_> {
    /// BM25 of one of the documents that has all terms, each of them a clause of its own.
    #[inline]
    pub(crate) fn score_of_all(&self, doc: u32, norm: f64) -> f64 {
        let before = (1_u64 << (doc % BLOCK)) - 1;
        let blocks = self.matches.met.len();
        let mut score = 0.0;
        for (nth, term) in self.matches.terms.iter().enumerate() {
            let at = nth * blocks + self.nth;
            let rank = self.matches.ranks[at] + (self.matches.rows[at] & before).count_ones() as usize;
            let often = self.matches.frequencies[rank];
            score += bm25(Impact { idf: term.idf, often }, norm);
        }
        score
    }

    /// BM25 of one of the documents: of each clause that it meets, the term that is worth most.
    #[inline]
    pub(crate) fn score(&self, doc: u32, norm: f64) -> f64 {
        let mut score = 0.0;
        let mut best = 0.0_f64;
        let mut clause = Clause::default().number;
        for (nth, term) in self.matches.terms.iter().enumerate() {
            if term.clause != clause {
                score += best;
                best = 0.0;
                clause = term.clause;
            }
            if let Some(impact) = self.impact_of(nth, term, doc) {
                best = best.max(term.worth * bm25(impact, norm));
            }
        }
        score + best
    }

    /// What one of the documents has of a term.
    #[inline]
    fn impact_of(&self, nth: usize, term: &Term<'_>, doc: u32) -> Option<Impact> {
        let bit = 1_u64 << (doc % BLOCK);
        let at = nth * self.matches.met.len() + self.nth;
        let row = self.matches.rows[at];
        if row & bit == 0 {
            return None;
        }
        let rank = self.matches.ranks[at] + (row & (bit - 1)).count_ones() as usize;
        Some(match term.union {
            None => Impact {
                idf: term.idf,
                often: self.matches.frequencies[rank],
            },
            Some(impacts) => impacts.at(rank),
        })
    }

    /// Which of some of the documents may have enough of the first two unions that are asked for.
    #[inline]
    pub(crate) fn promising(&self, mask: u64, enough: impl Fn(f64) -> bool) -> u64 {
        let matches = self.matches;
        let blocks = matches.met.len();
        let mut unions = matches.terms.iter().enumerate().filter_map(|(nth, term)| {
            let at = nth * blocks + self.nth;
            Some((term.union?, term.worth, matches.rows[at], matches.ranks[at]))
        });
        let Some(one) = unions.next() else { return mask };
        // Who lacks the second is taken for who has what comes next: that may only be more.
        let two = unions.next();
        let (mut left, mut kept) = (mask, 0);
        while left != 0 {
            let bit = left & left.wrapping_neg();
            left ^= bit;
            let most = |(impacts, worth, row, rank): (&Impacts, f64, u64, usize)| {
                worth * impacts.most_at(rank + (row & (bit - 1)).count_ones() as usize)
            };
            let most = most(one) + two.map_or(0.0, most);
            kept |= bit * u64::from(enough(most));
        }
        kept
    }

    /// Of all that one of the documents has, what is worth most, and how much.
    #[inline]
    pub(crate) fn impact(&self, doc: u32, norm: f64) -> (Impact, f64) {
        let mut best = (Impact::default(), 0.0);
        for (nth, term) in self.matches.terms.iter().enumerate() {
            let impact = self.impact_of(nth, term, doc).unwrap_or_default();
            let worth = bm25(impact, norm);
            if worth > best.1 {
                best = (impact, worth);
            }
        }
        best
    }
}
