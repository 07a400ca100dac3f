//! What Nabij indexes: an [`Offering`], the concrete thing a resident can go to.
//!
//! This crate is pure: it opens no file, asks no network and reads no clock. A source's row becomes a [`Draft`]
//! (text under field names), [`Draft::check`] turns it into an [`Offering`] and says everything that is wrong
//! with it, and [`Offering::to_draft`] is the way back: it is what exports write.

mod card;
mod check;
mod cost;
mod draft;
mod feature;
mod field;
mod offering;
mod position;
mod postcode;
mod problem;
mod schedule;
mod service_area;
mod spreadsheet;
mod vocabulary;

pub use card::Card;
pub use check::Checked;
pub use cost::Cost;
pub use draft::Draft;
pub use feature::{Feature, FeatureSet};
pub use field::Field;
pub use offering::{Contact, Offering, Place, Precision};
pub use position::{Notation, Position, PositionError, recognise};
pub use postcode::{Pc4, Postcode, PostcodeError};
pub use problem::{Problem, ProblemKind, Severity};
pub use schedule::{
    DateSlot, DateSlotError, DayHours, OpenState, OpeningHours, OpeningHoursError, PartOfWeek, PartOfWeekSet,
    Recurrence, RecurrenceError, Schedule, TimeSlot, dutch_time,
};
pub use service_area::{Pc4Range, ServiceArea, ServiceAreaError};
pub use spreadsheet::{from_spreadsheet, spreadsheet_safe};
pub use vocabulary::{Kind, KindSet, Registration, Theme, ThemeSet, UnknownWord};
