//! How many people live in a postcode, from a file that the analyst brings.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};

use nabij_atlas::{Atlas, Pc4, Postcode};

/// Inhabitants by postcode.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Population(BTreeMap<Postcode, f64>);

/// What was read, and what could not be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PopulationFile {
    /// The inhabitants.
    pub population: Population,
    /// The rows that were passed over: line and reason.
    pub rejected: Vec<(u64, String)>,
}

/// A file without the columns it needs.
#[derive(Debug, thiserror::Error)]
pub enum PopulationError {
    /// A column is not there.
    #[error("the population file has no column `{0}`; it needs postcode and inhabitants")]
    Column(&'static str),
    /// It is no table.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

impl Population {
    /// Reads a CSV file with the columns `postcode` and `inhabitants`; others are passed over. A postcode that stands
    /// there twice is rejected the second time.
    pub fn read(from: impl std::io::Read) -> Result<PopulationFile, PopulationError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(from);
        let names = reader.headers()?.clone();
        let column = |wanted: &'static str| {
            let is_wanted = |name: &str| {
                name.trim()
                    .trim_start_matches('\u{feff}')
                    .eq_ignore_ascii_case(wanted)
            };
            names
                .iter()
                .position(is_wanted)
                .ok_or(PopulationError::Column(wanted))
        };
        let (postcode, inhabitants) = (column("postcode")?, column("inhabitants")?);
        let mut file = PopulationFile::default();
        for record in reader.records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |at: usize| record.get(at).unwrap_or_default().trim();
            match row(cell(postcode), cell(inhabitants)) {
                Ok((postcode, count)) => match file.population.0.entry(postcode) {
                    Entry::Vacant(free) => {
                        free.insert(count);
                    }
                    Entry::Occupied(_) => {
                        file.rejected
                            .push((line, format!("{postcode} stands here a second time")));
                    }
                },
                Err(reason) => file.rejected.push((line, reason)),
            }
        }
        Ok(file)
    }

    /// How many live in a postcode, if the file says so.
    pub fn of(&self, postcode: Postcode) -> Option<f64> {
        self.0.get(&postcode).copied()
    }

    /// The postcodes of the file whose four digits the atlas does not know.
    pub fn unknown(&self, atlas: &Atlas) -> Vec<Postcode> {
        let codes = self.0.keys().copied();
        codes
            .filter(|code| atlas.postcode(code.pc4()).is_none())
            .collect()
    }

    /// Inhabitants by six characters: what the file says of them, or else the inhabitants of the four digits, divided
    /// evenly among the codes that begin with them and for which the file says nothing.
    pub(crate) fn spread(&self, codes: &[Postcode]) -> Vec<Option<f64>> {
        let mut unsaid: HashMap<Pc4, f64> = HashMap::new();
        let mut said: HashMap<Pc4, f64> = HashMap::new();
        for code in codes {
            match self.of(*code) {
                Some(count) => *said.entry(code.pc4()).or_default() += count,
                None => *unsaid.entry(code.pc4()).or_default() += 1.0,
            }
        }
        let share = |code: &Postcode| {
            let rest = self.of(code.pc4().into())? - said.get(&code.pc4()).copied().unwrap_or(0.0);
            Some(rest.max(0.0) / unsaid.get(&code.pc4())?)
        };
        codes
            .iter()
            .map(|code| self.of(*code).or_else(|| share(code)))
            .collect()
    }
}

fn row(postcode: &str, inhabitants: &str) -> Result<(Postcode, f64), String> {
    let code: Postcode = postcode
        .parse()
        .map_err(|error| format!("`{postcode}` is not a postcode: {error}"))?;
    if inhabitants.is_empty() {
        return Err(format!("{code} has no number of inhabitants"));
    }
    let count: f64 = inhabitants
        .parse()
        .map_err(|error| format!("`{inhabitants}` is not a number of inhabitants: {error}"))?;
    if !(0.0..=1e9).contains(&count) {
        return Err(format!("`{inhabitants}` is not a number of inhabitants"));
    }
    Ok((code, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_cannot_be_used_are_told_and_the_others_count() {
        let text = "place,Postcode,inhabitants\nx,3011,10\nx,301,5\nx,8601,many\nx,8601,-1\nx,3011,11\nx,1001 ZZ,2\n";
        let file = Population::read(text.as_bytes()).unwrap();
        assert_eq!(
            file.rejected.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            [3, 4, 5, 6]
        );
        assert_eq!(file.population.of("1001ZZ".parse().unwrap()), Some(2.0));
        assert_eq!(file.population.of("3011".parse().unwrap()), Some(10.0));
        let atlas = Atlas::shipped().unwrap();
        assert_eq!(file.population.unknown(&atlas), ["1001 ZZ".parse().unwrap()]);
        assert!(matches!(
            Population::read("postcode\n".as_bytes()),
            Err(PopulationError::Column("inhabitants"))
        ));
    }

    #[test]
    fn inhabitants_of_four_digits_are_spread_over_the_codes_that_are_not_named() {
        let text = "postcode,inhabitants\n3011,100\n3011AA,40\n8601,7\n";
        let population = Population::read(text.as_bytes()).unwrap().population;
        let codes = ["3011AA", "3011AB", "3011AC", "1234AA"].map(|code| code.parse().unwrap());
        assert_eq!(
            population.spread(&codes),
            [Some(40.0), Some(30.0), Some(30.0), None]
        );
    }
}
