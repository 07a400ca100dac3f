//! The documents of a run that have all of some terms, as bits: 64 documents at a time, without a branch a posting.

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
    /// How many of these documents lie before the block that is met.
    before: usize,
}

/// A source of postings: documents, and how often they have the term (empty if that is not known), in rising order.
pub(crate) trait Postings {
    /// Inverse document frequency of the term.
    fn idf(&self) -> f64;

    /// Takes the postings of a run, which must lie behind those taken before.
    fn take(&mut self, docs: Range<u32>, take: impl FnMut(&[u32], &[u32]));
}

/// A block of 64 documents of which some have all terms.
pub(crate) struct Block<'a> {
    /// Its number.
    pub(crate) at: usize,
    /// Which of its documents have all terms.
    pub(crate) mask: u64,
    /// Which of those in the run this block is.
    nth: usize,
    terms: &'a [Term],
}

impl Matches {
    /// Meets the blocks of a run in which some documents have all terms. Gives how many postings of the first term
    /// there were.
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
        for (nth, (term, postings)) in self.terms.iter_mut().zip(postings).enumerate() {
            // Beyond the first and the last that have the terms before, there is nothing to find.
            left = term.fill(first, blocks, left, postings);
            if nth == 0 {
                looked_at = term.bits.iter().map(|bits| u64::from(bits.count_ones())).sum();
            }
            if left.is_empty() {
                return looked_at;
            }
        }
        for nth in 0..blocks {
            let mask = self
                .terms
                .iter()
                .fold(u64::MAX, |mask, term| mask & term.bits[nth]);
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
    /// BM25 of one of the documents that have all terms.
    #[inline]
    pub(crate) fn score(&self, doc: u32, norm: f64) -> f64 {
        let below = (1_u64 << (doc % BLOCK)) - 1;
        let frequency = |term: &Term| {
            let before = (term.bits[self.nth] & below).count_ones() as usize;
            term.frequencies.get(term.before + before).copied().unwrap_or(0)
        };
        let terms = self.terms.iter();
        terms.map(|term| bm25(term.idf, frequency(term), norm)).sum()
    }
}
