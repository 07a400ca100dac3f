//! What became of every row that is not in the index as it stood in the source.

use std::{cmp::Reverse, collections::HashMap, fmt};

use nabij_offering::Field;
use serde::Serialize;

/// What became of the sources.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Offerings in the index.
    pub indexed: u64,
    /// Rows that are not in the index.
    pub rejected: u64,
    /// Everything that was wrong, in the order of the sources.
    pub entries: Vec<Entry>,
}

/// One thing that was wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The file, with the folder or zip that it came in.
    pub source: String,
    /// Line, or number of the feature.
    pub line: u64,
    /// Whether the row is out of the index for it.
    pub rejected: bool,
    /// The field it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
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

/// How many sorts of entries the summary shows; the file has all entries.
const SHOWN: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rows,
            indexed,
            rejected,
            entries,
        } = self;
        writeln!(
            f,
            "{rows} rows read, {indexed} offerings in the index, {rejected} rows rejected"
        )?;
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
    fn group(&self) -> (&str, bool, Option<&str>, &str) {
        (&self.source, self.rejected, self.field, &self.remedy)
    }
}
