//! What a question in residents' words asks for: what, where, and what was misspelt.

mod place;
mod spelling;

use std::sync::Arc;

use nabij_atlas::{Atlas, Location};
use nabij_engine::{Area, Index, Region, Sort, terms};
use nabij_language::{Lexicon, Understood};

use self::{place::place, spelling::corrected};
use crate::params::{Search, Words};

/// A question, understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Understanding {
    /// What is asked for.
    pub what: Arc<Understood>,
    /// Where, if the question says so.
    pub place: Option<Location>,
    /// The question without its place.
    pub rest: String,
    /// The same as it was probably meant, if something was misspelt.
    pub corrected: Option<String>,
}

/// The most things that are asked for at once. Of a longer question those count that fewest offerings have.
const MOST_WISHES: usize = 6;
/// The same where each word is one thing, and nothing more is meant by it.
const MOST_PLAIN: usize = 12;
/// By relevance, a match this far away counts for half, in metres.
const HALF_DISTANCE_M: f64 = 18_000.0;

impl Search {
    /// Understands the words, if that was asked for, and takes the place that they name.
    pub fn understand(&mut self, lexicon: &Lexicon, atlas: &Atlas, index: &Index) {
        if self.words == Words::Plain {
            let mut plain = Understood::plain(terms(&self.query.text));
            index.keep_the_rarest(&mut plain.wishes, MOST_PLAIN);
            self.query.understood = Some(plain.into());
        }
        if self.words != Words::Understood || self.query.text.trim().is_empty() {
            return;
        }
        let nowhere = self.location.is_none() && self.query.area == Area::Anywhere;
        let understanding = Understanding::new(&self.query.text, lexicon, index, nowhere.then_some(atlas));
        if let Some(location) = &understanding.place {
            self.query.origin = Some(location.position);
            self.query.region = Some(Region::from(location));
            self.location = Some(location.clone());
        }
        self.query.understood = Some(Arc::clone(&understanding.what));
        if self.query.sort == Sort::Relevance {
            self.query.half_distance_m.get_or_insert(HALF_DISTANCE_M);
        }
        self.understanding = Some(understanding);
    }
}

impl Understanding {
    /// Understands a question. Its place is looked for only if none is known.
    pub fn new(text: &str, lexicon: &Lexicon, index: &Index, atlas: Option<&Atlas>) -> Self {
        let placed = atlas.and_then(|atlas| place(text, lexicon, atlas));
        let (place, rest) = match placed {
            Some((location, rest)) => (Some(location), rest),
            None => (None, text.to_owned()),
        };
        let corrected = corrected(&rest, lexicon, index);
        // Of a place that was misspelt, titles have the name.
        let corrected_place = match (&place, &corrected, atlas) {
            (None, Some(corrected), Some(atlas)) => self::place(corrected, lexicon, atlas),
            _ => None,
        };
        let (place, corrected) = match corrected_place {
            Some((location, rest)) => (Some(location), Some(rest)),
            None => (place, corrected),
        };
        let mut what = lexicon.understand(corrected.as_deref().unwrap_or(&rest));
        index.keep_the_rarest(&mut what.wishes, MOST_WISHES);
        Self {
            what: what.into(),
            place,
            rest,
            corrected,
        }
    }

    /// What is asked for with its phrases taken apart; none if there are none.
    pub(crate) fn taken_apart(&self, lexicon: &Lexicon, index: &Index) -> Option<Understood> {
        let text = self.corrected.as_deref().unwrap_or(&self.rest);
        let mut apart = lexicon.taken_apart(text, &self.what)?;
        index.keep_the_rarest(&mut apart.wishes, MOST_WISHES);
        Some(apart)
    }
}
