//! schema.org in JSON-LD: courses, events and services.
//!
//! Names are read with or without the prefix of schema.org; a remote context is never fetched. A course with dates at
//! two places is two offerings.

mod node;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike};
use nabij_offering::{Draft, Field, Recurrence};
use serde_json::Value;

use super::{File, Reading, Remark, Row, RowError, Rows, SourceError};
use crate::{
    classes::Classes,
    dutch,
    hours::{WeeklySlot, opening_hours},
    wording,
};
use node::{all, collect, is_offering, local, plain, text, texts, types};

pub(super) fn rows(file: &File, reading: &Reading) -> Result<Rows, SourceError> {
    let classes = match &reading.classes {
        Some(classes) => classes.clone(),
        None => Classes::shipped(
            "data/schema-org/types.csv",
            include_str!("../../../data/schema-org/types.csv"),
        )?,
    };
    let value: Value =
        serde_json::from_str(&file.whole()?).map_err(|error| file.malformed("JSON-LD", error))?;
    let mut nodes = Vec::new();
    collect(&value, &mut nodes);
    let by_id = nodes
        .iter()
        .filter_map(|node| Some((node.get("@id")?.as_str()?.to_owned(), *node)));
    // The node that says most is the one that others point at.
    let mut whole: HashMap<String, &Value> = HashMap::new();
    for (id, node) in by_id {
        let length = |node: &Value| node.as_object().map_or(0, serde_json::Map::len);
        let known = whole.entry(id).or_insert(node);
        if length(node) > length(known) {
            *known = node;
        }
    }
    let mut rows = Vec::new();
    for (at, node) in (1..).zip(nodes.iter().filter(|node| is_offering(node))) {
        let reader = Reader {
            classes: &classes,
            reading,
            nodes: &whole,
        };
        rows.extend(reader.rows(&file.label, at, node));
    }
    if rows.is_empty() {
        return Err(file.malformed("JSON-LD with offerings", "it holds no Course, Event or Service"));
    }
    Ok(Box::new(rows.into_iter().map(Ok)))
}

struct Reader<'a> {
    classes: &'a Classes,
    reading: &'a Reading,
    nodes: &'a HashMap<String, &'a Value>,
}

impl<'a> Reader<'a> {
    /// A node in full: where only its `@id` is given, the node that has it.
    fn whole(&self, node: &'a Value) -> &'a Value {
        let id = node
            .as_object()
            .filter(|object| object.len() == 1)
            .and_then(|object| object.get("@id"));
        id.and_then(Value::as_str)
            .and_then(|id| self.nodes.get(id))
            .copied()
            .unwrap_or(node)
    }

    fn linked(&self, node: &'a Value, names: &[&str]) -> Option<&'a Value> {
        let found = names.iter().find_map(|name| all(node, name).into_iter().next());
        found.map(|node| self.whole(node))
    }

    /// The rows of a node: one, or one for each place where a course is given.
    fn rows(&self, file: &Arc<str>, at: u64, node: &'a Value) -> Vec<Row> {
        if text(node, &["eventStatus"]).ends_with("EventCancelled") {
            return vec![Row::new(
                file,
                at,
                Err(RowError::Inactive("EventCancelled".to_owned())),
            )];
        }
        let mut places: Vec<(Option<&Value>, Vec<&Value>)> = Vec::new();
        for instance in all(node, "hasCourseInstance")
            .into_iter()
            .map(|instance| self.whole(instance))
        {
            let place = self.linked(instance, &["location"]);
            match places.iter_mut().find(|(known, _)| *known == place) {
                Some((_, instances)) => instances.push(instance),
                None => places.push((place, vec![instance])),
            }
        }
        if places.is_empty() {
            let place = self
                .linked(node, &["location", "serviceLocation"])
                .or_else(|| self.linked(self.linked(node, &["availableChannel"])?, &["serviceLocation"]));
            places.push((place, vec![node]));
        }
        let several = places.len() > 1;
        let rows = (1..).zip(places).map(|(number, (place, times))| {
            let mut remarks = Vec::new();
            let mut draft = self.draft(node, place, &times, &mut remarks);
            if let (true, Some(id)) = (several, draft.get(Field::Id)) {
                let id = format!("{id}@{number}");
                draft.set(Field::Id, &id);
            }
            Row {
                remarks,
                ..Row::new(file, at, Ok(draft))
            }
        });
        rows.collect()
    }

    fn draft(
        &self,
        node: &'a Value,
        place: Option<&'a Value>,
        times: &[&'a Value],
        remarks: &mut Vec<Remark>,
    ) -> Draft {
        let mut draft = Draft::default();
        draft.set(Field::Id, &text(node, &["@id", "identifier", "url"]));
        draft.set(Field::Title, &text(node, &["name"]));
        draft.set(Field::Description, &text(node, &["description"]));
        draft.set(Field::Website, &text(node, &["url"]));
        draft.set(Field::Level, &text(node, &["educationalLevel"]));
        draft.set_list(Field::TargetGroups, texts(node, "audience"));
        let languages = texts(node, "inLanguage");
        draft.set_list(
            Field::Languages,
            languages
                .iter()
                .map(|name| wording::language(name).unwrap_or(name)),
        );
        draft.set(Field::Cost, &self.cost(node));
        self.set_organisation(node, &mut draft);
        if let Some(place) = place {
            self.set_place(place, &mut draft);
        }
        let mut areas: Vec<String> = texts(node, "areaServed")
            .iter()
            .filter_map(|name| wording::service_area(name))
            .collect();
        let virtual_place = place.is_some_and(|place| types(place).contains(&"VirtualLocation"));
        if virtual_place || text(node, &["eventAttendanceMode"]).ends_with("OnlineEventAttendanceMode") {
            areas.push("online".to_owned());
        }
        draft.set_list(Field::ServiceArea, areas);
        self.set_times(node, place, times, &mut draft, remarks);
        if let Some(mapping) = &self.reading.mapping {
            mapping.complete(&mut draft);
        }
        let keywords = texts(node, "keywords");
        let keywords = keywords
            .iter()
            .flat_map(|keywords| keywords.split(','))
            .map(str::trim);
        let terms = types(node).into_iter().chain(keywords);
        // Keywords name anything; that one has no row in the table is nothing to mend.
        self.classes.apply(terms, &mut draft);
        draft
    }

    fn cost(&self, node: &'a Value) -> String {
        if text(node, &["isAccessibleForFree"]).eq_ignore_ascii_case("true") {
            return "free".to_owned();
        }
        let Some(offer) = self.linked(node, &["offers"]) else {
            return String::new();
        };
        let (price, currency) = (text(offer, &["price"]), text(offer, &["priceCurrency"]));
        match currency.as_str() {
            "" | "EUR" => price,
            _ if price == "0" => price,
            _ => format!("{price} {currency}"),
        }
    }

    fn set_organisation(&self, node: &'a Value, draft: &mut Draft) {
        let organisation = self.linked(node, &["provider", "organizer"]);
        let of = |names: &[&str]| organisation.map(|of| text(of, names)).unwrap_or_default();
        draft.set(Field::Organisation, &organisation.map(plain).unwrap_or_default());
        for (field, names) in [(Field::Phone, &["telephone"]), (Field::Email, &["email"])] {
            let own = text(node, names);
            draft.set(
                field,
                if own.is_empty() { of(names) } else { own }.trim_start_matches("mailto:"),
            );
        }
    }

    fn set_place(&self, place: &'a Value, draft: &mut Draft) {
        if let Some(geo) = self.linked(place, &["geo"]) {
            draft.set(Field::Lat, &text(geo, &["latitude"]));
            draft.set(Field::Lon, &text(geo, &["longitude"]));
        }
        match self.linked(place, &["address"]) {
            Some(Value::String(address)) => draft.set(Field::Street, address),
            Some(address) => {
                draft.set(Field::Street, &text(address, &["streetAddress"]));
                draft.set(Field::Place, &text(address, &["addressLocality"]));
                let country = text(address, &["addressCountry"]);
                if matches!(
                    &*country.to_uppercase(),
                    "" | "NL" | "NLD" | "NEDERLAND" | "NETHERLANDS"
                ) {
                    draft.set(Field::Postcode, &text(address, &["postalCode"]));
                }
            }
            None => {}
        }
    }

    fn set_times(
        &self,
        node: &'a Value,
        place: Option<&'a Value>,
        times: &[&'a Value],
        draft: &mut Draft,
        remarks: &mut Vec<Remark>,
    ) {
        let today = self.reading.today;
        let mut dates = Vec::new();
        let mut last = None;
        for instance in times {
            let (start, end) = (text(instance, &["startDate"]), text(instance, &["endDate"]));
            if start.is_empty() {
                continue;
            }
            let Some((from, has_time)) = moment(&start) else {
                let problem = format!("`{start}` is not a date");
                remarks.push(Remark::new(
                    Field::Dates,
                    "schedule_not_read",
                    problem,
                    "write dates such as 2026-12-01T10:00:00+01:00",
                ));
                continue;
            };
            let to = moment(&end)
                .filter(|(_, timed)| *timed)
                .map(|(to, _)| to)
                .filter(|to| to.date() == from.date());
            last = last.max(Some(moment(&end).map_or(from, |(end, _)| end).date()));
            if from.date() >= today {
                dates.push(slot(from, has_time, to));
            }
        }
        if let Some(last) = last.filter(|last| *last < today) {
            draft.set(Field::ValidTo, &last.to_string());
        }
        draft.set_list(Field::Dates, dates);
        let hours = all(node, "hoursAvailable").into_iter();
        let hours = hours.chain(
            place
                .into_iter()
                .flat_map(|place| all(place, "openingHoursSpecification")),
        );
        let slots: Vec<WeeklySlot> = hours.flat_map(|hours| weekly(self.whole(hours))).collect();
        draft.set(Field::OpeningHours, &opening_hours(slots).unwrap_or_default());
    }
}

/// The days and times of an `OpeningHoursSpecification`.
fn weekly(hours: &Value) -> Vec<WeeklySlot> {
    let (from, to) = (text(hours, &["opens"]), text(hours, &["closes"]));
    let (Some(from), Some(to)) = (dutch::time(&from), dutch::time(&to)) else {
        return Vec::new();
    };
    let days = all(hours, "dayOfWeek").into_iter().filter_map(Value::as_str);
    days.filter_map(|day| dutch::weekday(local(day)))
        .map(|day| WeeklySlot::new(day, from, to))
        .collect()
}

fn slot(from: NaiveDateTime, timed: bool, to: Option<NaiveDateTime>) -> String {
    match (timed, to) {
        (false, _) => from.date().to_string(),
        (true, None) => from.format("%Y-%m-%dT%H:%M").to_string(),
        (true, Some(to)) => format!("{}/{}", from.format("%Y-%m-%dT%H:%M"), to.format("%H:%M")),
    }
}

/// A date, or a time with or without a zone, as Dutch clocks show it; and whether it has a time.
fn moment(text: &str) -> Option<(NaiveDateTime, bool)> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some((day.and_hms_opt(0, 0, 0)?, false));
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        let utc = moment.naive_utc().with_nanosecond(0)?;
        let once = format!(
            "DTSTART:{}Z\nRRULE:FREQ=DAILY;COUNT=1",
            utc.format("%Y%m%dT%H%M%S")
        );
        return Some((once.parse::<Recurrence>().ok()?.starts().next()?, true));
    }
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let moment = formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some((moment, true))
}
