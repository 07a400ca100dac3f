//! The table of coverage: a row a province, a municipality or a postcode, sorted, with small numbers of people left out.

use std::{cmp::Ordering, fmt};

use nabij_analysis::{
    coverage::{Coverage, Origin, Reach, RegionLevel, RegionRow, regions},
    words::{kilometres, tenths, whole},
};

use super::{
    LEAST,
    choices::{Choices, Level},
};

/// A figure, or a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Name(String),
    Whole(f64),
    Tenths(f64),
    /// Metres, shown in kilometres; none for nowhere.
    Distance(Option<f64>),
    /// Too few people to tell.
    Few,
}

/// The table.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    /// The messages above the columns.
    pub(super) columns: &'static [&'static str],
    /// How many of the columns are names.
    pub(super) names: usize,
    pub(super) rows: Vec<Vec<Cell>>,
}

const REGION: &[&str] = &[
    "coverage-region",
    "coverage-codes",
    "coverage-people",
    "coverage-people-without",
    "coverage-percent",
    "coverage-half",
    "coverage-within",
];
const POSTCODE: &[&str] = &[
    "coverage-postcode",
    "coverage-place",
    "coverage-municipality",
    "coverage-people",
    "coverage-nearest",
    "coverage-third",
    "coverage-within",
    "coverage-evening",
    "coverage-free",
];

impl Table {
    /// The table that was chosen, sorted as it was chosen. With a population, fewer than ten people are not told.
    pub(super) fn new(coverage: &Coverage, choices: &Choices, has_population: bool) -> Self {
        let by_region = |level: RegionLevel| {
            let rows = regions(coverage, 0, level);
            rows.iter().map(|row| region(row, has_population)).collect()
        };
        let (columns, names, rows): (_, _, Vec<Vec<Cell>>) = match choices.level {
            Level::Province => (REGION, 1, by_region(RegionLevel::Province)),
            Level::Municipality => (REGION, 1, by_region(RegionLevel::Municipality)),
            Level::Postcode => {
                let rows = coverage
                    .of(0)
                    .map(|(origin, reach)| postcode(origin, reach, has_population));
                (POSTCODE, 3, rows.collect())
            }
        };
        let mut table = Self { columns, names, rows };
        table.sort(choices.column, choices.descending);
        table
    }

    /// What is not known comes last, either way. Rows that are alike stay in the order of their names.
    fn sort(&mut self, column: usize, descending: bool) {
        self.rows.sort_by(|a, b| match (a.get(column), b.get(column)) {
            (Some(a), Some(b)) => a.order(b, descending),
            _ => Ordering::Equal,
        });
    }

    /// The whole table, with plain numbers: a point before decimals, metres.
    pub(super) fn csv(&self) -> String {
        let line = |cells: Vec<String>| {
            let quoted = cells.into_iter().map(|cell| {
                if cell.contains([',', '"', '\n']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell
                }
            });
            quoted.collect::<Vec<_>>().join(",") + "\r\n"
        };
        let names = self
            .columns
            .iter()
            .map(|key| key.trim_start_matches("coverage-").replace('-', "_"));
        let mut csv = line(names.collect());
        for row in &self.rows {
            csv.push_str(&line(row.iter().map(Cell::plain).collect()));
        }
        csv
    }
}

/// A number of people; too few are not told.
fn people(weight: f64, has_population: bool) -> Cell {
    if has_population && weight > 0.0 && weight < LEAST {
        Cell::Few
    } else {
        Cell::Whole(weight)
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn region(row: &RegionRow, has_population: bool) -> Vec<Cell> {
    let (all, without) = (
        people(row.weight, has_population),
        people(row.weight_without, has_population),
    );
    // A share of a known number would tell what is left out.
    let percent = match (&all, &without) {
        (Cell::Few, _) | (_, Cell::Few) => Cell::Few,
        _ => Cell::Tenths(row.percent_without()),
    };
    vec![
        Cell::Name(row.region.clone()),
        Cell::Whole(count(row.postcodes)),
        all,
        without,
        percent,
        Cell::Distance(row.median_nearest_m),
        Cell::Tenths(row.mean_within),
    ]
}

fn postcode(origin: &Origin, reach: &Reach, has_population: bool) -> Vec<Cell> {
    vec![
        Cell::Name(origin.postcode.to_string()),
        Cell::Name(origin.place.clone()),
        Cell::Name(origin.municipality.clone()),
        people(origin.weight, has_population),
        Cell::Distance(reach.nearest_m[0]),
        Cell::Distance(reach.nearest_m[1]),
        Cell::Whole(f64::from(reach.within)),
        Cell::Whole(f64::from(reach.evening_or_weekend)),
        Cell::Whole(f64::from(reach.free)),
    ]
}

impl Cell {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) | Self::Tenths(number) => Some(*number),
            Self::Distance(metres) => *metres,
            Self::Name(_) | Self::Few => None,
        }
    }

    fn order(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Self::Name(a), Self::Name(b)) => turned(a.cmp(b)),
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => turned(a.total_cmp(&b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            },
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Name(name) => nabij_offering::spreadsheet_safe(name).into_owned(),
            Self::Whole(number) => format!("{number:.0}"),
            Self::Tenths(number) => format!("{number:.1}"),
            Self::Distance(metres) => metres.map_or_else(String::new, |metres| format!("{metres:.0}")),
            Self::Few => "<10".to_owned(),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Whole(number) => f.write_str(&whole(*number)),
            Self::Tenths(number) => f.write_str(&tenths(*number)),
            Self::Distance(metres) => f.write_str(&kilometres(*metres)),
            Self::Few => f.write_str("< 10"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: Vec<Cell>) -> Table {
        Table {
            columns: &["coverage-people"],
            names: 0,
            rows: cells.into_iter().map(|cell| vec![cell]).collect(),
        }
    }

    #[test]
    fn what_is_not_known_comes_last_either_way() {
        let cells = [
            Cell::Few,
            Cell::Whole(2.0),
            Cell::Distance(None),
            Cell::Whole(30.0),
        ];
        for (descending, first) in [(false, 2.0), (true, 30.0)] {
            let mut table = table(cells.to_vec());
            table.sort(0, descending);
            assert_eq!(table.rows[0][0], Cell::Whole(first));
            assert_eq!(table.rows[3][0].number(), None);
        }
    }

    #[test]
    fn fewer_than_ten_people_are_not_told_nor_found_out() {
        let row = |weight: f64, weight_without: f64| RegionRow {
            region: "a,b".to_owned(),
            postcodes: 1,
            weight,
            weight_without,
            median_nearest_m: None,
            mean_within: 0.0,
        };
        let told = |weight, without, has_population| {
            let cells = region(&row(weight, without), has_population);
            cells[2..5].iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(told(100.0, 9.0, true), ["100", "< 10", "< 10"]);
        assert_eq!(told(9.0, 0.0, true), ["< 10", "0", "< 10"]);
        assert_eq!(told(100.0, 10.0, true), ["100", "10", "10,0"]);
        assert_eq!(told(9.0, 3.0, false), ["9", "3", "33,3"]);
        let csv = Table {
            rows: vec![region(&row(9.0, 0.0), true)],
            ..table(Vec::new())
        }
        .csv();
        assert_eq!(csv, "people\r\n\"a,b\",1,<10,0,<10,,0.0\r\n");
    }
}
