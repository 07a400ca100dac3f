//! A Dutch postcode, read as people type and paste it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The four digits of a postcode: a neighbourhood or a village. From 1000 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Pc4(u16);

/// A postcode: four digits, and mostly two letters.
///
/// ```
/// use nabij_offering::Postcode;
/// let postcode: Postcode = "3011ad".parse()?;
/// assert_eq!(postcode.to_string(), "3011 AD");
/// assert_eq!(postcode.pc4().number(), 3011);
/// # Ok::<(), nabij_offering::PostcodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode {
    pc4: Pc4,
    letters: Option<[u8; 2]>,
}

/// Why a text is not a postcode. One variant for each mistake, so that each can be explained in its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostcodeError {
    /// Nothing but white space and separators.
    #[error("a postcode is missing")]
    Empty,
    /// A character that is no digit, letter or separator.
    #[error("`{0}` cannot be part of a postcode")]
    UnexpectedCharacter(char),
    /// The text does not begin with digits.
    #[error("a postcode begins with four digits")]
    NoDigits,
    /// One to three digits.
    #[error("a postcode has four digits, this one has {0}")]
    TooFewDigits(usize),
    /// Five digits or more.
    #[error("a postcode has four digits, this one has {0}")]
    TooManyDigits(usize),
    /// The first digit is zero.
    #[error("a Dutch postcode does not begin with 0")]
    LeadingZero,
    /// A single letter.
    #[error("a postcode has two letters, this one has one")]
    OneLetter,
    /// Three letters or more, or digits after the letters.
    #[error("a postcode ends after two letters")]
    TooLong,
    /// SA, SD and SS are not given out.
    #[error("no Dutch postcode has the letters {0}")]
    ForbiddenLetters(String),
}

impl Pc4 {
    /// The four digits as a number, if they are from 1000 to 9999.
    pub fn new(number: u16) -> Option<Self> {
        (1_000..=9_999).contains(&number).then_some(Self(number))
    }

    /// The number from 1000 to 9999.
    pub fn number(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Pc4 {
    type Error = PostcodeError;

    fn try_from(number: u16) -> Result<Self, PostcodeError> {
        Self::new(number).ok_or(if number < 1_000 {
            PostcodeError::LeadingZero
        } else {
            PostcodeError::TooManyDigits(5)
        })
    }
}

impl From<Pc4> for u16 {
    fn from(pc4: Pc4) -> Self {
        pc4.0
    }
}

impl From<Pc4> for Postcode {
    fn from(pc4: Pc4) -> Self {
        Self { pc4, letters: None }
    }
}

impl fmt::Display for Pc4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Postcode {
    /// The four digits.
    pub fn pc4(self) -> Pc4 {
        self.pc4
    }

    /// The two letters, as upper-case ASCII, if they were given.
    pub fn letters(self) -> Option<[u8; 2]> {
        self.letters
    }
}

impl FromStr for Postcode {
    type Err = PostcodeError;

    fn from_str(text: &str) -> Result<Self, PostcodeError> {
        let characters: Vec<char> = text
            .chars()
            .map(narrow)
            .filter(|c| !is_separator(*c))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if characters.is_empty() {
            return Err(PostcodeError::Empty);
        }
        if let Some(stranger) = characters.iter().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(PostcodeError::UnexpectedCharacter(*stranger));
        }
        let digits = characters.iter().take_while(|c| c.is_ascii_digit()).count();
        match digits {
            0 => return Err(PostcodeError::NoDigits),
            1..=3 => return Err(PostcodeError::TooFewDigits(digits)),
            4 => {}
            _ => return Err(PostcodeError::TooManyDigits(digits)),
        }
        let number = characters[..4]
            .iter()
            .filter_map(|c| c.to_digit(10))
            .fold(0, |n, digit| n * 10 + digit);
        let pc4 = u16::try_from(number)
            .ok()
            .and_then(Pc4::new)
            .ok_or(PostcodeError::LeadingZero)?;
        let letters = match characters[4..] {
            [] => None,
            [_] => return Err(PostcodeError::OneLetter),
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some([a as u8, b as u8]),
            _ => return Err(PostcodeError::TooLong),
        };
        if let Some([b'S', second @ (b'A' | b'D' | b'S')]) = letters {
            return Err(PostcodeError::ForbiddenLetters(format!(
                "S{}",
                char::from(second)
            )));
        }
        Ok(Self { pc4, letters })
    }
}

/// Full-width forms, as some keyboards type them, become their ASCII twins.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// What people put between or around the parts: white space of any width, hyphens, dots, invisible marks.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | ',' | '_' | '\u{00ad}' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.letters {
            None => write!(f, "{}", self.pc4),
            Some([a, b]) => write!(f, "{} {}{}", self.pc4, char::from(a), char::from(b)),
        }
    }
}

impl TryFrom<String> for Postcode {
    type Error = PostcodeError;

    fn try_from(text: String) -> Result<Self, PostcodeError> {
        text.parse()
    }
}

impl From<Postcode> for String {
    fn from(postcode: Postcode) -> Self {
        postcode.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_postcode_is_read_as_people_type_and_paste_it() {
        for text in [
            "3011AD",
            "3011 ad",
            "3011-AD",
            " 3011  AD ",
            "3011\u{a0}AD",
            "３０１１ＡＤ",
            "３０１１　ａｄ",
            "3011.ad",
            "\u{feff}3011 AD\r\n",
            "30 11 AD",
        ] {
            assert_eq!(
                text.parse::<Postcode>().map(|p| p.to_string()),
                Ok("3011 AD".to_owned()),
                "{text:?}"
            );
        }
        assert_eq!(
            "3011".parse::<Postcode>().map(|p| p.to_string()),
            Ok("3011".to_owned())
        );
    }

    #[test]
    fn every_mistake_has_its_own_error() {
        use PostcodeError::*;
        for (text, error) in [
            ("", Empty),
            (" - ", Empty),
            ("0011 AA", LeadingZero),
            ("301", TooFewDigits(3)),
            ("30115", TooManyDigits(5)),
            ("30115 AD", TooManyDigits(5)),
            ("3011 A", OneLetter),
            ("3011 ADE", TooLong),
            ("3011 A5", TooLong),
            ("3011 SA", ForbiddenLetters("SA".into())),
            ("3011 sd", ForbiddenLetters("SD".into())),
            ("3011SS", ForbiddenLetters("SS".into())),
            ("Utrecht", NoDigits),
            ("3011 Á D", UnexpectedCharacter('Á')),
            ("3011/AD", UnexpectedCharacter('/')),
        ] {
            assert_eq!(text.parse::<Postcode>(), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn display_and_parse_are_inverse(number in 1_000_u16..=9_999, letters in "[A-Z]{2}") {
            prop_assume!(!["SA", "SD", "SS"].contains(&letters.as_str()));
            let text = format!("{number} {letters}");
            prop_assert_eq!(text.parse::<Postcode>().unwrap().to_string(), text);
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC*") {
            let _ = text.parse::<Postcode>();
        }
    }
}
