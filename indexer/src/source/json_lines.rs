//! JSON Lines in the native format: an object a line.

use std::{
    io::{BufRead, Read},
    sync::Arc,
};

use super::{File, LONGEST_ROW, Row, RowError, Rows, SourceError, decode};

pub(super) fn rows(file: &File) -> Result<Rows, SourceError> {
    let mut reader = file.text()?;
    let label = Arc::clone(&file.label);
    let mut line = 0;
    let mut bytes = Vec::new();
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            bytes.clear();
            line += 1;
            match read_line(&mut reader, &mut bytes) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(error) => return Some(Err(SourceError::Io(error))),
            }
            if bytes.len() > LONGEST_ROW {
                return Some(Ok(Row::new(&label, line, Err(RowError::TooLong(LONGEST_ROW)))));
            }
            let text = decode(&bytes);
            if !text.trim().is_empty() {
                let draft = serde_json::from_str(&text).map_err(RowError::Json);
                return Some(Ok(Row::new(&label, line, draft)));
            }
        }
    })))
}

/// Reads a line, at most one byte more than the longest; the rest of a longer one is passed over.
fn read_line(reader: &mut impl BufRead, bytes: &mut Vec<u8>) -> std::io::Result<bool> {
    let limit = LONGEST_ROW as u64 + 1;
    let read = reader.by_ref().take(limit).read_until(b'\n', bytes)?;
    if bytes.len() > LONGEST_ROW && bytes.last() != Some(&b'\n') {
        reader.skip_until(b'\n')?;
    }
    Ok(read > 0)
}
