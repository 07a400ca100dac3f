//! OSM `opening_hours`, with the Dutch public holidays.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDateTime;
use opening_hours::{Context, ContextHolidays, OpeningHours, localization::Country};
use opening_hours_syntax::{
    RuleKind,
    rules::{
        OpeningHoursExpression,
        day::{HolidayKind, WeekDayRange},
    },
};

use super::TimeSlot;

/// The Dutch public holidays. What the library has as Dutch school holidays are two other holidays a year.
static DUTCH: LazyLock<Context> = LazyLock::new(|| {
    let public = Country::NL.holidays().get_public().clone();
    Context::default().with_holidays(ContextHolidays::new(Arc::new(public), Arc::default()))
});

/// When the hours say that it is open, between two moments, in order. None if the text cannot be read.
/// What began before `from` begins there, what lasts beyond `to` ends there.
///
/// Public holidays (`PH`) are the Dutch ones. School holidays (`SH`) differ by region and year and are not known
/// here, so that all times of hours that mention them are uncertain.
pub(super) fn slots(
    text: &str,
    from: NaiveDateTime,
    to: NaiveDateTime,
) -> Option<impl Iterator<Item = TimeSlot>> {
    let hours: OpeningHours = text.parse().ok()?;
    let certain = !mentions_school_holidays(&hours.get_expression());
    let hours = hours.with_context(DUTCH.clone());
    let open = hours
        .iter_range(from, to)
        .filter(|range| range.kind != RuleKind::Closed);
    Some(open.map(move |range| TimeSlot {
        date: range.range.start.date(),
        from: Some(range.range.start.time()),
        to: Some(range.range.end),
        certain: certain && range.kind == RuleKind::Open,
    }))
}

fn mentions_school_holidays(expression: &OpeningHoursExpression) -> bool {
    let days = expression
        .rules
        .iter()
        .flat_map(|rule| &rule.day_selector.weekday);
    let school = |day: &WeekDayRange| {
        matches!(
            day,
            WeekDayRange::Holiday {
                kind: HolidayKind::School,
                ..
            }
        )
    };
    days.into_iter().any(school)
}
