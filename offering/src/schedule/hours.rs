//! OSM `opening_hours`, with the Dutch public holidays.

use std::{
    cell::RefCell,
    collections::HashMap,
    str::FromStr,
    sync::{Arc, LazyLock},
};

use chrono::NaiveDateTime;
use opening_hours::{Context, ContextHolidays, OpeningHours as Evaluated, localization::Country};
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

/// The text of an OSM `opening_hours` value that can be read: `Mo,We 10:00-12:00; PH off`.
///
/// Public holidays (`PH`) are the Dutch ones. School holidays (`SH`) differ by region and year and are not known
/// here, so that all times of hours that mention them are uncertain.
#[derive(Debug, Clone)]
pub struct OpeningHours {
    text: Box<str>,
    evaluated: Evaluated,
    certain: bool,
}

/// A text that is not an OSM `opening_hours` value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not hours as OpenStreetMap writes them, such as Mo,We 10:00-12:00; PH off")]
pub struct OpeningHoursError;

impl FromStr for OpeningHours {
    type Err = OpeningHoursError;

    fn from_str(text: &str) -> Result<Self, OpeningHoursError> {
        let text = text.trim();
        READ.with_borrow_mut(|read| {
            if let Some(hours) = read.get(text) {
                return Ok(hours.clone());
            }
            let hours = Self::read(text)?;
            if read.len() >= MOST_READ {
                read.clear();
            }
            read.insert(text.into(), hours.clone());
            Ok(hours)
        })
    }
}

/// How many hours a thread remembers before it starts anew.
const MOST_READ: usize = 10_000;

thread_local! {
    /// Hours that were read before. Many places are open at the same hours, and reading some takes longer than all
    /// other checks of an offering together.
    static READ: RefCell<HashMap<Box<str>, OpeningHours>> = RefCell::default();
}

impl PartialEq for OpeningHours {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for OpeningHours {}

impl OpeningHours {
    fn read(text: &str) -> Result<Self, OpeningHoursError> {
        // What the library says of a mistake fills a screen, and is about its grammar.
        let evaluated = text.parse::<Evaluated>().or(Err(OpeningHoursError))?;
        Ok(Self {
            text: text.into(),
            certain: !mentions_school_holidays(&evaluated.get_expression()),
            evaluated: evaluated.with_context(DUTCH.clone()),
        })
    }

    /// The text, as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The rules.
    pub(super) fn expression(&self) -> Arc<OpeningHoursExpression> {
        self.evaluated.get_expression()
    }

    /// When it is open between two moments, in order. What began before `from` begins there, what lasts beyond `to`
    /// ends there.
    pub(super) fn slots(&self, from: NaiveDateTime, to: NaiveDateTime) -> impl Iterator<Item = TimeSlot> {
        let certain = self.certain;
        let ranges = self.evaluated.iter_range(from, to);
        ranges
            .filter(|range| range.kind != RuleKind::Closed)
            .map(move |range| TimeSlot {
                date: range.range.start.date(),
                from: Some(range.range.start.time()),
                to: Some(range.range.end),
                certain: certain && range.kind == RuleKind::Open,
            })
    }
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
