//! Queries made up like those of residents: postcodes by how many live there, the rest by weights.

use std::collections::BTreeMap;

use nabij_atlas::{Atlas, PostcodeArea};
use nabij_offering::{Kind, Theme};
use rand::{
    Rng, SeedableRng,
    distr::{Distribution, weighted::WeightedIndex},
    rngs::StdRng,
};
use serde::Deserialize;

use super::Asked;
use crate::population::Population;

/// How often each class, theme, kind and text is drawn.
#[derive(Debug, Clone)]
pub struct Weights(BTreeMap<What, (Vec<String>, WeightedIndex<f64>)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Class,
    Theme,
    Kind,
    Text,
}

/// A row of the table.
#[derive(Deserialize)]
struct Row {
    what: What,
    value: String,
    weight: f64,
}

/// The classes that can be drawn.
const CLASSES: [&str; 7] = ["near", "theme", "kind", "words", "relevance", "nearest", "box"];

/// A table of weights that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// Not the columns `what`, `value` and `weight`.
    #[error("the weights are not a table with the columns what, value, weight")]
    Csv(#[from] csv::Error),
    /// A value that cannot be drawn.
    #[error("line {line}: `{value}` cannot be drawn; known are {known}")]
    Unknown {
        /// The line.
        line: u64,
        /// What stands there.
        value: String,
        /// What may stand there.
        known: String,
    },
    /// No weight above zero, or one below.
    #[error("the weights of {what} must be zero or more, and not all zero")]
    Weights {
        /// Of what.
        what: &'static str,
        /// What is wrong with them.
        source: rand::distr::weighted::Error,
    },
}

impl Weights {
    /// The weights of `data/queries/weights.csv`.
    pub fn shipped() -> Result<Self, WeightsError> {
        Self::read(include_str!("../../../data/queries/weights.csv").as_bytes())
    }

    /// Reads a table with the columns `what`, `value` and `weight`.
    pub fn read(from: impl std::io::Read) -> Result<Self, WeightsError> {
        let mut reader = csv::Reader::from_reader(from);
        let mut values: BTreeMap<What, (Vec<String>, Vec<f64>)> = BTreeMap::new();
        for (line, row) in (2..).zip(reader.deserialize::<Row>()) {
            let row = row?;
            check(&row).map_err(|known| WeightsError::Unknown {
                line,
                value: row.value.clone(),
                known,
            })?;
            let (names, weights) = values.entry(row.what).or_default();
            names.push(row.value);
            weights.push(row.weight);
        }
        let mut drawn = BTreeMap::new();
        for (what, name) in [
            (What::Class, "class"),
            (What::Theme, "theme"),
            (What::Kind, "kind"),
            (What::Text, "text"),
        ] {
            let (names, weights) = values.remove(&what).unwrap_or_default();
            let weights =
                WeightedIndex::new(weights).map_err(|source| WeightsError::Weights { what: name, source })?;
            drawn.insert(what, (names, weights));
        }
        Ok(Self(drawn))
    }

    fn draw(&self, what: What, dice: &mut StdRng) -> &str {
        let drawn = self
            .0
            .get(&what)
            .and_then(|(names, weights)| names.get(weights.sample(dice)));
        drawn.map_or("", String::as_str)
    }
}

/// What would be right, if it is wrong.
fn check(row: &Row) -> Result<(), String> {
    match row.what {
        What::Class if !CLASSES.contains(&row.value.as_str()) => Err(CLASSES.join(", ")),
        What::Theme => row.value.parse::<Theme>().map(drop).map_err(|error| error.known),
        What::Kind => row.value.parse::<Kind>().map(drop).map_err(|error| error.known),
        _ => Ok(()),
    }
}

/// Draws queries; the same for the same seed. Postcodes are drawn by their inhabitants if these are known, and each
/// as often as any other if not.
///
/// # Errors
/// No postcode has an inhabitant.
pub fn draw(
    atlas: &Atlas,
    population: Option<&Population>,
    weights: &Weights,
    count: usize,
    seed: u64,
) -> Result<Vec<Asked>, WeightsError> {
    let areas: Vec<&PostcodeArea> = atlas.postcodes().collect();
    let living = |area: &&PostcodeArea| match population {
        Some(population) => population.of(area.pc4.into()).unwrap_or(0.0),
        None => 1.0,
    };
    let by_inhabitants =
        WeightedIndex::new(areas.iter().map(living)).map_err(|source| WeightsError::Weights {
            what: "postcodes",
            source,
        })?;
    let mut dice = StdRng::seed_from_u64(seed);
    let mut queries = Vec::with_capacity(count);
    for line in (1..).take(count) {
        let Some(area) = areas.get(by_inhabitants.sample(&mut dice)) else {
            continue;
        };
        queries.push(one(&mut dice, weights, area, line));
    }
    Ok(queries)
}

fn one(dice: &mut StdRng, weights: &Weights, area: &PostcodeArea, line: u64) -> Asked {
    let class = weights.draw(What::Class, dice);
    let mut parameters: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| parameters.push((name.to_owned(), value));
    if class == "box" {
        // A map on a screen: from a neighbourhood to a region.
        let half = 0.005 * f64::from(1_u32 << dice.random_range(0..5));
        let (lat, lon) = (area.position.lat(), area.position.lon());
        let (west, east) = (lon - 2.56 * half, lon + 2.56 * half);
        add(
            "bbox",
            format!("{west:.5},{:.5},{east:.5},{:.5}", lat - half, lat + half),
        );
    } else {
        add("postcode", area.pc4.to_string());
    }
    match class {
        "near" | "theme" | "kind" => add("radius", "5000".to_owned()),
        "words" | "relevance" => add("radius", "10000".to_owned()),
        _ => {}
    }
    match class {
        "theme" | "box" => add("theme", weights.draw(What::Theme, dice).to_owned()),
        "kind" => add("kind", weights.draw(What::Kind, dice).to_owned()),
        "words" | "relevance" | "nearest" => add("q", weights.draw(What::Text, dice).to_owned()),
        _ => {}
    }
    match class {
        "box" => add("limit", "0".to_owned()),
        "nearest" => add("total", "none".to_owned()),
        "relevance" => add("sort", "relevance".to_owned()),
        "near" => add("facets", "kind,theme".to_owned()),
        _ => {}
    }
    Asked {
        class: class.to_owned(),
        line,
        parameters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_drawn_by_their_inhabitants_and_classes_by_their_weights() {
        let atlas = Atlas::shipped().unwrap();
        let population = Population::read("postcode,inhabitants\n3011,3000\n8601,1000\n".as_bytes()).unwrap();
        let table =
            "what,value,weight\nclass,near,3\nclass,words,1\ntheme,language,1\nkind,formal,1\ntext,taal,1\n";
        let weights = Weights::read(table.as_bytes()).unwrap();
        let asked = draw(&atlas, Some(&population.population), &weights, 4_000, 1).unwrap();
        let share = |holds: &dyn Fn(&Asked) -> bool| asked.iter().filter(|asked| holds(asked)).count();
        let in_rotterdam = share(&|asked| asked.parameters[0].1 == "3011");
        assert!((2_850..3_150).contains(&in_rotterdam), "{in_rotterdam}");
        let near = share(&|asked| asked.class == "near");
        assert!((2_850..3_150).contains(&near), "{near}");
        assert_eq!(
            asked,
            draw(&atlas, Some(&population.population), &weights, 4_000, 1).unwrap()
        );
        assert_ne!(
            asked,
            draw(&atlas, Some(&population.population), &weights, 4_000, 2).unwrap()
        );
    }

    #[test]
    fn a_table_that_cannot_be_drawn_from_says_why() {
        let error = |table: &str| Weights::read(table.as_bytes()).unwrap_err().to_string();
        assert!(error("what,value,weight\ntheme,cooking,1\n").starts_with("line 2: `cooking`"));
        assert!(error("what,value,weight\nclass,near,0\n").contains("class must be zero or more"));
        assert!(Weights::shipped().is_ok());
    }
}
