//! How to reach people: telephone, e-mail, website.

use super::{Check, shorten};
use crate::{Contact, Field, ProblemKind};

impl Check<'_> {
    pub(super) fn contact(&mut self) -> Contact {
        Contact {
            phone: self.phone(),
            email: self.email(),
            website: self.website(),
        }
    }

    /// A telephone number, as it was written. One that cannot be Dutch is kept and said; words without a number are not.
    fn phone(&mut self) -> Option<String> {
        let text = self.text(Field::Phone)?;
        let number = number_of(&text);
        if !is_dutch_number(&number) {
            self.warn(Field::Phone, ProblemKind::Phone(shorten(&text)));
        }
        (number.len() >= 3).then_some(text)
    }

    fn email(&mut self) -> Option<String> {
        let text = self.text(Field::Email)?;
        let plausible = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
        });
        if !plausible {
            self.warn(Field::Email, ProblemKind::Email(shorten(&text)));
        }
        plausible.then_some(text)
    }

    /// A website a page may link to. `www.voorbeeld.nl` gets its `https://`; `javascript:` and the like are dropped.
    fn website(&mut self) -> Option<String> {
        let text = self.text(Field::Website)?;
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let host = rest
            .unwrap_or(&text)
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default();
        let plausible = host.contains('.')
            && !host.starts_with('.')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'))
            && (rest.is_some() || !host.contains(':'))
            && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
        match (plausible, rest) {
            (true, Some(_)) => Some(text),
            (true, None) => Some(format!("https://{text}")),
            (false, _) => {
                self.warn(Field::Website, ProblemKind::Website(shorten(&text)));
                None
            }
        }
    }
}

/// The digits with which a text begins, and the plus before them: `06 - 12 34 56 78 (Anna)` is `0612345678`.
fn number_of(text: &str) -> String {
    let written = |c: &char| {
        c.is_ascii_digit() || matches!(c, '+' | ' ' | '\u{a0}' | '-' | '\u{2013}' | '.' | '/' | '(' | ')')
    };
    let number = text.chars().take_while(written);
    let number: String = number.filter(|c| c.is_ascii_digit() || *c == '+').collect();
    match number.strip_prefix("+31").or_else(|| number.strip_prefix("0031")) {
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => number,
    }
}

/// Whether a number can be Dutch: ten digits from 0 on, an information number (0800, 0900) of eight or eleven, `14` with
/// the area code of a municipality, or a short number that begins with 1.
fn is_dutch_number(number: &str) -> bool {
    let digits = number.len();
    if number.starts_with("0800") || number.starts_with("090") {
        return matches!(digits, 8 | 10 | 11);
    }
    match number.as_bytes() {
        [b'0', ..] => digits == 10,
        [b'1', b'4', b'0', ..] => matches!(digits, 5 | 6),
        [b'1', ..] => matches!(digits, 3 | 4 | 6),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_numbers_are_known_in_every_spelling() {
        for number in [
            "030-1234567",
            "06 12 34 56 78",
            "+31 6 12345678",
            "0031-30-1234567",
            "+31 (0)30 123 45 67",
            "0800-8020",
            "0900 1234567",
            "14 030",
            "14 0593",
            "112",
            "116 123",
            "088 123 45 67 (ma-vr)",
            "0593 – 12 34 56",
        ] {
            assert!(is_dutch_number(&number_of(number)), "{number}");
        }
        for number in [
            "030-123456",
            "06 12 34 56 7",
            "+32 2 123 45 67",
            "305-555-0123",
            "bel ons",
            "",
        ] {
            assert!(!is_dutch_number(&number_of(number)), "{number}");
        }
    }
}
