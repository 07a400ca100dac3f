//! What a question in residents' words asks for: what, where, and what was misspelt. And what is answered if that is too
//! little.

use std::sync::Arc;

use nabij_atlas::{Atlas, Location};
use nabij_engine::{Area, Explanation, Hits, Index, Prepared, Query, Region, SearchError, Sort, terms};
use nabij_language::{Lexicon, Understood, automaton, is_dutch, words};
use nabij_offering::{Postcode, ThemeSet};

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

/// Words before a place.
const BEFORE_A_PLACE: [&str; 8] = ["in", "te", "bij", "rond", "nabij", "omgeving", "regio", "vlakbij"];
/// The one of them that stands before verbs too: *iemand om mee te eten* is not in Eethen.
const BEFORE_A_VERB: &str = "te";
/// Words behind the name of a town that say which part of it.
const PARTS_OF_TOWN: [&str; 6] = ["noord", "zuid", "oost", "west", "centrum", "stad"];
/// What people call the whole country, which is also the name of a hamlet.
const COUNTRY: [&str; 2] = ["nederland", "holland"];
/// The most words of the name of a place.
const LONGEST_NAME: usize = 4;
/// The most words of a question of which the spelling is looked at.
const MOST_SPELLED: usize = 6;
/// The most things that are asked for at once. Of a longer question those count that fewest offerings have.
const MOST_WISHES: usize = 6;
/// The same where each word is one thing, and nothing more is meant by it.
const MOST_PLAIN: usize = 12;
/// From how many letters on a word may have one letter wrong, and two.
const ONE_WRONG: usize = 4;
const TWO_WRONG: usize = 8;
/// The same of a word that titles have: shorter ones are names more often than mistakes (`Johan de Witt`).
const SHORTEST_OF_TITLES: usize = 6;
/// Longer words are left as they are.
const LONGEST_SPELLED: usize = 30;

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
    let what = query.understood.as_ref().map(|what| what.of_what_says_something());
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

/// The place that a question names, and the question without it. The whole question is no place: then it may be something
/// else that people look for.
fn place(text: &str, lexicon: &Lexicon, atlas: &Atlas) -> Option<(Location, String)> {
    let typed: Vec<&str> = text.split_whitespace().collect();
    let without = |start: usize, end: usize| {
        [typed.get(..start), typed.get(end..)]
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    };
    for start in 0..typed.len() {
        let preposition = start.checked_sub(1).and_then(|before| typed.get(before));
        let announced =
            preposition.is_some_and(|word| BEFORE_A_PLACE.contains(&word.to_lowercase().as_str()));
        let first = start - usize::from(announced);
        for end in (start + 1..=typed.len().min(start + LONGEST_NAME)).rev() {
            let name = typed.get(start..end).unwrap_or_default().join(" ");
            let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
            let surely =
                announced && !preposition.is_some_and(|word| word.eq_ignore_ascii_case(BEFORE_A_VERB));
            let Some(location) = located(name, surely, lexicon, atlas) else {
                continue;
            };
            let part = typed
                .get(end)
                .is_some_and(|word| PARTS_OF_TOWN.contains(&word.to_lowercase().as_str()));
            let rest = without(first, end + usize::from(part));
            if !words(&rest).is_empty() {
                return Some((location, rest));
            }
        }
    }
    None
}

/// Where something is that may be a postcode or the name of a place. A word that people look for is a place only behind `in`.
fn located(name: &str, announced: bool, lexicon: &Lexicon, atlas: &Atlas) -> Option<Location> {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return atlas.resolve(name.parse::<Postcode>().ok()?).ok();
    }
    if COUNTRY.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    if name.chars().count() < 2 || !announced && words(name).iter().all(|word| lexicon.knows(word)) {
        return None;
    }
    atlas.resolve_place(name).ok()
}

/// A question with the words that nobody knows as they were probably meant; none if there are no such words.
fn corrected(text: &str, lexicon: &Lexicon, index: &Index) -> Option<String> {
    let mut corrected = false;
    let meant = |word: String| {
        if lexicon.has(&word) || is_dutch(&word) {
            return word;
        }
        // Titles have mistakes too, and `speltuin` is made of known parts.
        let meant = if lexicon.knows(&word) || index.knows_word(&word) {
            let long_enough = word.len() >= SHORTEST_OF_TITLES;
            long_enough.then(|| lexicon.sounding_like(&word).map(str::to_owned)).flatten()
        } else {
            nearest(&word, lexicon, index)
        };
        match meant {
            Some(nearest) => {
                corrected = true;
                nearest
            }
            None => word,
        }
    };
    let mut typed = words(text);
    let rest = typed.split_off(typed.len().min(MOST_SPELLED));
    let meant: Vec<String> = typed.into_iter().map(meant).chain(rest).collect();
    corrected.then(|| meant.join(" "))
}

/// The word that was probably meant: one that sounds the same, else with the fewest letters changed; with the first letter
/// right if possible, and of the tables rather than of titles.
fn nearest(word: &str, lexicon: &Lexicon, index: &Index) -> Option<String> {
    let letters = word.chars().count();
    let spelled = ONE_WRONG..=LONGEST_SPELLED;
    if !spelled.contains(&letters) || word.chars().any(|c| c.is_ascii_digit()) || index.can_find(word) {
        return None;
    }
    let automaton = automaton(word, if letters < TWO_WRONG { 1 } else { 2 });
    let first = word.chars().next();
    let everyday = lexicon.near(word, &automaton).into_iter();
    let of_titles = index.words_near(&automaton, 5).into_iter();
    let of_titles = of_titles.map(|near| (near.edits, near.word));
    // Of equals the first is taken.
    everyday
        .chain(of_titles)
        .chain(lexicon.near_compound(word))
        .min_by_key(|(edits, near)| (*edits, near.chars().next() != first))
        .map(|(_, near)| near)
}

#[cfg(test)]
mod tests {
    use nabij_offering::Position;

    use super::*;

    fn placed(text: &str) -> Option<(String, String)> {
        let (lexicon, atlas) = (Lexicon::shipped().unwrap(), Atlas::shipped().unwrap());
        place(text, &lexicon, &atlas).map(|(location, rest)| (location.label, rest))
    }

    #[test]
    fn a_place_is_found_in_a_question() {
        for (text, label, rest) in [
            ("taalcafe 3011", "3011", "taalcafe"),
            ("taalcafe 3011 AD", "3011 AD", "taalcafe"),
            ("computerles in sneek", "Sneek", "computerles"),
            ("hulp bij geld den haag noord", "Den Haag", "hulp bij geld"),
            ("Rotterdam naailes", "Rotterdam (Zuid-Holland)", "naailes"),
            ("koken in 's-Hertogenbosch?", "'s-Hertogenbosch", "koken"),
            ("naailes te sneek", "Sneek", "naailes"),
        ] {
            assert_eq!(placed(text), Some((label.to_owned(), rest.to_owned())), "{text}");
        }
        for text in [
            "taalcafe",
            "sneek",
            "hulp bij geld",
            "in",
            "",
            "brief 1001 AA",
            "iemand om mee te eten",
        ] {
            assert_eq!(placed(text), None, "{text}");
        }
    }

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
