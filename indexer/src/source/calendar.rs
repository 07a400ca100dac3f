//! iCalendar (RFC 5545): events. Where a calendar is of one place, a mapping's `[constants]` say which.
//!
//! The reader is our own because a report needs the line of each event, and one bad event must not lose the others.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use nabij_offering::{Draft, Field, Postcode, Recurrence};

use super::{File, Reading, Row, RowError, Rows, SourceError};
use crate::classes::Classes;

pub(super) fn rows(file: &File, reading: &Reading) -> Result<Rows, SourceError> {
    let classes = match &reading.classes {
        Some(classes) => classes.clone(),
        None => Classes::shipped(
            "data/icalendar/categories.csv",
            include_str!("../../../data/icalendar/categories.csv"),
        )?,
    };
    let calendar = Calendar::parse(&file.whole()?);
    if calendar.events.is_empty() {
        return Err(file.malformed("a calendar", "it holds no event"));
    }
    let (label, reading) = (Arc::clone(&file.label), reading.clone());
    Ok(Box::new((0..calendar.events.len()).filter_map(move |at| {
        let event = calendar.events.get(at)?;
        // A changed occurrence is taken in with the event that it changes.
        let row = match event.get("RECURRENCE-ID") {
            Some(_) if calendar.master(event).is_some() => return None,
            _ => Row::new(&label, event.line, calendar.draft(event, &classes, &reading)),
        };
        Some(Ok(row))
    })))
}

/// A content line: `NAME;PARAMETERS:value`.
struct Property {
    name: String,
    parameters: String,
    value: String,
}

struct Event {
    line: u64,
    whole: bool,
    properties: Vec<Property>,
}

struct Calendar {
    name: String,
    events: Vec<Event>,
}

impl Calendar {
    fn parse(text: &str) -> Self {
        let mut calendar = Self {
            name: String::new(),
            events: Vec::new(),
        };
        let mut event: Option<Event> = None;
        let mut within: Vec<String> = Vec::new();
        for (line, content) in unfolded(text) {
            let Some(property) = Property::parse(&content) else {
                continue;
            };
            match property.name.as_str() {
                "BEGIN" => {
                    within.push(property.value.to_uppercase());
                    if property.value.eq_ignore_ascii_case("VEVENT") {
                        let properties = Vec::new();
                        let broken = event.replace(Event {
                            line,
                            whole: false,
                            properties,
                        });
                        calendar.events.extend(broken);
                    }
                }
                "END" => {
                    within.pop();
                    if property.value.eq_ignore_ascii_case("VEVENT") {
                        calendar
                            .events
                            .extend(event.take().map(|event| Event { whole: true, ..event }));
                    }
                }
                "X-WR-CALNAME" => calendar.name = property.text(),
                // An alarm within the event has properties of its own.
                _ if within.last().is_some_and(|inner| inner == "VEVENT") => {
                    if let Some(event) = &mut event {
                        event.properties.push(property);
                    }
                }
                _ => {}
            }
        }
        calendar.events.extend(event);
        calendar
    }

    /// The recurring event of which this is a changed occurrence.
    fn master(&self, changed: &Event) -> Option<&Event> {
        let uid = changed.value("UID")?;
        let same = |event: &&Event| event.value("UID") == Some(uid) && event.get("RECURRENCE-ID").is_none();
        self.events.iter().find(same)
    }

    /// The changed occurrences of an event.
    fn changes<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a Event> {
        let uid = event.value("UID");
        let changed = move |other: &&Event| {
            uid.is_some() && other.value("UID") == uid && other.get("RECURRENCE-ID").is_some()
        };
        self.events.iter().filter(changed)
    }

    fn draft(&self, event: &Event, classes: &Classes, reading: &Reading) -> Result<Draft, RowError> {
        if !event.whole {
            return Err(RowError::BreaksOff("the event has no end".to_owned()));
        }
        if event.is_cancelled() {
            return Err(RowError::Inactive("CANCELLED".to_owned()));
        }
        let mut draft = Draft::default();
        for (field, name) in [
            (Field::Id, "UID"),
            (Field::Title, "SUMMARY"),
            (Field::Description, "DESCRIPTION"),
            (Field::Website, "URL"),
        ] {
            draft.set(field, &event.text(name));
        }
        let organizer = event.get("ORGANIZER");
        let name = organizer
            .and_then(|organizer| organizer.parameter("CN"))
            .unwrap_or(&self.name);
        draft.set(Field::Organisation, name);
        let mail = organizer.and_then(|organizer| organizer.value.split_once("mailto:"));
        draft.set(Field::Email, mail.map_or("", |(_, mail)| mail));
        set_place(event, &mut draft);
        self.set_times(event, reading.today, &mut draft);
        if let Some(mapping) = &reading.mapping {
            mapping.complete(&mut draft);
        }
        let categories = event
            .properties
            .iter()
            .filter(|property| property.name == "CATEGORIES");
        let categories: Vec<String> = categories.map(Property::text).collect();
        let terms = categories
            .iter()
            .flat_map(|categories| categories.split(','))
            .map(str::trim);
        classes.apply(terms.filter(|term| !term.is_empty()), &mut draft);
        Ok(draft)
    }

    fn set_times(&self, event: &Event, today: NaiveDate, draft: &mut Draft) {
        let mut dates = event.days();
        let mut last = dates.iter().max().map(|slot| slot.start.date());
        if let Some(rule) = event.get("RRULE") {
            let lines = ["DTSTART", "DTEND", "DURATION"]
                .into_iter()
                .filter_map(|name| event.get(name));
            let mut lines: Vec<String> = lines.map(Property::line).collect();
            lines.push(rule.line());
            lines.extend(
                event
                    .properties
                    .iter()
                    .filter(|of| matches!(of.name.as_str(), "EXDATE" | "RDATE"))
                    .map(Property::line),
            );
            dates.clear();
            for change in self.changes(event) {
                let original = change.get("RECURRENCE-ID");
                lines.extend(
                    original.map(|original| format!("EXDATE{}:{}", original.parameters, original.value)),
                );
                if !change.is_cancelled() {
                    dates.extend(change.days());
                }
            }
            let text = lines.join("\n");
            if let Ok(recurrence) = text.parse::<Recurrence>() {
                let days = || recurrence.starts().map(|start| start.date());
                last = days().find(|day| *day >= today).or_else(|| days().last());
                last = last.max(dates.iter().map(|slot| slot.start.date()).max());
            }
            draft.set(Field::Rrule, &text);
        }
        dates.retain(|slot| slot.start.date() >= today);
        draft.set_list(Field::Dates, dates.iter().map(Slot::text));
        if let Some(last) = last.filter(|last| *last < today) {
            draft.set(Field::ValidTo, &last.to_string());
        }
    }
}

impl Event {
    fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.get(name).map(|property| property.value.as_str())
    }

    fn text(&self, name: &str) -> String {
        self.get(name).map(Property::text).unwrap_or_default()
    }

    fn is_cancelled(&self) -> bool {
        self.value("STATUS")
            .is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"))
    }

    /// The days of an event that does not recur, with its times on the first.
    fn days(&self) -> Vec<Slot> {
        const MOST: i64 = 60;
        let Some(start) = self.get("DTSTART").and_then(Property::moment) else {
            return Vec::new();
        };
        let end = self.get("DTEND").and_then(Property::moment);
        let timed = self.value("DTSTART").is_some_and(|value| value.contains('T'));
        if timed {
            let end = end.filter(|end| end.date() == start.date());
            return vec![Slot { start, timed, end }];
        }
        // The end of whole days is the day after the last.
        let days = end.map_or(1, |end| (end - start).num_days()).clamp(1, MOST);
        let day = |at| Slot {
            start: start + TimeDelta::days(at),
            timed,
            end: None,
        };
        (0..days).map(day).collect()
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    start: NaiveDateTime,
    timed: bool,
    end: Option<NaiveDateTime>,
}

impl Slot {
    fn text(&self) -> String {
        match (self.timed, self.end) {
            (false, _) => self.start.date().to_string(),
            (true, None) => self.start.format("%Y-%m-%dT%H:%M").to_string(),
            (true, Some(end)) => format!("{}/{}", self.start.format("%Y-%m-%dT%H:%M"), end.format("%H:%M")),
        }
    }
}

impl Property {
    fn parse(line: &str) -> Option<Self> {
        let mut quoted = false;
        let colon = line.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ':' && !quoted
        });
        let (head, value) = line.split_at(colon?.0);
        let (name, parameters) = match head.find(';') {
            Some(at) => head.split_at(at),
            None => (head, ""),
        };
        Some(Self {
            name: name.trim().to_uppercase(),
            parameters: parameters.to_owned(),
            value: value.get(1..).unwrap_or_default().trim().to_owned(),
        })
    }

    /// The value of a text property, with its escapes undone.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(c) => text.push(c),
                    None => {}
                },
                c => text.push(c),
            }
        }
        text
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        let parameters = self
            .parameters
            .split(';')
            .filter_map(|parameter| parameter.split_once('='));
        let found = parameters
            .into_iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim_matches('"'))
    }

    /// The property as a line of a recurrence, which knows `TZID` and no other parameter. The zones that some programs
    /// name in their own way are taken for Dutch time.
    fn line(&self) -> String {
        let zone = self
            .parameter("TZID")
            .filter(|zone| zone.contains('/') && !zone.contains(' '));
        let zone = zone.map(|zone| format!(";TZID={zone}")).unwrap_or_default();
        format!("{}{zone}:{}", self.name, self.value)
    }

    /// The moment of a date or time, as Dutch clocks show it.
    fn moment(&self) -> Option<NaiveDateTime> {
        if let Ok(day) = NaiveDate::parse_from_str(&self.value, "%Y%m%d") {
            return Some(day.and_time(NaiveTime::MIN));
        }
        let start = Self {
            name: "DTSTART".to_owned(),
            parameters: self.parameters.clone(),
            value: self.value.clone(),
        };
        let once = format!("{}\nRRULE:FREQ=DAILY;COUNT=1", start.line());
        once.parse::<Recurrence>().ok()?.starts().next()
    }
}

/// Content lines, each with the number of its first line; a line that begins with a space goes on where the last ended.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// `GEO`, and what of `LOCATION` is an address: `Bibliotheek, Kerkstraat 1, 1234 AB Plaats`.
fn set_place(event: &Event, draft: &mut Draft) {
    if let Some((lat, lon)) = event.value("GEO").and_then(|geo| geo.split_once(';')) {
        draft.set(Field::Lat, lat);
        draft.set(Field::Lon, lon);
    }
    let location = event.text("LOCATION");
    let parts: Vec<&str> = location.split([',', '\n']).map(str::trim).collect();
    let town = parts
        .iter()
        .enumerate()
        .find_map(|(at, part)| Some((at, postcode_and_place(part)?)));
    let street = match town {
        Some((at, (postcode, place))) => {
            draft.set(Field::Postcode, &postcode.to_string());
            draft.set(Field::Place, place);
            at.checked_sub(1)
                .and_then(|before| parts.get(before))
                .copied()
                .unwrap_or_default()
        }
        None => location.trim(),
    };
    draft.set(Field::Street, &street.replace('\n', ", "));
}

fn postcode_and_place(part: &str) -> Option<(Postcode, &str)> {
    let (digits, rest) = part.split_at_checked(4)?;
    let rest = rest.trim_start();
    let (letters, place) = rest.split_at_checked(2)?;
    let postcode = format!("{digits}{letters}").parse().ok()?;
    (place.is_empty() || place.starts_with(' ')).then_some((postcode, place.trim()))
}
