//! A question in residents' words, as what it asks for.

mod phrases;
mod terms;

use phrases::Phrase;
pub(crate) use phrases::as_phrase;
use terms::{SURE, concept_terms, own_terms, terms};

use crate::{
    key::{Form, form},
    lexicon::{Concept, Lexicon, Noise},
    words::words,
};

/// The most words of a question that are looked at.
const MOST_WORDS: usize = 24;

/// A question, understood: each thing that it asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Understood {
    /// What is asked for.
    pub wishes: Vec<Wish>,
    /// The themes that this is about, by their names in `themes.csv`; none if the words do not tell.
    pub themes: Vec<String>,
}

/// One thing that is asked for, by any of its terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The words as they were typed, folded.
    pub typed: String,
    /// What finds it.
    pub terms: Vec<WishTerm>,
    /// What it is worth beside the others, up to 1.
    pub worth: f32,
    /// Whether an offering without it is no answer.
    pub required: bool,
    /// Whether the tables say what it means, or that it is a word of the field.
    pub known: bool,
}

/// A term that finds what is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct WishTerm {
    /// Where documents have it.
    pub field: TermField,
    /// The term.
    pub term: Box<str>,
    /// What it is worth, up to 1.
    pub weight: f32,
}

/// Where a document has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermField {
    /// Among the stems of its own words.
    Text,
    /// Among the keys and parts of its words: [`Lexicon::meanings`].
    Meaning,
    /// Among its concepts, which stand beside these.
    Concept,
}

/// What a whole compound is worth beside its parts.
const COMPOUND: f32 = 0.5;
/// What a phrase is worth by itself: a title that has it says little more than one that means the same.
const AS_PHRASE: f32 = 0.8;
/// What a word of a phrase is worth beside the phrase.
const IN_PHRASE: f32 = 0.3;
/// What a word that says little is worth.
const SAYS_LITTLE: f32 = 0.25;
/// What the subjects behind the first are worth: `boekjes voor mijn baby` asks for books.
const AFTER_THE_FIRST: f32 = 0.85;
/// What a word that the tables do not know is worth beside others that they do.
const UNKNOWN: f32 = 0.4;

impl Understood {
    /// Words as they are, any of which will do: for comparison with a search that knows nothing of what they mean.
    pub fn plain(terms: impl IntoIterator<Item = String>) -> Self {
        let mut wishes: Vec<Wish> = Vec::new();
        for typed in terms.into_iter().take(MOST_WORDS) {
            if wishes.iter().all(|wish| wish.typed != typed) {
                wishes.push(Wish {
                    terms: vec![WishTerm {
                        field: TermField::Text,
                        term: typed.as_str().into(),
                        weight: 1.0,
                    }],
                    typed,
                    worth: 1.0,
                    required: false,
                    known: false,
                });
            }
        }
        Self {
            wishes,
            themes: Vec::new(),
        }
    }

    /// Of several things that are asked for, what only may help with each is no answer to all of them: who loses his pay asks
    /// for the one desk that helps with everything last.
    fn leave_out_what_may_help(&mut self) {
        for wish in self.wishes.iter_mut().filter(|wish| wish.required) {
            let concepts = wish.terms.iter().filter(|term| term.field == TermField::Concept);
            let surest = concepts.map(|term| term.weight).fold(0.0, f32::max);
            wish.terms
                .retain(|term| term.field != TermField::Concept || term.weight >= SURE * surest);
        }
    }

    /// The same without the words that say little and mean nothing: where any of its words will do, who asks for *gratis
    /// zwemles* is not to find whatever is free.
    #[must_use]
    pub fn of_what_says_something(&self) -> Self {
        let means = |wish: &Wish| wish.terms.iter().any(|term| term.field == TermField::Concept);
        let mut something = self.clone();
        something
            .wishes
            .retain(|wish| wish.required || wish.worth > SAYS_LITTLE || means(wish));
        something
    }

    /// The same with only those words required that the tables know; none if that makes no difference.
    pub fn of_known_words(&self) -> Option<Self> {
        let required = || self.wishes.iter().filter(|wish| wish.required);
        if required().all(|wish| wish.known) || !required().any(|wish| wish.known) {
            return None;
        }
        let mut of_known = self.clone();
        for wish in of_known.wishes.iter_mut().filter(|wish| !wish.known) {
            wish.required = false;
            wish.worth *= UNKNOWN;
        }
        Some(of_known)
    }
}

impl Lexicon {
    /// What a question asks for. Phrases of the lexicon first, the longest first; words that say nothing are left out, unless
    /// nothing else is there.
    pub fn understand(&self, text: &str) -> Understood {
        let typed = self.typed(text);
        let mut understood = Understood::default();
        let mut left: Vec<&(String, Form)> = Vec::new();
        let mut rest = typed.as_slice();
        while let Some(first) = rest.first() {
            if let Some(Phrase { taken, concepts }) = self.phrase(rest) {
                self.flush(&mut left, &mut understood);
                let end = taken.last().map_or(1, |last| last + 1);
                let (of_phrase, between): (Vec<_>, Vec<_>) = rest
                    .iter()
                    .take(end)
                    .enumerate()
                    .partition(|(index, _)| taken.contains(index));
                let of_phrase: Vec<&(String, Form)> = of_phrase.into_iter().map(|(_, word)| word).collect();
                self.wish_for_phrase(&of_phrase, concepts, &mut understood);
                left.extend(between.into_iter().map(|(_, word)| word));
                rest = rest.get(end..).unwrap_or_default();
            } else {
                left.push(first);
                rest = &rest[1..];
            }
        }
        self.flush(&mut left, &mut understood);
        self.settle(&typed, &mut understood);
        understood
    }

    /// A question with its phrases taken apart: their words are asked for one by one, with what each means, and a phrase only
    /// adds. None without a phrase. `text` is what was understood.
    pub fn taken_apart(&self, text: &str, understood: &Understood) -> Option<Understood> {
        let phrases = understood.wishes.iter().filter(|wish| wish.typed.contains(' '));
        let phrases: Vec<Wish> = phrases
            .map(|wish| Wish {
                required: false,
                ..wish.clone()
            })
            .collect();
        if phrases.is_empty() {
            return None;
        }
        let typed = self.typed(text);
        let mut apart = Understood::default();
        self.flush(&mut typed.iter().collect(), &mut apart);
        apart.wishes.retain(|wish| wish.required);
        apart.wishes.extend(phrases);
        self.settle(&typed, &mut apart);
        Some(apart)
    }

    /// Sees to it that something is required, and what counts less among several things.
    fn settle(&self, typed: &[(String, Form)], understood: &mut Understood) {
        if understood.wishes.is_empty() {
            for word in typed {
                self.wish_for_word(word, true, understood);
            }
        }
        if !understood.wishes.iter().any(|wish| wish.required) {
            understood.wishes.iter_mut().for_each(|wish| wish.required = true);
        }
        if understood.wishes.iter().filter(|wish| wish.required).count() > 1 {
            understood.leave_out_what_may_help();
        }
        let known = understood
            .wishes
            .iter_mut()
            .filter(|wish| wish.required && wish.known);
        for wish in known.skip(1) {
            wish.worth *= AFTER_THE_FIRST;
        }
        understood.themes = self.about(&understood.wishes);
    }

    /// The themes that most of what is asked for is about.
    fn about(&self, wishes: &[Wish]) -> Vec<String> {
        let mut weights: Vec<(&str, f32)> = Vec::new();
        let required = wishes.iter().filter(|wish| wish.required);
        for (worth, term) in required.flat_map(|wish| wish.terms.iter().map(|term| (wish.worth, term))) {
            let weight = worth * term.weight;
            for theme in self.themes_of(term.term.trim_start_matches(['=', '-'])) {
                match weights.iter_mut().find(|(known, _)| *known == theme) {
                    Some((_, sum)) => *sum += weight,
                    None => weights.push((theme, weight)),
                }
            }
        }
        let most = weights.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
        weights.retain(|(_, weight)| *weight >= most);
        let mut themes: Vec<String> = weights.into_iter().map(|(theme, _)| theme.to_owned()).collect();
        themes.sort_unstable();
        themes
    }

    /// The words of a question, with their forms; of a word that nobody knows, those of the word of which it is a form.
    fn typed(&self, text: &str) -> Vec<(String, Form)> {
        let words = words(text).into_iter().take(MOST_WORDS);
        let typed = words.map(|word| {
            let known = self.has(&word);
            let form = form(&word);
            if known {
                return (word, form);
            }
            self.other_form(&word, &form).unwrap_or((word, form))
        });
        typed.collect()
    }

    /// The words between two phrases.
    fn flush(&self, left: &mut Vec<&(String, Form)>, understood: &mut Understood) {
        let words: Vec<&(String, Form)> = left
            .drain(..)
            .filter(|(word, _)| self.noise(word) != Some(Noise::Drop))
            .collect();
        let mut rest = words.as_slice();
        while let [word, after @ ..] = rest {
            let next = after.first();
            if let Some(next) = next
                && self.wish_for_both(word, next, understood)
            {
                rest = &after[1..];
                continue;
            }
            self.wish_for_word(word, self.noise(&word.0).is_none(), understood);
            rest = after;
        }
    }

    fn wish_for_phrase(&self, words: &[&(String, Form)], concepts: &[Concept], understood: &mut Understood) {
        let typed: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        understood.wishes.push(Wish {
            typed: typed.join(" "),
            terms: std::iter::once(WishTerm {
                field: TermField::Meaning,
                term: as_phrase(words.iter().map(|(_, form)| form)),
                weight: AS_PHRASE,
            })
            .chain(concept_terms(concepts))
            .collect(),
            worth: 1.0,
            required: true,
            known: true,
        });
        let words = words.iter().filter(|(word, _)| self.noise(word).is_none());
        understood.wishes.extend(words.map(|word| only_adds(word)));
    }

    /// Two words that people write as one, if the tables know what that means: `taal café`. Each by itself only adds. If only the
    /// first says little, the second is the subject: a `cursus geld` is not paid by `cursusgeld`.
    fn wish_for_both(
        &self,
        first: &(String, Form),
        second: &(String, Form),
        understood: &mut Understood,
    ) -> bool {
        let typed = format!("{}{}", first.0, second.0);
        let whole = form(&typed);
        let says_something = self.noise(&first.0).is_none() || self.noise(&second.0).is_some();
        let Some(concepts) = self.everyday(&whole.key).filter(|_| says_something) else {
            return false;
        };
        understood.wishes.push(Wish {
            typed,
            terms: terms(&whole, concepts),
            worth: 1.0,
            required: true,
            known: true,
        });
        understood.wishes.extend([first, second].map(only_adds));
        true
    }

    fn wish_for_word(&self, typed: &(String, Form), required: bool, understood: &mut Understood) {
        // Of a word that only phrases have, the tables may know another form.
        let other = self.other_form(&typed.0, &typed.1);
        let (word, form) = other.as_ref().unwrap_or(typed);
        let concepts = self.everyday(&form.key).unwrap_or_default();
        let parts = self.split(word);
        if parts.is_empty() || !concepts.is_empty() {
            let known = !concepts.is_empty() || self.is_of_the_field(&form.key);
            let mut terms = terms(form, concepts);
            let of_a_part = if known { &[] } else { self.meant_by_a_part(word) };
            terms.extend(concept_terms(of_a_part).map(|term| WishTerm {
                weight: term.weight * COMPOUND,
                ..term
            }));
            return understood.wishes.push(Wish {
                typed: word.clone(),
                terms,
                worth: if required { 1.0 } else { SAYS_LITTLE },
                required,
                known: known || !of_a_part.is_empty(),
            });
        }
        understood.wishes.push(Wish {
            typed: word.clone(),
            terms: own_terms(form),
            worth: COMPOUND,
            required: false,
            known: true,
        });
        for part in parts {
            let concepts = self.everyday(&part).unwrap_or_default();
            let says_little = self.says_little(&part);
            understood.wishes.push(Wish {
                terms: terms(&crate::key::form(&part), concepts),
                worth: if says_little { SAYS_LITTLE } else { 1.0 },
                required: required && !says_little,
                known: true,
                typed: part.into(),
            });
        }
    }
}

/// A word of something longer that is asked for.
fn only_adds((word, form): &(String, Form)) -> Wish {
    Wish {
        typed: word.clone(),
        terms: own_terms(form),
        worth: IN_PHRASE,
        required: false,
        known: true,
    }
}

#[cfg(test)]
mod tests;
