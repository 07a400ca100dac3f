//! What the forms of a Dutch word have in common.
//!
//! The stem is that of the Snowball stemmer for Dutch (M. Porter, <https://snowballstem.org/algorithms/dutch_porter/stemmer.html>),
//! which takes endings off and leaves the spelling as the ending had it: `les` and `less`, `huis` and `huiz`. A key
//! mends that by the rules of Dutch spelling for open and closed syllables.

use std::{cell::RefCell, collections::HashMap};

use foldhash::fast::RandomState;
use rust_stemmers::{Algorithm, Stemmer};

use crate::dutch::is_dutch;

/// How many keys a thread remembers before it starts anew.
const MOST_KNOWN: usize = 100_000;

struct Keys {
    stemmer: Stemmer,
    known: HashMap<Box<str>, Form, RandomState>,
}

thread_local! {
    static KEYS: RefCell<Keys> = RefCell::new(Keys {
        stemmer: Stemmer::create(Algorithm::Dutch),
        known: HashMap::default(),
    });
}

/// A word in the two forms by which documents are found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Form {
    /// The stem of the Snowball stemmer for Dutch.
    pub stem: Box<str>,
    /// The same for all forms of a word, or the stem if nothing is known about it.
    pub key: Box<str>,
    /// The stem of what was typed, where that is a form of another word: `koortje` is a `koor`, and may be a name.
    pub(crate) as_typed: Option<Box<str>>,
}

/// The forms of a word that [`crate::words`] gave.
pub fn form(word: &str) -> Form {
    with_form(word, Form::clone)
}

/// Takes a look at the forms of a word in small letters. Most words of a corpus are few, and finding a stem takes longer
/// than all the rest that happens to a word: those found before are remembered.
pub fn with_form<T>(word: &str, look: impl FnOnce(&Form) -> T) -> T {
    KEYS.with_borrow_mut(|keys| {
        if let Some(form) = keys.known.get(word) {
            return look(form);
        }
        let stem = keys.stemmer.stem(word);
        let one = singular(word);
        let form = Form {
            key: if one == word {
                key(word, &stem)
            } else {
                key(one, &keys.stemmer.stem(one))
            }
            .into(),
            stem: stem.into(),
            as_typed: None,
        };
        if keys.known.len() >= MOST_KNOWN {
            keys.known.clear();
        }
        look(keys.known.entry(word.into()).or_insert(form))
    })
}

/// A word in -es that is the plural of one in -e, such as `maatjes`: the stemmer leaves its s.
fn singular(word: &str) -> &str {
    word.strip_suffix('s')
        .filter(|one| one.ends_with("je") || one.ends_with('e') && is_dutch(one))
        .unwrap_or(word)
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Endings that the stemmer treats as what they are not, and what the word ends in instead. Parents are not the elderly,
/// who is *opvoedbaar* is not *opvoeden*, and who loses weight (*afvallen*) has no *afval*.
const IRREGULAR: [(&str, &str); 9] = [
    ("afvallen", "afvallen"),
    ("cafes", "cafe"),
    ("cafe", "cafe"),
    ("ouderen", "ouderen"),
    ("oudere", "ouderen"),
    ("ouders", "ouders"),
    ("ouder", "ouders"),
    ("baar", "baar"),
    ("bare", "baar"),
];
/// Ends of stems that words of another meaning have too: of sums and of bills, of raising children and of those who are hard
/// to raise.
const SHARED: [&str; 2] = ["reken", "opvoed"];

/// Words that stand in every text, and are the stems of others.
const EVERYWHERE: [&str; 5] = ["dat", "het", "met", "van", "wat"];

impl Form {
    /// Whether the stem is another word. The stemmer took an s off that is no ending: `dans` is not `dan`. Behind a t it may be
    /// one, or what links the parts of a compound: `rechts` has something of `recht`. And `meten` is not `met`.
    pub(crate) fn is_misled(&self) -> bool {
        !self.stem.ends_with('t') && self.key.strip_suffix('s') == Some(&*self.stem)
            || self.key != self.stem && EVERYWHERE.contains(&&*self.stem)
    }

    /// Whether words of another meaning have this stem too: then only the key finds the word.
    pub(crate) fn is_ambiguous(&self) -> bool {
        self.stem.ends_with("ouder") || SHARED.iter().any(|shared| self.stem.ends_with(shared))
    }
}

fn key(word: &str, stem: &str) -> String {
    for (ending, instead) in IRREGULAR {
        if let Some(before) = word.strip_suffix(ending) {
            return format!("{before}{instead}");
        }
    }
    if SHARED.iter().any(|shared| stem.ends_with(shared)) {
        let of_bills = stem.ends_with("reken") && word.contains("ing");
        return format!("{stem}{}", if of_bills { "ing" } else { "en" });
    }
    // `fiets`, `dans`: the s is no plural, since there is `dansen`.
    let is_plural = |word: &str| !word.ends_with("ts") && !is_dutch(&format!("{word}en"));
    if word.strip_suffix('s') == Some(stem) && !is_plural(word) {
        return key(word, word);
    }
    if !stem.bytes().all(|c| c.is_ascii_lowercase()) || stem.len() < 3 {
        return stem.to_owned();
    }
    let mut letters = stem.as_bytes().to_vec();
    let mut long = false;
    // `kookt`, `leest`, `zoekt`: the ending of he and she, behind a long vowel and a consonant.
    if let [.., a, b, c, b't'] = letters.as_slice()
        && is_vowel(*a)
        && (is_vowel(*b) || (*a, *b) == (b'i', b'j'))
        && !is_vowel(*c)
        && *c != b't'
    {
        letters.pop();
    }
    if let [.., a, b, c] = letters.as_slice()
        && a == b
        && is_vowel(*a)
        && !is_vowel(*c)
    {
        long = true;
        letters.remove(letters.len() - 2);
    }
    let doubled = matches!(letters.as_slice(), [.., a, b] if a == b && !is_vowel(*a));
    if doubled {
        letters.pop();
    }
    match letters.last_mut() {
        Some(last @ b'z') => *last = b's',
        Some(last @ b'v') => *last = b'f',
        _ => {}
    }
    // Only in words of one syllable does the length of the vowel tell words apart: `les` and `lees`, `man` and `maan`.
    let vowels = letters.iter().filter(|c| is_vowel(**c)).count();
    if let (1, [.., vowel, last]) = (vowels, letters.as_slice())
        && is_vowel(*vowel)
        && !is_vowel(*last)
    {
        let open = word
            .as_bytes()
            .get(letters.len())
            .is_some_and(|next| is_vowel(*next));
        let twice = [*vowel, *vowel];
        long |= !doubled && open || word.as_bytes().windows(2).any(|pair| pair == twice);
        if long {
            letters.insert(letters.len() - 1, letters[letters.len() - 2]);
        }
    }
    String::from_utf8(letters).unwrap_or_else(|_| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_of_a_word_have_one_key() {
        for forms in [
            &["taalles", "taallessen"][..],
            &["cursus", "cursussen"],
            &["les", "lessen"],
            &["lees", "lezen", "leest"],
            &["kook", "koken", "kookt"],
            &["huis", "huizen"],
            &["brief", "brieven"],
            &["school", "scholen"],
            &["spreekuur", "spreekuren"],
            &["cafe", "cafes"],
            &["taalcafe", "taalcafes"],
            &["leren", "leer", "leert"],
            &["praat", "praten"],
            &["fiets", "fietsen"],
            &["dans", "dansen"],
            &["mens", "mensen"],
            &["film", "films"],
            &["zoek", "zoeken", "zoekt"],
            &["computerles", "computerlessen"],
            &["digitaal", "digitale"],
            &["toeslag", "toeslagen"],
            &["formulier", "formulieren"],
            &["maatje", "maatjes"],
            &["ziekte", "ziektes"],
            &["openbaar", "openbare"],
        ] {
            let keys: Vec<Box<str>> = forms.iter().map(|word| form(word).key).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{forms:?}: {keys:?}");
        }
    }

    #[test]
    fn other_words_have_other_keys() {
        for (one, other) in [
            ("les", "lezen"),
            ("man", "maan"),
            ("kok", "koken"),
            ("bom", "boom"),
            ("tal", "taal"),
            ("ouders", "ouderen"),
            ("rekeningen", "rekenen"),
            ("adres", "adre"),
            ("opvoeden", "opvoedbare"),
            ("dans", "dan"),
            ("afvallen", "afval"),
        ] {
            assert_ne!(form(one).key, form(other).key, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn every_word_has_a_key(word in "\\PC{0,70}") {
            for word in crate::words(&word) {
                prop_assert!(!form(&word).key.contains(' '));
            }
        }
    }
}
