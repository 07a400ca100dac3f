//! Source files, read row by row. The format follows from the ending of the name.

mod csv_file;
mod geojson;
mod json_lines;

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use fs_err as fs;
use nabij_offering::Draft;
use xxhash_rust::xxh3::Xxh3Default;

use crate::mapping::Mapping;

/// A row of a source, with the line on which it stands (or its number, where a file has no lines).
#[derive(Debug)]
pub struct Row {
    /// From 1; of a CSV the line, of JSON Lines the line, of GeoJSON the number of the feature.
    pub line: u64,
    /// What it holds, or why it cannot be read.
    pub draft: Result<Draft, RowError>,
}

/// A row that cannot be read. The rows after it can.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// Not JSON, or not an object.
    #[error("is not a JSON object: {0}")]
    Json(#[from] serde_json::Error),
    /// Not as many fields as the header, or a quote that never ends.
    #[error("is not a row of this table: {0}")]
    Csv(#[from] csv::Error),
    /// Longer than any offering.
    #[error("is longer than {0} bytes")]
    TooLong(usize),
}

/// A source that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be opened or read on.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Its name does not say what it is.
    #[error("{0} has an unknown format; its name must end in .csv, .jsonl, .ndjson, .geojson or .json")]
    UnknownFormat(PathBuf),
    /// There is nothing in it.
    #[error("{0} is empty")]
    Empty(PathBuf),
    /// The header has none of the names that are needed.
    #[error(
        "{path} has no column `{missing}`; its header is `{header}`; use the names of the native format or a mapping file"
    )]
    Header {
        /// The file.
        path: PathBuf,
        /// A column it must have.
        missing: String,
        /// What its first line says.
        header: String,
    },
    /// The file as a whole is not what its name says.
    #[error("{path} is not {what}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it should have been.
        what: &'static str,
        /// What was found.
        source: serde_json::Error,
    },
    /// A GeoJSON file needs a mapping.
    #[error("{0} needs a mapping that says which property is which field; give it with --mapping FILE")]
    NoMapping(PathBuf),
}

/// The rows of a source.
pub type Rows = Box<dyn Iterator<Item = Result<Row, SourceError>>>;

/// A source file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Which property or column is which field, if they are not those of the native format.
    pub mapping: Option<Mapping>,
}

/// The longest row that is read.
pub(crate) const LONGEST_ROW: usize = 4 << 20;

impl Source {
    /// Its rows, in order.
    pub fn rows(&self) -> Result<Rows, SourceError> {
        let extension = self
            .path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let mut reader = BufReader::with_capacity(1 << 18, fs::File::open(&self.path)?);
        if reader.fill_buf()?.is_empty() {
            return Err(SourceError::Empty(self.path.clone()));
        }
        if reader.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
        }
        match extension.as_str() {
            "jsonl" | "ndjson" => Ok(json_lines::rows(reader)),
            "csv" | "tsv" => csv_file::rows(&self.path, reader, self.mapping.clone()),
            "geojson" | "json" => geojson::rows(&self.path, reader, self.mapping.as_ref()),
            _ => Err(SourceError::UnknownFormat(self.path.clone())),
        }
    }

    /// XXH3 of its bytes, in hexadecimal.
    pub fn checksum(&self) -> Result<String, SourceError> {
        let mut hash = Xxh3Default::new();
        let mut file = fs::File::open(&self.path)?;
        let mut buffer = vec![0; 1 << 18];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(format!("{:016x}", hash.digest())),
                count => hash.update(buffer.get(..count).unwrap_or_default()),
            }
        }
    }

    /// Its name for people: the file's.
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(
            || self.path.display().to_string(),
            |name| name.to_string_lossy().into(),
        )
    }
}

/// Bytes as text: UTF-8, or else Windows-1252, which every sequence of bytes is.
pub(crate) fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The rest of a file that has to be read whole.
pub(crate) fn read_whole(path: &Path, mut reader: impl Read) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SourceError::Empty(path.to_owned()));
    }
    Ok(bytes)
}
