//! How sure it is that two offerings are one: a sum of points, each for a reason that an editor can follow.
//!
//! | reason | points |
//! |---|---|
//! | titles alike, 0 to 1 (pairs of letters, without place, organisation and small words) | 50 × alikeness |
//! | one title within the other, which only adds what the first registration says elsewhere | 50 |
//! | a word that tells variants apart in one registration only: a level, a number, a group, a part of the day | −50 |
//! | a word in each title of which the other registration knows nothing / in one of the titles | −50 / −20 |
//! | hours: the same days and times / some / none in common | +15 / −5 / −40 |
//! | house: same postcode and number, or within 100 m / another number in the same postcode, or beyond 300 m | +10 / −20 |
//! | organisation: alike / another | +10 / −10 |
//! | telephone or e-mail: the same / another | +10 / −5 |
//! | website the same | +5 |
//! | descriptions alike, 0 to 1 | 10 × alikeness |
//! | kind: another | −5 |
//!
//! What one of the two does not say counts for nothing. From [`CERTAIN`] on they are merged, from [`POSSIBLE`] on an
//! editor is asked. Both limits were chosen on the development half of `data/duplicates`.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use nabij_atlas::distance_m;
use nabij_offering::{DateSlot, Offering, Precision, Schedule};

use super::words;

/// From this score on, two offerings are one.
pub(crate) const CERTAIN: i32 = 75;

/// From this score on, an editor is asked.
pub(crate) const POSSIBLE: i32 = 50;

/// Words that say nothing about which offering it is.
const SMALL: &[&str] = &[
    "de", "het", "een", "en", "in", "op", "aan", "bij", "van", "voor", "met", "je", "jouw", "t", "s", "over",
    "naar", "om", "cursus", "inloop", "gratis", "dat", "te", "tot", "der",
];

/// Beginnings of words that tell variants of an offering apart.
const TELLING: &[&str] = &[
    "begin",
    "gevorderd",
    "vrouw",
    "man",
    "meid",
    "jong",
    "kind",
    "jeugd",
    "ouder",
    "senior",
    "peuter",
    "baby",
    "puber",
    "ochtend",
    "middag",
    "avond",
    "dag",
    "zomer",
    "winter",
    "plus",
    "langzaam",
    "snel",
];

/// The points of a pair.
pub(crate) fn score(a: &Offering, b: &Offering) -> i32 {
    let mut points = title(a, b);
    points += match (&a.organisation, &b.organisation) {
        (Some(a), Some(b)) if alike(&words(a).concat(), &words(b).concat()) >= 0.6 => 10,
        (Some(_), Some(_)) => -10,
        _ => 0,
    };
    points += contact(a, b) + house(a, b) + hours(&a.schedule, &b.schedule);
    if !a.description.is_empty() && !b.description.is_empty() {
        points += scaled(
            10,
            alike(&words(&a.description).concat(), &words(&b.description).concat()),
        );
    }
    if a.kind != b.kind {
        points -= 5;
    }
    points
}

fn title(a: &Offering, b: &Offering) -> i32 {
    let (words_a, words_b) = (title_words(a, b), title_words(b, a));
    let (only_a, only_b) = (lacking(&words_a, b), lacking(&words_b, a));
    let telling = tells_apart(&only_a, b) || tells_apart(&only_b, a);
    let other = match (is_strange(&only_a, b), is_strange(&only_b, a)) {
        (true, true) => 50,
        (false, false) => 0,
        _ => 20,
    };
    // A title that only adds what the other registration says elsewhere is as good as the same.
    let same = (only_a.is_empty() || only_b.is_empty()) && other == 0 && !telling;
    let share = if same {
        1.0
    } else {
        alike(&words_a.concat(), &words_b.concat())
    };
    scaled(50, share) - i32::from(telling) * 50 - other
}

/// Whether one of the words, which a title lacks, is a level, a number or a variant that its offering says nowhere.
fn tells_apart(words_of_other: &[String], offering: &Offering) -> bool {
    let mut telling = words_of_other.iter().filter(|word| is_telling(word)).peekable();
    if telling.peek().is_none() {
        return false;
    }
    let level = offering.level.as_deref().unwrap_or_default();
    let said = [words(&offering.description), words(level)].concat();
    telling.any(|word| !said.contains(word))
}

/// Whether one of the words, which a title lacks, is nowhere in what its offering says of itself.
fn is_strange(words_of_other: &[String], offering: &Offering) -> bool {
    let text = words_of(offering);
    words_of_other.iter().any(|word| !text.contains(singular(word)))
}

/// The words of a title that are not in another title, also not as a part of a word.
fn lacking(words_here: &[String], other: &Offering) -> Vec<String> {
    let title = words(&other.title).concat();
    words_here
        .iter()
        .filter(|word| !title.contains(singular(word)))
        .cloned()
        .collect()
}

/// All that an offering says of itself in words, as one text to search in.
fn words_of(offering: &Offering) -> String {
    let organisation = offering.organisation.as_deref().unwrap_or_default();
    words(&offering.description).concat() + &words(organisation).concat()
}

/// A word without its plural: `lessen` is in `les`.
fn singular(word: &str) -> &str {
    match word
        .strip_suffix("sen")
        .or_else(|| word.strip_suffix("en"))
        .or_else(|| word.strip_suffix('s'))
    {
        Some(short) if short.len() >= 3 => short,
        _ => word,
    }
}

/// A level, a number, a Roman numeral, or a word that tells variants apart.
fn is_telling(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        || matches!(word, "i" | "ii" | "iii")
        || TELLING.iter().any(|beginning| word.starts_with(beginning))
}

/// The words of a title that say which offering it is: not those of where it is and who offers it.
fn title_words(offering: &Offering, other: &Offering) -> Vec<String> {
    let known = [
        &offering.town,
        &other.town,
        &offering.street,
        &other.street,
        &offering.organisation,
        &other.organisation,
    ];
    let known: BTreeSet<String> = known.into_iter().flatten().flat_map(|text| words(text)).collect();
    let all: Vec<String> = words(&offering.title);
    let telling: Vec<String> = all
        .iter()
        .filter(|word| !known.contains(*word) && !SMALL.contains(&word.as_str()))
        .cloned()
        .collect();
    if telling.is_empty() { all } else { telling }
}

fn contact(a: &Offering, b: &Offering) -> i32 {
    let digits = |phone: &String| {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        // The last nine are the same with and without the code of the country.
        digits
            .get(digits.len().saturating_sub(9)..)
            .unwrap_or_default()
            .to_owned()
    };
    let phones = (
        a.contact.phone.as_ref().map(digits),
        b.contact.phone.as_ref().map(digits),
    );
    let lower = |text: &String| text.to_lowercase();
    let emails = (
        a.contact.email.as_ref().map(lower),
        b.contact.email.as_ref().map(lower),
    );
    let same = |pair: &(Option<String>, Option<String>)| pair.0.is_some() && pair.0 == pair.1;
    let other =
        |pair: &(Option<String>, Option<String>)| pair.0.is_some() && pair.1.is_some() && pair.0 != pair.1;
    let reach = match (same(&phones) || same(&emails), other(&phones) && !same(&emails)) {
        (true, _) => 10,
        (false, true) => -5,
        (false, false) => 0,
    };
    let site = |url: &String| {
        url.to_lowercase()
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .trim_end_matches('/')
            .to_owned()
    };
    let sites = (
        a.contact.website.as_ref().map(site),
        b.contact.website.as_ref().map(site),
    );
    reach + i32::from(same(&sites)) * 5
}

fn house(a: &Offering, b: &Offering) -> i32 {
    let letters = |offering: &Offering| offering.postcode.filter(|postcode| postcode.letters().is_some());
    let number = |offering: &Offering| {
        offering
            .house_number
            .as_deref()
            .map(|number| words(number).concat())
    };
    if let (Some(at_a), Some(at_b)) = (letters(a), letters(b))
        && at_a == at_b
        && let (Some(number_a), Some(number_b)) = (number(a), number(b))
    {
        return if number_a == number_b { 10 } else { -20 };
    }
    let exact = |offering: &Offering| offering.place.filter(|place| place.precision <= Precision::Pc6);
    match (exact(a), exact(b)) {
        (Some(at_a), Some(at_b)) => match distance_m(at_a.position, at_b.position) {
            far if far <= 100.0 => 10,
            far if far > 300.0 => -20,
            _ => 0,
        },
        _ => 0,
    }
}

fn hours(a: &Schedule, b: &Schedule) -> i32 {
    let (dates, ordinary) = ((days(a), days(b)), (ordinary_month(a), ordinary_month(b)));
    let (times_a, times_b) = if ordinary.0.is_empty() && ordinary.1.is_empty() {
        dates
    } else {
        ordinary
    };
    if times_a.is_empty() || times_b.is_empty() {
        return 0;
    }
    match times_a.intersection(&times_b).count() {
        0 => -40,
        common if common == times_a.len() && common == times_b.len() => 15,
        _ => -5,
    }
}

/// When its single dates begin.
fn days(schedule: &Schedule) -> BTreeSet<NaiveDateTime> {
    let start = |slot: &DateSlot| slot.date.and_time(slot.from.unwrap_or(NaiveTime::MIN));
    schedule.dates.iter().map(start).collect()
}

/// When it begins in a month without holidays, by hours or recurrence; two ways to write the same come out alike.
fn ordinary_month(schedule: &Schedule) -> BTreeSet<NaiveDateTime> {
    let recurring = Schedule {
        dates: Vec::new(),
        ..schedule.clone()
    };
    let month = NaiveDate::from_ymd_opt(2027, 9, 1).zip(NaiveDate::from_ymd_opt(2027, 10, 1));
    let Some((first, end)) =
        month.map(|(first, end)| (first.and_time(NaiveTime::MIN), end.and_time(NaiveTime::MIN)))
    else {
        return BTreeSet::new();
    };
    let starts = recurring
        .next_times(first, 62)
        .into_iter()
        .map(|slot| slot.start());
    starts.filter(|start| *start < end).collect()
}

fn scaled(points: i32, share: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a share of a few points")]
    let points = (f64::from(points) * share).round() as i32;
    points
}

/// Dice's coefficient of the pairs of letters: 1 for the same text, 0 for nothing in common.
fn alike(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        let mut pairs: Vec<[char; 2]> = letters
            .windows(2)
            .filter_map(|pair| pair.try_into().ok())
            .collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    if a.is_empty() || b.is_empty() {
        return f64::from(u8::from(a == b));
    }
    let (mut at_a, mut at_b, mut common) = (0, 0, 0_u32);
    while let (Some(pair_a), Some(pair_b)) = (a.get(at_a), b.get(at_b)) {
        match pair_a.cmp(pair_b) {
            std::cmp::Ordering::Less => at_a += 1,
            std::cmp::Ordering::Greater => at_b += 1,
            std::cmp::Ordering::Equal => {
                (at_a, at_b, common) = (at_a + 1, at_b + 1, common + 1);
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
    let all = (a.len() + b.len()) as f64;
    2.0 * f64::from(common) / all
}
