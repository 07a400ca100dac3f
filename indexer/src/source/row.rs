//! A row: what one record of a source holds, or why it cannot be read.

use std::sync::Arc;

use nabij_offering::Draft;

use super::SourceError;
use crate::report::Remark;

/// One record of a source.
#[derive(Debug)]
pub struct Row {
    /// The file, as the report names it.
    pub file: Arc<str>,
    /// From 1; the line on which the record begins, or its number in a file that has no lines worth counting.
    pub line: u64,
    /// What it holds, or why it cannot be read.
    pub draft: Result<Draft, RowError>,
    /// What its reader noticed; the record is kept.
    pub remarks: Vec<Remark>,
}

/// A record that cannot be read. The records after it can.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// Not JSON, or not an object.
    #[error("is not a JSON object: {0}")]
    Json(#[from] serde_json::Error),
    /// Not as many fields as the header, or a quote that never ends.
    #[error("is not a row of this table: {0}")]
    Csv(#[from] csv::Error),
    /// A row whose header names a column twice.
    #[error("is not a row of this table: {0}")]
    Table(String),
    /// Longer than any offering.
    #[error("is longer than {0} bytes")]
    TooLong(usize),
    /// A record of the format that holds no offering and was never to hold one, such as a taxonomy. It is no row: the
    /// report counts it as what it is.
    #[error("is {0}, and no offering")]
    NotAnOffering(&'static str),
    /// A record that lacks what every offering has.
    #[error("is {0}")]
    Incomplete(&'static str),
    /// The source itself says that it is no longer there.
    #[error("has the status `{0}`")]
    Inactive(String),
    /// The file cannot be read from here on.
    #[error("the file cannot be read from here on: {0}")]
    BreaksOff(String),
    /// A file of a folder cannot be read. The other files can.
    #[error("the file was not read: {0}")]
    File(Box<SourceError>),
}

/// The rows of a source.
pub type Rows = Box<dyn Iterator<Item = Result<Row, SourceError>> + Send>;

impl Row {
    pub(crate) fn new(file: &Arc<str>, line: u64, draft: Result<Draft, RowError>) -> Self {
        Self {
            file: Arc::clone(file),
            line,
            draft,
            remarks: Vec::new(),
        }
    }
}

impl RowError {
    /// What the editor can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Json(_) | Self::Csv(_) | Self::Table(_) => "mend the line",
            Self::TooLong(_) => "shorten it",
            Self::NotAnOffering(_) => "nothing, if the source is meant to hold it",
            Self::Incomplete(_) => "mend it at its source",
            Self::Inactive(_) => "nothing; it is left out until the source says that it is active",
            Self::BreaksOff(_) => "export the file again; it may have been cut off",
            Self::File(_) => "mend the file, or take it out of the folder",
        }
    }
}
