//! `/plek/{id}/agenda.ics`: the next times, for the calendar of a phone.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use icalendar::{Calendar, Component, Event, EventLike};
use nabij_offering::{Offering, TimeSlot};

use super::{asked::Asked, facts::Facts, messages::Messages, missing, record::record};
use crate::{problem::Problem, state::App};

/// How many times go into a calendar.
const TIMES: usize = 10;
/// How long something takes of which only the beginning is known.
const USUALLY: Duration = Duration::hours(1);

/// `/plek/{id}/agenda.ics`
pub(crate) async fn calendar(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let Some(offering) = record(&app, &app.index(), &asked, &id)? else {
        return Ok(missing(&asked));
    };
    let facts = Facts::new(&offering, Messages(asked.language), app.now());
    let mut calendar = Calendar::new();
    for slot in offering.schedule.next_times(app.now(), TIMES) {
        calendar.push(event(&offering, &facts, &slot, (app.site.clock)()));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"agenda.ics\""),
    ];
    Ok((headers, calendar.to_string()).into_response())
}

/// One time. Its identifier is that of the offering and the time, so that a second download changes nothing.
fn event(offering: &Offering, facts: &Facts, slot: &TimeSlot, now: DateTime<Utc>) -> Event {
    let start = slot.start();
    let place: Vec<&str> = facts
        .organisation
        .iter()
        .chain(&facts.address)
        .map(String::as_str)
        .collect();
    let mut event = Event::new();
    event
        .uid(&format!("{}-{}@nabij", offering.id, start.format("%Y%m%dT%H%M")))
        .timestamp(now)
        .summary(&facts.title)
        .description(&facts.description)
        .location(&place.join(", "));
    let end = slot.to.unwrap_or(start + USUALLY);
    match (utc(start), utc(end)) {
        (Some(start), Some(end)) if slot.from.is_some() => event.starts(start).ends(end).done(),
        _ => event.all_day(slot.date).done(),
    }
}

/// Dutch local time as UTC, which every calendar understands; none in the hour that summer time skips.
fn utc(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let moment = Amsterdam.from_local_datetime(&local).earliest()?;
    Some(moment.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_clocks_change_a_time_is_the_first_of_two_or_none() {
        let utc = |text: &str| {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
            utc(local).map(|moment| moment.format("%H:%M").to_string())
        };
        assert_eq!(utc("2026-03-29 01:59").as_deref(), Some("00:59"));
        assert_eq!(utc("2026-03-29 02:30"), None);
        assert_eq!(utc("2026-03-29 03:00").as_deref(), Some("01:00"));
        assert_eq!(utc("2026-10-25 02:30").as_deref(), Some("00:30"));
        assert_eq!(utc("2026-10-25 03:00").as_deref(), Some("02:00"));
    }
}
