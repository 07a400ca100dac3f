//! What is answered if a question finds too little: a wider one, marked as that.

use nabij_engine::{Area, Explanation, Hits, Index, Prepared, Query, SearchError, Sort};
use nabij_language::{Lexicon, Understood};
use nabij_offering::ThemeSet;

use crate::params::Search;

/// How an answer goes beyond what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widened {
    /// Further away.
    Radius,
    /// With one of the things that were asked for.
    AnyWord,
    /// With one of them, wherever it is.
    Anywhere,
    /// About the same theme, whatever the words.
    Theme,
}

impl Widened {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Radius => "radius",
            Self::AnyWord => "any_word",
            Self::Anywhere => "anywhere",
            Self::Theme => "theme",
        }
    }
}

/// With fewer hits than this an answer is widened.
const TOO_FEW: u64 = 3;
/// How many times further it looks then.
const FURTHER: f64 = 4.0;

impl Search {
    /// Answers the search, and if it was understood and there is too little, a wider one. `answer` does the work of a prepared query.
    pub fn carry_out(
        &mut self,
        lexicon: &Lexicon,
        index: &Index,
        answer: impl Fn(&Prepared<'_>) -> (Hits, Option<Explanation>),
    ) -> Result<(Hits, Option<Explanation>), SearchError> {
        let mut answered = answer(&index.prepare(&self.query)?);
        // The total decides, and it is that of every page: so all pages are of the same answer. Who asks for no total gets
        // what was asked for, and nothing wider.
        let Some(understanding) = &self.understanding else {
            return Ok(answered);
        };
        if !self.query.total || found(&answered.0) >= TOO_FEW {
            return Ok(answered);
        }
        for (widened, query) in wider(&self.query, understanding.taken_apart(lexicon, index).as_ref()) {
            if found(&answered.0) >= TOO_FEW {
                break;
            }
            let wider = answer(&index.prepare(&query)?);
            if found(&wider.0) > found(&answered.0) {
                answered = wider;
                self.widened = Some(widened);
            }
        }
        Ok(answered)
    }
}

fn found(hits: &Hits) -> u64 {
    hits.total.unwrap_or(0) + hits.area_wide_total
}

/// The same question, wider and wider: further away, with fewer of the words, anywhere, and at last what is about the same theme.
fn wider(query: &Query, apart: Option<&Understood>) -> Vec<(Widened, Query)> {
    let mut wider = Vec::new();
    let mut query = query.clone();
    let circle = if let Area::Circle { radius_m, .. } = &mut query.area {
        *radius_m *= FURTHER;
        true
    } else {
        false
    };
    if circle {
        wider.push((Widened::Radius, query.clone()));
    }
    wider.extend(beyond_the_words(&query, apart));
    if circle {
        query.area = Area::Anywhere;
        let beyond = beyond_the_words(&query, apart).into_iter();
        let loosest = beyond.map(|(_, query)| query).max_by_key(|query| query.loosely);
        wider.push((Widened::Anywhere, loosest.unwrap_or_else(|| query.clone())));
    }
    wider.extend(of_the_theme(&query));
    wider
}

/// The same question beyond its words: with only those that the tables know, with any of them, and then with its phrases
/// taken apart.
pub(crate) fn beyond_the_words(query: &Query, apart: Option<&Understood>) -> Vec<(Widened, Query)> {
    let mut beyond = Vec::new();
    let mut query = query.clone();
    if let Some(known) = query.understood.as_ref().and_then(|what| what.of_known_words()) {
        query.understood = Some(known.into());
        beyond.push((Widened::AnyWord, query.clone()));
    }
    let what = query
        .understood
        .as_ref()
        .map(|what| what.of_what_says_something());
    if let Some(what) = what.filter(|what| what.wishes.len() > 1) {
        query.loosely = true;
        query.understood = Some(what.into());
        beyond.push((Widened::AnyWord, query.clone()));
    }
    if let Some(apart) = apart {
        query.loosely = false;
        query.understood = Some(apart.clone().into());
        beyond.push((Widened::AnyWord, query));
    }
    beyond
}

/// Whatever is about the themes of a question, the nearest first; none if the words do not tell. Themes that were chosen stay.
pub(crate) fn of_the_theme(query: &Query) -> Option<(Widened, Query)> {
    let themes = query.understood.as_ref()?.themes.iter();
    let themes: ThemeSet = themes.filter_map(|theme| theme.parse().ok()).collect();
    let themes = if query.themes.is_empty() {
        themes
    } else {
        query.themes
    };
    let of_the_theme = Query {
        text: String::new(),
        understood: None,
        loosely: false,
        sort: Sort::Distance,
        themes,
        ..query.clone()
    };
    (!themes.is_empty()).then_some((Widened::Theme, of_the_theme))
}

#[cfg(test)]
mod tests {
    use nabij_offering::Position;

    use super::*;

    #[test]
    fn a_phrase_is_taken_apart_last() {
        let lexicon = Lexicon::shipped().unwrap();
        let text = "mijn telefoon is altijd kapot";
        let what = lexicon.understand(text);
        let apart = lexicon.taken_apart(text, &what);
        let query = Query {
            understood: Some(what.into()),
            ..Query::default()
        };
        let beyond = beyond_the_words(&query, apart.as_ref());
        let loosely: Vec<bool> = beyond.iter().map(|(_, query)| query.loosely).collect();
        assert_eq!(loosely, [true, false]);
        assert_eq!(beyond[1].1.understood.as_deref(), apart.as_ref());
        let centre = Position::new(52.0, 5.0).unwrap();
        let near = Query {
            area: Area::Circle {
                centre,
                radius_m: 5_000.0,
            },
            ..query
        };
        let wider = wider(&near, apart.as_ref());
        let anywhere = wider.iter().find(|(widened, _)| *widened == Widened::Anywhere);
        assert!(anywhere.unwrap().1.loosely, "with any of its words");
    }
}
