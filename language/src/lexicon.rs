//! What words have to do with each other: the tables of `data/synonyms`, which an editor may change.
//!
//! A row of `everyday.csv` leads from what people type to words of the field. Rows that lead to the same words lead to
//! the same *concept*: documents carry the concepts whose words they have, so that a question costs a look-up and not
//! a search for each word.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    path::Path,
    rc::Rc,
    sync::atomic::{AtomicU64, Ordering},
};

use foldhash::fast::RandomState;
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::{compounds::Compounds, key::form, words::words};

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file cannot be read.
    #[error("{0} cannot be read")]
    Io(String, #[source] std::io::Error),
    /// A row is not what it should be.
    #[error("{file}: {reason}; mend the row")]
    Row {
        /// The file.
        file: String,
        /// What is wrong, with the line.
        reason: String,
    },
}

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
struct Sign {
    concept: Box<str>,
    /// The keys, without the first.
    others: Vec<Box<str>>,
}

/// Words and what they have to do with each other.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    compounds: Compounds,
    /// By the keys of what people type, separated by spaces.
    everyday: HashMap<String, Vec<Concept>>,
    /// Every word of these tables, as it is spelt.
    spelled: HashSet<String>,
    /// Tells lexicons apart.
    number: u64,
    /// The most words of anything in `everyday`.
    longest: usize,
    /// By their first key.
    signs: HashMap<Box<str>, Vec<Sign>, RandomState>,
    /// All keys of `signs`, first or not.
    leading: HashSet<Box<str>>,
    noise: HashMap<String, Noise>,
    themes: HashMap<String, Vec<Box<str>>>,
}

#[derive(Deserialize)]
struct EverydayRow {
    everyday: String,
    field: String,
    weight: f32,
}

#[derive(Deserialize)]
struct NoiseRow {
    word: String,
    #[serde(rename = "use")]
    usage: Noise,
}

#[derive(Deserialize)]
struct CompoundRow {
    word: String,
    #[serde(rename = "use")]
    usage: String,
}

#[derive(Deserialize)]
struct ThemeRow {
    theme: String,
    words: String,
}

/// The tables by name, as they are shipped.
const SHIPPED: [(&str, &str); 5] = [
    ("everyday.csv", include_str!("../../data/synonyms/everyday.csv")),
    ("upl.csv", include_str!("../../data/synonyms/upl.csv")),
    ("noise.csv", include_str!("../../data/synonyms/noise.csv")),
    ("compounds.csv", include_str!("../../data/synonyms/compounds.csv")),
    ("themes.csv", include_str!("../../data/synonyms/themes.csv")),
];

impl Lexicon {
    /// The tables that come with the program.
    pub fn shipped() -> Result<Self, LexiconError> {
        Self::read(|name| {
            let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
            Ok(shipped.map_or_else(String::new, |(_, text)| (*text).to_owned()))
        })
    }

    /// The tables of a folder; those that it lacks are the shipped ones.
    pub fn open(folder: &Path) -> Result<Self, LexiconError> {
        Self::read(|name| {
            let path = folder.join(name);
            if !path.exists() {
                let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
                return Ok(shipped.map_or_else(String::new, |(_, text)| (*text).to_owned()));
            }
            std::fs::read_to_string(&path)
                .map_err(|error| LexiconError::Io(path.display().to_string(), error))
        })
    }

    fn read(text: impl Fn(&str) -> Result<String, LexiconError>) -> Result<Self, LexiconError> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let mut lexicon = Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            ..Self::default()
        };
        let compounds: Vec<CompoundRow> = rows("compounds.csv", &text("compounds.csv")?)?;
        lexicon.spelled = compounds.iter().map(|row| row.word.clone()).collect();
        lexicon.compounds = Compounds::new(
            compounds
                .iter()
                .map(|row| (row.word.as_str(), row.usage.as_str())),
        );
        for name in ["everyday.csv", "upl.csv"] {
            let everyday: Vec<EverydayRow> = rows(name, &text(name)?)?;
            for row in &everyday {
                lexicon.learn(row);
            }
        }
        let noise: Vec<NoiseRow> = rows("noise.csv", &text("noise.csv")?)?;
        lexicon.noise = noise
            .into_iter()
            .flat_map(|row| words(&row.word).into_iter().map(move |word| (word, row.usage)))
            .collect();
        let themes: Vec<ThemeRow> = rows("themes.csv", &text("themes.csv")?)?;
        lexicon.themes = themes
            .into_iter()
            .map(|row| (row.theme, keys(&row.words)))
            .collect();
        Ok(lexicon)
    }

    fn learn(&mut self, row: &EverydayRow) {
        let term: Box<str> = format!("={:08x}", xxh3_64(row.field.as_bytes()) >> 32).into();
        self.spelled
            .extend(words(&row.everyday).into_iter().chain(words(&row.field)));
        let typed = keys(&row.everyday);
        self.longest = self.longest.max(typed.len());
        let concepts = self.everyday.entry(typed.join(" ")).or_default();
        if !concepts.iter().any(|known| known.term == term) {
            concepts.push(Concept {
                term: term.clone(),
                weight: row.weight.clamp(0.0, 1.0),
            });
        }
        for phrase in row.field.split('|') {
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

    /// What people mean by some words, given by their keys; none if nothing is known.
    pub(crate) fn everyday(&self, keys: &[&str]) -> Option<&[Concept]> {
        self.everyday.get(&keys.join(" ")).map(Vec::as_slice)
    }

    /// The most words that stand for something together.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Whether a word, as [`words`] gives it, stands in these tables: as what people type, or as what it leads to.
    pub fn knows(&self, word: &str) -> bool {
        self.spelled.contains(word) || self.noise.contains_key(word) || !self.split(word).is_empty()
    }

    /// Words of these tables that begin so, the shortest first.
    pub fn beginning(&self, prefix: &str, limit: usize) -> Vec<String> {
        let begins = self.spelled.iter().filter(|word| word.starts_with(prefix));
        let mut found: Vec<String> = begins
            .filter(|word| !self.noise.contains_key(*word))
            .cloned()
            .collect();
        found.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        found.truncate(limit);
        found
    }

    /// The words of these tables that differ from a word in up to so many letters (at most 2), with how many those are.
    pub fn near(&self, word: &str, edits: u8) -> Vec<(u8, String)> {
        let automaton = LevenshteinAutomatonBuilder::new(edits.min(2), true).build_dfa(word);
        let near = |known: &String| match automaton.eval(known) {
            Distance::Exact(edits) => Some((edits, known.clone())),
            Distance::AtLeast(_) => None,
        };
        let mut found: Vec<(u8, String)> = self.spelled.iter().filter_map(near).collect();
        found.sort_unstable();
        found
    }

    pub(crate) fn noise(&self, word: &str) -> Option<Noise> {
        self.noise.get(word).copied()
    }

    pub(crate) fn split(&self, word: &str) -> Vec<Box<str>> {
        self.compounds.split(word)
    }

    /// The terms of a document beyond its own words, separated by spaces, and as often as they count: keys where they differ from stems, parts of
    /// compounds, concepts, and words of its themes. A word of the title counts three times.
    pub fn meanings<'a>(
        &self,
        title: &str,
        description: &str,
        themes: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let mut document = Meanings::default();
        document.take(self, title, 3);
        document.take(self, description, 1);
        for key in themes
            .into_iter()
            .filter_map(|theme| self.themes.get(theme))
            .flatten()
        {
            let key = Rc::from(&**key);
            document.has(&key, 2);
            document.extra(&key, 2);
        }
        document.concepts(&self.signs);
        document.text()
    }
}

/// What is gathered about a document.
#[derive(Default)]
struct Meanings {
    /// The weight of the weightiest word with each key that leads to a concept.
    keys: HashMap<Rc<str>, u8, RandomState>,
    /// How often each further term counts.
    extra: HashMap<Rc<str>, u8, RandomState>,
}

/// What there is to know of a word of a document.
struct Known {
    /// Those of its key and its parts that lead to a concept, alone or with others.
    leading: Vec<Rc<str>>,
    /// The key, if the stem is another, and the parts of a compound.
    extra: Vec<Rc<str>>,
}

/// How many words a thread remembers before it starts anew.
const MOST_KNOWN: usize = 200_000;

type KnownWords = HashMap<String, Rc<Known>, RandomState>;

thread_local! {
    /// The words that were seen before, of the lexicon with this number: most words of a corpus are few.
    static KNOWN: RefCell<(u64, KnownWords)> = RefCell::default();
}

impl Lexicon {
    fn known(&self, word: &str) -> Rc<Known> {
        KNOWN.with_borrow_mut(|(number, words)| {
            if *number != self.number || words.len() >= MOST_KNOWN {
                words.clear();
                *number = self.number;
            }
            if let Some(known) = words.get(word) {
                return Rc::clone(known);
            }
            let form = form(word);
            let key: Rc<str> = Rc::from(&*form.key);
            let own = (form.key != form.stem).then(|| Rc::clone(&key));
            let parts: Vec<Rc<str>> = self.split(word).into_iter().map(Rc::from).collect();
            let all = std::iter::once(&key).chain(&parts);
            let known = Rc::new(Known {
                leading: all
                    .filter(|key| self.leading.contains(&***key))
                    .cloned()
                    .collect(),
                extra: own.into_iter().chain(parts).collect(),
            });
            words.insert(word.to_owned(), Rc::clone(&known));
            known
        })
    }
}

/// The most that a term counts.
const MOST: u8 = 9;

impl Meanings {
    fn has(&mut self, key: &Rc<str>, weight: u8) {
        let known = self.keys.entry(Rc::clone(key)).or_default();
        *known = weight.max(*known);
    }

    fn extra(&mut self, term: &Rc<str>, weight: u8) {
        let count = self.extra.entry(Rc::clone(term)).or_default();
        *count = count.saturating_add(weight).min(MOST);
    }

    fn take(&mut self, lexicon: &Lexicon, text: &str, weight: u8) {
        for word in words(text) {
            let known = lexicon.known(&word);
            for key in &known.leading {
                self.has(key, weight);
            }
            for term in &known.extra {
                self.extra(term, weight);
            }
        }
    }

    fn concepts(&mut self, signs: &HashMap<Box<str>, Vec<Sign>, RandomState>) {
        let mut found: HashMap<&str, u8, RandomState> = HashMap::default();
        for (key, weight) in &self.keys {
            for sign in signs.get(&**key).into_iter().flatten() {
                let others = sign.others.iter().map(|key| self.keys.get(&**key).copied());
                let least: Option<u8> = std::iter::once(Some(*weight)).chain(others).min().flatten();
                if let Some(least) = least {
                    let known = found.entry(&sign.concept).or_default();
                    *known = least.max(*known);
                }
            }
        }
        for (concept, weight) in found {
            let count = self.extra.entry(Rc::from(concept)).or_default();
            *count = weight.max(*count);
        }
    }

    fn text(self) -> String {
        let mut terms: Vec<(Rc<str>, u8)> = self.extra.into_iter().collect();
        terms.sort_unstable();
        let mut text = String::new();
        for (term, count) in terms {
            for _ in 0..count {
                text.push_str(&term);
                text.push(' ');
            }
        }
        text
    }
}

fn keys(text: &str) -> Vec<Box<str>> {
    words(text).iter().map(|word| form(word).key).collect()
}

fn rows<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<Vec<T>, LexiconError> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let rows: Result<Vec<T>, csv::Error> = reader.deserialize().collect();
    rows.map_err(|error| LexiconError::Row {
        file: file.to_owned(),
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_carries_what_it_means() {
        let lexicon = Lexicon::shipped().unwrap();
        let meanings = lexicon.meanings("Computercursussen", "Voor ouderen.", ["digital"]);
        let terms: Vec<&str> = meanings.split_whitespace().collect();
        for (term, count) in [("computer", 5), ("cursus", 3)] {
            assert_eq!(
                terms.iter().filter(|found| **found == term).count(),
                count,
                "{term} in {meanings}"
            );
        }
        assert!(terms.iter().any(|term| term.starts_with('=')), "{meanings}");
    }

    #[test]
    fn a_wrong_row_is_named() {
        let wrong = Lexicon::read(|name| {
            Ok(match name {
                "noise.csv" => "word,use\nik,drop\nwil,perhaps\n".to_owned(),
                "everyday.csv" | "upl.csv" => "everyday,field,weight\n".to_owned(),
                "themes.csv" => "theme,words\n".to_owned(),
                _ => "word,use\n".to_owned(),
            })
        });
        let message = wrong.unwrap_err().to_string();
        assert!(
            message.contains("noise.csv") && message.contains('3'),
            "{message}"
        );
    }
}
