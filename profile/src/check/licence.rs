//! The licence of a profile.

use chrono::NaiveDate;
use toml::{Spanned, value::Datetime};

use super::Checker;
use crate::{file::LicenceTable, licence::Licence};

/// What a licence gives when it does not say.
const REQUESTS_PER_MINUTE: u32 = 600;

impl Checker<'_> {
    pub(super) fn licence(&mut self, table: &Spanned<LicenceTable>) -> Option<Licence> {
        let licence = table.get_ref();
        let key = match licence.key_sha256.get_ref().parse() {
            Ok(key) => Some(key),
            Err(error) => {
                self.report("licence.key_sha256", &licence.key_sha256.span(), error);
                None
            }
        };
        let from = self.day("licence.from", &licence.from);
        let until = self.day("licence.until", &licence.until);
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.report("licence.until", &licence.until.span(), "lies before `from`");
        }
        let budget = licence.requests_per_minute.as_ref();
        if let Some(budget) = budget.filter(|budget| !(1..=100_000).contains(budget.get_ref())) {
            self.report(
                "licence.requests_per_minute",
                &budget.span(),
                "must be from 1 to 100000",
            );
        }
        Some(Licence {
            key: key?,
            from: from?,
            until: until?,
            requests_per_minute: budget.map_or(REQUESTS_PER_MINUTE, |budget| *budget.get_ref()),
        })
    }

    pub(super) fn day(&mut self, field: &str, value: &Spanned<Datetime>) -> Option<NaiveDate> {
        let day = match (value.get_ref().date, value.get_ref().time) {
            (Some(date), None) => {
                NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
            }
            _ => None,
        };
        if day.is_none() {
            self.report(
                field,
                &value.span(),
                "is not a day, such as 2026-12-31, without a time",
            );
        }
        day
    }
}
