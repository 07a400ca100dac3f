//! The documents of a run that have what is wished for, as bits: 64 documents at a time, without a branch a posting.
//!
//! A wish is met by any of its terms. All that are required must be met; if none is, one of them must.

use std::ops::Range;

use crate::conjunction::bm25;

/// Documents in a block.
const BLOCK: u32 = u64::BITS;

/// The postings of each term in a run of documents. Kept from run to run, so that nothing is allocated.
#[derive(Debug, Default, Clone)]
pub(crate) struct Matches {
    terms: Vec<Term>,
}

/// The postings of one term in a run.
#[derive(Debug, Default, Clone)]
struct Term {
    /// A bit a document, from the block in which the run begins.
    bits: Vec<u64>,
    /// How often each of these documents has the term.
    frequencies: Vec<u32>,
    idf: f64,
    wish: Wish,
    /// How many of these documents lie before the block that is met.
    before: usize,
}

/// What a term is one of the ways to say.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Its number. Terms of one wish stand behind each other.
    pub(crate) number: u16,
    pub(crate) required: bool,
}

/// A source of postings: documents, and how often they have the term (empty if that is not known), in rising order.
pub(crate) trait Postings {
    /// Inverse document frequency of the term, times what it is worth.
    fn idf(&self) -> f64;

    /// What the term is one of the ways to say.
    fn wish(&self) -> Wish;

    /// Takes the postings of a run, which must lie behind those taken before.
    fn take(&mut self, docs: Range<u32>, take: impl FnMut(&[u32], &[u32]));
}

/// A block of 64 documents of which some have what is wished for.
pub(crate) struct Block<'a> {
    /// Its number.
    pub(crate) at: usize,
    /// Which of its documents have it.
    pub(crate) mask: u64,
    /// Which of those in the run this block is.
    nth: usize,
    terms: &'a [Term],
}

impl Matches {
    /// Meets the blocks of a run in which some documents have what is wished for. Gives how many postings of the first wish
    /// there were. Required wishes come first.
    pub(crate) fn meet(
        &mut self,
        docs: &Range<u32>,
        postings: &mut [impl Postings],
        mut meet: impl FnMut(&Block<'_>),
    ) -> u64 {
        let first = docs.start / BLOCK;
        let blocks = docs.end.div_ceil(BLOCK).saturating_sub(first) as usize;
        self.terms.resize_with(postings.len(), Term::default);
        let mut left = docs.clone();
        let mut looked_at = 0;
        let mut terms = self.terms.iter_mut();
        for ways in postings.chunk_by_mut(|one, other| one.wish() == other.wish()) {
            let required = ways.first().is_some_and(|way| way.wish().required);
            let mut found = left.end..left.start;
            for (way, term) in ways.iter_mut().zip(&mut terms) {
                let here = term.fill(first, blocks, left.clone(), way);
                if !here.is_empty() {
                    found = found.start.min(here.start)..found.end.max(here.end);
                }
                if way.wish().number == 0 {
                    looked_at += term
                        .bits
                        .iter()
                        .map(|bits| u64::from(bits.count_ones()))
                        .sum::<u64>();
                }
            }
            if required {
                // Beyond the first and the last that have it, there is nothing to find.
                left = found;
                if left.is_empty() {
                    return looked_at;
                }
            }
        }
        for nth in 0..blocks {
            let mask = mask(&self.terms, nth);
            if mask != 0 {
                meet(&Block {
                    at: first as usize + nth,
                    mask,
                    nth,
                    terms: &self.terms,
                });
            }
            for term in &mut self.terms {
                term.before += term.bits[nth].count_ones() as usize;
            }
        }
        looked_at
    }
}

/// The documents of a block that have what is wished for.
fn mask(terms: &[Term], nth: usize) -> u64 {
    let required = terms.first().is_some_and(|term| term.wish.required);
    let met = |ways: &[Term]| ways.iter().fold(0, |met, term| met | term.bits[nth]);
    let wishes = terms.chunk_by(|one, other| one.wish == other.wish);
    if required {
        let required = wishes.take_while(|ways| ways.first().is_some_and(|term| term.wish.required));
        required.fold(u64::MAX, |mask, ways| mask & met(ways))
    } else {
        wishes.fold(0, |mask, ways| mask | met(ways))
    }
}

impl Term {
    /// Takes the postings of a run; gives the run from the first to the last of them.
    fn fill(
        &mut self,
        first: u32,
        blocks: usize,
        docs: Range<u32>,
        postings: &mut impl Postings,
    ) -> Range<u32> {
        self.bits.clear();
        self.bits.resize(blocks, 0);
        self.frequencies.clear();
        self.before = 0;
        self.idf = postings.idf();
        self.wish = postings.wish();
        let start = first * BLOCK;
        let mut found = docs.end..docs.start;
        postings.take(docs, |docs, frequencies| {
            for doc in docs {
                let bit = doc - start;
                self.bits[(bit / BLOCK) as usize] |= 1 << (bit % BLOCK);
            }
            self.frequencies.extend_from_slice(frequencies);
            if let ([least, ..], [.., greatest]) = (docs, docs) {
                found = found.start.min(*least)..greatest + 1;
            }
        });
        found
    }
}

impl Block<'_> {
    /// BM25 of one of the documents: of each wish that it meets, the term that is worth most.
    #[inline]
    pub(crate) fn score(&self, doc: u32, norm: f64) -> f64 {
        let bit = 1_u64 << (doc % BLOCK);
        let mut score = 0.0;
        let mut best = 0.0_f64;
        let mut wish = Wish::default().number;
        for term in self.terms {
            if term.wish.number != wish {
                score += best;
                best = 0.0;
                wish = term.wish.number;
            }
            if term.bits[self.nth] & bit != 0 {
                let before = (term.bits[self.nth] & (bit - 1)).count_ones() as usize;
                let frequency = term.frequencies.get(term.before + before).copied().unwrap_or(0);
                best = best.max(bm25(term.idf, frequency, norm));
            }
        }
        score + best
    }
}
