//! Dutch as people write it in spreadsheets and calendars: dates, weekdays, clock times.

use chrono::{NaiveDate, NaiveTime, Weekday};

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// A date: `1-12-2026`, `01/12/26`, `1 december 2026`, `di 1 dec. 2026`, or `2026-12-01`. A time after it is left out.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    let text = text
        .split_once('t')
        .filter(|(day, _)| is_iso(day))
        .map_or(text.as_str(), |(day, _)| day);
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        [name, rest @ ..] if weekday(name).is_some() => rest,
        parts => parts,
    };
    let [day, month, year, ..] = parts else {
        return None;
    };
    let year: i32 = match year.len() {
        2 => 2000 + year.parse::<i32>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let month = month.parse().ok().or_else(|| month_number(month))?;
    NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)
}

fn is_iso(day: &str) -> bool {
    NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok()
}

fn month_number(name: &str) -> Option<u32> {
    let name = if name == "mrt" { "maa" } else { name };
    let at = MONTHS
        .iter()
        .position(|month| name.len() >= 3 && month.starts_with(name))?;
    u32::try_from(at + 1).ok()
}

/// A weekday in Dutch or English, whole or abbreviated: `dinsdag`, `di`, `Tuesday`, `TU`.
pub(crate) fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [(&str, &str, Weekday); 7] = [
        ("maandag", "monday", Weekday::Mon),
        ("dinsdag", "tuesday", Weekday::Tue),
        ("woensdag", "wednesday", Weekday::Wed),
        ("donderdag", "thursday", Weekday::Thu),
        ("vrijdag", "friday", Weekday::Fri),
        ("zaterdag", "saturday", Weekday::Sat),
        ("zondag", "sunday", Weekday::Sun),
    ];
    let name = name.trim().trim_end_matches('.').to_lowercase();
    if name.len() < 2 {
        return None;
    }
    let found = NAMES
        .iter()
        .find(|(dutch, english, _)| dutch.starts_with(&name) || english.starts_with(&name));
    found.map(|(_, _, day)| *day)
}

/// A clock time: `10:00`, `10.00`, `10:00:00`, `9:00am`, `830am`, `10 uur`.
pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches("uur").trim_end_matches("u.").trim();
    let (clock, afternoon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim(), Some(false)),
        (_, Some(clock)) => (clock.trim(), Some(true)),
        (None, None) => (text, None),
    };
    let mut parts = clock.split([':', '.', 'u']);
    let (hour, minute) = (parts.next()?, parts.next().unwrap_or("00"));
    let (hour, minute) = match hour.len() {
        // 830am
        3 | 4 if afternoon.is_some() && !clock.contains(':') => hour.split_at(hour.len() - 2),
        1 | 2 if minute.len() == 2 => (hour, minute),
        _ => return None,
    };
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 1);
        for text in [
            "1-12-2026",
            "01/12/26",
            "1 december 2026",
            "di 1 dec. 2026",
            "dinsdag 1 december 2026",
            "2026-12-01",
            "2026-12-01T10:00:00",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        assert_eq!(date("3 mrt 2026"), NaiveDate::from_ymd_opt(2026, 3, 3));
        for text in ["", "31-2-2026", "december", "12", "1-12-026", "volgende week"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, hour, minute) in [
            ("10:00", 10, 0),
            ("10.30 uur", 10, 30),
            ("10 uur", 10, 0),
            ("18:00:00", 18, 0),
            ("9:00am", 9, 0),
            ("12:00 pm", 12, 0),
            ("12:15am", 0, 15),
            ("830am", 8, 30),
            ("9am", 9, 0),
        ] {
            assert_eq!(time(text), NaiveTime::from_hms_opt(hour, minute, 0), "{text}");
        }
        for text in ["", "25:00", "8:00m", "9:00a", "9:0am", "13:00pm", "uur"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn weekdays_are_read_in_two_languages() {
        for (text, day) in [
            ("dinsdag", Weekday::Tue),
            ("Di.", Weekday::Tue),
            ("TH", Weekday::Thu),
            ("zo", Weekday::Sun),
            ("Saturday", Weekday::Sat),
            ("do", Weekday::Thu),
        ] {
            assert_eq!(weekday(text), Some(day), "{text}");
        }
        assert_eq!(weekday("feest"), None);
    }
}
