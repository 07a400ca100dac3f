//! When an offering takes place.
//!
//! A [`Schedule`] keeps the source's text and answers questions about it: is it open at a moment, when are the next
//! times ([`times`]), on which parts of the week does it fall ([`part_of_week`]). It reads no clock: the moment
//! is always given, as Dutch local time.

mod date_slot;
mod hours;
mod part_of_week;
mod recurrence;
mod times;

pub use date_slot::{DateSlot, DateSlotError};
pub use part_of_week::{PartOfWeek, PartOfWeekSet};
pub use recurrence::{Recurrence, RecurrenceError};
pub use times::{OpenState, TimeSlot};

/// When an offering takes place, in up to three ways that add up. Times are Dutch local time.
///
/// `opening_hours` says most of what people write: `Mo,We 10:00-12:00; PH off`, in odd weeks
/// `week 01-53/2 We 10:00-12:00`, on the first and third Monday `Mo[1,3] 14:00-16:00`, in a season
/// `Sep-Jun Mo 14:00-16:00`, not in the summer `We 10:00-12:00; Jul 14-Aug 25 off`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// Hours as the text of an `OpenStreetMap` `opening_hours` value.
    pub opening_hours: Option<String>,
    /// Single dates.
    pub dates: Vec<DateSlot>,
    /// A recurrence, as the text of a [`Recurrence`].
    pub rrule: Option<String>,
}

impl Schedule {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.opening_hours.is_none() && self.dates.is_empty() && self.rrule.is_none()
    }

    /// The recurrence, if there is one that can be read.
    pub fn recurrence(&self) -> Option<Recurrence> {
        self.rrule.as_deref()?.parse().ok()
    }
}
