//! Calendars that say in plain words when something is, compared day by day with what a schedule says.

use std::path::Path;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::*;

/// One line of a calendar in plain words: on which day, in which weeks, from when to when.
struct Plain {
    day: String,
    frequency: String,
    from: NaiveTime,
    to: NaiveTime,
}

const DAYS: [(&str, &str, Weekday); 7] = [
    ("monday", "Mo", Weekday::Mon),
    ("tuesday", "Tu", Weekday::Tue),
    ("wednesday", "We", Weekday::Wed),
    ("thursday", "Th", Weekday::Thu),
    ("friday", "Fr", Weekday::Fri),
    ("saturday", "Sa", Weekday::Sat),
    ("sunday", "Su", Weekday::Sun),
];

impl Plain {
    fn new(day: &str, frequency: &str, from: &str, to: &str) -> Self {
        Self {
            day: day.to_owned(),
            frequency: frequency.to_owned(),
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    fn add_to(&self, schedule: &mut Schedule) {
        let times = format!("{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"));
        if self.frequency == "once" {
            let day = NaiveDate::parse_from_str(&self.day, "%d-%m-%Y").unwrap();
            schedule.dates.push(DateSlot {
                date: day,
                from: Some(self.from),
                to: Some(self.to),
            });
            return;
        }
        let (_, day, _) = DAYS.iter().find(|(name, ..)| *name == self.day).unwrap();
        let rule = match self.frequency.as_str() {
            "weekly" => format!("{day} {times}"),
            "odd_weeks" => format!("week 01-53/2 {day} {times}"),
            "first_of_month" => format!("{day}[1] {times}"),
            "third_of_month" => format!("{day}[3] {times}"),
            other => panic!("{other} is new"),
        };
        let hours = schedule.opening_hours.take();
        let hours = hours.map_or(rule.clone(), |hours| format!("{}, {rule}", hours.as_str()));
        schedule.opening_hours = Some(hours.parse().unwrap());
    }

    /// Said again without a calendar library.
    fn is_on(&self, day: NaiveDate) -> bool {
        if self.frequency == "once" {
            return day.format("%d-%m-%Y").to_string() == self.day;
        }
        let (.., weekday) = DAYS.iter().find(|(name, ..)| *name == self.day).unwrap();
        day.weekday() == *weekday
            && match self.frequency.as_str() {
                "weekly" => true,
                "odd_weeks" => day.iso_week().week() % 2 == 1,
                "first_of_month" => (1..=7).contains(&day.day()),
                "third_of_month" => (15..=21).contains(&day.day()),
                other => panic!("{other} is new"),
            }
    }
}

/// Compares the times of 400 days with what counting days gives.
fn check_plain(calendar: &[Plain], what: &str) {
    let mut schedule = Schedule::default();
    for line in calendar {
        line.add_to(&mut schedule);
    }
    let first = at("2025-08-01 00:00");
    let mut expected: Vec<String> = first
        .date()
        .iter_days()
        .take(366)
        .flat_map(|day| {
            let on = calendar.iter().filter(move |line| line.is_on(day));
            on.map(move |line| format!("{day} {}-{}", line.from.format("%H:%M"), line.to.format("%H:%M")))
        })
        .collect();
    expected.dedup();
    assert!(!expected.is_empty(), "{what}");
    assert_eq!(
        schedule
            .next_times(first, 400)
            .iter()
            .map(written)
            .collect::<Vec<_>>(),
        expected,
        "{what}"
    );
}

#[test]
fn consultation_hours_of_a_library_all_fit() {
    let line = Plain::new;
    for calendar in [
        vec![
            line("monday", "weekly", "14:00", "16:00"),
            line("wednesday", "weekly", "10:00", "12:00"),
        ],
        vec![line("monday", "weekly", "13:00", "15:30")],
        vec![line("wednesday", "odd_weeks", "10:00", "12:00")],
        vec![line("thursday", "odd_weeks", "17:30", "19:30")],
        vec![line("monday", "first_of_month", "14:00", "16:00")],
        vec![
            line("tuesday", "first_of_month", "14:00", "16:00"),
            line("tuesday", "third_of_month", "14:00", "16:00"),
        ],
        vec![line("31-12-2025", "once", "14:00", "16:00")],
        vec![
            line("10-09-2025", "once", "10:00", "12:00"),
            line("08-10-2025", "once", "10:00", "12:00"),
        ],
        vec![
            line("friday", "weekly", "09:00", "11:00"),
            line("05-11-2025", "once", "10:00", "12:00"),
        ],
    ] {
        check_plain(&calendar, &calendar[0].frequency);
    }
}

#[test]
fn the_sixteen_consultation_hours_of_veendam_all_fit() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/offerings/veendam-informatieplein-spreekuren.json");
    let Ok(text) = fs_err::read_to_string(&path) else {
        eprintln!("left out: {} is not there", path.display());
        return;
    };
    let offerings: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(offerings.len(), 16);
    for offering in offerings {
        let text = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap().to_owned();
        let lines = offering["calendar"].as_array().unwrap().iter();
        let calendar: Vec<Plain> = lines
            .map(|line| {
                Plain::new(
                    &text(line, "day"),
                    &text(line, "frequency"),
                    &text(line, "start"),
                    &text(line, "end"),
                )
            })
            .collect();
        check_plain(&calendar, &text(&offering, "name"));
    }
}
