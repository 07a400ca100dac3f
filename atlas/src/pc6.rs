//! The optional table of six-character postcodes: a street instead of a neighbourhood.
//!
//! On disk: the eight bytes `NABIJPC6`, the number of entries (u32), then per entry its key (u32), latitude and longitude
//! (f64, degrees), in the order of the keys, and the XXH3 of all entries (u64). All little-endian.

use std::{
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use fs_err as fs;
use nabij_offering::{Position, PositionError, Postcode, PostcodeError};
use xxhash_rust::xxh3::Xxh3Default;

const MAGIC: [u8; 8] = *b"NABIJPC6";
/// Bytes of one entry on disk.
const ENTRY: usize = 20;

/// Six-character postcodes and where they are: 24 bytes each in memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pc6Table {
    /// Sorted by key, each key once.
    entries: Vec<(u32, Position)>,
}

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

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Pc6Error {
    /// The file cannot be read or written.
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
    /// Another kind of file.
    #[error("{0} is not a table of postcodes; make one with `nabij postcodes import`")]
    NotATable(PathBuf),
    /// Bytes were changed or lost.
    #[error("{0} is damaged; make it again with `nabij postcodes import`")]
    Damaged(PathBuf),
}

impl Pc6Table {
    /// Where a postcode is, if it has letters and is in the table.
    pub fn get(&self, postcode: Postcode) -> Option<Position> {
        let key = key(postcode)?;
        let at = self.entries.binary_search_by_key(&key, |entry| entry.0).ok()?;
        self.entries.get(at).map(|entry| entry.1)
    }

    /// How many postcodes there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Reads a CSV file with the columns `postcode`, `lat` and `lon` (degrees), or the tab-separated file `NL_full.txt`
    /// of `GeoNames` (postcode in column 2, latitude and longitude in columns 10 and 11, no header).
    pub fn import(path: &Path) -> Result<Pc6Import, Pc6Error> {
        let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
        let text = text.trim_start_matches('\u{feff}');
        let geonames = text.lines().next().is_some_and(|line| line.contains('\t'));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if geonames { b'\t' } else { b',' })
            .has_headers(!geonames)
            .quoting(!geonames)
            .flexible(true)
            .from_reader(text.as_bytes());
        let csv_error = |source| Pc6Error::Csv {
            path: path.to_owned(),
            source,
        };
        let columns = if geonames {
            [1, 9, 10]
        } else {
            let headers = reader.headers().map_err(csv_error)?;
            let find = |column: &'static str| {
                let found = headers.iter().position(|name| name.trim() == column);
                found.ok_or_else(|| Pc6Error::NoColumn {
                    path: path.to_owned(),
                    column,
                })
            };
            [find("postcode")?, find("lat")?, find("lon")?]
        };
        let mut import = Pc6Import::default();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(csv_error)? {
            match row(&record, columns) {
                Ok(entry) => import.table.entries.push(entry),
                Err(problem) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    import.rejected.push(Pc6Rejected { line, problem });
                }
            }
        }
        let entries = &mut import.table.entries;
        let rows = entries.len();
        // Stable: of a code that is repeated, the first row stays.
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        entries.shrink_to_fit();
        import.repeated = rows - entries.len();
        Ok(import)
    }

    /// Reads a file that [`Self::write`] made, and checks that it is whole.
    pub fn read(path: &Path) -> Result<Self, Pc6Error> {
        let damaged = || Pc6Error::Damaged(path.to_owned());
        let file = fs::File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut file = BufReader::new(file);
        let mut take = |buffer: &mut [u8]| match file.read_exact(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(damaged()),
            other => other.map_err(Pc6Error::from),
        };
        let (mut magic, mut count) = ([0; 8], [0; 4]);
        if bytes < 8 || take(&mut magic).is_err() || magic != MAGIC {
            return Err(Pc6Error::NotATable(path.to_owned()));
        }
        take(&mut count)?;
        let count = u32::from_le_bytes(count);
        // The length is known from the count: a wrong count must not ask for memory.
        if bytes != 8 + 4 + u64::from(count) * ENTRY as u64 + 8 {
            return Err(damaged());
        }
        let (mut entries, mut hash) = (Vec::with_capacity(count as usize), Xxh3Default::new());
        for _ in 0..count {
            let (mut key, mut lat, mut lon) = ([0; 4], [0; 8], [0; 8]);
            take(&mut key)?;
            take(&mut lat)?;
            take(&mut lon)?;
            hash_entry(&mut hash, key, lat, lon);
            let position = Position::new(f64::from_le_bytes(lat), f64::from_le_bytes(lon));
            let Ok(position) = position else {
                return Err(damaged());
            };
            entries.push((u32::from_le_bytes(key), position));
        }
        let mut sum = [0; 8];
        take(&mut sum)?;
        if u64::from_le_bytes(sum) != hash.digest() || !entries.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(damaged());
        }
        Ok(Self { entries })
    }

    /// Writes the table beside `path` and then gives it that name, so that a reader never sees half of it.
    pub fn write(&self, path: &Path) -> Result<(), Pc6Error> {
        let mut fresh = path.as_os_str().to_owned();
        fresh.push(".new");
        let fresh = PathBuf::from(fresh);
        let mut file = BufWriter::new(fs::File::create(&fresh)?);
        let mut hash = Xxh3Default::new();
        file.write_all(&MAGIC)?;
        let count = u32::try_from(self.entries.len()).map_err(std::io::Error::other)?;
        file.write_all(&count.to_le_bytes())?;
        for (key, position) in &self.entries {
            let (key, lat, lon) = (
                key.to_le_bytes(),
                position.lat().to_le_bytes(),
                position.lon().to_le_bytes(),
            );
            hash_entry(&mut hash, key, lat, lon);
            file.write_all(&key)?;
            file.write_all(&lat)?;
            file.write_all(&lon)?;
        }
        file.write_all(&hash.digest().to_le_bytes())?;
        file.into_inner()
            .map_err(std::io::IntoInnerError::into_error)?
            .sync_all()?;
        fs::rename(fresh, path)?;
        Ok(())
    }
}

fn hash_entry(hash: &mut Xxh3Default, key: [u8; 4], lat: [u8; 8], lon: [u8; 8]) {
    hash.update(&key);
    hash.update(&lat);
    hash.update(&lon);
}

/// A number that sorts as the postcode does; none without letters.
fn key(postcode: Postcode) -> Option<u32> {
    let [first, second] = postcode.letters()?.map(|letter| u32::from(letter - b'A'));
    Some(u32::from(postcode.pc4().number()) * 676 + first * 26 + second)
}

fn row(record: &csv::StringRecord, columns: [usize; 3]) -> Result<(u32, Position), Pc6RowError> {
    let field = |at: usize, name| {
        let value = columns.get(at).and_then(|column| record.get(*column));
        value.map(str::trim).ok_or(Pc6RowError::TooShort(name))
    };
    let postcode: Postcode = field(0, "postcode")?.parse()?;
    let key = key(postcode).ok_or(Pc6RowError::NoLetters(postcode))?;
    let position = Position::new(field(1, "lat")?.parse()?, field(2, "lon")?.parse()?)?;
    Ok((key, position))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn import(text: &str) -> Result<Pc6Import, Pc6Error> {
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
        assert!(matches!(
            import("code,lat,lon\n"),
            Err(Pc6Error::NoColumn {
                column: "postcode",
                ..
            })
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_written_is_read_and_any_damage_is_seen(
            codes in prop::collection::btree_map(676_000..6_760_000_u32, (50.0..54.0_f64, 3.0..8.0_f64), 0..40),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let entries = codes.into_iter().map(|(key, (lat, lon))| (key, Position::new(lat, lon).unwrap()));
            let table = Pc6Table { entries: entries.collect() };
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("pc6");
            table.write(&path).unwrap();
            prop_assert_eq!(&Pc6Table::read(&path).unwrap(), &table);
            let mut bytes = fs::read(&path).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            fs::write(&path, &bytes).unwrap();
            prop_assert!(Pc6Table::read(&path).is_err());
            bytes[at] ^= 1 << bit;
            fs::write(&path, &bytes[..at]).unwrap();
            prop_assert!(Pc6Table::read(&path).is_err());
        }
    }
}
