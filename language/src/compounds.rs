//! Dutch compounds: `computercursus` is a course about computers.
//!
//! A word is split only into parts that the list knows, so that hardly any word is split that is none.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use levenshtein_automata::Distance;
use serde::Deserialize;

use crate::{key::form, sound::sound, spelled::automaton, words::words};

/// What a word has to do with compounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InCompounds {
    /// It may be part of one.
    Part,
    /// It looks like one and is none.
    Whole,
}

/// The parts of compounds, and words that are not to be split.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compounds {
    /// Parts as they stand in words.
    parts: HashSet<String, RandomState>,
    /// Keys of the parts: the last part of a word may have an ending.
    keys: HashSet<Box<str>, RandomState>,
    whole: HashSet<String, RandomState>,
    /// Parts by how they sound.
    by_sound: HashMap<String, String, RandomState>,
}

/// The shortest part.
const SHORTEST: usize = 3;
/// What may stand between two parts.
const LINKS: [&str; 4] = ["", "s", "e", "en"];

impl Compounds {
    pub(crate) fn new<'a>(rows: impl Iterator<Item = (&'a str, InCompounds)>) -> Self {
        let mut compounds = Self::default();
        for (word, usage) in rows {
            let word = words(word).concat();
            match usage {
                InCompounds::Part => {
                    compounds.keys.insert(form(&word).key);
                    compounds.by_sound.insert(sound(&word), word.clone());
                    compounds.parts.insert(word);
                }
                InCompounds::Whole => {
                    compounds.whole.insert(word);
                }
            }
        }
        compounds
    }

    /// Whether a word looks like a compound and is none.
    pub(crate) fn is_whole(&self, word: &str) -> bool {
        self.whole.contains(word)
    }

    /// Whether a word may be part of a compound.
    pub(crate) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// The keys of the parts of a word, two or more; nothing for a word that is no compound.
    pub(crate) fn split(&self, word: &str) -> Vec<Box<str>> {
        let known = self.whole.contains(word) || self.parts.contains(word);
        if known || word.len() < 2 * SHORTEST || !word.is_ascii() {
            return Vec::new();
        }
        self.rest(word, &mut HashMap::default())
            .filter(|parts| parts.len() > 1)
            .unwrap_or_default()
    }

    /// The compound of two that a word may be with a mistake in it, and how many letters differ: none if it sounds the same, else
    /// one, in a part of four letters or more. `naaikursus` is a `naaicursus`.
    pub(crate) fn near(&self, word: &str) -> Option<(u8, String)> {
        if word.len() < 2 * SHORTEST || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return None;
        }
        let mut nearest: Option<(u8, String)> = None;
        for (first, last) in (SHORTEST..=word.len() - SHORTEST).map(|end| word.split_at(end)) {
            let exact = (self.begins(first), self.ends(last));
            let meant = |part: &str, is_exact: bool, other: bool| {
                if is_exact {
                    return Some((0, part.to_owned()));
                }
                let alike = self.by_sound.get(&sound(part)).map(|known| (0, known.clone()));
                alike.or_else(|| other.then(|| Some((1, self.near_part(part)?)))?)
            };
            let found = meant(first, exact.0, exact.1).zip(meant(last, exact.1, exact.0));
            if let Some(((one, first), (two, last))) = found
                && nearest.as_ref().is_none_or(|(least, _)| one + two < *least)
            {
                nearest = Some((one + two, first + &last));
            }
        }
        nearest
    }

    /// Whether a compound may begin so, with what links it to the rest.
    fn begins(&self, word: &str) -> bool {
        let linked = LINKS.iter().filter_map(|link| word.strip_suffix(link));
        linked.into_iter().any(|part| self.parts.contains(part))
    }

    /// Whether a compound may end so.
    fn ends(&self, word: &str) -> bool {
        self.parts.contains(word) || self.keys.contains(&form(word).key)
    }

    /// A part that differs in one letter, if it is long enough for that.
    fn near_part(&self, word: &str) -> Option<String> {
        if word.len() <= SHORTEST {
            return None;
        }
        let near = automaton(word, 1);
        let found = self.parts.iter().filter(|part| {
            part.len() > SHORTEST
                && part.len().abs_diff(word.len()) <= 1
                && matches!(near.eval(part.as_str()), Distance::Exact(_))
        });
        found.min().cloned()
    }

    /// The fewest parts that make up the rest of a word.
    fn rest<'a>(
        &self,
        rest: &'a str,
        known: &mut HashMap<&'a str, Option<Vec<Box<str>>>, RandomState>,
    ) -> Option<Vec<Box<str>>> {
        if let Some(parts) = known.get(rest) {
            return parts.clone();
        }
        let form = form(rest);
        let mut best = (self.parts.contains(rest) || self.keys.contains(&form.key)).then(|| vec![form.key]);
        let ends = SHORTEST..(rest.len() + 1).saturating_sub(SHORTEST);
        for (part, after) in ends.rev().map(|end| rest.split_at(end)) {
            if best.is_some() || !self.parts.contains(part) {
                continue;
            }
            let key = crate::key::form(part).key;
            // Behind a short part a link is too often something else: `fitsles` is no lesson in being fit.
            let links = if part.len() > SHORTEST {
                &LINKS[..]
            } else {
                &LINKS[..1]
            };
            let parts = links
                .iter()
                .filter_map(|link| self.rest(after.strip_prefix(link)?, known))
                .min_by_key(Vec::len);
            best = parts.map(|parts| std::iter::once(key).chain(parts).collect());
        }
        known.insert(rest, best.clone());
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_into_known_parts_only() {
        let parts = [
            "computer",
            "cursus",
            "les",
            "taal",
            "cafe",
            "belasting",
            "aangifte",
            "hulp",
            "spreek",
            "uur",
        ];
        let compounds = Compounds::new(
            parts
                .iter()
                .map(|part| (*part, InCompounds::Part))
                .chain([("uurwerk", InCompounds::Whole)]),
        );
        let split = |word| compounds.split(word).join("+");
        assert_eq!(split("computercursussen"), "computer+cursus");
        assert_eq!(split("taallessen"), "taal+les");
        assert_eq!(split("belastingaangifte"), "belast+aangift");
        assert_eq!(split("taalcafes"), "taal+cafe");
        assert_eq!(compounds.near("taalkursus"), Some((0, "taalcursus".to_owned())));
        assert_eq!(compounds.near("taalcurtus"), Some((1, "taalcursus".to_owned())));
        assert_eq!(compounds.near("spreekaap"), None);
        for whole in [
            "uursles",
            "computer",
            "lessen",
            "uurwerk",
            "taalkunde",
            "weekend",
            "hulpen",
            "é",
            "",
        ] {
            assert_eq!(split(whole), "", "{whole}");
        }
    }
}
