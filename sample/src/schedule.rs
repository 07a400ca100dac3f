//! When a made-up offering takes place: weekly hours, single dates and recurrences.

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use nabij_offering::{DateSlot, Schedule};

use crate::dice::Dice;

/// The hours of one meeting, as `HH:MM`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    from: &'static str,
    to: &'static str,
}

const fn slot(from: &'static str, to: &'static str) -> Slot {
    Slot { from, to }
}

/// In the morning, the afternoon and the evening.
pub(crate) const DAYTIME: &[Slot] = &[
    slot("09:00", "11:00"),
    slot("09:30", "11:30"),
    slot("10:00", "12:00"),
    slot("13:00", "15:00"),
    slot("13:30", "15:30"),
    slot("14:00", "16:00"),
    slot("19:00", "21:00"),
    slot("19:30", "21:30"),
];

/// While offices are open.
pub(crate) const WORKDAY: &[Slot] = &[
    slot("09:00", "12:00"),
    slot("09:30", "11:30"),
    slot("10:00", "12:00"),
    slot("13:00", "15:00"),
    slot("13:30", "16:30"),
    slot("14:00", "16:00"),
];

/// After work.
pub(crate) const EVENING: &[Slot] = &[
    slot("18:30", "20:30"),
    slot("19:00", "21:00"),
    slot("19:30", "21:30"),
];

/// After school.
pub(crate) const AFTER_SCHOOL: &[Slot] = &[slot("14:30", "16:00"), slot("15:00", "16:30"), slot("15:30", "17:00")];

/// Around the warm meal.
pub(crate) const DINNER: &[Slot] = &[slot("12:00", "13:30"), slot("17:00", "19:30"), slot("17:30", "19:30")];

/// How often an offering takes place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rhythm {
    /// On one day of the week.
    Weekly,
    /// On one day of the week, but not in school holidays.
    SchoolWeeks,
    /// On two days at the same hours.
    TwiceAWeek,
    /// On two days at different hours.
    TwoTimes,
    /// From Monday to Friday.
    Workdays,
    /// At any time.
    Always,
    /// Once in two weeks, as a recurrence.
    EveryOtherWeek,
    /// Once a month, as a recurrence.
    Monthly,
    /// Up to so many dates, a week apart.
    Series(u32),
}

const DAYS: [(&str, Weekday); 5] = [
    ("Mo", Weekday::Mon),
    ("Tu", Weekday::Tue),
    ("We", Weekday::Wed),
    ("Th", Weekday::Thu),
    ("Fr", Weekday::Fri),
];

/// Draws when something with this rhythm takes place.
pub(crate) fn draw(dice: &mut Dice, rhythm: Rhythm, slots: &'static [Slot]) -> Schedule {
    let Some(Slot { from, to }) = dice.pick(slots).copied() else {
        return Schedule::default();
    };
    let first = dice.below(3);
    let (day, weekday) = DAYS[first + dice.below(2)];
    let later_day = DAYS[first + 2].0;
    match rhythm {
        Rhythm::Weekly => weekly(format!("{day} {from}-{to}; PH off")),
        Rhythm::SchoolWeeks => weekly(format!("{day} {from}-{to}; PH,SH off")),
        Rhythm::TwiceAWeek => weekly(format!("{day},{later_day} {from}-{to}; PH off")),
        Rhythm::TwoTimes => {
            let other = dice.pick(slots).copied().unwrap_or(Slot { from, to });
            weekly(format!("{day} {from}-{to}; {later_day} {}-{}; PH off", other.from, other.to))
        }
        Rhythm::Workdays => weekly("Mo-Fr 09:00-17:00; PH off".to_owned()),
        Rhythm::Always => weekly("24/7".to_owned()),
        Rhythm::EveryOtherWeek => {
            let start = first_weekday(2026, 9, weekday);
            recurrence(start, from, &format!("FREQ=WEEKLY;INTERVAL=2;BYDAY={}", day.to_uppercase()))
        }
        Rhythm::Monthly => {
            let start = first_weekday(2026, 9, weekday);
            recurrence(start, from, &format!("FREQ=MONTHLY;BYDAY=1{}", day.to_uppercase()))
        }
        Rhythm::Series(longest) => series(dice, longest, weekday, from, to),
    }
}

fn weekly(opening_hours: String) -> Schedule {
    Schedule {
        opening_hours: Some(opening_hours),
        ..Schedule::default()
    }
}

fn recurrence(start: Option<NaiveDate>, from: &str, rule: &str) -> Schedule {
    let rrule = start.map(|start| {
        let (day, hour) = (start.format("%Y%m%d"), from.replace(':', ""));
        format!("DTSTART;TZID=Europe/Amsterdam:{day}T{hour}00\nRRULE:{rule}")
    });
    Schedule {
        rrule,
        ..Schedule::default()
    }
}

/// Dates lie in 2027 and 2028, so that an example does not end before anybody sees it.
fn series(dice: &mut Dice, longest: u32, weekday: Weekday, from: &str, to: &str) -> Schedule {
    let clock = |text| NaiveTime::parse_from_str(text, "%H:%M").ok();
    let start = first_weekday(2027, 1 + dice.number(12), weekday);
    let start = start.and_then(|start| start.checked_add_days(Days::new(u64::from(7 * dice.number(52)))));
    let meetings = 1 + dice.number(longest);
    let dates = (0..meetings).filter_map(|week| {
        let date = start?.checked_add_days(Days::new(u64::from(7 * week)))?;
        Some(DateSlot {
            date,
            from: clock(from),
            to: clock(to),
        })
    });
    Schedule {
        dates: dates.collect(),
        ..Schedule::default()
    }
}

fn first_weekday(year: i32, month: u32, weekday: Weekday) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, 1)
}
