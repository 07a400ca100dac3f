//! One date, with or without a time.

use std::{fmt, str::FromStr};

use chrono::{NaiveDate, NaiveTime};

/// One date, with or without a time. In text: `2026-12-01`, `2026-12-01T10:00`, `2026-12-01T10:00/12:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateSlot {
    /// The day.
    pub date: NaiveDate,
    /// When it begins.
    pub from: Option<NaiveTime>,
    /// When it ends; only there when `from` is.
    pub to: Option<NaiveTime>,
}

/// A text that is not a date slot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write 2026-12-01, 2026-12-01T10:00 or 2026-12-01T10:00/12:00")]
pub struct DateSlotError(pub String);

impl FromStr for DateSlot {
    type Err = DateSlotError;

    fn from_str(text: &str) -> Result<Self, DateSlotError> {
        parse_slot(text.trim()).ok_or_else(|| DateSlotError(text.trim().to_owned()))
    }
}

fn parse_slot(text: &str) -> Option<DateSlot> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let Some(time) = time else {
        return Some(DateSlot {
            date,
            from: None,
            to: None,
        });
    };
    let clock = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    let (from, to) = match time.split_once('/') {
        Some((from, to)) => (clock(from)?, Some(clock(to)?)),
        None => (clock(time)?, None),
    };
    Some(DateSlot {
        date,
        from: Some(from),
        to,
    })
}

impl fmt::Display for DateSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date.format("%Y-%m-%d"))?;
        if let Some(from) = self.from {
            write!(f, "T{}", from.format("%H:%M"))?;
        }
        if let Some(to) = self.to {
            write!(f, "/{}", to.format("%H:%M"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_read_and_written_alike() {
        for text in ["2026-12-01", "2026-12-01T10:00", "2026-12-01T10:00/12:30"] {
            assert_eq!(
                text.parse::<DateSlot>().map(|slot| slot.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in [
            "",
            "1-12-2026",
            "2026-02-30",
            "2026-12-01T25:00",
            "2026-12-01T10:00/",
        ] {
            assert!(text.parse::<DateSlot>().is_err(), "{text}");
        }
    }
}
