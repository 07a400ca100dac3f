//! What a library may do with its profile, and until when.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use constant_time_eq::constant_time_eq_32;
use sha2::{Digest, Sha256};

/// What a library may do with its profile on its own website, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// What the key of the library's own servers hashes to.
    pub key: KeyHash,
    /// The first day on which it holds.
    pub from: NaiveDate,
    /// The last day on which it holds.
    pub until: NaiveDate,
    /// How many requests a minute the widget and the library's servers may make together.
    pub requests_per_minute: u32,
}

/// Why a request for a profile is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// There is no such profile.
    Unknown,
    /// The profile has no licence.
    NoLicence,
    /// The licence does not hold yet.
    NotYet,
    /// The licence has ended.
    Expired,
    /// The page that asks is not one of the library's.
    Origin,
    /// A program that asks brings no key, or another.
    Key,
    /// More requests came than the licence gives.
    Budget,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Unknown,
        Self::NoLicence,
        Self::NotYet,
        Self::Expired,
        Self::Origin,
        Self::Key,
        Self::Budget,
    ];

    /// The word by which programs know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "profile-unknown",
            Self::NoLicence => "licence-missing",
            Self::NotYet => "licence-not-yet",
            Self::Expired => "licence-expired",
            Self::Origin => "origin-not-allowed",
            Self::Key => "key-wrong",
            Self::Budget => "budget-spent",
        }
    }
}

impl Licence {
    /// Whether it holds on a day.
    pub fn holds(&self, today: NaiveDate) -> Result<(), Refusal> {
        if today < self.from {
            Err(Refusal::NotYet)
        } else if today > self.until {
            Err(Refusal::Expired)
        } else {
            Ok(())
        }
    }
}

/// The SHA-256 of a key. The key itself is kept nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyHash([u8; 32]);

/// A text that is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a SHA-256: write 64 hexadecimal digits; `nabij profile new` makes a key and its hash")]
pub struct KeyHashError;

impl KeyHash {
    /// The hash of a key.
    pub fn of(key: &[u8]) -> Self {
        Self(Sha256::digest(key).into())
    }

    /// Whether it is the hash of this key. Takes as long for a wrong one as for the right one.
    pub fn admits(&self, key: &[u8]) -> bool {
        constant_time_eq_32(&Sha256::digest(key).into(), &self.0)
    }
}

impl FromStr for KeyHash {
    type Err = KeyHashError;

    fn from_str(text: &str) -> Result<Self, KeyHashError> {
        let mut hash = [0; 32];
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(KeyHashError);
        }
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = str::from_utf8(pair).or(Err(KeyHashError))?;
            *byte = u8::from_str_radix(pair, 16).or(Err(KeyHashError))?;
        }
        Ok(Self(hash))
    }
}

impl fmt::Display for KeyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Not even the hash goes into a log.
impl fmt::Debug for KeyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_holds_on_its_first_and_last_day_and_not_beyond() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let licence = Licence {
            key: KeyHash::of(b"geheim"),
            from: day("2026-01-01"),
            until: day("2026-12-31"),
            requests_per_minute: 60,
        };
        for (today, holds) in [
            ("2025-12-31", Err(Refusal::NotYet)),
            ("2026-01-01", Ok(())),
            ("2026-12-31", Ok(())),
            ("2027-01-01", Err(Refusal::Expired)),
        ] {
            assert_eq!(licence.holds(day(today)), holds, "{today}");
        }
    }

    #[test]
    fn a_hash_reads_back_admits_its_key_only_and_is_not_shown() {
        let hash = KeyHash::of(b"geheim");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!(hash.admits(b"geheim") && !hash.admits(b"geheim ") && !hash.admits(b""));
        assert!(!format!("{hash:?}").contains(&hash.to_string()[..8]));
        assert_eq!("geheim".parse::<KeyHash>(), Err(KeyHashError));
    }
}
