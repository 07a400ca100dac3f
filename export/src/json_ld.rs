//! schema.org in JSON-LD: a `Course` for what teaches, an `Event` for what people do together, a `Service` for help.

use chrono::Weekday;
use nabij_offering::{Cost, Kind, Offering, ServiceArea};
use serde_json::{Map, Value, json};

use crate::weekly::weekly;

pub(crate) const BEGIN: &[u8] = b"{\"@context\":\"https://schema.org\",\"@graph\":[\n";
pub(crate) const END: &[u8] = b"\n]}\n";

pub(crate) fn node(offering: &Offering) -> Value {
    let mut node = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            node.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let organisation = offering
        .organisation
        .as_ref()
        .map(|name| json!({"@type": "Organization", "name": name}));
    let times = times(offering);
    set("identifier", Some(json!(offering.id)));
    set("name", Some(json!(offering.title)));
    set(
        "description",
        (!offering.description.is_empty()).then(|| json!(offering.description)),
    );
    set("url", text(&offering.contact.website));
    set(
        "isAccessibleForFree",
        (offering.cost == Some(Cost::Free)).then_some(json!(true)),
    );
    match offering.kind {
        Kind::Formal | Kind::Nonformal => {
            set("@type", Some(json!("Course")));
            set("provider", organisation);
            set("educationalLevel", text(&offering.level));
            let mut instance = Map::from_iter([
                ("@type".to_owned(), json!("CourseInstance")),
                (
                    "courseMode".to_owned(),
                    json!(if offering.place.is_some() {
                        "onsite"
                    } else {
                        "online"
                    }),
                ),
            ]);
            instance.extend(place(offering).map(|place| ("location".to_owned(), place)));
            instance.extend((!times.is_empty()).then(|| ("courseSchedule".to_owned(), json!(times))));
            set("hasCourseInstance", Some(Value::Object(instance)));
        }
        Kind::Informal => {
            set("@type", Some(json!("Event")));
            set("organizer", organisation);
            set("location", place(offering));
            set(
                "startDate",
                offering
                    .schedule
                    .dates
                    .first()
                    .map(|slot| json!(slot.to_string().split('/').next())),
            );
            set("eventSchedule", (!times.is_empty()).then(|| json!(times)));
        }
        Kind::PracticalHelp => {
            set("@type", Some(json!("Service")));
            set("provider", organisation);
            let mut channel = Map::from_iter([("@type".to_owned(), json!("ServiceChannel"))]);
            channel.extend(place(offering).map(|place| ("serviceLocation".to_owned(), place)));
            let phone = offering.contact.phone.as_ref();
            channel.extend(phone.map(|phone| {
                (
                    "servicePhone".to_owned(),
                    json!({"@type": "ContactPoint", "telephone": phone}),
                )
            }));
            set(
                "availableChannel",
                (channel.len() > 1).then_some(Value::Object(channel)),
            );
            set(
                "hoursAvailable",
                (!times.is_empty()).then(|| json!(opening(offering))),
            );
            let areas = offering.service_areas.iter().map(area).collect::<Vec<_>>();
            set("areaServed", (!areas.is_empty()).then(|| json!(areas)));
        }
    }
    if let Some(offer) = offer(offering) {
        set("offers", Some(offer));
    }
    Value::Object(node)
}

fn place(offering: &Offering) -> Option<Value> {
    let position = offering.place?.position;
    let mut address = Map::from_iter([
        ("@type".to_owned(), json!("PostalAddress")),
        ("addressCountry".to_owned(), json!("NL")),
    ]);
    let street = offering
        .street
        .as_ref()
        .map(|street| match &offering.house_number {
            Some(number) => format!("{street} {number}"),
            None => street.clone(),
        });
    address.extend(street.map(|street| ("streetAddress".to_owned(), json!(street))));
    address.extend(
        offering
            .postcode
            .map(|postcode| ("postalCode".to_owned(), json!(postcode.to_string()))),
    );
    address.extend(
        offering
            .town
            .as_ref()
            .map(|town| ("addressLocality".to_owned(), json!(town))),
    );
    Some(json!({
        "@type": "Place",
        "name": offering.organisation.as_deref().unwrap_or(&offering.title),
        "address": address,
        "geo": {"@type": "GeoCoordinates", "latitude": position.lat(), "longitude": position.lon()},
    }))
}

fn offer(offering: &Offering) -> Option<Value> {
    let euros = |cents: u32| format!("{}.{:02}", cents / 100, cents % 100);
    match offering.cost.as_ref()? {
        Cost::Free => Some(json!({"@type": "Offer", "price": "0", "priceCurrency": "EUR"})),
        Cost::Amount { cents } => {
            Some(json!({"@type": "Offer", "price": euros(*cents), "priceCurrency": "EUR"}))
        }
        Cost::Text(text) => Some(json!({"@type": "Offer", "description": text})),
    }
}

/// The hours of every week as schema.org's `Schedule`.
fn times(offering: &Offering) -> Vec<Value> {
    let weekly = weekly(&offering.schedule).unwrap_or_default();
    let schedule = |((from, to), days): ((chrono::NaiveTime, chrono::NaiveTime), Vec<Weekday>)| {
        json!({
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": days.into_iter().map(day).collect::<Vec<_>>(),
            "startTime": from.format("%H:%M").to_string(),
            "endTime": to.format("%H:%M").to_string(),
            "scheduleTimezone": "Europe/Amsterdam",
        })
    };
    weekly.into_iter().map(schedule).collect()
}

fn opening(offering: &Offering) -> Vec<Value> {
    let weekly = weekly(&offering.schedule).unwrap_or_default();
    let opening = |((from, to), days): ((chrono::NaiveTime, chrono::NaiveTime), Vec<Weekday>)| {
        json!({
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days.into_iter().map(day).collect::<Vec<_>>(),
            "opens": from.format("%H:%M").to_string(),
            "closes": to.format("%H:%M").to_string(),
        })
    };
    weekly.into_iter().map(opening).collect()
}

fn day(day: Weekday) -> String {
    let name = match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    format!("https://schema.org/{name}")
}

fn area(area: &ServiceArea) -> Value {
    match area {
        ServiceArea::National | ServiceArea::Online | ServiceArea::Telephone => {
            json!({"@type": "Country", "name": "NL"})
        }
        ServiceArea::Province(name) | ServiceArea::Municipality(name) => {
            json!({"@type": "AdministrativeArea", "name": name})
        }
        ServiceArea::Pc4(_) => {
            json!({"@type": "DefinedRegion", "addressCountry": "NL", "name": area.to_string()})
        }
    }
}
