//! Open Referral HSDS 3.0: a service an offering, with what belongs to it nested inside.
//!
//! What HSDS has a field for stands there. All that it has none for (kind, themes, target groups, recurrences and so
//! on) are attributes of the service: the term's code is the name of the native field, its taxonomy [`TAXONOMY`], the
//! value what the native format has. So nothing is lost: `nabij index` makes the same offering of it again.
//! Identifiers are UUIDs made out of ours (RFC 9562, version 5), so that they stay the same from export to export.

use nabij_offering::{Cost, Field, Offering};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::weekly::{two_letters, weekly};

/// The name of the taxonomy whose terms are the fields of the native format.
const TAXONOMY: &str = "nabij";

/// The namespace of our identifiers.
const NAMESPACE: Uuid = Uuid::from_u128(0x6e61_6269_6a00_4f66_8000_6665_7269_6e67);

/// The fields that are attributes.
const ATTRIBUTES: [Field; 22] = [
    Field::Id,
    Field::Kind,
    Field::Themes,
    Field::TargetGroups,
    Field::Organisation,
    Field::Street,
    Field::HouseNumber,
    Field::Postcode,
    Field::Place,
    Field::Municipality,
    Field::ServiceArea,
    Field::Level,
    Field::Cost,
    Field::Registration,
    Field::OpeningHours,
    Field::Dates,
    Field::Rrule,
    Field::ValidFrom,
    Field::ValidTo,
    Field::Source,
    Field::OtherIds,
    Field::Example,
];

pub(crate) const BEGIN: &[u8] = b"{\"contents\":[\n";

/// The end of a list of services, as the HSDS API has it.
pub(crate) fn end(count: u64) -> String {
    format!(
        "\n],\"empty\":{},\"first_page\":true,\"last_page\":true,\"page_number\":1,\"size\":{count},\"total_items\":{count},\"total_pages\":1}}\n",
        count == 0
    )
}

/// The UUID of a part of an offering; of the offering itself if the part is empty.
fn uuid(offering: &Offering, part: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{}\u{1f}{part}", offering.id).as_bytes()).to_string()
}

/// The UUID of what many offerings share: an organisation or a term, by its name.
fn shared_uuid(what: &str, name: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("\u{1f}{what}\u{1f}{name}").as_bytes()).to_string()
}

/// The UUID of the organisation of a service whose organisation is not known.
pub(crate) fn nobody() -> String {
    shared_uuid("organization", "")
}

/// The offering as an HSDS service.
pub fn service(offering: &Offering) -> Value {
    let mut service = Map::new();
    let mut set = |name: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value == "";
        if !empty {
            service.insert(name.to_owned(), value);
        }
    };
    let organisation = offering.organisation.as_deref();
    set("id", json!(uuid(offering, "")));
    set("name", json!(offering.title));
    set("description", json!(offering.description));
    set("status", json!("active"));
    set("url", json!(offering.contact.website));
    set("email", json!(offering.contact.email));
    set("assured_date", json!(offering.last_checked));
    set(
        "fees_description",
        json!(offering.cost.as_ref().map(Cost::to_string)),
    );
    set(
        "organization_id",
        json!(organisation.map(|name| shared_uuid("organization", name))),
    );
    set(
        "organization",
        json!(organisation.map(|name| {
            json!({"id": shared_uuid("organization", name), "name": name, "description": name})
        })),
    );
    let phone = offering
        .contact
        .phone
        .iter()
        .map(|number| json!({"id": uuid(offering, "phone"), "number": number}));
    set("phones", phone.collect());
    let language = |code: &String| json!({"id": uuid(offering, &format!("language {code}")), "code": code, "name": code});
    set("languages", offering.languages.iter().map(language).collect());
    set(
        "cost_options",
        offering
            .cost
            .iter()
            .map(|cost| cost_option(offering, cost))
            .collect(),
    );
    let area = |area: &nabij_offering::ServiceArea| json!({"id": uuid(offering, &format!("area {area}")), "name": area.to_string(), "extent": area.to_string(), "extent_type": "other"});
    set("service_areas", offering.service_areas.iter().map(area).collect());
    set("schedules", schedules(offering).into());
    set("service_at_locations", location(offering).into_iter().collect());
    set("attributes", attributes(offering).into());
    Value::Object(service)
}

fn cost_option(offering: &Offering, cost: &Cost) -> Value {
    let id = uuid(offering, "cost");
    match cost {
        Cost::Free => json!({"id": id, "option": "free", "amount": 0, "currency": "EUR"}),
        Cost::Amount { cents } => json!({"id": id, "amount": f64::from(*cents) / 100.0, "currency": "EUR"}),
        Cost::Text(text) => json!({"id": id, "amount_description": text}),
    }
}

/// Hours that are the same every week, each date, and the text of everything else.
fn schedules(offering: &Offering) -> Vec<Value> {
    let schedule = &offering.schedule;
    let mut all = Vec::new();
    let mut add = |part: String, mut value: Map<String, Value>| {
        value.insert("id".to_owned(), json!(uuid(offering, &part)));
        for (name, day) in [
            ("valid_from", offering.valid_from),
            ("valid_to", offering.valid_to),
        ] {
            value.extend(day.map(|day| (name.to_owned(), json!(day))));
        }
        all.push(Value::Object(value));
    };
    let weekly = weekly(schedule);
    for ((from, to), days) in weekly.iter().flatten() {
        let days: Vec<String> = days.iter().map(|day| two_letters(*day)).collect();
        let value = json!({"freq": "WEEKLY", "byday": days.join(","), "opens_at": from.format("%H:%M").to_string(),
            "closes_at": to.format("%H:%M").to_string()});
        add(format!("weekly {from}-{to}"), into_map(value));
    }
    if weekly.is_none() {
        let hours = schedule
            .opening_hours
            .iter()
            .map(nabij_offering::OpeningHours::as_str);
        let texts = hours.chain(schedule.rrule.iter().map(nabij_offering::Recurrence::as_str));
        for text in texts {
            add(format!("text {text}"), into_map(json!({"description": text})));
        }
    }
    for slot in &schedule.dates {
        let mut value = into_map(json!({"dtstart": slot.date}));
        for (name, time) in [("opens_at", slot.from), ("closes_at", slot.to)] {
            value.extend(time.map(|time| (name.to_owned(), json!(time.format("%H:%M").to_string()))));
        }
        add(format!("date {slot}"), value);
    }
    all
}

fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn location(offering: &Offering) -> Option<Value> {
    let mut location = into_map(json!({"id": uuid(offering, "location"), "location_type": "physical"}));
    if let Some(place) = offering.place {
        location.insert("latitude".to_owned(), json!(place.position.lat()));
        location.insert("longitude".to_owned(), json!(place.position.lon()));
        // Not HSDS, but allowed: the position may have been found by the postcode.
        location.insert("external_identifier_type".to_owned(), json!("precision"));
        location.insert("external_identifier".to_owned(), json!(place.precision.name()));
    }
    if let (Some(street), Some(town), Some(postcode)) = (&offering.street, &offering.town, offering.postcode)
    {
        let number = offering.house_number.as_deref().unwrap_or_default();
        let address = json!({"id": uuid(offering, "address"), "address_1": format!("{street} {number}").trim(), "city": town,
            "state_province": offering.municipality.as_deref().unwrap_or_default(), "postal_code": postcode.to_string(),
            "country": "NL", "address_type": "physical"});
        location.insert("addresses".to_owned(), json!([address]));
    }
    if let Some(text) = &offering.accessibility {
        let accessibility = json!([{"id": uuid(offering, "accessibility"), "description": text}]);
        location.insert("accessibility".to_owned(), accessibility);
    }
    (location.len() > 2).then(|| json!({"id": uuid(offering, "service_at_location"), "location": location}))
}

fn attributes(offering: &Offering) -> Vec<Value> {
    let draft = offering.to_draft();
    let attribute = |field: &Field| {
        let (value, name) = (draft.get(*field)?, field.name());
        Some(json!({
            "id": uuid(offering, &format!("attribute {name}")),
            "link_id": uuid(offering, ""),
            "link_type": "other",
            "link_entity": "service",
            "taxonomy_term_id": shared_uuid("term", name),
            "taxonomy_term": {"id": shared_uuid("term", name), "code": name, "name": name,
                "description": format!("the field {name} of the native format of Nabij"), "taxonomy": TAXONOMY},
            "value": value,
        }))
    };
    ATTRIBUTES.iter().filter_map(attribute).collect()
}
