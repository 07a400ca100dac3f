//! The names of towns and villages, as people write them.

use std::collections::HashMap;

use nabij_offering::Position;
use serde::Deserialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{atlas::AtlasError, postcodes::Postcodes};

/// A town or village.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its Dutch name.
    pub name: String,
    /// The province it lies in.
    pub province: String,
    /// Its middle.
    pub position: Position,
    /// How many people live there; 0 if unknown.
    pub population: u32,
}

/// Places by every name they have.
#[derive(Debug)]
pub(crate) struct Places {
    places: Vec<Place>,
    by_name: HashMap<String, Vec<usize>>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    lat: f64,
    lon: f64,
    province: String,
    population: u32,
    alternates: String,
}

impl Places {
    /// Reads the CSV of `data/postcodes/places.csv`, and adds the places that only the postcodes name.
    pub(crate) fn read(csv: &str, postcodes: &Postcodes) -> Result<Self, AtlasError> {
        let mut places = Self {
            places: Vec::new(),
            by_name: HashMap::new(),
        };
        for row in csv::Reader::from_reader(csv.as_bytes()).into_deserialize::<Row>() {
            let row = row?;
            let position = Position::new(row.lat, row.lon)?;
            let names: Vec<&str> = row.alternates.split('|').chain([row.name.as_str()]).collect();
            let name = dutch_name(&row.name).to_owned();
            places.add(
                Place {
                    name,
                    province: row.province,
                    position,
                    population: row.population,
                },
                &names,
            );
        }
        for area in postcodes.iter() {
            for name in &area.places {
                let found = places.find(name);
                if !found.iter().any(|place| place.province == area.province) {
                    let place = Place {
                        name: name.clone(),
                        province: area.province.clone(),
                        position: area.position,
                        population: 0,
                    };
                    places.add(place, &[]);
                }
            }
        }
        Ok(places)
    }

    fn add(&mut self, place: Place, names: &[&str]) {
        let at = self.places.len();
        for name in names.iter().copied().chain([place.name.as_str()]) {
            let known = self.by_name.entry(fold(name)).or_default();
            if !known.contains(&at) {
                known.push(at);
            }
        }
        self.places.push(place);
    }

    /// Every place, in the order of the table, which is that of their size.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The places of a name, the largest first; those that are called so before those that are also called so.
    pub(crate) fn find(&self, name: &str) -> Vec<&Place> {
        let folded = fold(name);
        let found = self
            .by_name
            .get(&folded)
            .into_iter()
            .flatten()
            .filter_map(|at| self.places.get(*at));
        let mut found: Vec<&Place> = found.collect();
        found.sort_by_key(|place| (fold(&place.name) != folded, std::cmp::Reverse(place.population)));
        found
    }

    /// Places of which a name begins with the prefix, the largest first.
    pub(crate) fn complete(&self, prefix: &str, limit: usize) -> Vec<&Place> {
        let prefix = fold(prefix);
        if prefix.is_empty() {
            return Vec::new();
        }
        let names = self.by_name.iter().filter(|(name, _)| name.starts_with(&prefix));
        let mut found: Vec<usize> = names.flat_map(|(_, at)| at.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        let mut found: Vec<&Place> = found.into_iter().filter_map(|at| self.places.get(at)).collect();
        found.sort_by_key(|place| {
            (
                !fold(&place.name).starts_with(&prefix),
                std::cmp::Reverse(place.population),
            )
        });
        found.truncate(limit);
        found
    }
}

/// `GeoNames` calls one Dutch city by its English name.
fn dutch_name(name: &str) -> &str {
    if name == "The Hague" { "Den Haag" } else { name }
}

/// A name without case, diacritics, apostrophes, hyphens and spaces; the letters and digits that are left.
pub(crate) fn fold(name: &str) -> String {
    name.nfkd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_every_name_and_spelling() {
        let postcodes = Postcodes::read(include_str!("../../data/postcodes/postcodes.csv")).unwrap();
        let places = Places::read(include_str!("../../data/postcodes/places.csv"), &postcodes).unwrap();
        for (written, name) in [
            ("'s-Gravenhage", "Den Haag"),
            ("s gravenhage", "Den Haag"),
            ("The Hague", "Den Haag"),
            ("den haag", "Den Haag"),
            ("Ljouwert", "Leeuwarden"),
            ("Snits", "Sneek"),
            ("'s-hertogenbosch", "'s-Hertogenbosch"),
            ("Den Bosch", "'s-Hertogenbosch"),
            ("IJlst", "IJlst"),
            ("súdwest", ""),
        ] {
            let found = places
                .find(written)
                .first()
                .map_or("", |place| place.name.as_str());
            assert_eq!(found, name, "{written}");
        }
        assert_eq!(places.complete("rott", 1)[0].name, "Rotterdam");
        for area in postcodes.iter() {
            assert!(
                area.places.iter().all(|name| !places.find(name).is_empty()),
                "{area:?}"
            );
        }
    }
}
