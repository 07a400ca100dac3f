//! What became of every row that is not in the index as it stood in the source.

use std::fmt;

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

/// How many entries the summary shows; the file has all.
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
        let mut worst: Vec<&Entry> = entries.iter().collect();
        worst.sort_by_key(|entry| !entry.rejected);
        for entry in worst.iter().take(SHOWN) {
            let verdict = if entry.rejected { "rejected" } else { "kept" };
            let field = entry.field.map(|field| format!("{field} ")).unwrap_or_default();
            writeln!(
                f,
                "{}:{}: {verdict}: {field}{}; {}",
                entry.source, entry.line, entry.problem, entry.remedy
            )?;
        }
        match entries.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "… and {more} more in the report file"),
        }
    }
}
