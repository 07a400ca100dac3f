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
    compounds::Compounds,
    dutch::is_dutch,
    forms::bases,
    key::{Form, form},
    names::Names,
    spelled::Spelled,
    tables::{self, EVERYDAY, EverydayRow, LexiconError, NoiseRow, ThemeRow, UseRow, each_row, rows},
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
    compounds: Compounds,
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

/// How surely a word of the field that has no row means what stands beside it, and in how many lists it stands at most.
const BESIDE: f32 = 0.8;
const MOST_LISTS: usize = 1;

/// Keys of words by theme.
type KeysByTheme = HashMap<String, Vec<Box<str>>, RandomState>;

/// The shortest part by which a compound is known that nobody knows, and what is left of it at least, in letters.
const SHORTEST_KNOWN: usize = 4;
const SHORTEST_REST: usize = 3;
/// How long a first part is at least behind which three letters are taken for a word, in letters.
const LONG_FIRST: usize = 7;

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
        let compounds: Vec<UseRow> = rows("compounds.csv", &text("compounds.csv")?)?;
        lexicon
            .spelled
            .extend(compounds.iter().map(|row| row.word.clone()));
        lexicon.compounds = Compounds::new(
            compounds
                .iter()
                .map(|row| (row.word.as_str(), row.usage.as_str())),
        );
        let names: Vec<UseRow> = rows("names.csv", &text("names.csv")?)?;
        lexicon.names = Names::new(names.iter().map(|row| (row.word.as_str(), row.usage.as_str())));
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
        let noise: Vec<NoiseRow> = rows("noise.csv", &text("noise.csv")?)?;
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

    /// A word of the field that nobody has written a row for leads to what stands beside it, unless it stands in many lists:
    /// `toneelvoorstelling` to what `theater` and `toneel` make up.
    fn learn_what_has_no_row(&mut self) {
        for (key, signs) in &self.signs {
            let alone = signs.iter().filter(|sign| sign.others.is_empty());
            let concepts: Vec<Concept> = alone
                .map(|sign| Concept {
                    term: sign.concept.clone(),
                    weight: BESIDE,
                })
                .collect();
            let by_itself = !self.noise_keys.contains(key) && self.split(key).is_empty();
            if by_itself && (1..=MOST_LISTS).contains(&concepts.len()) {
                self.everyday.entry(key.to_string()).or_insert(concepts);
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
        // Of how many signs a concept has, and how many have a word of each theme.
        let mut counts: HashMap<&str, (usize, HashMap<&str, usize, RandomState>), RandomState> = HashMap::default();
        for (first, signs) in &self.signs {
            for Sign { concept, others } in signs {
                let has = |words: &Vec<Box<str>>| {
                    words.contains(first) || others.iter().any(|key| words.contains(key))
                };
                let (all, of_themes) = counts.entry(concept).or_default();
                *all += 1;
                for (theme, _) in telling.iter().filter(|(_, words)| has(words)) {
                    *of_themes.entry(theme).or_default() += 1;
                }
            }
        }
        // One word of many is a chance: `maatschappelijk werk` is no work.
        for (concept, (all, of_themes)) in counts {
            let about = of_themes.into_iter().filter(|(_, some)| *some > 1 || 3 * some >= all);
            let known = themes_of.entry(concept.into()).or_default();
            known.extend(about.map(|(theme, _)| Box::from(theme)));
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

    /// What a part of a compound means, if nobody knows the compound and the rest is a Dutch word: the first part, else the
    /// last. `zwangerschapsgriep` has something of `zwangerschap`, and `leefgeld` of `geld`.
    pub(crate) fn meant_by_a_part(&self, word: &str) -> &[Concept] {
        if !word.is_ascii() || self.compounds.is_whole(word) {
            return &[];
        }
        let meant = |part: &str| {
            let key = form(part).key;
            let says_little = self.says_little(&key);
            let long_enough = part.len() >= SHORTEST_KNOWN || self.compounds.is_part(part);
            (long_enough && !says_little).then(|| self.everyday(&key))?
        };
        let is_word = |part: &str| {
            part.len() >= SHORTEST_REST
                && (is_dutch(part)
                    || self.compounds.is_part(part)
                    || part
                        .strip_prefix('s')
                        .or(part.strip_suffix('s'))
                        .is_some_and(is_dutch))
        };
        // The list of Dutch words has none of three letters: behind a long first part there may be one, as in `sollicitatiepak`.
        let ends = |first: &str, rest: &str| {
            is_word(rest) || rest.len() == SHORTEST_REST && first.len() >= LONG_FIRST
        };
        let places = || (SHORTEST_REST..word.len()).rev().map(|end| word.split_at(end));
        let first = places().find_map(|(first, rest)| ends(first, rest).then(|| meant(first))?);
        let last = || {
            places()
                .rev()
                .find_map(|(first, rest)| is_word(first).then(|| meant(rest))?)
        };
        first.or_else(last).unwrap_or_default()
    }

    /// Another form of a word that leads nowhere, if that leads somewhere: `telefoontje` is a `telefoon`, and who *solliciteerde*
    /// asks about *solliciteren*. What was typed is sought too.
    pub(crate) fn other_form(&self, word: &str, typed: &Form) -> Option<(String, Form)> {
        if self.leads(word, &typed.key) {
            return None;
        }
        let bases = bases(word);
        let leads = |base: &&String| {
            self.noise(base) != Some(Noise::Drop) && self.leads(base, &form(base).key)
        };
        let of_a_part = |base: &&String| !self.meant_by_a_part(base).is_empty();
        let known = bases.iter().find(leads);
        let known = known.or_else(|| {
            let unknown = self.meant_by_a_part(word).is_empty();
            unknown.then(|| bases.iter().find(of_a_part))?
        })?;
        let form = Form {
            as_typed: Some(typed.stem.clone()),
            ..form(known)
        };
        Some((known.clone(), form))
    }

    /// Whether a word says something by itself or by its parts, or is known to say little.
    fn leads(&self, word: &str, key: &str) -> bool {
        self.everyday(key).is_some()
            || self.is_of_the_field(key)
            || self.noise(word).is_some()
            || !self.split(word).is_empty()
    }

    /// The keys of the two Dutch words of which a word is made that the tables do not know: the last one as long as possible,
    /// since it says what the whole is. `stadsschouwburg` is a `schouwburg`.
    pub(crate) fn dutch_parts(&self, word: &str) -> Vec<Box<str>> {
        let known =
            || self.spelled.has(word) || self.compounds.is_whole(word) || !self.split(word).is_empty();
        if word.len() < 2 * SHORTEST_KNOWN || !word.is_ascii() || known() {
            return Vec::new();
        }
        let ends = SHORTEST_KNOWN..=word.len() - SHORTEST_KNOWN;
        let found = ends.map(|end| word.split_at(end)).find(|(first, last)| {
            let first_is_word = || is_dutch(first) || first.strip_suffix('s').is_some_and(is_dutch);
            is_dutch(last) && first_is_word()
        });
        let Some((first, last)) = found else {
            return Vec::new();
        };
        vec![form(first).key, form(last).key]
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
