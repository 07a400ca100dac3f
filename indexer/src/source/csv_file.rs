//! CSV with a header: in the native format, or by a mapping. Separated by commas, semicolons or tabs.

use std::{
    io::{BufRead, Read},
    sync::Arc,
};

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::{File, Row, RowError, Rows, SourceError, decode, table::Table};
use crate::mapping::Mapping;

pub(super) fn rows(file: &File, mapping: Option<&Mapping>) -> Result<Rows, SourceError> {
    let (names, mut records) = open(file)?;
    let table = Table::new(&file.path, names, mapping.cloned())?;
    let label = Arc::clone(&file.label);
    let mut record = ByteRecord::new();
    Ok(Box::new(std::iter::from_fn(move || {
        let line = records.position().line();
        match records.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let values: Vec<_> = record.iter().map(decode).collect();
                let draft = table.draft(values.iter().map(AsRef::as_ref));
                let line = record.position().map_or(line, Position::line);
                Some(Ok(Row::new(&label, line, Ok(draft))))
            }
            Err(error) if error.is_io_error() => Some(Err(SourceError::Io(std::io::Error::other(error)))),
            Err(error) => Some(Ok(Row::new(&label, line, Err(RowError::Csv(error))))),
        }
    })))
}

/// The names in the header of a CSV file, and its records.
pub(super) fn open(file: &File) -> Result<(Vec<String>, Reader<impl Read + Send + use<>>), SourceError> {
    let mut reader = file.text()?;
    let head = reader.fill_buf()?;
    let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut records = ReaderBuilder::new()
        .delimiter(delimiter(first_line))
        .from_reader(reader);
    let names = match records.byte_headers() {
        Ok(header) => header.iter().map(|name| decode(name).trim().to_owned()).collect(),
        Err(error) => return Err(file.malformed("a table", error)),
    };
    Ok((names, records))
}

/// The separator that stands most often in the header.
fn delimiter(header: &[u8]) -> u8 {
    let count = |separator: &u8| header.split(|byte| byte == separator).count();
    *[b',', b';', b'\t']
        .iter()
        .max_by_key(|separator| (count(separator), **separator == b','))
        .unwrap_or(&b',')
}
