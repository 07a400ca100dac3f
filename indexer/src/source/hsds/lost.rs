//! The rows of a package that belong to nothing or cannot be read: a remark for each table.

use std::{collections::BTreeMap, sync::Arc};

use csv::ByteRecord;

use crate::source::{File, Remark, SourceError, csv_file};

/// Rows that belong to nothing, by table and by the column that points there.
#[derive(Debug, Default)]
pub(super) struct LostRows(BTreeMap<(Arc<str>, &'static str), Lost>);

#[derive(Debug, Default)]
struct Lost {
    rows: u64,
    first: Option<(u64, String)>,
}

impl LostRows {
    /// Notes a row whose `column` holds `id`, which is nowhere.
    pub(super) fn add(&mut self, file: &File, column: &'static str, line: u64, id: &str) {
        let lost = self.0.entry((Arc::clone(&file.label), column)).or_default();
        lost.rows += 1;
        lost.first.get_or_insert_with(|| (line, id.to_owned()));
    }

    /// A remark for each table.
    pub(super) fn remarks(self) -> Vec<Remark> {
        let remark = |((label, column), lost): ((Arc<str>, &str), Lost)| {
            let (line, id) = lost.first.unwrap_or_default();
            let problem = format!(
                "of {label}, {} rows belong to nothing; the first is line {line} with {column} `{id}`",
                lost.rows
            );
            Remark::new(None, "broken_link", problem, super::BROKEN_LINK)
        };
        self.0.into_iter().map(remark).collect()
    }
}

/// A remark about the rows of a table that are not as long as its header.
pub(super) fn unreadable(file: &File) -> Result<Option<Remark>, SourceError> {
    let mut records = csv_file::open(file)?;
    let mut record = ByteRecord::new();
    let (mut rows, mut first) = (0_u64, None);
    while let Some(read) = records.read(&mut record) {
        if let (line, Err(error)) = read? {
            rows += 1;
            first.get_or_insert((line, error));
        }
    }
    Ok(first.map(|(line, error)| {
        let problem = format!(
            "of {}, {rows} rows cannot be read; the first is line {line}: {error}",
            file.label
        );
        Remark::new(
            None,
            "unreadable_rows",
            problem,
            "mend the rows; what they belong to lacks them",
        )
    }))
}
