//! The offering itself: checked, typed, and with a place or an area.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Cost, Draft, Field, Kind, OpeningHours, Position, Postcode, Recurrence, Registration, Schedule,
    ServiceArea, ThemeSet,
};

/// Something concrete a resident can go to, call or open: a course, a meeting group, a consultation hour.
///
/// Made by [`Draft::check`]. Only `id`, `title`, `kind` and a *where* are sure to be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Offering {
    /// Unique over all sources of an index.
    pub id: String,
    /// The name for the public.
    pub title: String,
    /// What it is, for the public; may be empty.
    pub description: String,
    /// How it teaches or helps.
    pub kind: Kind,
    /// What it is about.
    pub themes: ThemeSet,
    /// Whom it is meant for, in the source's words.
    pub target_groups: Vec<String>,
    /// Who offers it.
    pub organisation: Option<String>,
    /// Street name.
    pub street: Option<String>,
    /// House number with its addition.
    pub house_number: Option<String>,
    /// Postcode of the place.
    pub postcode: Option<Postcode>,
    /// Town or village.
    pub town: Option<String>,
    /// Municipality.
    pub municipality: Option<String>,
    /// Where it is on the map. `None` until it is placed, and for what has no door to walk through.
    pub place: Option<Place>,
    /// The areas it serves; empty for most offerings with a place of their own.
    pub service_areas: Vec<ServiceArea>,
    /// Languages spoken there, as BCP 47 codes.
    pub languages: Vec<String>,
    /// Level, such as A2, 1F or NT2.
    pub level: Option<String>,
    /// What it costs.
    pub cost: Option<Cost>,
    /// How to start.
    pub registration: Option<Registration>,
    /// When it takes place.
    pub schedule: Schedule,
    /// Whom to reach.
    pub contact: Contact,
    /// How accessible the place is, in words.
    pub accessibility: Option<String>,
    /// First day on which it is offered.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it is offered.
    pub valid_to: Option<NaiveDate>,
    /// The day on which somebody last checked it.
    pub last_checked: Option<NaiveDate>,
    /// Where the record came from.
    pub source: Option<String>,
    /// Identifiers that other sources have for it.
    pub other_ids: Vec<String>,
    /// Made up, to show how the map works.
    pub example: bool,
}

/// How to reach the people of an offering.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Telephone number, as written.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Website; begins with `http://` or `https://`.
    pub website: Option<String>,
}

/// A position and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where.
    pub position: Position,
    /// How the position was found.
    pub precision: Precision,
}

/// How a position was found, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Coordinates were given.
    Point,
    /// The position of a six-character postcode: a street, to about 50 m.
    Pc6,
    /// The position of a four-digit postcode: a neighbourhood or village, to about 1 km.
    Pc4,
    /// The position of a town or village, to a few kilometres.
    Place,
}

impl Precision {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Pc6 => "pc6",
            Self::Pc4 => "pc4",
            Self::Place => "place",
        }
    }
}

impl Offering {
    /// The native text form, the inverse of [`Draft::check`]. A position that was not given is left out.
    pub fn to_draft(&self) -> Draft {
        let mut draft = Draft::default();
        let mut set = |field, value: Option<&str>| draft.set(field, value.unwrap_or_default());
        set(Field::Id, Some(&self.id));
        set(Field::Title, Some(&self.title));
        set(Field::Description, Some(&self.description));
        set(Field::Kind, Some(self.kind.name()));
        set(Field::Organisation, self.organisation.as_deref());
        set(Field::Street, self.street.as_deref());
        set(Field::HouseNumber, self.house_number.as_deref());
        set(
            Field::Postcode,
            self.postcode.map(|postcode| postcode.to_string()).as_deref(),
        );
        set(Field::Place, self.town.as_deref());
        set(Field::Municipality, self.municipality.as_deref());
        set(Field::Level, self.level.as_deref());
        set(Field::Cost, self.cost.as_ref().map(Cost::to_string).as_deref());
        set(Field::Registration, self.registration.map(Registration::name));
        set(
            Field::OpeningHours,
            self.schedule.opening_hours.as_ref().map(OpeningHours::as_str),
        );
        set(Field::Rrule, self.schedule.rrule.as_ref().map(Recurrence::as_str));
        set(Field::Phone, self.contact.phone.as_deref());
        set(Field::Email, self.contact.email.as_deref());
        set(Field::Website, self.contact.website.as_deref());
        set(Field::Accessibility, self.accessibility.as_deref());
        set(Field::Source, self.source.as_deref());
        set(Field::Example, self.example.then_some("true"));
        for (field, day) in [
            (Field::ValidFrom, self.valid_from),
            (Field::ValidTo, self.valid_to),
            (Field::LastChecked, self.last_checked),
        ] {
            set(field, day.map(|day| day.to_string()).as_deref());
        }
        if let Some(Place {
            position,
            precision: Precision::Point,
        }) = self.place
        {
            set(Field::Lat, Some(&position.lat().to_string()));
            set(Field::Lon, Some(&position.lon().to_string()));
        }
        draft.set_list(Field::Themes, self.themes.iter());
        draft.set_list(Field::TargetGroups, &self.target_groups);
        draft.set_list(Field::ServiceArea, &self.service_areas);
        draft.set_list(Field::Languages, &self.languages);
        draft.set_list(Field::Dates, &self.schedule.dates);
        draft.set_list(Field::OtherIds, &self.other_ids);
        draft
    }
}
