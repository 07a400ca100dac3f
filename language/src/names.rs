//! Offerings that are called after whatever: *Basisschool De Regenboog* has nothing to do with rainbows.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use serde::Deserialize;

use crate::{
    key::{form, with_form},
    words::words,
};

/// What a word has to do with names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InNames {
    /// What it says has a name.
    Sort,
    /// In a name it says something.
    Says,
}

/// The sorts of offering that have names, and the words of such names that say something.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// The keys of words that say so.
    sorts: HashSet<Box<str>, RandomState>,
    /// The same where several words belong together, at the beginning of a description: their keys, separated by spaces.
    beginnings: Vec<Box<str>>,
    /// The keys of words that say something.
    says: HashSet<Box<str>, RandomState>,
}

impl Names {
    pub(crate) fn new<'a>(rows: impl Iterator<Item = (&'a str, InNames)>) -> Self {
        let mut names = Self::default();
        for (word, usage) in rows {
            let keys: Vec<Box<str>> = words(word).iter().map(|word| form(word).key).collect();
            match (usage, keys.as_slice()) {
                (InNames::Sort, [key]) => {
                    names.sorts.insert(key.clone());
                    names.says.insert(key.clone());
                }
                (InNames::Sort, keys) => names.beginnings.push(keys.join(" ").into()),
                (InNames::Says, keys) => names.says.extend(keys.iter().cloned()),
            }
        }
        names
    }

    /// Whether the title of an offering is a name: it begins with a sort, or with words that say something and then a sort
    /// (`Openbare Basisschool De Brug`, and not `Huiswerk basisschool`); or its description begins with one.
    pub(crate) fn is_name(&self, title: &[String], description: &[String]) -> bool {
        let is_sort = |word: &String| with_form(word, |form| self.sorts.contains(&form.key));
        let says = |word: &&String| with_form(word, |form| self.says.contains(&form.key));
        if title.iter().take_while(says).any(is_sort) || description.first().is_some_and(is_sort) {
            return true;
        }
        self.beginnings.iter().any(|keys| {
            let mut rest = description.iter();
            keys.split(' ').all(|key| {
                rest.next()
                    .is_some_and(|word| with_form(word, |form| *form.key == *key))
            })
        })
    }

    /// Whether a word of a name, or a part of one, says something, given by its key.
    pub(crate) fn says(&self, key: &str) -> bool {
        self.says.contains(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_is_called_after_whatever() {
        let rows = [
            ("basisschool", InNames::Sort),
            ("speciaal onderwijs", InNames::Sort),
            ("openbare", InNames::Says),
            ("montessori", InNames::Says),
        ];
        let names = Names::new(rows.into_iter());
        let is_name = |title: &str, description: &str| names.is_name(&words(title), &words(description));
        assert!(is_name("Openbare Basisschool De Regenboog", ""));
        assert!(is_name("De Regenboog", "Speciaal onderwijs, openbaar"));
        for (title, description) in [
            ("De Regenboog", ""),
            ("Regenbooggroep", "Wij geven speciaal onderwijs."),
            ("Huiswerk", "Voor kinderen van de basisschool."),
            ("Huiswerk basisschool", ""),
        ] {
            assert!(!is_name(title, description), "{title}");
        }
        assert!(names.says("montessori") && !names.says("regenboog"));
    }
}
