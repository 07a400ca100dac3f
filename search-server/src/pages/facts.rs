//! What a person needs to know of an offering to go there, in words: shared by its page, its card and the list.

use chrono::{Days, NaiveDate, NaiveDateTime};
use nabij_offering::{Offering, ServiceArea};

use super::{listed::Phone, messages::Messages, opening::Opening};

/// How many coming times are shown.
const TIMES: usize = 3;
/// After how many days a check is old.
const OLD: Days = Days::new(365);

/// What a person needs to know of an offering to go there.
pub(crate) struct Facts {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) kind: String,
    pub(crate) example: bool,
    pub(crate) opening: Option<Opening>,
    /// The next times.
    pub(crate) times: Vec<String>,
    /// The days of an ordinary week with their hours, from Monday; nothing if weeks differ.
    pub(crate) week: Vec<(String, Vec<String>)>,
    pub(crate) organisation: Option<String>,
    /// Street and number, then postcode and town.
    pub(crate) address: Vec<String>,
    /// The areas it serves, in words; for what has no address.
    pub(crate) areas: Vec<String>,
    pub(crate) cost: Option<String>,
    pub(crate) start: Option<String>,
    pub(crate) for_whom: Vec<String>,
    pub(crate) level: Option<String>,
    pub(crate) accessibility: Option<String>,
    pub(crate) languages: Vec<String>,
    pub(crate) phone: Option<Phone>,
    pub(crate) email: Option<String>,
    pub(crate) website: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) checked: Option<String>,
    /// Whether it was checked so long ago that one better calls first.
    pub(crate) old: bool,
}

impl Facts {
    pub(crate) fn new(offering: &Offering, messages: Messages, now: NaiveDateTime) -> Self {
        let schedule = &offering.schedule;
        let times = schedule.next_times(now, TIMES);
        Self {
            title: offering.title.clone(),
            description: offering.description.clone(),
            kind: messages.kind(offering.kind),
            example: offering.example,
            opening: (!schedule.is_empty()).then(|| messages.opening(schedule, now)),
            times: times.iter().map(|slot| messages.slot(slot)).collect(),
            week: messages.week(schedule, now.date()),
            organisation: offering.organisation.clone(),
            address: address(offering),
            areas: offering
                .service_areas
                .iter()
                .map(|area| messages.area(area))
                .collect(),
            cost: offering
                .cost
                .as_ref()
                .map(|cost| messages.cost(&cost.to_string())),
            start: offering.registration.map(|start| messages.registration(start)),
            for_whom: offering.target_groups.clone(),
            level: offering.level.clone(),
            accessibility: offering.accessibility.clone(),
            languages: offering
                .languages
                .iter()
                .map(|code| messages.spoken(code))
                .collect(),
            phone: offering.contact.phone.as_deref().and_then(Phone::new),
            email: offering.contact.email.clone().filter(|email| email.contains('@')),
            website: offering.contact.website.clone(),
            source: offering.source.clone(),
            checked: offering.last_checked.map(|day| messages.date_of_year(day)),
            old: offering.last_checked.is_some_and(|day| is_old(day, now)),
        }
    }
}

fn is_old(checked: NaiveDate, now: NaiveDateTime) -> bool {
    checked
        .checked_add_days(OLD)
        .is_some_and(|until| until < now.date())
}

fn address(offering: &Offering) -> Vec<String> {
    let line = |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let postcode = offering.postcode.map(|postcode| postcode.to_string());
    let lines = [
        line([
            offering.street.clone(),
            offering
                .house_number
                .clone()
                .filter(|_| offering.street.is_some()),
        ]),
        line([postcode, offering.town.clone()]),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

impl Messages {
    /// Where an offering without an address can be had.
    fn area(self, area: &ServiceArea) -> String {
        let named = |key: &str, name: String| self.fill(key, &[("name", name.into())]);
        match area {
            ServiceArea::National => self.say("area-national").into_owned(),
            ServiceArea::Online => self.say("area-online").into_owned(),
            ServiceArea::Telephone => self.say("area-telephone").into_owned(),
            ServiceArea::Province(name) => named("area-province", name.clone()),
            ServiceArea::Municipality(name) => named("area-municipality", name.clone()),
            ServiceArea::Pc4(ranges) => {
                let ranges: Vec<String> = ranges.iter().map(ToString::to_string).collect();
                named("area-postcodes", ranges.join(", "))
            }
        }
    }

    /// The name of a spoken language; its code if we have no name for it.
    fn spoken(self, code: &str) -> String {
        let key = format!("spoken-{}", code.to_ascii_lowercase());
        let name = self.say(&key);
        if name == key {
            code.to_owned()
        } else {
            name.into_owned()
        }
    }
}
