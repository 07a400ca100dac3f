//! From where coverage is measured: the middle of each postcode, with who lives there.

use nabij_atlas::{Atlas, Pc4, Position, Postcode};

use crate::population::Population;

/// A postcode from which coverage is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The code: four digits, or six characters.
    pub postcode: Postcode,
    /// Its middle.
    pub position: Position,
    /// The main town or village.
    pub place: String,
    /// The municipality.
    pub municipality: String,
    /// The province.
    pub province: String,
    /// How many live there; none if nobody said.
    pub inhabitants: Option<f64>,
    /// What it weighs in totals: its inhabitants, or one where no population was given at all. A postcode that the
    /// population does not name weighs nothing.
    pub weight: f64,
}

/// Every four-digit postcode.
pub fn by_pc4(atlas: &Atlas, population: Option<&Population>) -> Vec<Origin> {
    let areas = atlas.postcodes();
    areas
        .map(|area| {
            let inhabitants = population.and_then(|population| population.of(area.pc4.into()));
            Origin {
                postcode: area.pc4.into(),
                position: area.position,
                place: area.places.first().cloned().unwrap_or_default(),
                municipality: area.municipality.clone(),
                province: area.province.clone(),
                inhabitants,
                weight: weight(population, inhabitants),
            }
        })
        .collect()
}

/// Every six-character postcode of the table that the operator imported; none without one. Where the population has
/// four digits only, its inhabitants are spread evenly over their codes.
pub fn by_pc6(atlas: &Atlas, population: Option<&Population>) -> Vec<Origin> {
    let codes: Vec<(Postcode, Position)> = atlas.pc6().iter().collect();
    let inhabitants = match population {
        Some(population) => {
            let codes: Vec<Postcode> = codes.iter().map(|(code, _)| *code).collect();
            population.spread(&codes)
        }
        None => vec![None; codes.len()],
    };
    let origin = |((postcode, position), inhabitants): ((Postcode, Position), Option<f64>)| {
        let area = atlas.postcode(postcode.pc4());
        Origin {
            postcode,
            position,
            place: area
                .and_then(|area| area.places.first().cloned())
                .unwrap_or_default(),
            municipality: area.map(|area| area.municipality.clone()).unwrap_or_default(),
            province: area.map(|area| area.province.clone()).unwrap_or_default(),
            inhabitants,
            weight: weight(population, inhabitants),
        }
    };
    codes.into_iter().zip(inhabitants).map(origin).collect()
}

fn weight(population: Option<&Population>, inhabitants: Option<f64>) -> f64 {
    match population {
        Some(_) => inhabitants.unwrap_or(0.0),
        None => 1.0,
    }
}

impl Origin {
    /// The four digits.
    pub fn pc4(&self) -> Pc4 {
        self.postcode.pc4()
    }
}
