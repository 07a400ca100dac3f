//! Words that mean something together.

use crate::{
    key::Form,
    lexicon::{Concept, Lexicon, concept_of},
};

/// The most words that say little between two words of a phrase.
const MOST_BETWEEN: usize = 4;

/// Words that are known together, by their places, and what they mean.
pub(crate) struct Phrase<'a> {
    pub(crate) taken: Vec<usize>,
    pub(crate) concepts: &'a [Concept],
}

/// The term of a document whose title has these words as a phrase, in whatever order.
pub(crate) fn as_phrase<'a>(forms: impl IntoIterator<Item = &'a Form>) -> Box<str> {
    let mut keys: Vec<&str> = forms.into_iter().map(|form| &*form.key).collect();
    keys.sort_unstable();
    format!("~{}", concept_of(&keys.join(" "))).into()
}

impl Lexicon {
    /// The phrase of most words, two or more, that starts with the first word. Between its words may stand others that say
    /// little: `geld is altijd op` has `geld op`.
    pub(crate) fn phrase(&self, words: &[(String, Form)]) -> Option<Phrase<'_>> {
        let (_, first) = words.first()?;
        let mut longest: Option<Phrase<'_>> = None;
        let mut begun = vec![(first.key.to_string(), vec![0])];
        while let Some((keys, taken)) = begun.pop() {
            if !self.begins(&keys) {
                continue;
            }
            let after = taken.last().map_or(0, |last| last + 1);
            for (index, (word, form)) in words.iter().enumerate().skip(after).take(1 + MOST_BETWEEN) {
                let keys = format!("{keys} {}", form.key);
                let mut taken = taken.clone();
                taken.push(index);
                if let Some(concepts) = self.everyday(&keys)
                    && longest
                        .as_ref()
                        .is_none_or(|longest| longest.taken.len() < taken.len())
                {
                    longest = Some(Phrase {
                        taken: taken.clone(),
                        concepts,
                    });
                }
                begun.push((keys, taken));
                if self.noise(word).is_none() {
                    break;
                }
            }
        }
        longest
    }
}
