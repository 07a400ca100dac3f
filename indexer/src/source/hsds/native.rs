//! A service that `nabij export` wrote → the native form of the offering that it was.
//!
//! Such a service keeps what HSDS has no field for in attributes whose terms are of a taxonomy of our own: the term's code
//! is the name of a native field, the attribute's value what the native format has there. `docs/formats/export.md` is the
//! mapping in words.

use nabij_offering::{Draft, Field};

use super::record::{Attribute, Service, ServiceAtLocation};

/// The name of the taxonomy whose terms are the fields of the native format.
const TAXONOMY: &str = "nabij";

/// The draft of a service that we wrote; nothing if others did.
pub(super) fn draft(service: &Service, place: Option<&ServiceAtLocation>) -> Option<Draft> {
    let mut draft = Draft::default();
    for (field, attribute) in service.attributes.iter().filter_map(of_field) {
        draft.set(field, &attribute.value);
    }
    draft.get(Field::Id)?;
    draft.set(Field::Title, &service.name);
    draft.set(Field::Description, &service.description);
    draft.set(Field::Website, &service.url);
    draft.set(Field::Email, &service.email);
    draft.set(Field::LastChecked, &service.assured_date);
    draft.set_list(
        Field::Languages,
        service.languages.iter().map(|language| &*language.code),
    );
    if let Some(phone) = service.phones.first() {
        draft.set(Field::Phone, &phone.number);
    }
    if let Some(location) = place.and_then(|place| place.location.as_ref()) {
        if let Some(accessibility) = location.accessibility.first() {
            draft.set(Field::Accessibility, &accessibility.description);
        }
        // A position that was found by postcode or place is found again.
        if &*location.external_identifier == "point" {
            draft.set(Field::Lat, &location.latitude);
            draft.set(Field::Lon, &location.longitude);
        }
    }
    Some(draft)
}

/// The native field that an attribute is, if it is one.
fn of_field(attribute: &Attribute) -> Option<(Field, &Attribute)> {
    let term = attribute
        .taxonomy_term
        .as_ref()
        .filter(|term| &*term.taxonomy == TAXONOMY)?;
    Some((term.code.parse().ok()?, attribute))
}
