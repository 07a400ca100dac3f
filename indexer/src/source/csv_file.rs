//! CSV with a header: in the native format, or by a mapping. Separated by commas, semicolons or tabs.

use std::{io::Read, path::Path};

use csv::ByteRecord;
use nabij_offering::{Draft, Field};

use super::{Row, RowError, Rows, SourceError, decode};
use crate::mapping::Mapping;

pub(super) fn rows(
    path: &Path,
    mut reader: impl Read + 'static,
    mapping: Option<Mapping>,
) -> Result<Rows, SourceError> {
    let mut head = vec![0; 1 << 16];
    let mut filled = 0;
    while filled < head.len() {
        match reader.read(&mut head[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    head.truncate(filled);
    let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = delimiter(first_line);
    let header_text = decode(first_line).trim().chars().take(200).collect::<String>();
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(std::io::Cursor::new(head).chain(reader));
    let missing = |missing: &str| SourceError::Header {
        path: path.to_owned(),
        missing: missing.to_owned(),
        header: header_text.clone(),
    };
    let Ok(header) = table.byte_headers().cloned() else {
        return Err(missing("id"));
    };
    let names: Vec<String> = header.iter().map(|name| decode(name).trim().to_owned()).collect();
    match &mapping {
        None if !names.iter().any(|name| name == Field::Id.name()) => return Err(missing(Field::Id.name())),
        Some(mapping) => {
            if let Some(absent) = mapping
                .columns()
                .find(|column| !names.iter().any(|name| name == column))
            {
                return Err(missing(absent));
            }
        }
        None => {}
    }
    let mut record = ByteRecord::new();
    Ok(Box::new(std::iter::from_fn(move || {
        let line = table.position().line();
        match table.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let values: Vec<_> = record.iter().map(decode).collect();
                let pairs = names
                    .iter()
                    .map(String::as_str)
                    .zip(values.iter().map(AsRef::as_ref));
                let line = record.position().map_or(line, csv::Position::line);
                Some(Ok(Row {
                    line,
                    draft: Ok(draft(pairs, mapping.as_ref())),
                }))
            }
            Err(error) if error.is_io_error() => Some(Err(SourceError::Io(std::io::Error::other(error)))),
            Err(error) => Some(Ok(Row {
                line,
                draft: Err(RowError::Csv(error)),
            })),
        }
    })))
}

fn draft<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, mapping: Option<&Mapping>) -> Draft {
    if let Some(mapping) = mapping {
        let row: std::collections::HashMap<&str, &str> = pairs.collect();
        return mapping.apply(|column| row.get(column).map(|value| (*value).to_owned()));
    }
    let mut draft = Draft::default();
    for (name, value) in pairs {
        match name.parse::<Field>() {
            Ok(field) => draft.set(field, value),
            Err(_) if value.trim().is_empty() => {}
            Err(_) => draft.add_stranger(name),
        }
    }
    draft
}

/// The separator that stands most often in the header.
fn delimiter(header: &[u8]) -> u8 {
    let count = |separator: &u8| header.split(|byte| byte == separator).count();
    *[b',', b';', b'\t']
        .iter()
        .max_by_key(|separator| (count(separator), **separator == b','))
        .unwrap_or(&b',')
}
