//! A schedule as days of the week with times, for formats that know nothing finer.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use nabij_offering::Schedule;

/// From when to when, on which days of every week.
pub(crate) type Weekly = BTreeMap<(NaiveTime, NaiveTime), Vec<Weekday>>;

/// Weeks that are compared: none has a Dutch public holiday.
const WEEKS: u64 = 4;

/// The hours of every week; none if they are not the same in every week, or not known from when to when.
pub(crate) fn weekly(schedule: &Schedule) -> Option<Weekly> {
    let monday = NaiveDate::from_ymd_opt(2027, 9, 6)?;
    let hours = Schedule {
        dates: Vec::new(),
        ..schedule.clone()
    };
    let end = monday.checked_add_days(Days::new(WEEKS * 7))?;
    let mut weeks: Vec<Weekly> = vec![Weekly::new(); usize::try_from(WEEKS).ok()?];
    for slot in hours.next_times(monday.and_time(NaiveTime::MIN), 500) {
        let (from, to) = (slot.from?, slot.to?.time());
        if slot.date >= end {
            break;
        }
        let week = usize::try_from((slot.date - monday).num_days() / 7).ok()?;
        weeks
            .get_mut(week)?
            .entry((from, to))
            .or_default()
            .push(slot.date.weekday());
    }
    let first = weeks.first()?.clone();
    (!first.is_empty() && weeks.iter().all(|week| *week == first)).then_some(first)
}

/// `MO`, as iCalendar and HSDS write it.
pub(crate) fn two_letters(day: Weekday) -> String {
    day.to_string().get(..2).unwrap_or_default().to_uppercase()
}
