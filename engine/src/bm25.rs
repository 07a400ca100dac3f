//! BM25: what a term adds to the score of a document that has it.

use crate::impacts::Impact;

/// The usual b is 0.75; but where most offerings are a name only, a description is no fault.
const K1: f64 = 1.2;
const B: f64 = 0.25;

/// What a term adds to the score of a document, by what its length comes to.
#[inline]
pub(crate) fn bm25(Impact { idf, often }: Impact, norm: f64) -> f64 {
    let often = f64::from(often);
    idf * often * (K1 + 1.0) / (often + norm)
}

/// No term adds more than this many times its inverse document frequency.
pub(crate) const MOST: f64 = K1 + 1.0;

/// The part of BM25 that depends on the length of a document alone, for every length up to the greatest.
pub(crate) fn norms(greatest_length: u16, mean_length: f64) -> Vec<f64> {
    (0..=greatest_length)
        .map(|length| K1 * (1.0 - B + B * f64::from(length) / mean_length))
        .collect()
}

/// Inverse document frequency as in BM25, never negative.
///
/// # References
/// S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends
/// in Information Retrieval 3 (2009), with the `1 +` of Lucene.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 documents")]
pub(crate) fn idf(documents: usize, frequency: u32) -> f64 {
    let (documents, frequency) = (documents as f64, f64::from(frequency));
    (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()
}
