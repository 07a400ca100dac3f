//! The ways to meet a wish: the postings of its terms, and what each is worth.

use nabij_language::{TermField, Wish, WishTerm};
use tantivy::TantivyError;

use crate::{
    conjunction::idf,
    text::{TermPostings, TextIndex},
};

/// One of the terms that meet a wish.
pub(crate) struct Way<'a> {
    pub(crate) term: &'a WishTerm,
    /// Inverse document frequency, times the weight of the term.
    pub(crate) idf: f64,
    pub(crate) postings: TermPostings<'a>,
}

/// The ways to meet a wish that any document has.
///
/// The forms of the word itself count as one word, as rare as all of them together. Each concept counts as no rarer than the
/// word and the concepts before it, which are surer: what is called so comes before what only means it, and that before what
/// may help too.
pub(crate) fn ways_to_meet<'a>(
    text: &'a TextIndex,
    wish: &'a Wish,
    documents: usize,
    scored: bool,
) -> Result<Vec<Way<'a>>, TantivyError> {
    let mut ways = Vec::with_capacity(wish.terms.len());
    let mut own = 0_u32;
    for term in &wish.terms {
        let postings = match term.field {
            TermField::Text => text.postings(&term.term, scored)?,
            TermField::Meaning | TermField::Concept => text.meaning(&term.term, scored)?,
        };
        let Some(postings) = postings else { continue };
        if term.field != TermField::Concept {
            own = own.saturating_add(postings.block.doc_freq());
        }
        ways.push((term, postings));
    }
    let most = u32::try_from(documents).unwrap_or(u32::MAX);
    let mut frequency = own;
    let way = |(term, postings): (&'a WishTerm, TermPostings<'a>)| {
        if term.field == TermField::Concept {
            frequency = frequency.saturating_add(postings.block.doc_freq());
        }
        Way {
            idf: f64::from(term.weight) * idf(documents, frequency.min(most)),
            term,
            postings,
        }
    };
    Ok(ways.into_iter().map(way).collect())
}
