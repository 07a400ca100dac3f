//! Opens what meets the wishes of a question: all ways to a wish joined, if they are, or the postings of each.

use nabij_language::{Understood, Wish};
use tantivy::TantivyError;

use crate::{
    Index,
    cursor::{self, Cursor},
    text::TextIndex,
    unions::Union,
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
    /// Whether a wish may still be joined: for one question at most one is.
    may_join: bool,
}

impl<'a> Opening<'a> {
    /// Before the first wish.
    pub(crate) fn new(index: &'a Index, text: &'a TextIndex, understood: &Understood, scored: bool) -> Self {
        Self {
            index,
            text,
            scored,
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
            index, text, scored, ..
        } = *self;
        let asked = cursor::Wish {
            number: 0,
            required,
            worth: f64::from(wish.worth),
        };
        let joined = |union: &'a Union| {
            let fits = !scored || union.impacts.is_some();
            fits.then(|| vec![Cursor::joined(union, asked)])
        };
        if let Some(joined) = index.unions.of(wish).and_then(joined) {
            return Ok(joined);
        }
        let ways = ways_to_meet(text, wish, index.manifest().counts.offerings())?;
        if index.unions.hear(wish, &ways) && self.may_join {
            self.may_join = false;
            let union = index.unions.join(wish, &ways, |doc| index.norm(doc))?;
            if let Some(joined) = union.and_then(joined) {
                return Ok(joined);
            }
        }
        let ways = ways.iter().map(|way| Cursor::of(way, asked, scored));
        Ok(ways.collect::<Result<Vec<_>, _>>()?)
    }
}
