//! What is wrong with an offering that can be shown: out of date, or hard to read.

use chrono::{Days, NaiveDate};
use nabij_offering::{Field, Offering};

use crate::{
    readability::{NORMAL, flesch_douma, hard_words},
    report::Remark,
};

/// After how many days without a check an offering is old.
const OLD: Days = Days::new(365);

/// How many characters of a description people still read.
const LONG: usize = 2_000;

/// How many hard words are named.
const NAMED: usize = 5;

/// Why an offering is over, if it is.
pub(crate) fn over(offering: &Offering, today: NaiveDate) -> Option<Remark> {
    if let Some(last) = offering.valid_to.filter(|last| *last < today) {
        return Some(Remark {
            field: Some(Field::ValidTo),
            code: "ended",
            problem: format!("ended on {last}"),
            remedy: "give a later valid_to, or remove it",
        });
    }
    let schedule = &offering.schedule;
    let only_dates = schedule.opening_hours.is_none() && schedule.rrule.is_none();
    let last = schedule.dates.iter().map(|slot| slot.date).max();
    let last = last.filter(|last| only_dates && *last < today)?;
    Some(Remark {
        field: Some(Field::Dates),
        code: "dates_over",
        problem: format!("had its last date on {last}"),
        remedy: "give coming dates, or remove it",
    })
}

/// What residents will stumble over.
pub(crate) fn examine(offering: &Offering, today: NaiveDate) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut remark = |field, code, problem, remedy| {
        remarks.push(Remark {
            field: Some(field),
            code,
            problem,
            remedy,
        });
    };
    if let Some(checked) = offering.last_checked {
        if checked > today {
            let problem = format!("was last checked on {checked}, which is still to come");
            remark(
                Field::LastChecked,
                "checked_in_future",
                problem,
                "write the day of the last check",
            );
        } else if today.checked_sub_days(OLD).is_some_and(|limit| checked < limit) {
            let problem = format!("was last checked on {checked}, more than a year ago");
            remark(
                Field::LastChecked,
                "old",
                problem,
                "check that it still holds, and write the day",
            );
        }
    }
    let text = &offering.description;
    if text.len() > LONG {
        let length = text.chars().count();
        if length > LONG {
            let problem = format!("has {length} characters, more than people read");
            remark(
                Field::Description,
                "long_text",
                problem,
                "say in a few sentences what you do there",
            );
        }
    }
    if let Some(score) = flesch_douma(text).filter(|score| *score < NORMAL) {
        let problem =
            format!("is hard to read: Flesch-Douma {score:.0}, where {NORMAL:.0} and more is normal");
        remark(
            Field::Description,
            "hard_text",
            problem,
            "write short sentences with short words",
        );
    }
    let hard = hard_words(text);
    if !hard.is_empty() {
        let said = |(word, plain): &(&str, &str)| format!("{word} ({plain})");
        let words: Vec<String> = hard.iter().take(NAMED).map(said).collect();
        let problem = format!("has hard words: {}", words.join(", "));
        remark(Field::Description, "hard_words", problem, "say it in plain words");
    }
    remarks
}

#[cfg(test)]
mod tests {
    use nabij_offering::Draft;

    use super::*;

    fn offering(values: &[(Field, &str)]) -> Offering {
        let mut draft = Draft::default();
        let needed = [
            (Field::Id, "a"),
            (Field::Title, "Taal"),
            (Field::Kind, "informal"),
            (Field::Place, "Sneek"),
        ];
        for (field, value) in needed.iter().chain(values) {
            draft.set(*field, value);
        }
        draft.check().offering.unwrap()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    fn codes(values: &[(Field, &str)]) -> Vec<&'static str> {
        examine(&offering(values), today())
            .iter()
            .map(|remark| remark.code)
            .collect()
    }

    #[test]
    fn what_is_over_is_over_the_day_after() {
        for (field, value, expected) in [
            (Field::ValidTo, "2026-11-24", None),
            (Field::ValidTo, "2026-11-23", Some("ended")),
            (Field::Dates, "2026-11-23T10:00|2026-11-24T10:00", None),
            (Field::Dates, "2026-11-23T10:00", Some("dates_over")),
        ] {
            let over = over(&offering(&[(field, value)]), today());
            assert_eq!(over.map(|remark| remark.code), expected, "{value}");
        }
        let weekly = offering(&[
            (Field::Dates, "2020-01-01"),
            (Field::OpeningHours, "Mo 10:00-12:00"),
        ]);
        assert_eq!(over(&weekly, today()), None);
    }

    #[test]
    fn a_check_more_than_a_year_ago_or_still_to_come_is_said() {
        assert_eq!(codes(&[(Field::LastChecked, "2025-11-24")]), Vec::<&str>::new());
        assert_eq!(codes(&[(Field::LastChecked, "2025-11-23")]), ["old"]);
        assert_eq!(
            codes(&[(Field::LastChecked, "2026-11-25")]),
            ["checked_in_future"]
        );
    }

    #[test]
    fn a_text_that_is_long_hard_or_full_of_hard_words_is_said() {
        assert_eq!(
            codes(&[(Field::Description, &"Kom gerust langs. ".repeat(120))]),
            ["long_text"]
        );
        assert_eq!(
            codes(&[(Field::Description, "Kom langs indien je mantelzorger bent.")]),
            ["hard_words"]
        );
        let hard = "verantwoordelijkheidsgevoel ".repeat(25);
        assert_eq!(codes(&[(Field::Description, &hard)]), ["hard_text"]);
    }
}
