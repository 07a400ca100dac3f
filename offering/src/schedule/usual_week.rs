//! The hours of an ordinary week, for who wants them by the day.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::{Schedule, TimeSlot};

/// From when to when, on one day of the week; none if it is closed.
pub type DayHours = Vec<Range<NaiveTime>>;

/// How many coming weeks are looked at.
const WEEKS: usize = 6;
/// In how many of them a day may differ: at Christmas and New Year the same weekday is a holiday twice.
const MOST_EXCEPTIONS: usize = 2;

impl Schedule {
    /// The hours of each day from Monday on, as they are in the weeks after a day. Weeks in which a day is closed
    /// for once, such as a holiday, do not count. None if the weeks differ in another way, or if something
    /// is not sure or not known from when to when: then only dates tell.
    ///
    /// ```
    /// use nabij_offering::Schedule;
    /// let schedule = Schedule { opening_hours: "Mo,We 10:00-12:00; PH off".parse().ok(), ..Schedule::default() };
    /// let week = schedule.usual_week("2026-11-24".parse().unwrap()).unwrap();
    /// assert_eq!(week.map(|hours| hours.len()), [1, 0, 1, 0, 0, 0, 0]);
    /// ```
    pub fn usual_week(&self, after: NaiveDate) -> Option<[DayHours; 7]> {
        let begin = after.checked_add_days(Days::new(1))?;
        let mut days = vec![DayHours::new(); WEEKS * 7];
        for slot in self.regular_slots(begin)? {
            let day = usize::try_from((slot.date - begin).num_days()).ok()?;
            days.get_mut(day)?.push(hours(slot)?);
        }
        let mut week: [DayHours; 7] = Default::default();
        for first in 0..7 {
            let same_day = || days.iter().skip(first).step_by(7);
            let usual = same_day()
                .find(|hours| !hours.is_empty())
                .cloned()
                .unwrap_or_default();
            let exceptions = same_day().filter(|hours| **hours != usual).count();
            if exceptions > MOST_EXCEPTIONS || same_day().any(|hours| !hours.is_empty() && *hours != usual) {
                return None;
            }
            let weekday = begin.weekday().num_days_from_monday() as usize + first;
            if let Some(day) = week.get_mut(weekday % 7) {
                *day = usual;
            }
        }
        week.iter().any(|hours| !hours.is_empty()).then_some(week)
    }

    /// What hours and recurrence say of the weeks that are looked at, in order. None if it cannot be counted.
    fn regular_slots(&self, begin: NaiveDate) -> Option<Vec<TimeSlot>> {
        let begin = begin.and_time(NaiveTime::MIN);
        let end = begin.checked_add_days(Days::new(WEEKS as u64 * 7))?;
        let mut slots: Vec<TimeSlot> = Vec::new();
        if let Some(hours) = &self.opening_hours {
            slots.extend(hours.slots(begin, end));
        }
        if let Some(rule) = &self.rrule {
            let starts = rule
                .starts()
                .skip_while(|start| *start < begin)
                .take_while(|start| *start < end);
            slots.extend(starts.map(|start| super::times::recurring(rule, start)));
        }
        slots.sort_unstable();
        slots.dedup();
        Some(slots)
    }
}

/// The hours of a slot, if they are sure and shorter than a day.
fn hours(slot: TimeSlot) -> Option<Range<NaiveTime>> {
    let (from, to) = (slot.from?, slot.to?);
    let long = to - slot.start() >= chrono::TimeDelta::days(1);
    (slot.certain && !long).then(|| from..to.time())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(hours: &str, rrule: &str, after: &str) -> Option<Vec<String>> {
        let schedule = Schedule {
            opening_hours: hours.parse().ok(),
            rrule: rrule.parse().ok(),
            ..Schedule::default()
        };
        let week = schedule.usual_week(after.parse().unwrap())?;
        let shown = |range: &Range<NaiveTime>| {
            format!("{}-{}", range.start.format("%H:%M"), range.end.format("%H:%M"))
        };
        let day = |hours: &DayHours| hours.iter().map(shown).collect::<Vec<_>>().join(",");
        Some(week.iter().map(day).collect())
    }

    #[test]
    fn a_week_is_shown_when_all_weeks_are_alike_but_for_holidays() {
        let usual = Some(vec!["10:00-12:00", "", "", "", "10:00-12:00,19:00-21:00", "", ""]);
        let usual = usual.map(|days| days.into_iter().map(str::to_owned).collect());
        // A Wednesday; Christmas and New Year are Fridays that year.
        for after in ["2026-11-25", "2026-12-10", "2027-08-01"] {
            let hours = "Mo,Fr 10:00-12:00; Fr 10:00-12:00,19:00-21:00; PH off";
            assert_eq!(week(hours, "", after), usual, "{after}");
        }
        let weekly =
            "DTSTART;TZID=Europe/Amsterdam:20260106T190000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=TU";
        assert_eq!(week("", weekly, "2026-11-25").unwrap()[1], "19:00-21:00");
        assert_eq!(
            week("Sa 22:00-02:00", "", "2026-11-25").unwrap()[5],
            "22:00-02:00"
        );
    }

    #[test]
    fn weeks_that_differ_or_are_not_sure_are_left_to_dates() {
        for hours in [
            "",
            "week 01-53/2 Th 17:30-19:30",
            "Mo[1,3] 14:00-16:00",
            "Mo 10:00-12:00; Mo[1] 14:00-16:00",
            "Jan-Feb Mo 14:00-16:00",
            "24/7",
            "Mo 10:00-12:00; SH off",
            "Mo 10:00-12:00 unknown",
        ] {
            assert_eq!(week(hours, "", "2026-11-25"), None, "{hours}");
        }
        let untimed = "DTSTART;VALUE=DATE:20260106\nRRULE:FREQ=WEEKLY;BYDAY=TU";
        assert_eq!(week("", untimed, "2026-11-25"), None);
    }

    #[test]
    fn hours_of_a_season_are_shown_in_the_season() {
        let hours = "Sep-Jun Mo 14:00-16:00";
        assert!(week(hours, "", "2026-11-25").is_some());
        assert_eq!(week(hours, "", "2026-07-01"), None);
    }
}
