//! The terms that find a word of a question: itself, and what it means.

use super::{TermField, WishTerm};
use crate::{carried::Carried, key::Form, lexicon::Concept};

/// What a concept is worth if only the description has it.
const BY_DESCRIPTION: f32 = 0.9;
/// From which weight on a concept is sure: others only may help too.
pub(super) const SURE: f32 = 0.5;

/// What finds a word, itself or by what it means.
pub(super) fn terms(form: &Form, concepts: &[Concept]) -> Vec<WishTerm> {
    let mut terms = own_terms(form);
    terms.extend(concept_terms(concepts));
    terms
}

/// What finds concepts, the surest first: each counts as no rarer than what is before it. What only may help too does so if a
/// title has it.
pub(super) fn concept_terms(concepts: &[Concept]) -> impl Iterator<Item = WishTerm> {
    let terms = Carried::ALL.into_iter().flat_map(move |carried| {
        let by_title = carried == Carried::Title;
        let carry = concepts
            .iter()
            .filter(move |concept| by_title || concept.weight >= SURE);
        carry.map(move |concept| WishTerm {
            field: TermField::Concept,
            term: carried.term(&concept.term).into(),
            weight: concept.weight * if by_title { 1.0 } else { BY_DESCRIPTION },
        })
    });
    let mut terms: Vec<WishTerm> = terms.collect();
    terms.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    terms.into_iter()
}

/// What finds a word itself.
pub(super) fn own_terms(form: &Form) -> Vec<WishTerm> {
    let term = |field, term: &str| WishTerm {
        field,
        term: term.into(),
        weight: 1.0,
    };
    if form.is_ambiguous() {
        return vec![term(TermField::Meaning, &form.key)];
    }
    let mut terms = vec![
        term(TermField::Text, &form.stem),
        term(TermField::Meaning, &form.key),
    ];
    if form.key != form.stem {
        // Of a form whose stem is the key, documents do not carry the key apart.
        terms.insert(1, term(TermField::Text, &form.key));
    }
    if form.is_misled() {
        terms.remove(0);
    }
    terms.extend(form.as_typed.iter().map(|stem| term(TermField::Text, stem)));
    terms
}
