//! CSV with a header: in the native format, or by a mapping. Separated by commas, semicolons or tabs.

use std::{
    io::{BufRead, Read},
    sync::Arc,
};

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::{File, Row, RowError, Rows, Sample, SourceError, decode, table::Table};
use crate::mapping::Mapping;

pub(super) fn rows(file: &File, mapping: Option<&Mapping>) -> Result<Rows, SourceError> {
    let mut records = open(file)?;
    let table = Table::new(&file.path, records.names.clone(), mapping.cloned())?;
    let label = Arc::clone(&file.label);
    let mut record = ByteRecord::new();
    Ok(Box::new(std::iter::from_fn(move || {
        let (line, draft) = match records.read(&mut record)? {
            Ok((line, Ok(()))) => {
                let values: Vec<_> = record.iter().map(decode).collect();
                (line, Ok(table.draft(values.iter().map(AsRef::as_ref))))
            }
            Ok((line, Err(error))) => (line, Err(RowError::Csv(error))),
            Err(error) => return Some(Err(error)),
        };
        Some(Ok(Row::new(&label, line, draft)))
    })))
}

/// The records under the header of a CSV file.
pub(super) struct Records<R> {
    /// What the header says.
    pub(super) names: Vec<String>,
    reader: Reader<R>,
    /// After `\r\n` the reader stands before the `\n`, a line too early.
    behind: u64,
}

pub(super) fn open(file: &File) -> Result<Records<impl Read + Send + use<>>, SourceError> {
    let mut text = file.text()?;
    let head = text.fill_buf()?;
    let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let behind = u64::from(first_line.ends_with(b"\r"));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(first_line))
        .from_reader(text);
    let names = match reader.byte_headers() {
        Ok(header) => header.iter().map(|name| decode(name).trim().to_owned()).collect(),
        Err(error) => return Err(file.malformed("a table", error)),
    };
    Ok(Records {
        names,
        reader,
        behind,
    })
}

/// The line of a record, and why it is none if it is not.
type LineRead = (u64, Result<(), csv::Error>);

impl<R: Read> Records<R> {
    /// Reads the next record, and gives its line and whether it is one. Nothing at the end of the file.
    pub(super) fn read(&mut self, record: &mut ByteRecord) -> Option<Result<LineRead, SourceError>> {
        let line = self.reader.position().line() + self.behind;
        Some(match self.reader.read_byte_record(record) {
            Ok(false) => return None,
            Ok(true) => {
                let line = record
                    .position()
                    .map_or(line, |position| Position::line(position) + self.behind);
                Ok((line, Ok(())))
            }
            Err(error) if error.is_io_error() => Err(SourceError::Io(std::io::Error::other(error))),
            Err(error) => Ok((line, Err(error))),
        })
    }
}

/// The header and the first rows.
pub(super) fn sample(file: &File, count: usize) -> Result<Sample, SourceError> {
    let mut records = open(file)?;
    let mut rows = Vec::new();
    let mut record = ByteRecord::new();
    while let (true, Some(read)) = (rows.len() < count, records.read(&mut record)) {
        if read?.1.is_ok() {
            rows.push(record.iter().map(|value| decode(value).into_owned()).collect());
        }
    }
    Ok((records.names, rows))
}

/// The separator that stands most often in the header.
fn delimiter(header: &[u8]) -> u8 {
    let count = |separator: &u8| header.split(|byte| byte == separator).count();
    *[b',', b';', b'\t']
        .iter()
        .max_by_key(|separator| (count(separator), **separator == b','))
        .unwrap_or(&b',')
}
