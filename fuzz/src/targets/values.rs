//! Values in fields: postcodes, areas, costs, dates, hours, recurrences.

use std::{fmt::Display, str::FromStr};

use chrono::NaiveDate;
use nabij_offering::{
    Cost, DateSlot, Draft, Field, OpeningHours, Pc4Range, Postcode, Recurrence, Schedule, ServiceArea,
    recognise,
};

use super::{Target, text};

/// What is read is written so that it reads the same.
fn comes_back<T: FromStr + Display + PartialEq + std::fmt::Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let written = value.to_string();
        assert_eq!(
            written.parse::<T>().ok(),
            Some(value),
            "{text} is written {written}"
        );
    }
}

/// Postcodes, areas, costs and days.
pub(crate) fn values() -> Target {
    let seeds = [
        "3011 AD",
        "3011ad",
        "1000",
        "9999ZZ",
        "3011-3016",
        "pc4:3011-3016,3021",
        "municipality:Rotterdam",
        "province:Zeeland",
        "national",
        "€ 50 per jaar",
        "2.50",
        "free",
        "2026-12-01T10:00/12:00",
        "2026-12-01",
    ];
    let words = [
        "3011",
        "AD",
        "SA",
        "-",
        ",",
        ":",
        "pc4:",
        "T",
        "/",
        "€",
        "\u{a0}",
        "per maand",
        "t/m",
    ];
    Target::new(seeds, &words, |input| {
        let text = text(input);
        comes_back::<Postcode>(&text);
        comes_back::<Pc4Range>(&text);
        comes_back::<ServiceArea>(&text);
        comes_back::<Cost>(&text);
        comes_back::<DateSlot>(&text);
    })
}

/// Positions in any notation.
pub(crate) fn positions() -> Target {
    let seeds = [
        "52.09 5.12",
        "155000 463000",
        "5.12 52.09",
        "-90 180",
        "52,09 5,12",
        "520900000 51200000",
    ];
    Target::new(seeds, &["1e308", "-", "NaN", "inf", " "], |input| {
        let text = text(input);
        let mut numbers = text.split(' ').filter_map(|number| number.parse::<f64>().ok());
        if let (Some(lat), Some(lon)) = (numbers.next(), numbers.next())
            && let Ok((position, _)) = recognise(lat, lon)
        {
            assert!(position.lat().abs() <= 90.0 && position.lon().abs() <= 180.0);
        }
    })
}

/// All that pages ask of a schedule, around the days on which the clock is changed too.
fn asked(schedule: &Schedule) {
    for (year, month, day) in [(2026, 11, 25), (2026, 3, 29), (2026, 10, 25), (2027, 1, 1)] {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        for hour in [0, 2, 12, 23] {
            let moment = date.and_hms_opt(hour, 30, 0).unwrap();
            schedule.state_at(moment);
            schedule.next_times(moment, 5);
        }
        schedule.usual_week(date);
    }
    schedule.parts_of_week();
}

/// Opening hours, and all that pages ask of them.
pub(crate) fn opening_hours() -> Target {
    let seeds = [
        "Mo,We 10:00-12:00; PH off",
        "week 01-53/2 We 10:00-12:00",
        "Mo[1,3] 14:00-16:00",
        "Sep-Jun Mo 14:00-16:00",
        "We 10:00-12:00; Jul 14-Aug 25 off",
        "24/7",
        "sunrise-sunset",
        "Fr 22:00-26:00 \"op afspraak\"",
        "2026 Dec 24 10:00-12:00 || unknown",
        "easter -2 days-easter off",
        "SH Mo-Fr 09:00+",
    ];
    let words = [
        "Mo-Fr",
        "PH",
        "SH",
        "off",
        "week",
        "2026-2099/2",
        "easter",
        "[-1]",
        "||",
        "+",
        "24:00",
        "sunset",
        ";",
    ];
    Target::new(seeds, &words, |input| {
        let hours = text(input).parse::<OpeningHours>();
        if let Ok(hours) = hours {
            asked(&Schedule {
                opening_hours: Some(hours),
                ..Schedule::default()
            });
        }
    })
}

/// Recurrences, and all that pages ask of them.
pub(crate) fn recurrences() -> Target {
    let seeds = [
        "DTSTART;TZID=Europe/Amsterdam:20260106T190000\nRRULE:FREQ=WEEKLY;BYDAY=TU,SA",
        "DTSTART:20260107T100000 RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20271231 DURATION:PT1H30M",
        "DTSTART:20260107 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=10 EXDATE:20280229",
        "DTSTART:20260101T000000Z RRULE:FREQ=DAILY;INTERVAL=3 RDATE:20260601T000000Z DTEND:20260101T020000Z",
    ];
    let words = [
        "FREQ=DAILY",
        "INTERVAL=",
        "BYMONTHDAY=31",
        "BYMONTH=2",
        "BYSETPOS=-1",
        "BYYEARDAY=366",
        "BYWEEKNO=53",
        "COUNT=0",
        "UNTIL=99991231",
        "WKST=SU",
        "EXRULE:",
        "RDATE:",
        "EXDATE:",
        "DURATION:P9999W",
        "TZID=Mars/Base",
        "\n",
        ";",
        "Z",
    ];
    Target::new(seeds, &words, |input| {
        if let Ok(recurrence) = text(input).parse::<Recurrence>() {
            asked(&Schedule {
                rrule: Some(recurrence),
                ..Schedule::default()
            });
        }
    })
}

/// Drafts with anything in any field.
pub(crate) fn drafts() -> Target {
    let seeds = [
        "id=a1\ntitle=Taalcafé\nkind=informal\npostcode=3011AD\ncost=2.50\nphone=010 123 45 67",
        "id=b\ntitle=Cursus\nkind=formal\nlat=155000\nlon=463000\nwebsite=https://voorbeeld.example/a?b=c",
        "id=c\ntitle=Hulp\nkind=support\nservice_area=pc4:3011-3016|online\nlanguages=nl|ar\nemail=a@b.example",
    ];
    let words: Vec<String> = Field::ALL
        .iter()
        .map(|field| format!("\n{}=", field.name()))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Target::new(seeds, &words, |input| {
        let text = text(input);
        let mut draft = Draft::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            if let Some(field) = Field::ALL.iter().find(|field| field.name() == name) {
                draft.set(*field, value);
            }
        }
        let checked = draft.check();
        assert!(
            checked.offering.is_some() || !checked.problems.is_empty(),
            "refused without a word"
        );
        if let Some(offering) = checked.offering {
            let again = offering.to_draft().check();
            assert_eq!(again.offering, Some(offering));
        }
    })
}
