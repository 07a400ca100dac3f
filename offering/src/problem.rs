//! What can be wrong with a draft, in words that can be forwarded to the editor.

use crate::{
    DateSlotError, Field, Notation, PositionError, PostcodeError, RecurrenceError, ServiceAreaError,
    vocabulary::UnknownWord,
};

/// Something wrong with one field of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The field it is about.
    pub field: Field,
    /// Whether the offering can still be shown.
    pub severity: Severity,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What a problem means for the offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The offering is kept; the value of the field was mended or left out.
    Warning,
    /// The offering cannot be shown.
    Rejected,
}

/// What is wrong with the value of a field.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProblemKind {
    /// A required field is empty.
    #[error("is missing")]
    Missing,
    /// Neither a place nor an area was given.
    #[error("says nowhere where it is: no coordinates, postcode, place or service area")]
    Nowhere,
    /// A word outside a closed vocabulary.
    #[error(transparent)]
    UnknownWord(#[from] UnknownWord),
    /// Not a postcode.
    #[error("`{text}` is not a postcode: {source}")]
    Postcode {
        /// The value.
        text: String,
        /// The mistake.
        source: PostcodeError,
    },
    /// Not a position on earth.
    #[error(transparent)]
    Position(#[from] PositionError),
    /// Not a number.
    #[error("`{0}` is not a number")]
    NotANumber(String),
    /// One coordinate without the other.
    #[error("a latitude needs a longitude, and the other way round")]
    HalfAPosition,
    /// The coordinates were understood in another notation than degrees.
    #[error("{}", notation(*.0))]
    Notation(Notation),
    /// Not a service area.
    #[error(transparent)]
    ServiceArea(#[from] ServiceAreaError),
    /// Not a calendar day.
    #[error("`{0}` is not a date")]
    Day(String),
    /// Not a date slot.
    #[error(transparent)]
    DateSlot(#[from] DateSlotError),
    /// Not OSM opening hours.
    #[error("`{0}` are not opening hours")]
    OpeningHours(String),
    /// Not an RFC 5545 recurrence.
    #[error("`{text}` is not a recurrence: {source}")]
    Rrule {
        /// The value.
        text: String,
        /// The mistake.
        source: RecurrenceError,
    },
    /// Not an address of a website.
    #[error("`{0}` is not the address of a website")]
    Website(String),
    /// Not an e-mail address.
    #[error("`{0}` is not an e-mail address")]
    Email(String),
    /// Not a number of the Dutch telephone network.
    #[error("`{0}` is not a Dutch telephone number")]
    Phone(String),
    /// Looks like a level, and is none.
    #[error("`{0}` is not a level")]
    Level(String),
    /// The last day is before the first.
    #[error("is before valid_from")]
    Backwards,
    /// Longer than anyone reads.
    #[error("has {length} characters, more than the {limit} that fit")]
    TooLong {
        /// How many characters there are.
        length: usize,
        /// How many may be.
        limit: usize,
    },
    /// Characters that cannot be shown.
    #[error("held control characters")]
    ControlCharacters,
}

fn notation(notation: Notation) -> String {
    match notation {
        Notation::Degrees => "coordinates are degrees".to_owned(),
        Notation::Swapped => "latitude and longitude had changed places".to_owned(),
        Notation::Scaled(power) => format!("coordinates were degrees times 10 to the power {power}"),
        Notation::RdNew => "coordinates were metres in the national grid (RD New)".to_owned(),
        Notation::RdNewSwapped => {
            "coordinates were metres in the national grid (RD New), x and y in each other's column".to_owned()
        }
    }
}

impl ProblemKind {
    /// A name for this sort of problem that stays the same, for counting and for words in other languages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Nowhere => "nowhere",
            Self::UnknownWord(_) => "unknown_word",
            Self::Postcode { .. } => "postcode",
            Self::Position(_) => "position",
            Self::NotANumber(_) => "not_a_number",
            Self::HalfAPosition => "half_a_position",
            Self::Notation(_) => "notation",
            Self::ServiceArea(_) => "service_area",
            Self::Day(_) => "day",
            Self::DateSlot(_) => "date_slot",
            Self::OpeningHours(_) => "opening_hours",
            Self::Rrule { .. } => "rrule",
            Self::Website(_) => "website",
            Self::Email(_) => "email",
            Self::Phone(_) => "phone",
            Self::Level(_) => "level",
            Self::Backwards => "backwards",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacters => "control_characters",
        }
    }

    /// What the editor can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing => "fill it in",
            Self::Nowhere => "give a postcode, or write national, online or another service_area",
            Self::UnknownWord(_) => "use one of the known words",
            Self::Postcode { .. } => "write four digits and two letters, such as 3011 AD",
            Self::Position(_) | Self::NotANumber(_) | Self::HalfAPosition => {
                "write lat and lon in degrees, such as 51.92 and 4.48, or leave both empty"
            }
            Self::Notation(_) => "nothing: it was converted; writing degrees avoids this notice",
            Self::ServiceArea(_) => "write one of the forms, more than one separated by |",
            Self::Day(_) => "write year, month and day, such as 2026-12-31",
            Self::DateSlot(_) => "write dates such as 2026-12-01T10:00/12:00, separated by |",
            Self::OpeningHours(_) => "write hours such as Mo,We 10:00-12:00; PH off",
            Self::Rrule { .. } => "write DTSTART and RRULE as in RFC 5545",
            Self::Website(_) => "write an address that begins with https://",
            Self::Email(_) => "write an address such as naam@voorbeeld.nl",
            Self::Phone(_) => "write a number of ten digits, such as 030 123 45 67, or one with +31",
            Self::Level(_) => "write a level such as A2, B1, 1F or NT2",
            Self::Backwards => "write the first day in valid_from and the last in valid_to",
            Self::TooLong { .. } => "shorten it",
            Self::ControlCharacters => "nothing: they were removed; check how the file is made",
        }
    }
}
