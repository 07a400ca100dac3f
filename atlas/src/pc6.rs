//! The optional table of six-character postcodes: a street instead of a neighbourhood.
//!
//! On disk: the eight bytes `NABIJPC6`, the number of entries (u32), then per entry its key (u32), latitude and longitude
//! (f64, degrees), in the order of the keys, and the XXH3 of all entries (u64). All little-endian.

mod import;

use std::{
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use fs_err as fs;
use nabij_offering::{Position, Postcode};
use xxhash_rust::xxh3::Xxh3Default;

pub use import::{Pc6Import, Pc6ImportError, Pc6Rejected, Pc6RowError};

const MAGIC: [u8; 8] = *b"NABIJPC6";
/// Bytes of one entry on disk.
const ENTRY: usize = 20;

/// The key of a postcode, and where it is.
type Entry = (u32, Position);

/// Six-character postcodes and where they are: 24 bytes each in memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pc6Table {
    /// Sorted by key, each key once.
    entries: Vec<Entry>,
}

/// A table that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Pc6Error {
    /// The file cannot be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
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

    /// Every postcode and where it is, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Postcode, Position)> {
        let entries = self.entries.iter();
        entries.filter_map(|(key, position)| Some((postcode(*key)?, *position)))
    }

    /// How many postcodes there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The XXH3 of the entries: another table has another one.
    pub fn checksum(&self) -> u64 {
        let mut hash = Xxh3Default::new();
        for entry in &self.entries {
            hash.update(&encode(*entry));
        }
        hash.digest()
    }

    /// Reads a file that [`Self::write`] made, and checks that it is whole.
    pub fn read(path: &Path) -> Result<Self, Pc6Error> {
        let damaged = || Pc6Error::Damaged(path.to_owned());
        let file = fs::File::open(path)?;
        let bytes = file.metadata()?.len();
        if bytes < 8 + 4 + 8 {
            return Err(Pc6Error::NotATable(path.to_owned()));
        }
        let mut file = BufReader::new(file);
        let (mut magic, mut count, mut sum) = ([0; 8], [0; 4], [0; 8]);
        file.read_exact(&mut magic)?;
        if magic != MAGIC {
            return Err(Pc6Error::NotATable(path.to_owned()));
        }
        file.read_exact(&mut count)?;
        let count = u32::from_le_bytes(count);
        // Looked at before memory is asked for: the count itself may be the damage.
        if bytes != 8 + 4 + u64::from(count) * ENTRY as u64 + 8 {
            return Err(damaged());
        }
        let mut entries = Vec::with_capacity(count as usize);
        let mut entry = [0; ENTRY];
        for _ in 0..count {
            file.read_exact(&mut entry)?;
            entries.push(decode(entry).ok_or_else(damaged)?);
        }
        file.read_exact(&mut sum)?;
        let table = Self { entries };
        let sorted = table.entries.is_sorted_by(|a, b| a.0 < b.0);
        if !sorted || table.checksum() != u64::from_le_bytes(sum) {
            return Err(damaged());
        }
        Ok(table)
    }

    /// Writes the table beside `path` and then gives it that name, so that a reader never sees half of it.
    pub fn write(&self, path: &Path) -> Result<(), Pc6Error> {
        let mut fresh = path.as_os_str().to_owned();
        fresh.push(".new");
        let fresh = PathBuf::from(fresh);
        let mut file = BufWriter::new(fs::File::create(&fresh)?);
        file.write_all(&MAGIC)?;
        let count = u32::try_from(self.entries.len()).map_err(std::io::Error::other)?;
        file.write_all(&count.to_le_bytes())?;
        for entry in &self.entries {
            file.write_all(&encode(*entry))?;
        }
        file.write_all(&self.checksum().to_le_bytes())?;
        let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(fresh, path)?;
        Ok(())
    }
}

fn encode((key, position): Entry) -> [u8; ENTRY] {
    let mut bytes = [0; ENTRY];
    bytes[..4].copy_from_slice(&key.to_le_bytes());
    bytes[4..12].copy_from_slice(&position.lat().to_le_bytes());
    bytes[12..].copy_from_slice(&position.lon().to_le_bytes());
    bytes
}

/// The inverse of [`encode`]; `None` if the position is none.
fn decode(bytes: [u8; ENTRY]) -> Option<Entry> {
    let (key, position) = bytes.split_first_chunk()?;
    let (lat, lon) = position.split_first_chunk()?;
    let lon = lon.first_chunk()?;
    let position = Position::new(f64::from_le_bytes(*lat), f64::from_le_bytes(*lon)).ok()?;
    Some((u32::from_le_bytes(*key), position))
}

/// A number that sorts as the postcode does; none without letters.
fn key(postcode: Postcode) -> Option<u32> {
    let [first, second] = postcode.letters()?.map(|letter| u32::from(letter - b'A'));
    Some(u32::from(postcode.pc4().number()) * 676 + first * 26 + second)
}

/// The inverse of [`key`]; `None` for a number that no postcode has.
fn postcode(key: u32) -> Option<Postcode> {
    let letter = |number: u32| char::from_u32(u32::from(b'A') + number);
    let (digits, letters) = (key / 676, key % 676);
    format!("{digits}{}{}", letter(letters / 26)?, letter(letters % 26)?)
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
            for (code, position) in table.iter() {
                prop_assert_eq!(table.get(code), Some(position));
            }
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
