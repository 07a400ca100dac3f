//! The short form of an offering: what a list of results shows of it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Cost, Field, Kind, Offering, Precision, Registration, Theme};

/// What a list of results shows of an offering. Its JSON form is rendered once, when the index is built.
///
/// Field names are those of the native format; a field without a value is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card<'a> {
    /// Unique over the index.
    pub id: Cow<'a, str>,
    /// The name for the public.
    pub title: Cow<'a, str>,
    /// How it teaches or helps.
    pub kind: Kind,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// The beginning of the description.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub summary: Cow<'a, str>,
    /// Who offers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Cow<'a, str>>,
    /// Street and house number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Cow<'a, str>>,
    /// Postcode of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<Cow<'a, str>>,
    /// Town or village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Cow<'a, str>>,
    /// Latitude in degrees; absent for what has no place of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// How the position was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// The areas it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_area: Vec<Cow<'a, str>>,
    /// What it costs, in the native form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cow<'a, str>>,
    /// How to start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// Weekly hours, in OSM `opening_hours` syntax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<Cow<'a, str>>,
    /// Single dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Cow<'a, str>>,
    /// A recurrence, as the text of a [`crate::Recurrence`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rrule: Option<Cow<'a, str>>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Cow<'a, str>>,
    /// Made up, to show how the map works.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub example: bool,
}

impl<'a> From<&'a Offering> for Card<'a> {
    fn from(offering: &'a Offering) -> Self {
        let borrowed = |text: &'a Option<String>| text.as_deref().map(Cow::Borrowed);
        let position = offering.place.map(|place| place.position);
        Self {
            id: Cow::Borrowed(&offering.id),
            title: Cow::Borrowed(&offering.title),
            kind: offering.kind,
            themes: offering.themes.iter().collect(),
            summary: summary(&offering.description),
            organisation: borrowed(&offering.organisation),
            address: address(offering),
            postcode: offering.postcode.map(|postcode| postcode.to_string().into()),
            place: borrowed(&offering.town),
            lat: position.map(crate::Position::lat),
            lon: position.map(crate::Position::lon),
            precision: offering.place.map(|place| place.precision),
            service_area: offering
                .service_areas
                .iter()
                .map(|area| area.to_string().into())
                .collect(),
            cost: offering.cost.as_ref().map(|cost: &Cost| cost.to_string().into()),
            registration: offering.registration,
            opening_hours: offering
                .schedule
                .opening_hours
                .as_ref()
                .map(|hours| hours.as_str().into()),
            dates: offering
                .schedule
                .dates
                .iter()
                .map(|slot| slot.to_string().into())
                .collect(),
            rrule: offering
                .schedule
                .rrule
                .as_ref()
                .map(|rrule| rrule.as_str().into()),
            phone: borrowed(&offering.contact.phone),
            example: offering.example,
        }
    }
}

impl Card<'_> {
    /// Whether a card has the value of a field as it is in the native form, under the same name.
    pub fn shows(field: Field) -> bool {
        match field {
            Field::Id
            | Field::Title
            | Field::Kind
            | Field::Themes
            | Field::Organisation
            | Field::Postcode
            | Field::Place
            | Field::Lat
            | Field::Lon
            | Field::ServiceArea
            | Field::Cost
            | Field::Registration
            | Field::OpeningHours
            | Field::Dates
            | Field::Rrule
            | Field::Phone
            | Field::Example => true,
            Field::Description
            | Field::TargetGroups
            | Field::Street
            | Field::HouseNumber
            | Field::Municipality
            | Field::Languages
            | Field::Level
            | Field::Email
            | Field::Website
            | Field::Accessibility
            | Field::ValidFrom
            | Field::ValidTo
            | Field::LastChecked
            | Field::Source
            | Field::OtherIds => false,
        }
    }
}

fn address(offering: &Offering) -> Option<Cow<'_, str>> {
    let street = offering.street.as_deref()?;
    Some(match offering.house_number.as_deref() {
        None => Cow::Borrowed(street),
        Some(number) => Cow::Owned(format!("{street} {number}")),
    })
}

/// At most this many characters of the description, cut between words.
const SUMMARY: usize = 140;

fn summary(description: &str) -> Cow<'_, str> {
    let Some((end, _)) = description.char_indices().nth(SUMMARY) else {
        return Cow::Borrowed(description);
    };
    let head = &description[..end];
    let head = head
        .rfind(char::is_whitespace)
        .map_or(head, |space| &head[..space]);
    Cow::Owned(format!("{}…", head.trim_end_matches([',', ';', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_card_shows_is_what_the_native_form_has() {
        let values = r#"{"id": "a", "title": "Taal", "kind": "informal", "themes": ["language", "digital"],
            "description": "Kom langs.", "target_groups": ["Ouders"], "organisation": "Bieb", "street": "Markt",
            "house_number": "1", "postcode": "3011 AD", "place": "Rotterdam", "municipality": "Rotterdam", "lat": 51.92,
            "lon": 4.48, "service_area": ["national"], "languages": ["nl"], "level": "A2", "cost": "free",
            "registration": "call", "opening_hours": "Mo 10:00-12:00", "dates": ["2026-12-01T10:00/12:00"],
            "rrule": "DTSTART;TZID=Europe/Amsterdam:20260106T100000\nRRULE:FREQ=MONTHLY;BYDAY=1TU", "phone": "010 123 45 67", "email": "a@b.example",
            "website": "https://b.example", "accessibility": "Lift", "valid_from": "2026-01-01", "valid_to": "2027-01-01",
            "last_checked": "2026-11-01", "source": "bieb", "other_ids": ["b"], "example": true}"#;
        let draft: crate::Draft = serde_json::from_str(values).unwrap();
        let checked = draft.check();
        assert_eq!(checked.problems, []);
        let offering = checked.offering.unwrap();
        let native = offering.to_draft().to_json();
        let card = serde_json::to_value(Card::from(&offering)).unwrap();
        for &field in Field::ALL {
            let native = native.get(field.name());
            assert!(native.is_some(), "{field} has no value in this test");
            let expected = native.filter(|_| Card::shows(field));
            assert_eq!(card.get(field.name()), expected, "{field}");
        }
    }

    #[test]
    fn a_summary_is_cut_between_words() {
        assert_eq!(summary("Kort."), "Kort.");
        let long = "woord ".repeat(40);
        let cut = summary(&long);
        assert!(
            cut.ends_with("woord…") && cut.chars().count() <= SUMMARY + 1,
            "{cut}"
        );
        assert_eq!(summary(&"é".repeat(200)).chars().count(), SUMMARY + 1);
    }
}
