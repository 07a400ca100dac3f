//! What documents carry beyond their own words, so that a question finds them by what it means.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use foldhash::fast::RandomState;

use crate::{
    key::{Form, form, with_form},
    lexicon::{Lexicon, Sign},
    understood::as_phrase,
    words::words,
};

/// What a document means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Its terms beyond its own words, separated by spaces.
    pub terms: String,
    /// Whether its title is a name, which says nothing of what it is: *Basisschool De Regenboog*.
    pub is_name: bool,
    /// Whether its description is no more than what it is, so that the title need not say it: *Basisonderwijs, openbaar*.
    pub is_described: bool,
}

impl Lexicon {
    /// What a document means. Its terms stand as often as they count: keys where they differ from stems, parts of compounds, phrases of the
    /// title that people type, concepts, and words of its themes. A word of the title counts three times. A concept is another term by where
    /// the document has it: [`Carried`].
    pub fn meanings<'a>(
        &self,
        title: &str,
        description: &str,
        themes: impl IntoIterator<Item = &'a str>,
    ) -> Meant {
        let mut document = Meanings::default();
        let (title, description) = (words(title), words(description));
        let is_name = self.names.is_name(&title, &description);
        if is_name {
            document.take_name(self, &title);
        } else {
            document.take_title(self, &title);
        }
        for term in self.phrases(title) {
            document.extra(&term, BY_TITLE);
        }
        let is_described = is_name && description.len() <= FEW_WORDS;
        let weight = if is_described { BY_TITLE } else { BY_DESCRIPTION };
        document.take(self, &description, weight);
        for key in themes
            .into_iter()
            .filter_map(|theme| self.themes.get(theme))
            .flatten()
        {
            document.extra(&Rc::from(&**key), 1);
        }
        document.concepts(&self.signs);
        Meant {
            terms: document.text(),
            is_name,
            is_described,
        }
    }

    /// Whether a word of a name says something, given by its key: `montessori`.
    pub fn says_something(&self, key: &str) -> bool {
        self.names.says(key)
    }

    /// The phrases of a title that people type: who types one finds it by itself too, not only by what it means.
    fn phrases(&self, title: Vec<String>) -> Vec<Rc<str>> {
        let typed: Vec<(String, Form)> = title
            .into_iter()
            .map(|word| {
                let form = form(&word);
                (word, form)
            })
            .collect();
        let phrases = (0..typed.len()).filter_map(|start| {
            let rest = typed.get(start..)?;
            let taken = self.phrase(rest)?.taken;
            Some(as_phrase(taken.iter().filter_map(|at| rest.get(*at)).map(|(_, form)| form)).into())
        });
        phrases.collect()
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
/// The weight of a key of the description, and of the title.
const BY_DESCRIPTION: u8 = 1;
const BY_TITLE: u8 = 3;
/// How many words of a description are few: of what is called after whatever, they say what it is as surely as a title.
const FEW_WORDS: usize = 12;

/// Where a document has a concept: the term says it, for a title is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carried {
    Title,
    Description,
}

impl Carried {
    /// The surest first.
    pub(crate) const ALL: [Self; 2] = [Self::Title, Self::Description];

    /// The term of a concept that is carried so.
    pub(crate) fn term(self, concept: &str) -> String {
        match self {
            Self::Title => format!("={concept}"),
            Self::Description => format!("-{concept}"),
        }
    }
}

impl Meanings {
    fn has(&mut self, key: &Rc<str>, weight: u8) {
        let known = self.keys.entry(Rc::clone(key)).or_default();
        *known = weight.max(*known);
    }

    fn extra(&mut self, term: &Rc<str>, weight: u8) {
        let count = self.extra.entry(Rc::clone(term)).or_default();
        *count = count.saturating_add(weight).min(MOST);
    }

    fn take(&mut self, lexicon: &Lexicon, words: &[String], weight: u8) {
        for word in words {
            let known = lexicon.known(word);
            for key in &known.leading {
                self.has(key, weight);
            }
            for term in &known.extra {
                self.extra(term, weight);
            }
        }
    }

    /// Takes a title. A compound that nobody knows counts for what its parts are too, and no more than a description would:
    /// the `Stadsschouwburg` is found by `schouwburg`.
    fn take_title(&mut self, lexicon: &Lexicon, title: &[String]) {
        self.take(lexicon, title, BY_TITLE);
        for part in title.iter().flat_map(|word| lexicon.dutch_parts(word)) {
            let key: Rc<str> = Rc::from(part);
            if lexicon.leading.contains(&*key) {
                self.has(&key, BY_DESCRIPTION);
            }
            self.extra(&key, BY_DESCRIPTION);
        }
    }

    /// Takes a title that is a name. Its words find it, and only those that say something mean something.
    fn take_name(&mut self, lexicon: &Lexicon, title: &[String]) {
        for word in title {
            let known = lexicon.known(word);
            for key in known.leading.iter().filter(|key| lexicon.names.says(key)) {
                self.has(key, BY_TITLE);
            }
            let own = with_form(word, |form| form.key.clone());
            for term in &known.extra {
                if *own == **term || lexicon.names.says(term) {
                    self.extra(term, BY_TITLE);
                }
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
            let carried = if weight >= BY_TITLE {
                Carried::Title
            } else {
                Carried::Description
            };
            self.extra.insert(carried.term(concept).into(), weight);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_carries_what_it_means() {
        let lexicon = Lexicon::shipped().unwrap();
        let meanings = lexicon
            .meanings("Computercursussen", "Voor ouderen.", ["digital"])
            .terms;
        let terms: Vec<&str> = meanings.split_whitespace().collect();
        for (term, count) in [("computer", 3), ("cursus", 3), ("internet", 1)] {
            assert_eq!(
                terms.iter().filter(|found| **found == term).count(),
                count,
                "{term} in {meanings}"
            );
        }
        assert!(terms.iter().any(|term| term.starts_with('=')), "{meanings}");
    }

    #[test]
    fn a_school_means_what_its_name_says_of_it() {
        let lexicon = Lexicon::shipped().unwrap();
        let carries = |title: &str, description: &str, asked: &str| {
            let meanings = lexicon.meanings(title, description, []).terms;
            let carried: Vec<&str> = meanings.split_whitespace().collect();
            let asked = lexicon.understand(asked).wishes.into_iter();
            let terms = asked.flat_map(|wish| wish.terms);
            let mut concepts = terms.filter(|term| term.field == crate::TermField::Concept);
            concepts.any(|term| carried.contains(&&*term.term))
        };
        assert!(!carries(
            "Basisschool De Dokter",
            "Basisonderwijs, Openbaar",
            "huisarts"
        ));
        assert!(carries("De Dokter", "Je leert woorden.", "huisarts"));
        assert!(carries(
            "Montessorischool De Dokter",
            "Basisonderwijs",
            "montessori"
        ));
    }

    #[test]
    fn a_compound_of_a_title_is_found_by_its_parts() {
        let lexicon = Lexicon::shipped().unwrap();
        let meanings = lexicon.meanings("Stadsschouwburg", "", []).terms;
        assert!(
            meanings.split_whitespace().any(|term| term == "schouwburg"),
            "{meanings}"
        );
    }

    #[test]
    fn a_phrase_finds_the_title_that_has_it() {
        let lexicon = Lexicon::shipped().unwrap();
        let meanings = lexicon.meanings("Maatschappelijk werk CENTRAM", "", []).terms;
        let asked = lexicon.understand("maatschappelijk werk");
        let found = |term: &str| meanings.split_whitespace().any(|carried| carried == term);
        let of_phrase = asked.wishes[0]
            .terms
            .iter()
            .find(|term| term.term.starts_with('~'));
        assert!(of_phrase.is_some_and(|term| found(&term.term)), "{meanings}");
    }
}
