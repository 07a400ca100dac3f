//! One offering out of two registrations of it.

use nabij_offering::Offering;

/// Fills what `kept` lacks from `other`, which comes from a source with less priority. What `kept` says stands.
///
/// The position that is known better wins, whoever gave it. Both identifiers lead to the result.
pub(crate) fn merge(kept: &mut Offering, other: Offering) {
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
