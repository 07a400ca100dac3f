//! The closed vocabularies: kinds, themes and ways to register, and sets of the first two.
//!
//! The two macros serve the other closed vocabularies too: `vocabulary!` writes an enum, `set!` a set of its values.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A word that a vocabulary does not know. Says what it does know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a {vocabulary}; known are {known}")]
pub struct UnknownWord {
    /// The word as it was given.
    pub word: String,
    /// What it should have been: `kind`, `theme` or `registration`.
    pub vocabulary: &'static str,
    /// The known words, separated by commas.
    pub known: String,
}

/// Writes an enum whose variants each have one name in the API and in files.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $word:literal, $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of its index.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in the API and in files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The place in [`Self::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                let trimmed = word.trim();
                Self::ALL.iter().copied().find(|value| value.name() == trimmed).ok_or_else(|| UnknownWord {
                    word: trimmed.to_owned(),
                    vocabulary: $word,
                    known: Self::ALL.iter().map(|value| value.name()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

vocabulary! {
    /// How an offering teaches or helps.
    Kind, "kind",
    /// Structured education that leads to a recognised diploma (formeel).
    Formal = "formal",
    /// Organised learning without a diploma, often by volunteers (non-formeel).
    Nonformal = "nonformal",
    /// Learning by doing things together (informeel).
    Informal = "informal",
    /// Consultation hours and help (praktische hulp).
    PracticalHelp = "practical_help",
}

vocabulary! {
    /// What an offering is about.
    Theme, "theme",
    /// Taal.
    Language = "language",
    /// Rekenen.
    Numeracy = "numeracy",
    /// Computer en telefoon.
    Digital = "digital",
    /// Geld en brieven.
    Money = "money",
    /// Werk.
    Work = "work",
    /// Gezond.
    Health = "health",
    /// Kinderen en school.
    Family = "family",
    /// Wonen.
    Housing = "housing",
    /// Je recht.
    Law = "law",
    /// Inburgeren.
    Integration = "integration",
    /// Mensen ontmoeten.
    Meeting = "meeting",
    /// De overheid: DigiD, toeslagen, belasting.
    Government = "government",
}

vocabulary! {
    /// How a resident starts.
    Registration, "registration",
    /// Kom gewoon langs.
    WalkIn = "walk_in",
    /// Bel eerst.
    Call = "call",
    /// Je moet je opgeven.
    SignUp = "sign_up",
}

pub(crate) use vocabulary;

/// Writes a set of a vocabulary's values, one bit each.
macro_rules! set {
    ($(#[$doc:meta])* $name:ident, $value:ident, $bits:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
        pub struct $name($bits);

        impl $name {
            /// The set without a value.
            pub const EMPTY: Self = Self(0);

            /// One bit a value, the lowest for the first of `ALL`.
            pub const fn bits(self) -> $bits {
                self.0
            }

            /// The set with these bits; bits that stand for no value are dropped.
            pub const fn from_bits(bits: $bits) -> Self {
                Self(bits & ($bits::MAX >> ($bits::BITS as usize - $value::ALL.len())))
            }

            /// Whether there is nothing in it.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// How many values are in it.
            pub const fn len(self) -> usize {
                self.0.count_ones() as usize
            }

            /// Adds a value.
            pub const fn insert(&mut self, value: $value) {
                self.0 |= 1 << value.index();
            }

            /// Whether the value is in it.
            pub const fn contains(self, value: $value) -> bool {
                self.0 & (1 << value.index()) != 0
            }

            /// Whether the two sets share a value.
            pub const fn intersects(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// The values, in the order of `ALL`.
            pub fn iter(self) -> impl Iterator<Item = $value> {
                $value::ALL.iter().copied().filter(move |value| self.contains(*value))
            }
        }

        impl FromIterator<$value> for $name {
            fn from_iter<I: IntoIterator<Item = $value>>(values: I) -> Self {
                let mut set = Self::EMPTY;
                values.into_iter().for_each(|value| set.insert(value));
                set
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.iter())
            }
        }
    };
}

set! {
    /// A set of [`Kind`]s.
    KindSet, Kind, u8
}

set! {
    /// A set of [`Theme`]s.
    ThemeSet, Theme, u16
}

pub(crate) use set;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_inverse() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse::<Kind>().as_ref(), Ok(kind));
        }
        for theme in Theme::ALL {
            assert_eq!(theme.name().parse::<Theme>().as_ref(), Ok(theme));
        }
    }

    #[test]
    fn an_unknown_word_is_told_what_is_known() {
        let error = "formeel".parse::<Kind>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`formeel` is not a kind; known are formal, nonformal, informal, practical_help"
        );
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: ThemeSet = [Theme::Digital, Theme::Language, Theme::Digital]
            .into_iter()
            .collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Theme::Language, Theme::Digital]);
        assert!(set.intersects([Theme::Digital].into_iter().collect()));
        assert_eq!(ThemeSet::from_bits(u16::MAX).len(), Theme::ALL.len());
    }
}
