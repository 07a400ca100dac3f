//! A recurrence as RFC 5545 (iCalendar) writes it, in Dutch local time.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use rrule::{Frequency, RRule, RRuleError, RRuleSet, Tz};

/// A recurrence: `DTSTART`, `RRULE`, and if need be `EXDATE`, `RDATE`, and `DURATION` or `DTEND` for how long it
/// takes. The parts are separated by line ends or spaces.
///
/// A time with a zone, or in UTC, is converted to Dutch local time. A time without a zone is Dutch local time.
#[derive(Debug, Clone)]
pub struct Recurrence {
    text: Box<str>,
    rule: RRuleSet,
    /// The times of `rule` are Dutch local time that goes by the name of UTC.
    floating: bool,
    /// Whether times are given, and not days only.
    timed: bool,
    duration: Option<TimeDelta>,
}

/// Why a text is not a recurrence.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecurrenceError {
    /// Not as RFC 5545 has it.
    #[error(transparent)]
    Syntax(#[from] RRuleError),
    /// There is a character that RFC 5545 has nowhere in a recurrence.
    #[error("has a character that no recurrence has")]
    Character,
    /// There is no `DTSTART`, so there is no day to begin with.
    #[error("has no DTSTART")]
    NoStart,
    /// More often than people meet.
    #[error("repeats within a day")]
    TooOften,
    /// On no day at all, such as 30 February.
    #[error("never takes place")]
    Never,
    /// `DURATION` or `DTEND` does not say a time that is longer than nothing and shorter than a year.
    #[error("`{0}` does not say how long it takes")]
    Duration(String),
}

/// How many occurrences are looked at, so that no rule keeps a reader waiting: 50 years of days.
const STEPS: usize = 20_000;
/// At how many times of a day it may take place. The library makes all times of a year at once.
const MOST_TIMES_A_DAY: usize = 24;

impl FromStr for Recurrence {
    type Err = RecurrenceError;

    fn from_str(text: &str) -> Result<Self, RecurrenceError> {
        if !text.split_whitespace().all(str::is_ascii) {
            return Err(RecurrenceError::Character);
        }
        let (lengths, lines): (Vec<&str>, Vec<&str>) = text
            .split_whitespace()
            .partition(|line| line.starts_with("DURATION") || line.starts_with("DTEND"));
        let start = lines
            .iter()
            .find(|line| line.starts_with("DTSTART"))
            .ok_or(RecurrenceError::NoStart)?;
        let floating = !start.contains("TZID=") && !start.ends_with('Z');
        let timed = start.rsplit(':').next().is_some_and(|value| value.contains('T'));
        let rule = lines.iter().map(|line| match line {
            line if line.starts_with("RRULE") || line.starts_with("EXRULE") => rule_in_utc(line),
            line if floating => in_utc(line),
            line => (*line).to_owned(),
        });
        let rule = rule.collect::<Vec<_>>().join("\n");
        // With a limit to how long it looks for the next time, where there is none.
        let rule = rule.parse::<RRuleSet>()?.limit();
        if rule.get_rrule().iter().any(is_too_often) {
            return Err(RecurrenceError::TooOften);
        }
        if rule.into_iter().next().is_none() {
            return Err(RecurrenceError::Never);
        }
        let duration = lengths
            .first()
            .map(|line| length(line, start).ok_or_else(|| RecurrenceError::Duration((*line).to_owned())))
            .transpose()?;
        Ok(Self {
            text: text.trim().into(),
            rule,
            floating,
            timed,
            duration,
        })
    }
}

impl PartialEq for Recurrence {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Recurrence {}

impl Recurrence {
    /// The text, as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// When it begins, from its first time on, in Dutch local time.
    pub fn starts(&self) -> impl Iterator<Item = NaiveDateTime> {
        let floating = self.floating;
        self.rule
            .into_iter()
            .take(STEPS)
            .map(move |start| local(&start, floating))
    }

    /// How long it takes, if that is known.
    pub fn duration(&self) -> Option<TimeDelta> {
        self.duration
    }

    /// Whether times are given, and not days only.
    pub fn is_timed(&self) -> bool {
        self.timed
    }
}

/// Whether a rule repeats within a day more often than people meet.
fn is_too_often(rule: &RRule) -> bool {
    let within_a_day = [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()];
    let times: usize = within_a_day.iter().map(|list| list.len().max(1)).product();
    times > MOST_TIMES_A_DAY
        || matches!(
            rule.get_freq(),
            Frequency::Hourly | Frequency::Minutely | Frequency::Secondly
        )
}

fn local(start: &DateTime<Tz>, floating: bool) -> NaiveDateTime {
    if floating {
        start.naive_utc()
    } else {
        start.with_timezone(&Tz::Europe__Amsterdam).naive_local()
    }
}

/// A line without a zone, with its times by the name of UTC.
fn in_utc(line: &str) -> String {
    let Some((head, value)) = line.split_once(':') else {
        return line.to_owned();
    };
    let name = head.split(';').next().unwrap_or(head);
    let dates: Vec<String> = value
        .split(',')
        .map(|date| date_in_utc(date, "T000000Z"))
        .collect();
    format!("{name}:{}", dates.join(","))
}

/// A rule whose last day is named by the day only, or without a zone, lasts to the end of that day or time.
fn rule_in_utc(line: &str) -> String {
    let part = |part: &str| match part.split_once("UNTIL=") {
        Some((before, until)) => format!("{before}UNTIL={}", date_in_utc(until, "T235959Z")),
        None => part.to_owned(),
    };
    line.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn date_in_utc(date: &str, time: &str) -> String {
    match date {
        date if date.ends_with('Z') => date.to_owned(),
        date if date.contains('T') => format!("{date}Z"),
        date => format!("{date}{time}"),
    }
}

/// What `DURATION:PT1H30M` or `DTEND` says, the end seen from the start.
fn length(line: &str, start: &str) -> Option<TimeDelta> {
    let value = line.rsplit(':').next()?;
    let length = if line.starts_with("DURATION") {
        iso_duration(value)?
    } else {
        let start = start.rsplit(':').next()?;
        if start.ends_with('Z') != value.ends_with('Z') {
            return None;
        }
        date_time(value)? - date_time(start)?
    };
    (length > TimeDelta::zero() && length < TimeDelta::days(365)).then_some(length)
}

fn date_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim_end_matches('Z');
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S")
        .ok()
        .or_else(|| {
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
            Some(day.and_time(NaiveTime::MIN))
        })
}

/// `P1D`, `PT2H`, `PT1H30M` and so on: weeks, days, hours, minutes and seconds, as RFC 5545 has them.
fn iso_duration(text: &str) -> Option<TimeDelta> {
    let mut seconds = 0_i64;
    let mut digits = String::new();
    for c in text.strip_prefix('P')?.chars() {
        let unit = match c {
            'T' => continue,
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(digits.parse::<i64>().ok()?.checked_mul(unit)?)?;
        digits.clear();
    }
    if digits.is_empty() {
        TimeDelta::try_seconds(seconds)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str, count: usize) -> Vec<String> {
        let recurrence: Recurrence = text.parse().unwrap();
        recurrence
            .starts()
            .take(count)
            .map(|start| start.format("%Y-%m-%d %H:%M").to_string())
            .collect()
    }

    #[test]
    fn dutch_time_stays_what_the_clock_says_when_summer_time_begins_and_ends() {
        for start in [
            "DTSTART:20261024T100000",
            "DTSTART;TZID=Europe/Amsterdam:20261024T100000",
        ] {
            let text = format!("{start}\nRRULE:FREQ=DAILY;COUNT=3");
            assert_eq!(
                starts(&text, 9),
                ["2026-10-24 10:00", "2026-10-25 10:00", "2026-10-26 10:00"]
            );
        }
    }

    #[test]
    fn a_time_in_utc_becomes_dutch_time() {
        assert_eq!(
            starts("DTSTART:20261024T080000Z RRULE:FREQ=DAILY", 2),
            ["2026-10-24 10:00", "2026-10-25 09:00"]
        );
    }

    #[test]
    fn a_time_that_summer_time_skips_does_not_end_the_rule() {
        assert_eq!(
            starts("DTSTART:20260328T023000 RRULE:FREQ=DAILY", 2),
            ["2026-03-28 02:30", "2026-03-29 02:30"]
        );
    }

    #[test]
    fn the_last_day_counts_whether_or_not_it_has_a_time() {
        for until in ["20260115", "20260115T100000", "20260115T235959Z"] {
            for start in [
                "DTSTART:20260101T100000",
                "DTSTART;TZID=Europe/Amsterdam:20260101T100000",
            ] {
                let text = format!("{start} RRULE:FREQ=WEEKLY;UNTIL={until}");
                assert_eq!(starts(&text, 9).len(), 3, "{text}");
            }
        }
    }

    #[test]
    fn days_that_are_left_out_and_added_count() {
        assert_eq!(
            starts(
                "DTSTART;VALUE=DATE:20260101 RRULE:FREQ=WEEKLY;COUNT=3 EXDATE;VALUE=DATE:20260108 RDATE:20260110",
                9
            ),
            ["2026-01-01 00:00", "2026-01-10 00:00", "2026-01-15 00:00"]
        );
    }

    #[test]
    fn duration_and_end_say_how_long_it_takes() {
        for (length, minutes) in [
            ("DURATION:PT2H", Some(120)),
            ("DURATION:PT1H30M", Some(90)),
            ("DTEND:20260101T113000", Some(90)),
            ("", None),
        ] {
            let text = format!("DTSTART:20260101T100000 {length} RRULE:FREQ=WEEKLY");
            let recurrence: Recurrence = text.parse().unwrap();
            assert_eq!(recurrence.duration().map(|d| d.num_minutes()), minutes, "{text}");
        }
        for length in [
            "DURATION:2uur",
            "DURATION:PT",
            "DTEND:20260101T090000",
            "DTEND:20260101T113000Z",
        ] {
            let text = format!("DTSTART:20260101T100000 {length} RRULE:FREQ=WEEKLY");
            assert!(
                matches!(text.parse::<Recurrence>(), Err(RecurrenceError::Duration(_))),
                "{text}"
            );
        }
    }

    /// Found by fuzzing: the library cuts the name of a weekday in the middle of a character.
    #[test]
    fn a_character_that_no_recurrence_has_is_refused() {
        for text in [
            "DTSTART:20260106T190000 RRULE:FREQ=WEEKLY;BYDAY=T6\u{fa}U,SA",
            "DTSTART:20260106T190000 RRULE:FREQ=WEEKLY;BYDAY=\u{20ac}",
        ] {
            assert_eq!(
                text.parse::<Recurrence>(),
                Err(RecurrenceError::Character),
                "{text}"
            );
        }
        // As it comes from spreadsheets: a space that does not break.
        assert!(
            "DTSTART:20260106T190000\u{a0}RRULE:FREQ=WEEKLY"
                .parse::<Recurrence>()
                .is_ok()
        );
    }

    /// Every second of a year took gigabytes, and 30 February was looked for until the year 9999, on every
    /// page that showed the offering.
    #[test]
    fn what_takes_place_all_the_time_or_never_is_refused() {
        let numbers = |count: u32| (0..count).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        let every_second = format!(
            "BYHOUR={};BYMINUTE={};BYSECOND={}",
            numbers(24),
            numbers(60),
            numbers(60)
        );
        for (rule, error) in [
            (
                format!("FREQ=YEARLY;BYDAY=MO,TU,WE;{every_second}"),
                RecurrenceError::TooOften,
            ),
            (
                "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55,59".to_owned(),
                RecurrenceError::TooOften,
            ),
            (
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
                RecurrenceError::Never,
            ),
            (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31".to_owned(),
                RecurrenceError::Never,
            ),
        ] {
            let text = format!("DTSTART:20260101T100000 RRULE:{rule}");
            assert_eq!(text.parse::<Recurrence>(), Err(error), "{text}");
        }
        assert_eq!(
            starts(
                "DTSTART:20260101T100000 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
                1
            ),
            ["2044-02-29 10:00"]
        );
    }

    #[test]
    fn what_is_no_recurrence_is_refused_with_its_reason() {
        assert!(matches!(
            "RRULE:FREQ=WEEKLY".parse::<Recurrence>(),
            Err(RecurrenceError::NoStart)
        ));
        assert!(matches!(
            "DTSTART:20260101T100000 RRULE:FREQ=SECONDLY".parse::<Recurrence>(),
            Err(RecurrenceError::TooOften)
        ));
        assert!(matches!(
            "DTSTART:20260101T100000 RRULE:FREQ=SOMETIMES".parse::<Recurrence>(),
            Err(RecurrenceError::Syntax(_))
        ));
    }
}
