//! Words as they are spelt: what may have been meant by one that nobody knows, and how one may go on.

use std::{cmp::Reverse, collections::HashMap, sync::LazyLock};

use foldhash::fast::RandomState;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

use crate::{forms::bases, lexicon::Lexicon, sound::sound};

/// The words of the tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spelled {
    /// With how often they stand there.
    words: HashMap<String, u32, RandomState>,
    /// By how they sound.
    by_sound: HashMap<String, Vec<String>, RandomState>,
}

impl Spelled {
    pub(crate) fn extend(&mut self, words: impl IntoIterator<Item = String>) {
        for word in words {
            let count = self.words.entry(word.clone()).or_default();
            *count += 1;
            if *count == 1 {
                self.by_sound.entry(sound(&word)).or_default().push(word);
            }
        }
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }
}

/// What accepts the words that differ from one in up to so many letters (at most 2): other, missing, too many, or changed
/// about. Making its tables takes longer than all the rest, so they are made once.
pub fn automaton(word: &str, edits: u8) -> DFA {
    static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 3]> =
        LazyLock::new(|| [0, 1, 2].map(|edits| LevenshteinAutomatonBuilder::new(edits, true)));
    let [none, one, two] = &*BUILDERS;
    let builder = match edits {
        0 => none,
        1 => one,
        _ => two,
    };
    builder.build_dfa(word)
}

/// How much longer in bytes a word may be that differs in two letters, of scripts with up to two bytes a letter.
const MOST_BYTES_APART: usize = 4;

impl Lexicon {
    /// Words of these tables that begin so, the shortest first.
    pub fn beginning(&self, prefix: &str, limit: usize) -> Vec<String> {
        let words = self.spelled.words.keys();
        let mut found: Vec<&String> = words
            .filter(|word| word.starts_with(prefix) && self.noise(word).is_none())
            .collect();
        found.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        found.truncate(limit);
        found.into_iter().cloned().collect()
    }

    /// The word of these tables that sounds like this one and of which they say most; none if no other does.
    pub fn sounding_like(&self, word: &str) -> Option<&str> {
        let alike = self.spelled.by_sound.get(&sound(word))?.iter();
        let others = alike.filter(|known| *known != word && self.noise(known).is_none());
        let most = others.max_by_key(|known| (self.spelled.words.get(*known), Reverse(*known)));
        most.map(String::as_str)
    }

    /// The words of these tables that an automaton accepts, with the number of letters that differ; and those that sound like
    /// the word that was typed, with 0.
    pub fn near(&self, word: &str, automaton: &DFA) -> Vec<(u8, String)> {
        let near = |known: &String| match automaton.eval(known) {
            Distance::Exact(edits) => Some((edits, known.clone())),
            Distance::AtLeast(_) => None,
        };
        // Of other lengths and other scripts none can be near; to pass them over takes less than to try them.
        let may_be_near = |known: &&String| {
            known.is_ascii() == word.is_ascii() && known.len().abs_diff(word.len()) <= MOST_BYTES_APART
        };
        let words = self.spelled.words.keys().filter(may_be_near);
        let mut found: Vec<(u8, String)> = words.filter_map(near).collect();
        let alike = self.spelled.by_sound.get(&sound(word)).into_iter().flatten();
        found.extend(alike.map(|known| (0, known.clone())));
        // `kursusje` is a small `cursus`.
        let others = bases(word);
        let others = others
            .iter()
            .filter_map(|base| self.spelled.by_sound.get(&sound(base)));
        found.extend(others.flatten().map(|known| (1, known.clone())));
        // Of equals, a word that says something, and then the one of which the tables say most.
        found.sort_by_cached_key(|(edits, word)| {
            let count = self.spelled.words.get(word).copied().unwrap_or_default();
            (*edits, self.noise(word).is_some(), Reverse(count), word.clone())
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_letters_and_by_sound() {
        let lexicon = Lexicon::shipped().unwrap();
        let nearest = |word: &str| lexicon.near(word, &automaton(word, 2)).first().cloned();
        assert_eq!(nearest("schuldne"), Some((1, "schulden".to_owned())));
        assert_eq!(nearest("sollisieteren"), Some((0, "solliciteren".to_owned())));
        assert_eq!(nearest("kursusje"), Some((1, "cursus".to_owned())));
        assert_eq!(nearest("tallkafee"), Some((0, "taalcafe".to_owned())));
        assert_eq!(lexicon.sounding_like("basischool"), Some("basisschool"));
        assert_eq!(lexicon.sounding_like("regenboog"), None);
        assert_eq!(nearest("xyzzyxyzzy"), None);
        assert_eq!(
            nearest("breif"),
            Some((1, "brief".to_owned())),
            "rather than breien"
        );
    }
}
