//! Opens what meets the wishes of a question: all ways to a wish joined, if they are, or the postings of each.

use nabij_language::{Understood, Wish};
use tantivy::TantivyError;

use crate::{
    Index,
    cursor::{Clause, Cursor},
    query::{Query, Sort},
    text::TextIndex,
    unions::{Named, Union},
    ways::ways_to_meet,
};

/// The most required wishes of a question for which something is joined: whoever asks for more waits long enough.
const MOST: usize = 3;

/// The wishes of a question, being opened.
pub(crate) struct Opening<'a> {
    index: &'a Index,
    text: &'a TextIndex,
    /// Whether scores are wanted.
    scored: bool,
    /// Whether it counts that this is asked for: not if somebody only looks whether there is anything, as for suggestions.
    counts: bool,
    /// Whether a wish may still be joined: for one question at most one is.
    may_join: bool,
}

impl<'a> Opening<'a> {
    /// Before the first wish.
    pub(crate) fn new(index: &'a Index, text: &'a TextIndex, understood: &Understood, query: &Query) -> Self {
        Self {
            index,
            text,
            scored: query.sort == Sort::Relevance,
            counts: query.limit > 1 || query.total,
            may_join: understood.wishes.iter().filter(|wish| wish.required).count() <= MOST,
        }
    }

    /// What meets a wish; nothing if no document does.
    pub(crate) fn cursors(
        &mut self,
        wish: &'a Wish,
        required: bool,
    ) -> Result<Vec<Cursor<'a>>, TantivyError> {
        let Self {
            index,
            text,
            scored,
            counts,
            ..
        } = *self;
        let clause = Clause {
            number: 0,
            required,
            worth: f64::from(wish.worth),
        };
        let joined = |union: &'a Union| {
            let fits = !scored || union.impacts.is_some();
            fits.then(|| vec![Cursor::joined(union, clause)])
        };
        let named = Named::of(wish);
        if let Some(joined) = index.unions.find(&named).and_then(joined) {
            return Ok(joined);
        }
        let ways = ways_to_meet(text, wish, index.manifest().counts.offerings())?;
        if counts && index.unions.hear(&named, &ways) && self.may_join {
            self.may_join = false;
            // What the system has no memory to join is read as before.
            let union = index.unions.join(&named, &ways, |doc| index.norm(doc)).ok();
            if let Some(joined) = union.flatten().and_then(joined) {
                return Ok(joined);
            }
        }
        let ways = ways.iter().map(|way| Cursor::of(way, clause, scored));
        Ok(ways.collect::<Result<Vec<_>, _>>()?)
    }
}
