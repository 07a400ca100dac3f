//! Words that nobody knows: of what word one is another form, and of what parts it is made.

use crate::{
    dutch::is_dutch,
    forms::bases,
    key::{Form, form},
    lexicon::{Concept, Lexicon, Noise},
};

/// The shortest part by which a compound is known that nobody knows, and what is left of it at least, in letters.
const SHORTEST_KNOWN: usize = 4;
const SHORTEST_REST: usize = 3;
/// How long a first part is at least behind which three letters are taken for a word, in letters.
const LONG_FIRST: usize = 7;

impl Lexicon {
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
        let leads =
            |base: &&String| self.noise(base) != Some(Noise::Drop) && self.leads(base, &form(base).key);
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
}
