//! Which offerings of different sources may be one: those that are near each other and share a word of the title or
//! a telephone number. Everything else is not compared.

use nabij_offering::{Offering, Position};
use xxhash_rust::xxh3::xxh3_64;

use super::words;

/// The size of a cell in degrees of latitude and longitude, about 500 m in the Netherlands. Positions within half of
/// it of each other always share a cell, since each position is in four that overlap.
const CELL: (f64, f64) = (0.0045, 0.0073);

/// In a place with more offerings that share a word, the word says too little to compare all with all.
const CROWD: usize = 500;

/// Collects what candidates are found by, an offering at a time: a few numbers each, however long the texts.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// A hash of place and word, and the number of the offering.
    keys: Vec<(u32, u32)>,
    /// The source of each offering.
    sources: Vec<u16>,
}

impl Candidates {
    /// Takes the next offering.
    pub(crate) fn add(&mut self, source: u16, offering: &Offering) {
        let number = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(source);
        let words = keywords(offering);
        for place in places(offering) {
            let keys = words
                .iter()
                .map(|word| xxh3_64(format!("{place} {word}").as_bytes()));
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a collision costs a comparison and nothing else"
            )]
            self.keys.extend(keys.map(|key| (key as u32, number)));
        }
    }

    /// The pairs of numbers that are to be compared, the lower first, in order.
    pub(crate) fn pairs(mut self) -> Vec<(u32, u32)> {
        self.keys.sort_unstable();
        self.keys.dedup();
        let mut pairs = Vec::new();
        for group in self
            .keys
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() <= CROWD)
        {
            for (at, (_, first)) in group.iter().enumerate() {
                let others = group.iter().skip(at + 1).map(|(_, second)| *second);
                pairs.extend(
                    others
                        .filter(|second| self.source(*first) != self.source(*second))
                        .map(|second| (*first, second)),
                );
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn source(&self, number: u32) -> Option<u16> {
        self.sources.get(number as usize).copied()
    }
}

/// The words of the title, each pair of neighbours as one (`taal café`), and the telephone number.
fn keywords(offering: &Offering) -> Vec<String> {
    let mut keywords = words(&offering.title);
    let joined: Vec<String> = keywords.windows(2).map(<[String]>::concat).collect();
    keywords.retain(|word| word.len() > 3);
    keywords.extend(joined);
    if let Some(phone) = &offering.contact.phone {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        keywords.extend(digits.get(digits.len().saturating_sub(9)..).map(str::to_owned));
    }
    keywords
}

/// Its four-digit postcode and the cells it is in; for what is nowhere, the areas it serves.
fn places(offering: &Offering) -> Vec<String> {
    let mut places = Vec::new();
    places.extend(offering.postcode.map(|postcode| postcode.pc4().to_string()));
    match offering.place {
        Some(place) => places.extend(cells(place.position)),
        None => places.extend(offering.service_areas.iter().map(ToString::to_string)),
    }
    places
}

fn cells(position: Position) -> [String; 4] {
    let (y, x) = (
        (position.lat() / CELL.0).round(),
        (position.lon() / CELL.1).round(),
    );
    let (north, east) = (
        (position.lat() / CELL.0).floor() + 0.5,
        (position.lon() / CELL.1).floor() + 0.5,
    );
    [
        format!("{y}/{x}"),
        format!("{north}/{x}"),
        format!("{y}/{east}"),
        format!("{north}/{east}"),
    ]
}
