//! One offering out of several registrations of it.

use std::cmp::Reverse;

use nabij_offering::{Field, Offering};

use super::{Held, words};
use crate::report::Origin;

/// The fields in which a difference misleads a resident.
const TELLING: [Field; 14] = [
    Field::Kind,
    Field::HouseNumber,
    Field::Postcode,
    Field::Level,
    Field::Cost,
    Field::Registration,
    Field::OpeningHours,
    Field::Dates,
    Field::Rrule,
    Field::Phone,
    Field::Email,
    Field::Website,
    Field::ValidFrom,
    Field::ValidTo,
];

/// The fields of which two registrations say different things, by name. Spaces, case and punctuation do not count.
pub(super) fn disagreements(a: &Offering, b: &Offering) -> Vec<&'static str> {
    let (a, b) = (a.to_draft(), b.to_draft());
    let differ = |field: &Field| match (a.get(*field), b.get(*field)) {
        (Some(a), Some(b)) => words(a).concat() != words(b).concat(),
        _ => false,
    };
    TELLING.into_iter().filter(differ).map(Field::name).collect()
}

/// The one offering that several registrations are about, of which that of the first source comes first.
///
/// It is the first source's: its identifier and its origin. Field by field the word of the source that is trusted most
/// stands; of equally trusted sources, that of the earlier. Nothing if there is no registration.
pub(super) fn merge(mut group: Vec<Held>) -> Option<(Origin, Offering)> {
    let origin = group.first()?.origin.clone();
    group.sort_by_key(|held| Reverse(held.trust));
    let mut by_trust = group.into_iter().map(|held| held.offering);
    let mut kept = by_trust.next()?;
    for offering in by_trust {
        fill_from(&mut kept, offering);
    }
    if kept.id != origin.id {
        kept.other_ids.retain(|id| *id != origin.id);
        let trusted = std::mem::replace(&mut kept.id, origin.id.clone());
        kept.other_ids.insert(0, trusted);
    }
    Some((origin, kept))
}

/// Fills what `kept` lacks from `other`, which is trusted less. What `kept` says stands.
///
/// The position that is known better wins, whoever gave it. All identifiers lead to the result.
fn fill_from(kept: &mut Offering, other: Offering) {
    fill(&mut kept.organisation, other.organisation);
    fill(&mut kept.street, other.street);
    fill(&mut kept.house_number, other.house_number);
    fill(&mut kept.postcode, other.postcode);
    fill(&mut kept.town, other.town);
    fill(&mut kept.municipality, other.municipality);
    fill(&mut kept.level, other.level);
    fill(&mut kept.cost, other.cost);
    fill(&mut kept.registration, other.registration);
    fill(&mut kept.accessibility, other.accessibility);
    fill(&mut kept.contact.phone, other.contact.phone);
    fill(&mut kept.contact.email, other.contact.email);
    fill(&mut kept.contact.website, other.contact.website);
    fill(&mut kept.valid_from, other.valid_from);
    fill(&mut kept.valid_to, other.valid_to);
    fill(&mut kept.last_checked, other.last_checked);
    fill_list(&mut kept.target_groups, other.target_groups);
    fill_list(&mut kept.service_areas, other.service_areas);
    fill_list(&mut kept.languages, other.languages);
    if kept.description.is_empty() {
        kept.description = other.description;
    }
    if kept.themes.is_empty() {
        kept.themes = other.themes;
    }
    if kept.schedule.is_empty() {
        kept.schedule = other.schedule;
    }
    kept.place = match (kept.place, other.place) {
        (Some(own), Some(theirs)) if theirs.precision < own.precision => Some(theirs),
        (own, theirs) => own.or(theirs),
    };
    kept.source = match (kept.source.take(), other.source) {
        (Some(own), Some(theirs)) if own != theirs => Some(format!("{own}; {theirs}")),
        (own, theirs) => own.or(theirs),
    };
    kept.other_ids.push(other.id);
    kept.other_ids.extend(other.other_ids);
    kept.example &= other.example;
}

fn fill<T>(kept: &mut Option<T>, other: Option<T>) {
    if kept.is_none() {
        *kept = other;
    }
}

fn fill_list<T>(kept: &mut Vec<T>, other: Vec<T>) {
    if kept.is_empty() {
        *kept = other;
    }
}
