//! Weekdays with times, written as an OSM `opening_hours` value.

use std::collections::BTreeMap;

use chrono::{NaiveTime, Weekday};

/// A weekday on which something is open from one time to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WeeklySlot {
    /// Days from Monday.
    pub(crate) weekday: u8,
    pub(crate) from: NaiveTime,
    pub(crate) to: NaiveTime,
}

impl WeeklySlot {
    pub(crate) fn new(weekday: Weekday, from: NaiveTime, to: NaiveTime) -> Self {
        let weekday = u8::try_from(weekday.num_days_from_monday()).unwrap_or(0);
        Self { weekday, from, to }
    }
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// The slots as OSM `opening_hours`: days with the same times stand together. Nothing for no slots.
pub(crate) fn opening_hours(mut slots: Vec<WeeklySlot>) -> Option<String> {
    slots.sort_unstable();
    slots.dedup();
    let mut by_day: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for slot in slots {
        let times = format!("{}-{}", slot.from.format("%H:%M"), slot.to.format("%H:%M"));
        by_day.entry(slot.weekday).or_default().push(times);
    }
    let mut by_times: Vec<(String, Vec<u8>)> = Vec::new();
    for (day, times) in by_day {
        let times = times.join(",");
        match by_times.iter_mut().find(|(known, _)| *known == times) {
            Some((_, days)) => days.push(day),
            None => by_times.push((times, vec![day])),
        }
    }
    let rules: Vec<String> = by_times
        .into_iter()
        .map(|(times, days)| format!("{} {times}", days_text(&days)))
        .collect();
    (!rules.is_empty()).then(|| rules.join("; "))
}

/// `Mo-Fr` for three days or more in a row, else `Mo,We`.
fn days_text(days: &[u8]) -> String {
    let name = |day: u8| DAYS.get(usize::from(day)).copied().unwrap_or_default();
    let runs = days.chunk_by(|one, next| one + 1 == *next);
    let texts: Vec<String> = runs
        .map(|run| match run {
            [first, _, .., last] => format!("{}-{}", name(*first), name(*last)),
            run => run.iter().map(|day| name(*day)).collect::<Vec<_>>().join(","),
        })
        .collect();
    texts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_the_same_times_stand_together() {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let slot = |day, from, to| WeeklySlot::new(day, time(from), time(to));
        let slots = vec![
            slot(Weekday::Wed, 10, 12),
            slot(Weekday::Mon, 10, 12),
            slot(Weekday::Tue, 10, 12),
            slot(Weekday::Fri, 10, 12),
            slot(Weekday::Sat, 14, 16),
            slot(Weekday::Sat, 10, 12),
        ];
        let text = opening_hours(slots).unwrap();
        assert_eq!(text, "Mo-We,Fr 10:00-12:00; Sa 10:00-12:00,14:00-16:00");
        assert!(opening_hours_syntax::parse(&text).is_ok());
        assert_eq!(opening_hours(Vec::new()), None);
    }
}
