//! The place that a question names.

use nabij_atlas::{Atlas, Location};
use nabij_language::{Lexicon, words};
use nabij_offering::Postcode;

/// Words before a place.
const BEFORE_A_PLACE: [&str; 8] = ["in", "te", "bij", "rond", "nabij", "omgeving", "regio", "vlakbij"];
/// The one of them that stands before verbs too: *iemand om mee te eten* is not in Eethen.
const BEFORE_A_VERB: &str = "te";
/// Words behind the name of a town that say which part of it.
const PARTS_OF_TOWN: [&str; 6] = ["noord", "zuid", "oost", "west", "centrum", "stad"];
/// What people call the whole country, which is also the name of a hamlet.
const COUNTRY: [&str; 2] = ["nederland", "holland"];
/// The most words of the name of a place.
const LONGEST_NAME: usize = 4;

/// The place that a question names, and the question without it. The whole question is no place: then it may be something
/// else that people look for.
pub(super) fn place(text: &str, lexicon: &Lexicon, atlas: &Atlas) -> Option<(Location, String)> {
    let typed: Vec<&str> = text.split_whitespace().collect();
    let without = |start: usize, end: usize| {
        [typed.get(..start), typed.get(end..)]
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    };
    for start in 0..typed.len() {
        let preposition = start.checked_sub(1).and_then(|before| typed.get(before));
        let announced =
            preposition.is_some_and(|word| BEFORE_A_PLACE.contains(&word.to_lowercase().as_str()));
        let first = start - usize::from(announced);
        for end in (start + 1..=typed.len().min(start + LONGEST_NAME)).rev() {
            let name = typed.get(start..end).unwrap_or_default().join(" ");
            let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
            let surely =
                announced && !preposition.is_some_and(|word| word.eq_ignore_ascii_case(BEFORE_A_VERB));
            let Some(location) = located(name, surely, lexicon, atlas) else {
                continue;
            };
            let part = typed
                .get(end)
                .is_some_and(|word| PARTS_OF_TOWN.contains(&word.to_lowercase().as_str()));
            let rest = without(first, end + usize::from(part));
            if !words(&rest).is_empty() {
                return Some((location, rest));
            }
        }
    }
    None
}

/// Where something is that may be a postcode or the name of a place. A word that people look for is a place only behind `in`.
fn located(name: &str, announced: bool, lexicon: &Lexicon, atlas: &Atlas) -> Option<Location> {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return atlas.resolve(name.parse::<Postcode>().ok()?).ok();
    }
    if COUNTRY.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    if name.chars().count() < 2 || !announced && words(name).iter().all(|word| lexicon.knows(word)) {
        return None;
    }
    atlas.resolve_place(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(text: &str) -> Option<(String, String)> {
        let (lexicon, atlas) = (Lexicon::shipped().unwrap(), Atlas::shipped().unwrap());
        place(text, &lexicon, &atlas).map(|(location, rest)| (location.label, rest))
    }

    #[test]
    fn a_place_is_found_in_a_question() {
        for (text, label, rest) in [
            ("taalcafe 3011", "3011", "taalcafe"),
            ("taalcafe 3011 AD", "3011 AD", "taalcafe"),
            ("computerles in sneek", "Sneek", "computerles"),
            ("hulp bij geld den haag noord", "Den Haag", "hulp bij geld"),
            ("Rotterdam naailes", "Rotterdam (Zuid-Holland)", "naailes"),
            ("koken in 's-Hertogenbosch?", "'s-Hertogenbosch", "koken"),
            ("naailes te sneek", "Sneek", "naailes"),
        ] {
            assert_eq!(placed(text), Some((label.to_owned(), rest.to_owned())), "{text}");
        }
        for text in [
            "taalcafe",
            "sneek",
            "hulp bij geld",
            "in",
            "",
            "brief 1001 AA",
            "iemand om mee te eten",
        ] {
            assert_eq!(placed(text), None, "{text}");
        }
    }
}
