//! From a text file of six-character postcodes to a table, once.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use fs_err as fs;
use nabij_offering::{Position, PositionError, Postcode, PostcodeError};

use super::{Entry, Pc6Table, key};

/// What became of a file that was imported. Every row is in the table, repeated, or rejected.
#[derive(Debug, Default)]
pub struct Pc6Import {
    /// The table.
    pub table: Pc6Table,
    /// How many rows named a postcode that an earlier row had named; the earlier row counts.
    pub repeated: usize,
    /// Rows that could not be used.
    pub rejected: Vec<Pc6Rejected>,
}

/// A row that could not be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Pc6Rejected {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What is wrong with it.
    #[source]
    pub problem: Pc6RowError,
}

/// What is wrong with a row.
#[derive(Debug, thiserror::Error)]
pub enum Pc6RowError {
    /// Not a postcode.
    #[error(transparent)]
    Postcode(#[from] PostcodeError),
    /// Only the four digits.
    #[error("{0} has no letters; a six-character postcode is needed")]
    NoLetters(Postcode),
    /// Not a number.
    #[error("a latitude or longitude is not a number: {0}")]
    Number(#[from] std::num::ParseFloatError),
    /// Not on earth.
    #[error(transparent)]
    Position(#[from] PositionError),
    /// A column is missing.
    #[error("the row is too short: no {0}")]
    TooShort(&'static str),
}

/// A text file that is no table of postcodes.
#[derive(Debug, thiserror::Error)]
pub enum Pc6ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The text is not a table.
    #[error("{path} is not a table of text: {source}")]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: csv::Error,
    },
    /// The header lacks a column.
    #[error("{path} has no column `{column}`; it needs postcode,lat,lon, or GeoNames' tab-separated columns")]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
}

impl Pc6Table {
    /// Reads a CSV file with the columns `postcode`, `lat` and `lon` (degrees), separated by commas or semicolons, or the
    /// tab-separated file `NL_full.txt` of `GeoNames` (postcode in column 2, latitude and longitude in columns 10 and
    /// 11, no header). Only the table itself is held in memory.
    pub fn import(path: &Path) -> Result<Pc6Import, Pc6ImportError> {
        let mut file = BufReader::new(fs::File::open(path)?);
        if file.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            file.consume(3);
        }
        let delimiter = delimiter(file.fill_buf()?);
        let geonames = delimiter == b'\t';
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(!geonames)
            .quoting(!geonames)
            .flexible(true)
            .from_reader(file);
        let csv_error = |source| Pc6ImportError::Csv {
            path: path.to_owned(),
            source,
        };
        let columns = if geonames {
            [1, 9, 10]
        } else {
            let headers = reader.byte_headers().map_err(csv_error)?;
            let find = |column: &'static str| {
                let found = headers
                    .iter()
                    .position(|name| name.trim_ascii() == column.as_bytes());
                found.ok_or_else(|| Pc6ImportError::NoColumn {
                    path: path.to_owned(),
                    column,
                })
            };
            [find("postcode")?, find("lat")?, find("lon")?]
        };
        let (mut entries, mut rejected) = (Vec::new(), Vec::new());
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(csv_error)? {
            match row(&record, columns) {
                Ok(entry) => entries.push(entry),
                Err(problem) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    rejected.push(Pc6Rejected { line, problem });
                }
            }
        }
        let rows = entries.len();
        // Stable: of a code that is repeated, the first row stays.
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        Ok(Pc6Import {
            repeated: rows - entries.len(),
            rejected,
            table: Self { entries },
        })
    }
}

/// What separates the columns, from the first line of a file: a tab wherever there is one, else the more frequent.
fn delimiter(head: &[u8]) -> u8 {
    let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator| first_line.split(|byte| *byte == separator).count();
    if first_line.contains(&b'\t') {
        b'\t'
    } else if count(b';') > count(b',') {
        b';'
    } else {
        b','
    }
}

fn row(record: &csv::ByteRecord, [postcode, lat, lon]: [usize; 3]) -> Result<Entry, Pc6RowError> {
    // A byte that is no UTF-8 does no harm in a name; in a postcode or number, the row is rejected.
    let field = |column, name| {
        let bytes = record.get(column).ok_or(Pc6RowError::TooShort(name))?;
        Ok::<_, Pc6RowError>(String::from_utf8_lossy(bytes.trim_ascii()))
    };
    let postcode: Postcode = field(postcode, "postcode")?.parse()?;
    let key = key(postcode).ok_or(Pc6RowError::NoLetters(postcode))?;
    let position = Position::new(field(lat, "lat")?.parse()?, field(lon, "lon")?.parse()?)?;
    Ok((key, position))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &str) -> Result<Pc6Import, Pc6ImportError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codes");
        fs::write(&path, text).unwrap();
        Pc6Table::import(&path)
    }

    #[test]
    fn both_formats_give_the_same_table_and_name_the_rows_they_cannot_use() {
        let csv = "\u{feff}lon,postcode,lat\n4.48,3011AD,51.92\n4.49,3011 AD,51.93\n4.5,3011,51.9\n1,0011AA,1\nx,3011AE,1\n4.5,3011AF\n4.5,3011AG,95\n4.4,1011 AB,52.3\n";
        let imported = import(csv).unwrap();
        assert_eq!((imported.table.len(), imported.repeated), (2, 1));
        let lines: Vec<u64> = imported.rejected.iter().map(|row| row.line).collect();
        assert_eq!(lines, [4, 5, 6, 7, 8]);
        let at = imported.table.get("3011ad".parse().unwrap()).unwrap();
        assert_eq!((at.lat(), at.lon()), (51.92, 4.48));
        let tabs = "NL\t3011 AD\tRotterdam\tZuid-Holland\t11\tRotterdam\t0599\t\t\t51.92\t4.48\t6\n\
                    NL\t1011 AB\t'Amsterdam \"x\t\t\t\t\t\t\t52.3\t4.4\t6\n";
        assert_eq!(import(tabs).unwrap().table, imported.table);
        let semicolons = csv.replace(',', ";");
        assert_eq!(import(&semicolons).unwrap().table, imported.table);
        assert!(matches!(
            import("code,lat,lon\n"),
            Err(Pc6ImportError::NoColumn {
                column: "postcode",
                ..
            })
        ));
    }
}
