//! The documents that have all of some terms, and how well each matches (BM25).

use tantivy::{
    DocSet, TERMINATED, TantivyError,
    postings::{Postings, SegmentPostings},
};

use crate::Index;

/// Documents that have all of some terms.
pub(crate) struct Conjunction {
    /// The rarest first: it leads.
    postings: Vec<(SegmentPostings, f64)>,
}

/// The usual constants of BM25.
const K1: f64 = 1.2;
const B: f64 = 0.75;

impl Conjunction {
    pub(crate) fn new(index: &Index, words: &[String]) -> Result<Option<Self>, TantivyError> {
        let Some(text) = index.text.as_ref() else {
            return Ok(None);
        };
        let mut postings = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if words[..at].contains(word) {
                continue;
            }
            let Some(list) = text.postings(word)? else {
                return Ok(None);
            };
            let idf = idf(index.manifest().counts.offerings(), list.doc_freq());
            postings.push((list, idf));
        }
        postings.sort_by_key(|(list, _)| list.doc_freq());
        let mut conjunction = Self { postings };
        conjunction.align();
        Ok(Some(conjunction))
    }

    /// The document that all lists stand at.
    pub(crate) fn doc(&self) -> Option<usize> {
        self.postings
            .first()
            .map(|(list, _)| list.doc())
            .filter(|doc| *doc != TERMINATED)
            .map(|doc| doc as usize)
    }

    pub(crate) fn advance(&mut self) {
        if let Some((lead, _)) = self.postings.first_mut() {
            lead.advance();
        }
        self.align();
    }

    /// Moves all lists to the next document that they share.
    fn align(&mut self) {
        let Some(((lead, _), others)) = self.postings.split_first_mut() else {
            return;
        };
        'candidate: while lead.doc() != TERMINATED {
            for (other, _) in others.iter_mut() {
                if other.doc() < lead.doc() {
                    other.seek(lead.doc());
                }
                if other.doc() != lead.doc() {
                    lead.seek(other.doc());
                    continue 'candidate;
                }
            }
            return;
        }
    }

    /// BM25 of the document the lists stand at.
    pub(crate) fn score(&self, index: &Index, doc: usize) -> f64 {
        let length = f64::from(index.lengths.get(doc).copied().unwrap_or(0));
        let norm = K1 * (1.0 - B + B * length / index.manifest().mean_length);
        self.postings
            .iter()
            .map(|(list, idf)| {
                let frequency = f64::from(list.term_freq());
                idf * frequency * (K1 + 1.0) / (frequency + norm)
            })
            .sum()
    }
}

/// Inverse document frequency as in BM25, never negative.
///
/// # References
/// S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends
/// in Information Retrieval 3 (2009), with the `1 +` of Lucene.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 documents")]
fn idf(documents: usize, frequency: u32) -> f64 {
    let (documents, frequency) = (documents as f64, f64::from(frequency));
    (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()
}
