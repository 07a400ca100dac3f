//! The most frequent terms as bits, a bit a document: made of their postings when an index is opened.
//!
//! A run of documents is then a few words to read, where postings are sought, unpacked and marked one by one. Bits do not say
//! how often a document has a term: scores are made of postings.

use tantivy::postings::BlockSegmentPostings;

use crate::{
    array::{Array, Fresh},
    text::TermPostings,
};

/// A term is dense if at least one in so many documents has it: its bits are then hardly more than its postings.
pub(crate) const ONE_IN: u32 = 16;
/// At most so many terms have bits, the most frequent: 14 bytes a document.
pub(crate) const MOST: usize = 112;

/// The bits of some terms.
#[derive(Debug)]
pub(crate) struct Dense {
    /// Where the postings of each term lie, in rising order.
    terms: Vec<u64>,
    /// The words of the first term, then those of the second, and so on.
    bits: Array<u64>,
    /// Words a term.
    words: usize,
}

impl Dense {
    /// Marks the documents of some terms.
    pub(crate) fn new(mut postings: Vec<TermPostings<'_>>, documents: u32) -> Result<Self, std::io::Error> {
        postings.sort_unstable_by_key(|term| term.offset);
        let terms: Vec<u64> = postings.iter().map(|term| term.offset).collect();
        let words = documents.div_ceil(u64::BITS) as usize;
        let mut bits = Fresh::new(terms.len() * words)?;
        for (term, bits) in postings.iter().zip(bits.numbers().chunks_exact_mut(words.max(1))) {
            mark((*term.block).clone(), bits);
        }
        Ok(Self {
            bits: bits.finish()?,
            terms,
            words,
        })
    }

    /// The bits of the term whose postings lie there, if it is dense.
    pub(crate) fn bits(&self, offset: u64) -> Option<&[u64]> {
        let at = self.terms.binary_search(&offset).ok()?;
        self.bits.get(at * self.words..(at + 1) * self.words)
    }
}

/// Marks the documents of postings that were not read yet.
pub(crate) fn mark(mut postings: BlockSegmentPostings, bits: &mut [u64]) {
    let mut left = postings.doc_freq() as usize;
    while left > 0 && !postings.docs().is_empty() {
        for doc in postings.docs() {
            if let Some(word) = bits.get_mut((doc / u64::BITS) as usize) {
                *word |= 1 << (doc % u64::BITS);
            }
        }
        left = left.saturating_sub(postings.docs().len());
        postings.advance();
    }
}
