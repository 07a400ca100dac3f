//! How reports say things in Dutch: kinds and themes by their policy words, numbers, distances.

use nabij_offering::{Kind, Theme};

use crate::coverage::Selection;

/// The policy word for a kind.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Formal => "formeel",
        Kind::Nonformal => "non-formeel",
        Kind::Informal => "informeel",
        Kind::PracticalHelp => "praktische hulp",
    }
}

/// What a theme is called.
fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Language => "Taal",
        Theme::Numeracy => "Rekenen",
        Theme::Digital => "Computer en telefoon",
        Theme::Money => "Geld en brieven",
        Theme::Work => "Werk",
        Theme::Health => "Gezond",
        Theme::Family => "Kinderen en school",
        Theme::Housing => "Wonen",
        Theme::Law => "Je recht",
        Theme::Integration => "Inburgeren",
        Theme::Meeting => "Mensen ontmoeten",
        Theme::Government => "De overheid",
    }
}

impl Selection {
    /// The theme in Dutch.
    pub fn theme_in_dutch(self) -> &'static str {
        self.theme.map_or("Alle thema's", theme)
    }

    /// The kind in Dutch, by the words of policy.
    pub fn kind_in_dutch(self) -> &'static str {
        self.kind.map_or("alle soorten", kind)
    }

    /// Both in Dutch.
    pub fn in_dutch(self) -> String {
        format!("{}, {}", self.theme_in_dutch(), self.kind_in_dutch())
    }
}

/// A whole number with points between the thousands: `17.590.672`.
pub fn whole(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if number <= -0.5 { format!("-{text}") } else { text }
}

/// How many, with points between the thousands.
pub fn count(number: impl TryInto<u32>) -> String {
    whole(f64::from(number.try_into().unwrap_or(u32::MAX)))
}

/// A number with one decimal: `12,5`.
pub fn tenths(number: f64) -> String {
    format!("{number:.1}").replace('.', ",")
}

/// A number with two decimals: `0,48`.
pub fn hundredths(number: f64) -> String {
    format!("{number:.2}").replace('.', ",")
}

/// A distance in kilometres with one decimal; a dash for nowhere.
pub fn kilometres(metres: Option<f64>) -> String {
    metres.map_or_else(|| "–".to_owned(), |metres| tenths(metres / 1_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_dutch() {
        assert_eq!(
            [0.0, 999.6, 12_345.0, 17_590_672.4, -1_200.0].map(whole),
            ["0", "1.000", "12.345", "17.590.672", "-1.200"]
        );
        assert_eq!(
            (kilometres(Some(12_345.0)), kilometres(None)),
            ("12,3".to_owned(), "–".to_owned())
        );
    }
}
