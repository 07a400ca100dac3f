//! What became of every row that is not in the index as it stood in the source.

use std::{cmp::Reverse, collections::HashMap, fmt, io::Write};

use chrono::NaiveDate;
use nabij_atlas::Atlas;
use nabij_engine::{Index, SearchError};
use nabij_offering::{Draft, Field, Offering, Problem};
use serde::Serialize;

use crate::{
    outcome::{Outcome, Outcomes},
    quality::{Quality, page, table},
    visibility::{Viewpoint, Visibility},
};

/// What became of the sources.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Offerings in the index.
    pub indexed: u64,
    /// Rows that are not in the index.
    pub rejected: u64,
    /// The same by source, in the order of reading.
    pub sources: Vec<Outcome>,
    /// Rows that are in the index as part of another: the same offering from two sources.
    pub merged: Vec<Duplicate>,
    /// Pairs that may be the same offering; both are in the index.
    pub possible_duplicates: Vec<Duplicate>,
    /// What came through, by source and organisation.
    pub quality: Quality,
    /// Which profiles show what, if somebody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible: Option<Visibility>,
    /// Everything that was wrong, in the order of the sources.
    pub entries: Vec<Entry>,
}

impl Report {
    /// Looks up which profiles show what of the index that was built.
    pub fn look(
        &mut self,
        index: &Index,
        atlas: &Atlas,
        viewpoints: &[Viewpoint],
    ) -> Result<(), SearchError> {
        self.visible = Some(Visibility::look(index, atlas, viewpoints, &self.merged)?);
        Ok(())
    }

    /// Writes a CSV with a line for every offering of that index: where it is, and which profiles show it. Nothing if
    /// nobody looked. Links begin with `site`.
    pub fn write_visible(&self, index: &Index, site: &str, out: impl Write) -> Result<(), csv::Error> {
        let visible = self.visible.as_ref();
        visible.map_or(Ok(()), |visible| visible.write(index, site, out))
    }

    /// Writes the report as a CSV for spreadsheets, a line for everything an editor can do something about. Links begin
    /// with `site`.
    pub fn write_table(&self, site: &str, out: impl Write) -> Result<(), csv::Error> {
        table::write(self, site, out)
    }

    /// The report as one page in plain Dutch. Links begin with `site`.
    pub fn page(&self, site: &str, today: NaiveDate) -> Result<String, askama::Error> {
        page::render(self, site, today)
    }
}

/// Two rows that are the same offering, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The row of the source with the highest priority.
    pub kept: Origin,
    /// The other.
    pub other: Origin,
    /// How sure it is, in points.
    pub score: i32,
    /// The fields of which the two say different things.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagree: Vec<&'static str>,
}

/// A row, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Name of the source.
    pub source: String,
    /// Line, or number of the feature.
    pub line: u64,
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who offers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// One thing that was wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The file, with the folder or zip that it came in.
    pub source: String,
    /// Line, or number of the feature.
    pub line: u64,
    /// The identifier of the offering, if the row has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who offers it, if the row says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Whether the row is out of the index for it.
    pub rejected: bool,
    /// The field it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// The sort of problem, by a name that stays the same.
    pub code: &'static str,
    /// What the row has in the field: its beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: &'static str,
}

/// Something to say about a row: an [`Entry`] that does not know yet which row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The field it is about, if it is about one.
    pub field: Option<Field>,
    /// The sort of problem, by a name that stays the same.
    pub code: &'static str,
    /// What is odd.
    pub problem: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl Remark {
    pub(crate) fn new(
        field: impl Into<Option<Field>>,
        code: &'static str,
        problem: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self {
            field: field.into(),
            code,
            problem: problem.into(),
            remedy,
        }
    }
}

impl From<Problem> for Remark {
    fn from(problem: Problem) -> Self {
        Self {
            field: Some(problem.field),
            code: problem.kind.code(),
            problem: problem.kind.to_string(),
            remedy: problem.kind.remedy(),
        }
    }
}

impl Origin {
    pub(crate) fn new(source: &str, line: u64, offering: &Offering) -> Self {
        Self {
            source: source.to_owned(),
            line,
            id: offering.id.clone(),
            title: offering.title.clone(),
            organisation: offering.organisation.clone(),
        }
    }
}

impl Entry {
    pub(crate) fn new(source: &str, line: u64, draft: &Draft, rejected: bool, remark: Remark) -> Self {
        let text = |field| draft.get(field).map(beginning);
        Self {
            source: source.to_owned(),
            line,
            id: text(Field::Id),
            organisation: text(Field::Organisation),
            rejected,
            field: remark.field.map(Field::name),
            code: remark.code,
            value: remark.field.and_then(text),
            problem: remark.problem,
            remedy: remark.remedy,
        }
    }
}

/// At most so many characters of a value stand in the report.
const VALUE: usize = 80;

fn beginning(text: &str) -> String {
    match text.char_indices().nth(VALUE) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// How many sorts of entries the summary shows; the file has all entries.
const SHOWN: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rows,
            indexed,
            rejected,
            sources,
            merged,
            possible_duplicates,
            quality: _,
            visible: _,
            entries,
        } = self;
        writeln!(
            f,
            "{rows} rows read, {indexed} offerings in the index, {rejected} rows rejected"
        )?;
        if !merged.is_empty() || !possible_duplicates.is_empty() {
            let (merged, possible) = (merged.len(), possible_duplicates.len());
            writeln!(
                f,
                "{merged} rows merged with another, {possible} possible duplicates"
            )?;
        }
        let others: u64 = sources.iter().map(Outcome::other_records).sum();
        if sources.len() > 1 {
            write!(f, "\n{}\n", Outcomes(sources))?;
        } else if others > 0 {
            writeln!(f, "{others} records are no offerings, such as taxonomies")?;
        }
        let mut groups: Vec<(&Entry, u64)> = Vec::new();
        let mut at: HashMap<_, usize> = HashMap::new();
        for entry in entries {
            let index = *at.entry(entry.group()).or_insert(groups.len());
            match groups.get_mut(index) {
                Some((_, count)) => *count += 1,
                None => groups.push((entry, 1)),
            }
        }
        groups.sort_by_key(|(entry, count)| (!entry.rejected, Reverse(*count)));
        for (entry, count) in groups.iter().take(SHOWN) {
            let verdict = if entry.rejected { "rejected" } else { "kept" };
            let field = entry.field.map(|field| format!("{field} ")).unwrap_or_default();
            let times = if *count > 1 {
                format!(" ({count} times)")
            } else {
                String::new()
            };
            writeln!(
                f,
                "{}:{}: {verdict}{times}: {field}{}; {}",
                entry.source, entry.line, entry.problem, entry.remedy
            )?;
        }
        match groups.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "… and {more} more sorts in the report file"),
        }
    }
}

impl Entry {
    /// Entries that one line of the summary can stand for: the same trouble with other values.
    fn group(&self) -> (&str, bool, Option<&str>, String) {
        (&self.source, self.rejected, self.field, shape(&self.problem))
    }
}

/// A problem without the values in it: what stands between backticks, and digits.
fn shape(problem: &str) -> String {
    let words = problem.split('`').step_by(2);
    words
        .flat_map(str::chars)
        .filter(|c| !c.is_ascii_digit())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_what_differs_in_values_only() {
        let entry = |line, problem: &str| Entry {
            source: "a.csv".to_owned(),
            line,
            id: None,
            organisation: None,
            rejected: true,
            field: Some("place"),
            code: "lost",
            value: None,
            problem: problem.to_owned(),
            remedy: "mend it",
        };
        let report = Report {
            rows: 3,
            rejected: 3,
            entries: vec![
                entry(2, "has no number"),
                entry(3, "`Miami` at 5 km is unknown"),
                entry(4, "`Homestead` at 12 km is unknown"),
            ],
            ..Report::default()
        };
        let summary = report.to_string();
        let lines: Vec<&str> = summary.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "a.csv:3: rejected (2 times): place `Miami` at 5 km is unknown; mend it",
                "a.csv:2: rejected: place has no number; mend it",
            ]
        );
    }
}
