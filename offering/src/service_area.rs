//! The area an offering serves, for those that have no door to walk through and those that serve only some.

use std::{fmt, str::FromStr};

use crate::{Pc4, PostcodeError};

/// Where an offering can be had, apart from a place of its own.
///
/// In text: `national`, `online`, `telephone`, `province:Zeeland`, `municipality:Gorinchem`,
/// `pc4:3011-3016,3021`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceArea {
    /// The whole country.
    National,
    /// On the internet, from anywhere.
    Online,
    /// By telephone, from anywhere.
    Telephone,
    /// A province, by its Dutch name.
    Province(String),
    /// A municipality, by its Dutch name.
    Municipality(String),
    /// Ranges of four-digit postcodes.
    Pc4(Vec<Pc4Range>),
}

/// A range of four-digit postcodes, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pc4Range {
    first: Pc4,
    last: Pc4,
}

/// Why a text is not a service area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceAreaError {
    /// None of the known forms.
    #[error(
        "`{0}` is not a service area; write national, online, telephone, province:NAME, municipality:NAME or pc4:FIRST-LAST"
    )]
    UnknownForm(String),
    /// The name after the colon is missing.
    #[error("`{0}` lacks a name after the colon")]
    MissingName(String),
    /// A postcode range with something else than four digits in it.
    #[error("`{text}` is not a range of four-digit postcodes")]
    Range {
        /// The range as it was given.
        text: String,
        /// What is wrong with one of its ends.
        source: PostcodeError,
    },
    /// The first code of a range is above its last.
    #[error("the range `{0}` runs backwards")]
    Backwards(String),
}

impl Pc4Range {
    /// The codes from `first` to `last`, both included; none if they run backwards.
    pub fn new(first: Pc4, last: Pc4) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether the code lies in the range.
    pub fn contains(self, pc4: Pc4) -> bool {
        (self.first..=self.last).contains(&pc4)
    }

    /// The lowest code.
    pub fn first(self) -> Pc4 {
        self.first
    }

    /// The highest code.
    pub fn last(self) -> Pc4 {
        self.last
    }
}

impl FromStr for Pc4Range {
    type Err = ServiceAreaError;

    fn from_str(text: &str) -> Result<Self, ServiceAreaError> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let code = |part: &str| {
            let number = part.trim().parse::<u16>().unwrap_or(0);
            Pc4::try_from(number).map_err(|source| ServiceAreaError::Range {
                text: text.trim().to_owned(),
                source,
            })
        };
        Self::new(code(first)?, code(last)?)
            .ok_or_else(|| ServiceAreaError::Backwards(text.trim().to_owned()))
    }
}

impl FromStr for ServiceArea {
    type Err = ServiceAreaError;

    fn from_str(text: &str) -> Result<Self, ServiceAreaError> {
        let text = text.trim();
        let Some((form, name)) = text.split_once(':') else {
            return match text {
                "national" => Ok(Self::National),
                "online" => Ok(Self::Online),
                "telephone" => Ok(Self::Telephone),
                _ => Err(ServiceAreaError::UnknownForm(text.to_owned())),
            };
        };
        let name = name.trim();
        if name.is_empty() {
            return Err(ServiceAreaError::MissingName(text.to_owned()));
        }
        match form.trim() {
            "province" => Ok(Self::Province(name.to_owned())),
            "municipality" => Ok(Self::Municipality(name.to_owned())),
            "pc4" => name
                .split(',')
                .map(str::parse)
                .collect::<Result<_, _>>()
                .map(Self::Pc4),
            _ => Err(ServiceAreaError::UnknownForm(text.to_owned())),
        }
    }
}

impl fmt::Display for Pc4Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            self.first.fmt(f)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

impl fmt::Display for ServiceArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::National => f.write_str("national"),
            Self::Online => f.write_str("online"),
            Self::Telephone => f.write_str("telephone"),
            Self::Province(name) => write!(f, "province:{name}"),
            Self::Municipality(name) => write!(f, "municipality:{name}"),
            Self::Pc4(ranges) => {
                let ranges: Vec<String> = ranges.iter().map(Pc4Range::to_string).collect();
                write!(f, "pc4:{}", ranges.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written_alike() {
        for text in [
            "national",
            "online",
            "telephone",
            "province:Zeeland",
            "municipality:'s-Gravenhage",
            "pc4:3011-3016,3021",
        ] {
            assert_eq!(
                text.parse::<ServiceArea>().map(|area| area.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_area_is_refused_with_its_reason() {
        for (text, message) in [
            ("province:", "`province:` lacks a name after the colon"),
            ("pc4:3016-3011", "the range `3016-3011` runs backwards"),
            ("pc4:30-3011", "`30-3011` is not a range of four-digit postcodes"),
        ] {
            assert_eq!(text.parse::<ServiceArea>().unwrap_err().to_string(), message);
        }
        assert!(matches!(
            "stad".parse::<ServiceArea>(),
            Err(ServiceAreaError::UnknownForm(_))
        ));
    }
}
