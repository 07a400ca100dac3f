//! What came of each source, as numbers; together a table: source × format × what became of the rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Serialize;

use crate::source::Format;

/// What came of a source. `rows` is always `indexed` + `rejected` + `merged`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Name of the source.
    pub source: String,
    /// The formats of its files, by the names that `nabij.toml` has for them.
    pub formats: Vec<&'static str>,
    /// Rows read.
    pub rows: u64,
    /// Offerings in the index.
    pub indexed: u64,
    /// Rows that are not in the index.
    pub rejected: u64,
    /// Rows that are in the index as part of the offering of another source.
    pub merged: u64,
    /// Records that are no offerings and were never to be, such as taxonomies, by what they are. They are no rows.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<&'static str, u64>,
}

impl Outcome {
    pub(crate) fn new(source: &str, formats: &BTreeSet<Format>) -> Self {
        Self {
            source: source.to_owned(),
            formats: formats.iter().map(|format| format.name()).collect(),
            ..Self::default()
        }
    }

    /// How many records are no offerings.
    pub fn other_records(&self) -> u64 {
        self.others.values().sum()
    }

    fn cells(&self) -> [String; 7] {
        [
            self.source.replace('|', "/"),
            self.formats.join(", "),
            self.rows.to_string(),
            self.indexed.to_string(),
            self.rejected.to_string(),
            self.merged.to_string(),
            self.other_records().to_string(),
        ]
    }
}

/// The names of the columns; the first two hold words, the others numbers.
const HEADER: [&str; 7] = [
    "source",
    "format",
    "rows in",
    "indexed",
    "rejected",
    "merged",
    "no offerings",
];

/// The table of all sources, in Markdown.
#[derive(Debug)]
pub(crate) struct Outcomes<'a>(pub(crate) &'a [Outcome]);

impl fmt::Display for Outcomes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; 7]> = self.0.iter().map(Outcome::cells).collect();
        let mut widths = HEADER.map(str::len);
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        write_row(f, &HEADER.map(str::to_owned), widths)?;
        let mut rules = widths.map(|width| "-".repeat(width));
        for rule in rules.iter_mut().skip(2) {
            rule.replace_range(rule.len() - 1.., ":");
        }
        write_row(f, &rules, widths)?;
        rows.iter().try_for_each(|row| write_row(f, row, widths))
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, cells: &[String; 7], widths: [usize; 7]) -> fmt::Result {
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if column < 2 {
            write!(f, "| {cell:<width$} ")?;
        } else {
            write!(f, "| {cell:>width$} ")?;
        }
    }
    writeln!(f, "|")
}
