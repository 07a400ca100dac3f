//! The ways to meet a wish: the postings of its terms, and what each is worth.

use nabij_language::{TermField, Wish, WishTerm};
use tantivy::TantivyError;

use crate::{
    bm25::idf,
    text::{Listed, TextIndex},
};

/// One of the terms that meet a wish.
pub(crate) struct Way<'a> {
    pub(crate) term: &'a WishTerm,
    /// Inverse document frequency, times the weight of the term.
    pub(crate) idf: f64,
    pub(crate) listed: Listed<'a>,
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
) -> Result<Vec<Way<'a>>, TantivyError> {
    let mut ways = Vec::with_capacity(wish.terms.len());
    let mut own = 0_u32;
    for term in &wish.terms {
        let listed = match term.field {
            TermField::Text => text.said(&term.term)?,
            TermField::Meaning | TermField::Concept => text.meant(&term.term)?,
        };
        let Some(listed) = listed else { continue };
        if term.field != TermField::Concept {
            own = own.saturating_add(listed.documents());
        }
        ways.push((term, listed));
    }
    let most = u32::try_from(documents).unwrap_or(u32::MAX);
    let mut frequency = own;
    let way = |(term, listed): (&'a WishTerm, Listed<'a>)| {
        if term.field == TermField::Concept {
            frequency = frequency.saturating_add(listed.documents());
        }
        Way {
            idf: f64::from(term.weight) * idf(documents, frequency.min(most)),
            term,
            listed,
        }
    };
    Ok(ways.into_iter().map(way).collect())
}
