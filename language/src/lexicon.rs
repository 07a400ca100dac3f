//! What words have to do with each other: the tables of `data/synonyms`, which an editor may change.
//!
//! A row of `everyday.csv` leads from what people type to words of the field. Rows that lead to the same words lead to
//! the same *concept*: documents carry the concepts whose words they have, so that a question costs a look-up and not
//! a search for each word.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use foldhash::fast::RandomState;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    compounds::{Compounds, InCompounds},
    key::form,
    names::{InNames, Names},
    spelled::Spelled,
    tables::{self, EVERYDAY, EverydayRow, LexiconError, ThemeRow, UseRow, each_row, rows},
    words::words,
};

/// What is said of a word in a question that says nothing, or little, about the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Noise {
    /// Left out.
    Drop,
    /// Counts where it stands, and need not stand anywhere.
    Optional,
}

/// What everyday words lead to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Concept {
    /// The term that documents carry.
    pub(crate) term: Box<str>,
    /// How surely it is meant, up to 1.
    pub(crate) weight: f32,
}

/// Words of the field: a document that has all keys has the concept.
#[derive(Debug, Clone)]
pub(crate) struct Sign {
    pub(crate) concept: Box<str>,
    /// The keys, without the first.
    pub(crate) others: Vec<Box<str>>,
}

/// Words and what they have to do with each other.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(crate) compounds: Compounds,
    /// By the keys of what people type, separated by spaces.
    everyday: HashMap<String, Vec<Concept>, RandomState>,
    /// Every word of these tables, as it is spelt.
    pub(crate) spelled: Spelled,
    /// Tells lexicons apart.
    pub(crate) number: u64,
    /// What a longer thing in `everyday` begins with.
    beginnings: HashSet<String, RandomState>,
    /// By their first key.
    pub(crate) signs: HashMap<Box<str>, Vec<Sign>, RandomState>,
    /// All keys of `signs`, first or not.
    pub(crate) leading: HashSet<Box<str>, RandomState>,
    /// Which titles are names.
    pub(crate) names: Names,
    noise: HashMap<String, Noise, RandomState>,
    /// The keys of `noise`: parts of compounds are known by these.
    noise_keys: HashSet<Box<str>, RandomState>,
    /// The keys of the words of each theme.
    pub(crate) themes: KeysByTheme,
    /// The themes of which a concept has a word, by its term, and of the words themselves, by their keys.
    themes_of: HashMap<Box<str>, Vec<Box<str>>, RandomState>,
}

/// How surely a word of the field that has no row means what stands beside it.
const BESIDE: f32 = 0.8;

/// Keys of words by theme.
type KeysByTheme = HashMap<String, Vec<Box<str>>, RandomState>;

impl Lexicon {
    /// The tables that come with the program.
    pub fn shipped() -> Result<Self, LexiconError> {
        Self::read(|name| Ok(tables::shipped(name)))
    }

    /// The tables of a folder; those that it lacks are the shipped ones.
    pub fn open(folder: &Path) -> Result<Self, LexiconError> {
        Self::read(|name| tables::in_folder(folder, name))
    }

    fn read(text: impl Fn(&str) -> Result<String, LexiconError>) -> Result<Self, LexiconError> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let mut lexicon = Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            ..Self::default()
        };
        let compounds: Vec<UseRow<InCompounds>> = rows("compounds.csv", &text("compounds.csv")?)?;
        lexicon
            .spelled
            .extend(compounds.iter().map(|row| row.word.clone()));
        lexicon.compounds = Compounds::new(compounds.iter().map(|row| (row.word.as_str(), row.usage)));
        let names: Vec<UseRow<InNames>> = rows("names.csv", &text("names.csv")?)?;
        lexicon.names = Names::new(names.iter().map(|row| (row.word.as_str(), row.usage)));
        let mut known = HashSet::new();
        for name in EVERYDAY {
            each_row(name, &text(name)?, |row: EverydayRow| {
                lexicon.learn(&row);
                // Many rows lead to the same words.
                if !known.contains(&row.field.0) {
                    lexicon.learn_signs(&row.field.0);
                    known.insert(row.field.0);
                }
            })?;
        }
        let noise: Vec<UseRow<Noise>> = rows("noise.csv", &text("noise.csv")?)?;
        lexicon.noise = noise
            .into_iter()
            .flat_map(|row| words(&row.word).into_iter().map(move |word| (word, row.usage)))
            .collect();
        lexicon.learn_the_reverse();
        lexicon.noise_keys = lexicon.noise.keys().map(|word| form(word).key).collect();
        lexicon.learn_what_has_no_row();
        let themes: Vec<ThemeRow> = rows("themes.csv", &text("themes.csv")?)?;
        let telling = |row: &ThemeRow| (row.theme.clone(), keys(&format!("{}|{}", row.words, row.tells)));
        lexicon.themes_of = lexicon.concepts_by_theme(&themes.iter().map(telling).collect());
        lexicon.themes = themes
            .into_iter()
            .map(|row| (row.theme, keys(&row.words)))
            .collect();
        Ok(lexicon)
    }

    fn learn(&mut self, row: &EverydayRow) {
        let term = concept_of(&row.field.0);
        self.spelled.extend(words(&row.everyday.0));
        let typed = keys(&row.everyday.0);
        self.beginnings
            .extend((1..typed.len()).map(|count| typed[..count].join(" ")));
        let concepts = self.everyday.entry(typed.join(" ")).or_default();
        if !concepts.iter().any(|known| known.term == term) {
            concepts.push(Concept {
                term,
                weight: row.weight.0,
            });
            // The surest first.
            concepts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
    }

    /// Learns by which words a document has the concept of a row.
    fn learn_signs(&mut self, field: &str) {
        let term = concept_of(field);
        self.spelled.extend(words(field));
        for phrase in field.split('|') {
            let mut keys = keys(phrase).into_iter();
            let Some(first) = keys.next() else { continue };
            let others: Vec<Box<str>> = keys.collect();
            self.leading.insert(first.clone());
            self.leading.extend(others.iter().cloned());
            let signs = self.signs.entry(first).or_default();
            if !signs
                .iter()
                .any(|sign| sign.concept == term && sign.others == others)
            {
                signs.push(Sign {
                    concept: term.clone(),
                    others,
                });
            }
        }
    }

    /// Two words mean the same the other way about, unless a row says otherwise: `telefoon kapot`, `kapotte telefoon`.
    fn learn_the_reverse(&mut self) {
        let reversed: Vec<(String, Vec<Concept>)> = self
            .everyday
            .iter()
            .filter_map(|(typed, concepts)| {
                let (first, second) = typed.split_once(' ')?;
                let typed = format!("{second} {first}");
                (!second.contains(' ') && !self.everyday.contains_key(&typed))
                    .then(|| (typed, concepts.clone()))
            })
            .collect();
        for (typed, concepts) in reversed {
            self.beginnings.extend(typed.split(' ').next().map(str::to_owned));
            self.everyday.insert(typed, concepts);
        }
    }

    /// A word of the field that nobody has written a row for leads to what stands beside it, unless it stands in several lists:
    /// `toneelvoorstelling` to what `theater` and `toneel` make up.
    fn learn_what_has_no_row(&mut self) {
        for (key, signs) in &self.signs {
            let mut alone = signs.iter().filter(|sign| sign.others.is_empty());
            let by_itself = || !self.noise_keys.contains(key) && self.split(key).is_empty();
            if let (Some(sign), None) = (alone.next(), alone.next())
                && by_itself()
            {
                let beside = Concept {
                    term: sign.concept.clone(),
                    weight: BESIDE,
                };
                self.everyday
                    .entry(key.to_string())
                    .or_insert_with(|| vec![beside]);
            }
        }
    }

    /// The themes of which concepts have a word that tells them, and those of the words themselves.
    fn concepts_by_theme(&self, telling: &KeysByTheme) -> HashMap<Box<str>, Vec<Box<str>>, RandomState> {
        let mut themes_of: HashMap<Box<str>, Vec<Box<str>>, RandomState> = HashMap::default();
        for (theme, words) in telling {
            for word in words {
                let known = themes_of.entry(word.clone()).or_default();
                known.push(theme.as_str().into());
            }
        }
        // How many signs a concept has, and how many of them have a word of a theme.
        let mut all: HashMap<&str, usize, RandomState> = HashMap::default();
        let mut some: HashMap<(&str, &str), usize, RandomState> = HashMap::default();
        for (first, signs) in &self.signs {
            for Sign { concept, others } in signs {
                let has = |words: &Vec<Box<str>>| {
                    words.contains(first) || others.iter().any(|key| words.contains(key))
                };
                *all.entry(concept).or_default() += 1;
                for (theme, _) in telling.iter().filter(|(_, words)| has(words)) {
                    *some.entry((concept, theme)).or_default() += 1;
                }
            }
        }
        // One word of many is a chance: `maatschappelijk werk` is no work.
        let about =
            |concept: &str, some: usize| some > 1 || all.get(concept).is_some_and(|all| 3 * some >= *all);
        for ((concept, theme), _) in some
            .into_iter()
            .filter(|((concept, _), some)| about(concept, *some))
        {
            themes_of.entry(concept.into()).or_default().push(theme.into());
        }
        themes_of
    }

    /// The themes that words are about, by the term of their concept or by their own key; none for most words.
    pub(crate) fn themes_of(&self, term: &str) -> impl Iterator<Item = &str> {
        self.themes_of
            .get(term)
            .into_iter()
            .flatten()
            .map(|theme| &**theme)
    }

    /// What people mean by some words, given by their keys, separated by spaces; none if nothing is known.
    pub(crate) fn everyday(&self, keys: &str) -> Option<&[Concept]> {
        self.everyday.get(keys).map(Vec::as_slice)
    }

    /// Whether something that people type goes on after these words, given by their keys.
    pub(crate) fn begins(&self, keys: &str) -> bool {
        self.beginnings.contains(keys)
    }

    /// Whether a word by itself is what people are led to, given by its key.
    pub(crate) fn is_of_the_field(&self, key: &str) -> bool {
        self.signs
            .get(key)
            .is_some_and(|signs| signs.iter().any(|sign| sign.others.is_empty()))
    }

    /// Whether a word, as [`words`] gives it, stands in these tables, as what people type or as what it leads to; or is made of
    /// parts that do.
    pub fn knows(&self, word: &str) -> bool {
        self.has(word) || !self.split(word).is_empty()
    }

    /// The same for the word as a whole.
    pub fn has(&self, word: &str) -> bool {
        self.spelled.has(word) || self.noise.contains_key(word)
    }

    /// What a word says that is no subject: also a number of one or two digits, an age or how many.
    pub(crate) fn noise(&self, word: &str) -> Option<Noise> {
        let number = || word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        self.noise
            .get(word)
            .copied()
            .or_else(|| number().then_some(Noise::Optional))
    }

    /// Whether a part of a compound, given by its key, says little by itself: the last of `taalcursus`.
    pub(crate) fn says_little(&self, part: &str) -> bool {
        self.noise_keys.contains(part)
    }

    /// The compound of known parts that a word may be with a mistake in it, and how many letters differ.
    pub fn near_compound(&self, word: &str) -> Option<(u8, String)> {
        self.compounds.near(word)
    }

    pub(crate) fn split(&self, word: &str) -> Vec<Box<str>> {
        self.compounds.split(word)
    }
}

/// The term of the concept that words of the field make up together.
pub(crate) fn concept_of(field: &str) -> Box<str> {
    format!("{:08x}", xxh3_64(field.as_bytes()) >> 32).into()
}

fn keys(text: &str) -> Vec<Box<str>> {
    words(text).iter().map(|word| form(word).key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_row_is_named() {
        let right = [
            ("everyday.csv", "everyday,field,weight\n"),
            ("languages.csv", "everyday,field,weight\n"),
            ("upl.csv", "everyday,field,weight\n"),
            ("noise.csv", "word,use\n"),
            ("compounds.csv", "word,use\n"),
            ("names.csv", "word,use\n"),
            ("themes.csv", "theme,words\n"),
        ];
        for (file, row, reason) in [
            ("noise.csv", "wil,perhaps", "perhaps"),
            ("compounds.csv", "taal,prt", "prt"),
            ("names.csv", "montessori,sys", "sys"),
            ("everyday.csv", "schulden,schuldhulp,5", "at most 1"),
            ("everyday.csv", "schulden,schuldhulp,-1", "at most 1"),
            ("everyday.csv", "schulden,schuldhulp,NaN", "at most 1"),
            ("languages.csv", "debt,schuldhulp|,1", "no word"),
            ("upl.csv", "?,schuldhulp,1", "no word"),
        ] {
            let wrong = Lexicon::read(|name| {
                let known = right.iter().find(|(right, _)| *right == name);
                let mut text = known.map(|(_, text)| (*text).to_owned()).unwrap_or_default();
                if name == file {
                    text.push_str(row);
                }
                Ok(text)
            });
            let message = wrong.unwrap_err().to_string();
            let line = "line: 2";
            assert!(
                [file, line, reason].iter().all(|part| message.contains(part)),
                "{row}: {message}"
            );
        }
    }

    #[test]
    fn no_two_lists_of_words_are_taken_for_each_other() {
        let mut by_term: HashMap<Box<str>, String> = HashMap::new();
        for name in EVERYDAY {
            each_row(name, &tables::shipped(name), |row: EverydayRow| {
                let field = row.field.0;
                let known = by_term.entry(concept_of(&field)).or_insert_with(|| field.clone());
                assert_eq!(*known, field);
            })
            .unwrap();
        }
    }
}
