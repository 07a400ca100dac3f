//! On which parts of the week an offering takes place: in the daytime, in the evening, in the weekend.
//!
//! Read off the text of the schedule without asking about a day, since an index is built of many schedules and is
//! good for a while. So it is about what usually happens: holidays, and exceptions for a few weeks, do not count.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveTime, Timelike, Weekday};
use opening_hours_syntax::{
    RuleKind,
    rules::{
        OpeningHoursExpression, RuleOperator, RuleSequence,
        day::WeekDayRange,
        time::{Time, TimeEvent},
    },
};
use serde::{Deserialize, Serialize};

use super::Schedule;
use crate::vocabulary::{UnknownWord, set, vocabulary};

vocabulary! {
    /// A part of the week.
    PartOfWeek, "part of the week",
    /// Begins on a weekday before 17:00.
    Daytime = "daytime",
    /// Begins on a weekday at 17:00 or later.
    Evening = "evening",
    /// Begins on a Saturday or a Sunday.
    Weekend = "weekend",
}

set! {
    /// A set of [`PartOfWeek`]s.
    PartOfWeekSet, PartOfWeek, u8
}

/// The hour at which the evening begins.
const EVENING: u32 = 17;

/// How many times of a recurrence are looked at: two weeks of days.
const OCCURRENCES: usize = 14;

impl Schedule {
    /// The parts of the week on which it usually takes place; none if that is not known.
    pub fn parts_of_week(&self) -> PartOfWeekSet {
        let hours = self.opening_hours.iter();
        let hours = hours.flat_map(|hours| week(&hours.expression())).flatten();
        let dates = self
            .dates
            .iter()
            .filter_map(|slot| part(slot.date.weekday(), slot.from));
        let recurring = self.rrule.iter().flat_map(|recurrence| {
            recurrence.starts().take(OCCURRENCES).filter_map(|start| {
                let from = recurrence.is_timed().then(|| start.time());
                part(start.weekday(), from)
            })
        });
        hours.chain(dates).chain(recurring).collect()
    }
}

fn part(day: Weekday, from: Option<NaiveTime>) -> Option<PartOfWeek> {
    match (day, from) {
        (Weekday::Sat | Weekday::Sun, _) => Some(PartOfWeek::Weekend),
        (_, Some(from)) if from.hour() >= EVENING => Some(PartOfWeek::Evening),
        (_, Some(_)) => Some(PartOfWeek::Daytime),
        (_, None) => None,
    }
}

/// The parts of each day of an ordinary week, from Monday. A rule replaces the rules before it on its days, as
/// in `opening_hours`, unless it holds in some weeks only.
fn week(expression: &OpeningHoursExpression) -> [Vec<PartOfWeek>; 7] {
    let mut week: [Vec<PartOfWeek>; 7] = Default::default();
    for rule in &expression.rules {
        for (day, always) in days(rule) {
            let Some(parts) = week.get_mut(day.num_days_from_monday() as usize) else {
                continue;
            };
            if always && rule.operator == RuleOperator::Normal {
                parts.clear();
            }
            if rule.kind != RuleKind::Closed {
                parts.extend(
                    rule.time_selector
                        .spans
                        .iter()
                        .map(|span| begins(day, span.range.start)),
                );
            }
        }
    }
    week
}

/// The days of the week on which a rule holds, and whether it holds in every week.
fn days(rule: &RuleSequence) -> Vec<(Weekday, bool)> {
    let selector = &rule.day_selector;
    let every_week = selector.year.is_empty() && selector.monthday.is_empty() && selector.week.is_empty();
    if selector.weekday.is_empty() {
        return from(Weekday::Mon).map(|day| (day, every_week)).collect();
    }
    let mut days = Vec::new();
    for weekdays in &selector.weekday {
        // Holidays fall on any day, and are no ordinary day.
        let WeekDayRange::Fixed {
            range,
            offset: 0,
            nth_from_start,
            nth_from_end,
        } = weekdays
        else {
            continue;
        };
        let every_time = nth_from_start.iter().chain(nth_from_end).all(|nth| *nth);
        let count = range.end().days_since(*range.start()) as usize + 1;
        days.extend(
            from(*range.start())
                .take(count)
                .map(|day| (day, every_week && every_time)),
        );
    }
    days
}

/// The seven days of the week, from the given one.
fn from(day: Weekday) -> impl Iterator<Item = Weekday> {
    std::iter::successors(Some(day), |day| Some(day.succ())).take(7)
}

fn begins(day: Weekday, start: Time) -> PartOfWeek {
    let evening = match start {
        Time::Fixed(time) => u32::from(time.hour()) >= EVENING,
        Time::Variable(time) => matches!(time.event, TimeEvent::Sunset | TimeEvent::Dusk),
    };
    match day {
        Weekday::Sat | Weekday::Sun => PartOfWeek::Weekend,
        _ if evening => PartOfWeek::Evening,
        _ => PartOfWeek::Daytime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(hours: &str, dates: &[&str], rrule: &str) -> Vec<&'static str> {
        let schedule = Schedule {
            opening_hours: hours.parse().ok(),
            dates: dates.iter().map(|date| date.parse().unwrap()).collect(),
            rrule: rrule.parse().ok(),
        };
        schedule.parts_of_week().iter().map(PartOfWeek::name).collect()
    }

    #[test]
    fn hours_fall_in_the_part_of_the_week_in_which_they_begin() {
        for (hours, expected) in [
            ("Mo,We 10:00-12:00; PH off", &["daytime"][..]),
            ("Tu 17:00-19:00", &["evening"]),
            ("Tu 16:59-19:00", &["daytime"]),
            ("Fr-Mo 19:00-21:00", &["evening", "weekend"]),
            ("week 01-53/2 Th 17:30-19:30", &["evening"]),
            ("Mo[1,3] 14:00-16:00", &["daytime"]),
            ("Sep-Jun Mo 14:00-16:00", &["daytime"]),
            ("Mo-Su 10:00-12:00; Sa,Su off", &["daytime"]),
            ("Mo-Fr 10:00-12:00; Mo-Fr 19:00-21:00", &["evening"]),
            ("Mo-Fr 10:00-12:00, Mo 19:00-21:00", &["daytime", "evening"]),
            ("Mo 10:00-12:00,19:00-21:00", &["daytime", "evening"]),
            ("Mo 10:00-12:00; Jul 14-Aug 25 off", &["daytime"]),
            ("24/7", &["daytime", "weekend"]),
            ("PH 10:00-12:00", &[]),
        ] {
            assert_eq!(parts(hours, &[], ""), expected, "{hours}");
        }
    }

    #[test]
    fn a_date_falls_in_its_part_and_a_weekday_without_a_time_in_none() {
        assert_eq!(
            parts("", &["2026-12-01T10:00/12:00", "2026-12-05"], ""),
            ["daytime", "weekend"]
        );
        assert_eq!(parts("", &["2026-12-01"], ""), Vec::<&str>::new());
    }

    #[test]
    fn a_recurrence_falls_where_its_times_fall() {
        let weekly = "DTSTART;TZID=Europe/Amsterdam:20260106T190000\nRRULE:FREQ=WEEKLY;BYDAY=TU,SA";
        assert_eq!(parts("", &[], weekly), ["evening", "weekend"]);
        assert_eq!(
            parts("", &[], "DTSTART:20260107T100000 RRULE:FREQ=WEEKLY;INTERVAL=2"),
            ["daytime"]
        );
    }
}
