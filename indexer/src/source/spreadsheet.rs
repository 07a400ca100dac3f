//! Spreadsheets: the first sheet with a header and rows of XLSX, XLS, XLSB and ODS, read as the table that it shows.

mod ods;

use std::{
    fmt::Display,
    io::{BufReader, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use calamine::{Cell, Data, DataRef, DataType, Range, Reader, Sheets, XlsxError, open_workbook_auto};
use fs_err as fs;
use zip::ZipArchive;

use super::{
    File, Row, Rows, Sample, SourceError, archive,
    files::{LARGEST_WHOLE, ending},
    table::Table,
};
use crate::mapping::Mapping;

/// What a file should have been.
const SPREADSHEET: &str = "a spreadsheet";

/// What a file should have been if it is too large.
const FITTING: &str = "a spreadsheet that fits in memory";

/// How much memory the cells of all sheets of an ODS file may take.
const MOST_MEMORY: u64 = 1 << 30;

/// How many cells a sheet may have, the empty ones between others counted: they are all in memory.
const MOST_CELLS: u64 = 20_000_000;

pub(super) fn rows(file: &File, mapping: Option<&Mapping>) -> Result<Rows, SourceError> {
    let (names, cells, header_line) = open(file)?;
    let table = Table::new(&file.path, names, mapping.cloned())?;
    let label = Arc::clone(&file.label);
    let first = u64::from(cells.start().map_or(0, |(row, _)| row));
    let (height, width) = cells.get_size();
    let row = move |row| -> Vec<String> {
        let row = (0..width).map(|column| cells.get((row, column)));
        row.map(|cell| cell.map(text).unwrap_or_default()).collect()
    };
    let rows = (1..).zip((0..height).map(row));
    let rows = rows.skip_while(move |(line, _)| *line <= header_line);
    Ok(Box::new(rows.filter_map(
        move |(line, values): (u64, Vec<String>)| {
            let empty = values.iter().all(|value| value.trim().is_empty());
            let draft = (!empty).then(|| table.draft(values.iter().map(String::as_str)))?;
            Some(Ok(Row::new(&label, first + line, Ok(draft))))
        },
    )))
}

/// The names in the header of the first sheet that holds something, its cells, and the line of the header in them.
type Opened = (Vec<String>, Range<Data>, u64);

/// A file on which the reader of spreadsheets panics (a cell in row 99999999999) is malformed like any other.
fn open(file: &File) -> Result<Opened, SourceError> {
    catch_unwind(AssertUnwindSafe(|| first_table(file)))
        .unwrap_or_else(|_| Err(file.malformed(SPREADSHEET, "something in it has no meaning")))
}

fn first_table(file: &File) -> Result<Opened, SourceError> {
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
    if ending(&file.path) == "ods" {
        measure_ods(file)?;
    }
    let mut book = open_workbook_auto(&file.path).map_err(|error| file.malformed(SPREADSHEET, error))?;
    for sheet in book.sheet_names() {
        let cells = cells(file, &mut book, &sheet)?;
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

/// Refuses an ODS file whose cells repeat until no memory holds them.
fn measure_ods(file: &File) -> Result<(), SourceError> {
    let mut zip =
        ZipArchive::new(fs::File::open(&file.path)?).map_err(|error| file.malformed(SPREADSHEET, error))?;
    // Without this part it is no ODS file, which its reader will say.
    let Ok(content) = zip.by_name("content.xml") else {
        return Ok(());
    };
    match ods::memory(BufReader::new(content)) {
        Ok(bytes) if bytes > MOST_MEMORY => {
            let reason = format!("its cells repeat until they take {} MB", bytes >> 20);
            Err(file.malformed(FITTING, reason))
        }
        Ok(_) => Ok(()),
        Err(error) => Err(file.malformed(SPREADSHEET, error)),
    }
}

/// The cells of a sheet, from the first that is filled to the last.
///
/// XLSX and XLSB say of each cell where it is, so that a single one far away makes a sheet that no memory holds: it is
/// measured before it is made. XLS is limited by its format; ODS was measured when it was opened.
fn cells<R: Read + Seek>(file: &File, book: &mut Sheets<R>, sheet: &str) -> Result<Range<Data>, SourceError> {
    let malformed = |error: &dyn Display| file.malformed(SPREADSHEET, error);
    let cells = match book {
        Sheets::Xlsx(book) => match book.worksheet_cells_reader(sheet) {
            Ok(mut reader) => filled(file, || reader.next_cell())?,
            // A sheet that is a chart.
            Err(XlsxError::NotAWorksheet(_)) => Range::empty(),
            Err(error) => return Err(malformed(&error)),
        },
        Sheets::Xlsb(book) => {
            let reader = book.worksheet_cells_reader(sheet);
            let mut reader = reader.map_err(|error| malformed(&error))?;
            filled(file, || reader.next_cell())?
        }
        book => book.worksheet_range(sheet).map_err(|error| malformed(&error))?,
    };
    let (height, width) = cells.get_size();
    within_limit(file, height as u64, width as u64)?;
    Ok(cells)
}

/// The sheet that the filled cells make.
fn filled<'a, E: Display>(
    file: &File,
    mut next: impl FnMut() -> Result<Option<Cell<DataRef<'a>>>, E>,
) -> Result<Range<Data>, SourceError> {
    let mut cells = Vec::new();
    let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
    while let Some(cell) = next().map_err(|error| file.malformed(SPREADSHEET, error))? {
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        let (row, column) = cell.get_position();
        first = (first.0.min(row), first.1.min(column));
        last = (last.0.max(row), last.1.max(column));
        within_limit(
            file,
            u64::from(last.0 - first.0) + 1,
            u64::from(last.1 - first.1) + 1,
        )?;
        cells.push(Cell::new((row, column), Data::from(cell.get_value().clone())));
    }
    Ok(Range::from_sparse(cells))
}

fn within_limit(file: &File, height: u64, width: u64) -> Result<(), SourceError> {
    if height.saturating_mul(width) <= MOST_CELLS {
        return Ok(());
    }
    let reason = format!(
        "its cells lie {height} rows and {width} columns apart, more than {MOST_CELLS} cells; empty what stands far from the table"
    );
    Err(file.malformed(FITTING, reason))
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
