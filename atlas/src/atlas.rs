//! From what a person knows (a postcode, a place name, where they stand) to a location.

use std::collections::HashMap;

use nabij_offering::{Pc4, Position, PositionError, Postcode, PostcodeError, Precision};

use crate::{
    distance_m,
    pc6::Pc6Table,
    places::{Place, Places, fold},
    postcodes::{PostcodeArea, Postcodes},
};

/// The tables that the program is shipped with, and the one of six-character postcodes if the operator gave it.
#[derive(Debug)]
pub struct Atlas {
    postcodes: Postcodes,
    places: Places,
    /// The names of municipalities, folded and as they are.
    municipalities: HashMap<String, String>,
    pc6: Pc6Table,
}

/// A place from which to look around.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// What to call it.
    pub label: String,
    /// Where it is.
    pub position: Position,
    /// How well that is known.
    pub precision: Precision,
    /// The four-digit postcode, of the nearest address if it was not given.
    pub pc4: Option<Pc4>,
    /// The main town or village of that postcode.
    pub place: Option<String>,
    /// The municipality of that postcode, as far as we know.
    pub municipality: Option<String>,
    /// The province.
    pub province: Option<String>,
}

/// A shipped table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AtlasError {
    /// Not the columns it should have.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A code that is none.
    #[error(transparent)]
    Postcode(#[from] PostcodeError),
    /// A position that is none.
    #[error(transparent)]
    Position(#[from] PositionError),
}

/// A postcode that is well-formed but not in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no Dutch address has the postcode {0}")]
pub struct UnknownPostcode(pub Postcode);

/// Why a place name is not a location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// No place has that name.
    #[error("no Dutch place is called `{0}`")]
    Unknown(String),
    /// Several have it, and none is much the largest.
    #[error("several places have that name; name one of {}", .0.join(", "))]
    Ambiguous(Vec<String>),
}

impl Atlas {
    /// The tables of `data/postcodes`.
    pub fn shipped() -> Result<Self, AtlasError> {
        let postcodes = Postcodes::read(include_str!("../../data/postcodes/postcodes.csv"))?;
        let places = Places::read(include_str!("../../data/postcodes/places.csv"), &postcodes)?;
        let names = postcodes.iter().map(|area| &area.municipality);
        Ok(Self {
            municipalities: names.map(|name| (fold(name), name.clone())).collect(),
            postcodes,
            places,
            pc6: Pc6Table::default(),
        })
    }

    /// The same with a table of six-character postcodes.
    #[must_use]
    pub fn with_pc6(self, pc6: Pc6Table) -> Self {
        Self { pc6, ..self }
    }

    /// The table of six-character postcodes; empty if the operator gave none.
    pub fn pc6(&self) -> &Pc6Table {
        &self.pc6
    }

    /// Changes when the same question to this program may get another answer: with the table of six-character postcodes.
    pub fn version(&self) -> u64 {
        self.pc6.checksum()
    }

    /// The area of a four-digit postcode.
    pub fn postcode(&self, pc4: Pc4) -> Option<&PostcodeArea> {
        self.postcodes.get(pc4)
    }

    /// Every four-digit postcode, in order.
    pub fn postcodes(&self) -> impl Iterator<Item = &PostcodeArea> {
        self.postcodes.iter()
    }

    /// Every town and village, roughly the largest first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The four-digit postcode nearest to a position, and how far its middle is, in metres.
    pub fn nearest_postcode(&self, position: Position) -> Option<(&PostcodeArea, f64)> {
        self.postcodes.nearest(position)
    }

    /// Where a postcode is. A six-character code that is in no table falls back to its four digits, and the precision
    /// says so.
    pub fn resolve(&self, postcode: Postcode) -> Result<Location, UnknownPostcode> {
        let area = self.postcodes.get(postcode.pc4());
        let (position, precision) = match (self.pc6.get(postcode), area) {
            (Some(position), _) => (position, Precision::Pc6),
            (None, Some(area)) => (area.position, Precision::Pc4),
            (None, None) => return Err(UnknownPostcode(postcode)),
        };
        Ok(Location {
            label: postcode.to_string(),
            position,
            precision,
            pc4: Some(postcode.pc4()),
            place: area.and_then(|area| area.places.first().cloned()),
            municipality: area.map(|area| area.municipality.clone()),
            province: area.map(|area| area.province.clone()),
        })
    }

    /// Where a place is. A name that several places have means the one that is three times larger than the others;
    /// `Bergen (Limburg)` and `Bergen, Limburg` choose.
    pub fn resolve_place(&self, name: &str) -> Result<Location, PlaceError> {
        let found = self.places_called(name);
        match found.as_slice() {
            [] => Err(PlaceError::Unknown(name.trim().to_owned())),
            [only] => Ok(self.at_place(only)),
            [first, second, ..] if first.population > 3 * second.population => Ok(self.at_place(first)),
            several => Err(PlaceError::Ambiguous(
                several.iter().map(|place| label(place)).collect(),
            )),
        }
    }

    /// How far a position is from the middle of the nearest place of a name, in metres; none if no place has the name.
    pub fn distance_to_place(&self, position: Position, name: &str) -> Option<f64> {
        let places = self.places_called(name);
        let distances = places.iter().map(|place| distance_m(position, place.position));
        distances.min_by(f64::total_cmp)
    }

    /// A position that somebody stands at.
    pub fn here(&self, position: Position) -> Location {
        let area = self.nearest_postcode(position).map(|(area, _)| area);
        Location {
            label: format!("{:.5}, {:.5}", position.lat(), position.lon()),
            position,
            precision: Precision::Point,
            pc4: area.map(|area| area.pc4),
            place: area.and_then(|area| area.places.first().cloned()),
            municipality: area.map(|area| area.municipality.clone()),
            province: area.map(|area| area.province.clone()),
        }
    }

    /// The name of a municipality as our tables have it, from any spelling, or from another name of its main town:
    /// `Den Bosch` is `'s-Hertogenbosch`. None if there is no such municipality today.
    pub fn municipality(&self, name: &str) -> Option<&str> {
        let known = |name: &str| self.municipalities.get(&fold(name)).map(String::as_str);
        let town = || {
            self.places
                .find(name)
                .into_iter()
                .find_map(|place| known(&place.name))
        };
        known(name).or_else(town)
    }

    /// Postcodes and places that begin with what was typed so far. A whole postcode is that postcode.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<Location> {
        let typed = typed.trim();
        if let Some(whole) = typed
            .parse()
            .ok()
            .filter(|whole: &Postcode| whole.letters().is_some())
        {
            return self.resolve(whole).ok().into_iter().take(limit).collect();
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return self
                .places
                .complete(typed, limit)
                .into_iter()
                .map(|place| self.at_place(place))
                .collect();
        }
        let begins = |area: &&PostcodeArea| area.pc4.to_string().starts_with(&digits);
        let codes = self.postcodes.iter().filter(begins).take(limit);
        codes
            .filter_map(|area| self.resolve(area.pc4.into()).ok())
            .collect()
    }

    fn places_called(&self, name: &str) -> Vec<&Place> {
        let found = self.places.find(name);
        let split = name.split_once(['(', ',']);
        let Some((town, province)) = split.filter(|_| found.is_empty()) else {
            return found;
        };
        let province = fold(province);
        self.places
            .find(town)
            .into_iter()
            .filter(|place| fold(&place.province) == province)
            .collect()
    }

    fn at_place(&self, place: &Place) -> Location {
        let area = self.nearest_postcode(place.position).map(|(area, _)| area);
        Location {
            label: if self.places.find(&place.name).len() > 1 {
                label(place)
            } else {
                place.name.clone()
            },
            position: place.position,
            precision: Precision::Place,
            pc4: area.map(|area| area.pc4),
            place: Some(place.name.clone()),
            municipality: area.map(|area| area.municipality.clone()),
            province: Some(place.province.clone()),
        }
    }
}

fn label(place: &Place) -> String {
    format!("{} ({})", place.name, place.province)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_six_character_code_falls_back_to_its_four_digits_and_says_so() {
        let atlas = Atlas::shipped().unwrap();
        let location = atlas.resolve("3011ad".parse().unwrap()).unwrap();
        assert_eq!(
            (location.label.as_str(), location.precision),
            ("3011 AD", Precision::Pc4)
        );
        assert_eq!(location.place.as_deref(), Some("Rotterdam"));
        let unknown = "1001 AA".parse().unwrap();
        assert_eq!(atlas.resolve(unknown), Err(UnknownPostcode(unknown)));
    }

    #[test]
    fn a_location_knows_its_municipality_and_a_municipality_its_names() {
        let atlas = Atlas::shipped().unwrap();
        let village = atlas.resolve("3425".parse().unwrap()).unwrap();
        assert_eq!(village.place.as_deref(), Some("Snelrewaard"));
        assert_eq!(village.municipality.as_deref(), Some("Oudewater"));
        for (written, name) in [
            ("'s-Gravenhage", Some("Den Haag")),
            ("den bosch", Some("'s-Hertogenbosch")),
            ("Sudwest Fryslan", Some("Súdwest-Fryslân")),
            ("Bergen (NH.)", Some("Bergen (NH.)")),
            ("Weesp", None),
        ] {
            assert_eq!(atlas.municipality(written), name, "{written}");
        }
        assert_eq!(atlas.municipalities.len(), 342);
    }

    #[test]
    fn a_name_of_several_places_asks_which() {
        let atlas = Atlas::shipped().unwrap();
        assert_eq!(atlas.resolve_place("utrecht").unwrap().label, "Utrecht");
        assert_eq!(
            atlas.resolve_place("Hengelo").unwrap().label,
            "Hengelo (Overijssel)"
        );
        let several = ["Beek (Limburg)", "Beek (Noord-Brabant)"].map(str::to_owned);
        assert!(
            matches!(atlas.resolve_place("Beek"), Err(PlaceError::Ambiguous(labels)) if labels.starts_with(&several))
        );
        assert_eq!(
            atlas.resolve_place("beek, limburg").unwrap().province.as_deref(),
            Some("Limburg")
        );
        assert_eq!(
            atlas.resolve_place("Nergenshuizen"),
            Err(PlaceError::Unknown("Nergenshuizen".into()))
        );
    }
}
