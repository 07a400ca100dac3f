//! Spreadsheets: the first sheet with a header and rows of XLSX, XLS, XLSB and ODS, read as the table that it shows.

use std::sync::Arc;

use calamine::{Data, DataType, Range, Reader, open_workbook_auto};
use fs_err as fs;

use super::{
    File, Row, Rows, Sample, SourceError, archive,
    files::{LARGEST_WHOLE, ending},
    table::Table,
};
use crate::mapping::Mapping;

pub(super) fn rows(file: &File, mapping: Option<&Mapping>) -> Result<Rows, SourceError> {
    let (names, cells, header_line) = open(file)?;
    let table = Table::new(&file.path, names, mapping.cloned())?;
    let label = Arc::clone(&file.label);
    let first = u64::from(cells.start().map_or(0, |(row, _)| row));
    let rows: Vec<Vec<String>> = cells.rows().map(|row| row.iter().map(text).collect()).collect();
    let rows = (1..).zip(rows).skip_while(move |(line, _)| *line <= header_line);
    Ok(Box::new(rows.filter_map(
        move |(line, values): (u64, Vec<String>)| {
            let empty = values.iter().all(|value| value.trim().is_empty());
            let draft = (!empty).then(|| table.draft(values.iter().map(String::as_str)))?;
            Some(Ok(Row::new(&label, first + line, Ok(draft))))
        },
    )))
}

/// The names in the header of the first sheet that holds something, its cells, and the line of the header in them.
fn open(file: &File) -> Result<(Vec<String>, Range<Data>, u64), SourceError> {
    if fs::metadata(&file.path)?.len() > LARGEST_WHOLE {
        let path = file.path.clone();
        return Err(SourceError::TooLarge {
            path,
            limit: LARGEST_WHOLE,
        });
    }
    if ending(&file.path) != "xls" {
        archive::probe(&file.path)?;
    }
    let mut book = open_workbook_auto(&file.path).map_err(|error| file.malformed("a spreadsheet", error))?;
    for sheet in book.sheet_names() {
        let cells = book
            .worksheet_range(&sheet)
            .map_err(|error| file.malformed("a spreadsheet", error))?;
        // Above the header there may be a title: the header is the first row with two cells or more.
        let header = (1..)
            .zip(cells.rows())
            .find(|(_, row)| row.iter().filter(|cell| !cell.is_empty()).count() > 1);
        if let Some((line, header)) = header {
            let names = header.iter().map(|cell| text(cell).trim().to_owned()).collect();
            return Ok((names, cells, line));
        }
    }
    Err(SourceError::Empty(file.path.clone()))
}

/// The header and the first rows.
pub(super) fn sample(file: &File, count: usize) -> Result<Sample, SourceError> {
    let (names, cells, header_line) = open(file)?;
    let rows = (1..)
        .zip(cells.rows())
        .skip_while(|(line, _)| *line <= header_line);
    let rows = rows.take(count).map(|(_, row)| row.iter().map(text).collect());
    Ok((names, rows.collect()))
}

/// A cell as a person reads it, with dates as the native format has them.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(_) | Data::DateTimeIso(_) => {
            let Some(moment) = cell.as_datetime() else {
                return cell.to_string();
            };
            let midnight = moment.time() == chrono::NaiveTime::MIN;
            moment
                .format(if midnight { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M" })
                .to_string()
        }
        // A spreadsheet keeps every number with a fraction; a house number has none.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}
