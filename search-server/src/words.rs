//! What residents read in place of codes: level A2, "je", no policy words.

use nabij_atlas::PlaceError;
use nabij_offering::{Kind, Registration, Theme};

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Formal => "Les met diploma",
        Kind::Nonformal => "Les of oefenen, zonder diploma",
        Kind::Informal => "Samen iets doen",
        Kind::PracticalHelp => "Hulp bij een vraag",
    }
}

pub(crate) fn theme(theme: Theme) -> &'static str {
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

pub(crate) fn registration(registration: Registration) -> &'static str {
    match registration {
        Registration::WalkIn => "Kom gewoon langs.",
        Registration::Call => "Bel eerst.",
        Registration::SignUp => "Je moet je opgeven.",
    }
}

/// The native form of a cost, as a resident says it.
pub(crate) fn cost(cost: &str) -> String {
    match cost.split_once('.') {
        _ if cost == "free" => "Gratis".to_owned(),
        Some((euros, cents))
            if cents.len() == 2 && euros.bytes().chain(cents.bytes()).all(|b| b.is_ascii_digit()) =>
        {
            if cents == "00" {
                format!("€ {euros}")
            } else {
                format!("€ {euros},{cents}")
            }
        }
        _ => cost.to_owned(),
    }
}

/// A distance in words: metres to the next hundred, then kilometres with one decimal.
pub(crate) fn distance(metres: f64) -> String {
    if metres < 950.0 {
        let hundreds = ((metres / 100.0).ceil() * 100.0).max(100.0);
        return format!("{hundreds:.0} meter");
    }
    let kilometres = metres / 1_000.0;
    if kilometres < 9.95 {
        format!("{kilometres:.1} kilometer").replace('.', ",")
    } else {
        format!("{kilometres:.0} kilometer")
    }
}

/// What is wrong with the postcode or the place, and what to do.
pub(crate) fn place_error(error: &PlaceError) -> String {
    match error {
        PlaceError::Unknown(_) => "Wij kennen deze plaats niet. Kijk of de naam goed is.".to_owned(),
        PlaceError::Ambiguous(names) => format!("Welke plaats bedoel je? Kies uit: {}.", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_said_in_words() {
        for (metres, words) in [
            (0.0, "100 meter"),
            (140.0, "200 meter"),
            (949.0, "1000 meter"),
            (1_250.0, "1,2 kilometer"),
            (9_960.0, "10 kilometer"),
            (57_300.0, "57 kilometer"),
        ] {
            assert_eq!(distance(metres), words);
        }
    }

    #[test]
    fn costs_are_said_in_words() {
        for (native, words) in [
            ("free", "Gratis"),
            ("12.50", "€ 12,50"),
            ("3.00", "€ 3"),
            ("€ 50 per jaar", "€ 50 per jaar"),
        ] {
            assert_eq!(cost(native), words);
        }
    }
}
