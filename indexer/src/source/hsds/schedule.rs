//! The schedules of HSDS → opening hours, single dates and a recurrence.

use chrono::{NaiveDate, NaiveTime, Weekday};
use nabij_offering::{Draft, Field};

use super::record::{Schedule, Text};
use crate::{
    dutch,
    hours::{WeeklySlot, opening_hours},
    source::Remark,
};

/// Sets when it takes place. What cannot be told becomes a remark.
pub(super) fn set(schedules: &[Schedule], today: NaiveDate, draft: &mut Draft, remarks: &mut Vec<Remark>) {
    let mut slots = Vec::new();
    let mut dates = Vec::new();
    let mut rules = Vec::new();
    let mut wrong = Vec::new();
    for schedule in schedules {
        if schedule
            .valid_to
            .given()
            .is_some_and(|last| *last < *today.to_string())
        {
            wrong.push(format!("the schedule ended on {}", &*schedule.valid_to));
            continue;
        }
        let times = match (clock(&schedule.opens_at), clock(&schedule.closes_at)) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(text), _) | (_, Err(text)) => {
                wrong.push(format!("`{text}` is not a time"));
                continue;
            }
        };
        let words = schedule.description.or(&schedule.original_text).given();
        match (weekly_days(schedule), times) {
            (Some(days), (Some(from), Some(to))) => {
                slots.extend(days.into_iter().map(|day| WeeklySlot::new(day, from, to)));
            }
            (Some(_), _) => wrong.extend(words.map(|text| format!("no times in `{text}`"))),
            (None, times) => match dutch::date(&schedule.dtstart) {
                Some(day) if schedule.freq.is_empty() => dates.push(slot(day, times)),
                Some(day) => rules.push(rule(schedule, day, times)),
                None => wrong.extend(words.map(|text| format!("no day in `{text}`"))),
            },
        }
    }
    wrong.sort_unstable();
    wrong.dedup();
    for problem in wrong {
        let remedy = "write days and times in the fields for them; they are not shown as they are";
        remarks.push(Remark::new(
            Field::OpeningHours,
            "schedule_not_read",
            shorten(&problem),
            remedy,
        ));
    }
    draft.set(Field::OpeningHours, &opening_hours(slots).unwrap_or_default());
    draft.set_list(Field::Dates, dates);
    if rules.len() > 1 {
        let problem = format!("has {} recurrences, of which the first is kept", rules.len());
        remarks.push(Remark::new(
            Field::Rrule,
            "several_recurrences",
            problem,
            "split the service, or use weekly hours",
        ));
    }
    draft.set(Field::Rrule, rules.first().map_or("", String::as_str));
}

/// The days of a schedule that holds every week without an end.
fn weekly_days(schedule: &Schedule) -> Option<Vec<Weekday>> {
    let bounds = [
        &schedule.until,
        &schedule.count,
        &schedule.byweekno,
        &schedule.bymonthday,
        &schedule.byyearday,
    ];
    let every_week =
        matches!(&*schedule.freq.to_uppercase(), "" | "WEEKLY") && matches!(&*schedule.interval, "" | "1");
    if !every_week || bounds.into_iter().any(|bound| bound.given().is_some()) {
        return None;
    }
    let days = schedule.weekday.or(&schedule.byday).given()?;
    days.split(',').map(dutch::weekday).collect()
}

fn clock(text: &Text) -> Result<Option<NaiveTime>, &str> {
    match text.given() {
        None => Ok(None),
        Some(text) => dutch::time(text).map(Some).ok_or(text),
    }
}

fn slot(day: NaiveDate, times: (Option<NaiveTime>, Option<NaiveTime>)) -> String {
    match times {
        (None, _) => day.to_string(),
        (Some(from), None) => format!("{day}T{}", from.format("%H:%M")),
        (Some(from), Some(to)) => format!("{day}T{}/{}", from.format("%H:%M"), to.format("%H:%M")),
    }
}

/// The parts of RFC 5545 that HSDS keeps in columns of their own.
fn rule(schedule: &Schedule, start: NaiveDate, times: (Option<NaiveTime>, Option<NaiveTime>)) -> String {
    let until = dutch::date(&schedule.until).map(|day| day.format("%Y%m%d").to_string());
    let parts = [
        ("FREQ", schedule.freq.given().map(str::to_uppercase)),
        ("INTERVAL", schedule.interval.given().map(str::to_owned)),
        (
            "COUNT",
            schedule
                .count
                .given()
                .filter(|_| until.is_none())
                .map(str::to_owned),
        ),
        ("UNTIL", until),
        ("BYDAY", schedule.byday.given().map(str::to_uppercase)),
        ("BYWEEKNO", schedule.byweekno.given().map(str::to_owned)),
        ("BYMONTHDAY", schedule.bymonthday.given().map(str::to_owned)),
        ("BYYEARDAY", schedule.byyearday.given().map(str::to_owned)),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
    let start = start.format("%Y%m%d");
    let (time, length) = match times {
        (None, _) => (String::new(), String::new()),
        (Some(from), to) => {
            let minutes = to
                .map(|to| (to - from).num_minutes())
                .filter(|minutes| *minutes > 0);
            let length = minutes.map(|minutes| format!("\nDURATION:PT{minutes}M"));
            (from.format("T%H%M%S").to_string(), length.unwrap_or_default())
        }
    };
    format!("DTSTART:{start}{time}{length}\nRRULE:{}", parts.join(";"))
}

fn shorten(text: &str) -> String {
    const SHOWN: usize = 120;
    let text = text.replace('\n', " ");
    match text.char_indices().nth(SHOWN) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
