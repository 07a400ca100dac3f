//! When an offering takes place.
//!
//! A [`Schedule`] keeps what the source says and answers questions about it: is it open at a moment, when are the next
//! times ([`times`]), on which parts of the week does it fall ([`part_of_week`]), what are the hours of an ordinary week ([`usual_week`]). It reads no clock: the moment
//! is always given, as Dutch local time.

mod date_slot;
mod hours;
mod part_of_week;
mod recurrence;
mod times;
mod usual_week;

use chrono::{DateTime, NaiveDateTime, Utc};

pub use date_slot::{DateSlot, DateSlotError};
pub use hours::{OpeningHours, OpeningHoursError};
pub use part_of_week::{PartOfWeek, PartOfWeekSet};
pub use recurrence::{Recurrence, RecurrenceError};
pub use times::{OpenState, TimeSlot};
pub use usual_week::DayHours;

/// What a Dutch clock shows at a moment.
///
/// ```
/// let summer = "2026-07-01T22:30:00Z".parse().unwrap();
/// assert_eq!(nabij_offering::dutch_time(summer).to_string(), "2026-07-02 00:30:00");
/// ```
pub fn dutch_time(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.with_timezone(&rrule::Tz::Europe__Amsterdam).naive_local()
}

/// When an offering takes place, in up to three ways that add up. Times are Dutch local time.
///
/// `opening_hours` says most of what people write: `Mo,We 10:00-12:00; PH off`, in odd weeks
/// `week 01-53/2 We 10:00-12:00`, on the first and third Monday `Mo[1,3] 14:00-16:00`, in a season
/// `Sep-Jun Mo 14:00-16:00`, not in the summer `We 10:00-12:00; Jul 14-Aug 25 off`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// Hours as `OpenStreetMap` writes them.
    pub opening_hours: Option<OpeningHours>,
    /// Single dates.
    pub dates: Vec<DateSlot>,
    /// A recurrence as RFC 5545 writes it.
    pub rrule: Option<Recurrence>,
}

impl Schedule {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.opening_hours.is_none() && self.dates.is_empty() && self.rrule.is_none()
    }
}
