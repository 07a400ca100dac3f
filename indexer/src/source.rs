//! Sources: files and folders that yield rows. Each format is a file in this folder.
//!
//! The files of a source are told apart by [`Format`], and a reader gets all files of its format at once, so that it
//! can join what is spread over several: an organisation in one file, its offerings in another.

mod archive;
mod calendar;
mod csv_file;
mod files;
mod format;
mod geojson;
mod gids;
mod hsds;
mod json_ld;
mod json_lines;
mod repeated;
mod row;
mod spreadsheet;
mod table;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;
use fs_err as fs;
use nabij_offering::Field;
use tempfile::TempDir;

use crate::{
    classes::{Classes, ClassesError},
    mapping::Mapping,
    report::Remark,
};
use files::File;
pub(crate) use files::{LONGEST_ROW, decode};
pub use format::Format;
pub use row::{Row, RowError, Rows};

/// A source that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be opened or read on.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Neither its name nor its content says what it is.
    #[error(
        "{0} has an unknown format; give it one of the names of `nabij index --help`, or say its `format` in nabij.toml"
    )]
    UnknownFormat(PathBuf),
    /// A folder or zip without a file that can be read.
    #[error("{0} holds no file with offerings")]
    NoFiles(PathBuf),
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
    #[error("{path} is not {what}: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it should have been.
        what: &'static str,
        /// What was found.
        reason: String,
    },
    /// The file has to be read whole and is too large for that.
    #[error("{path} has more than {limit} bytes, more than a file of this format may have; split it")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How many bytes it may have.
        limit: u64,
    },
    /// A file of this format needs a mapping.
    #[error("{0} needs a mapping that says which property is which field; give it with --mapping FILE")]
    NoMapping(PathBuf),
    /// The zip is damaged, or made to do harm.
    #[error("{path} is refused: {reason}")]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A table of kinds that cannot be used.
    #[error(transparent)]
    Classes(#[from] ClassesError),
}

/// A file, a folder, or an unpacked zip, and what is known about it.
#[derive(Debug, Clone)]
pub struct Source {
    /// For people: in the report, and as the origin of offerings that name none.
    pub name: String,
    /// What its files are; by their names and content if it is not said.
    pub format: Option<Format>,
    /// Which property or column is which field, if they are not those of the format.
    pub mapping: Option<Mapping>,
    /// Which term of the source is which kind and theme, instead of the shipped table.
    pub classes: Option<Classes>,
    /// Put before each identifier, to keep sources apart.
    pub id_prefix: String,
    /// How far its word is taken, from 0 to 100: when sources disagree about an offering, the most trusted is right.
    pub trust: u8,
    /// Of two sources with the same offering, that with the higher number is read first, and gives it its identifier.
    pub priority: i32,
    /// What happened on the way to it, such as that a copy of before is used; a remark on its first row.
    pub notice: Option<String>,
    path: PathBuf,
    unpacked: Option<Arc<TempDir>>,
}

/// The header of a table and its first rows; nothing if the file is no table.
pub(crate) fn sample(path: &Path) -> Result<Option<Sample>, SourceError> {
    const ROWS: usize = 1_000;
    if path.is_dir() || archive::is_archive(path)? {
        return Ok(None);
    }
    let (format, file) = files::single(path, None)?;
    match format {
        Format::Csv => csv_file::sample(&file, ROWS).map(Some),
        Format::Spreadsheet => spreadsheet::sample(&file, ROWS).map(Some),
        Format::Geojson => geojson::sample(&file, ROWS).map(Some),
        _ => Ok(None),
    }
}

/// Names of columns, and rows of values.
pub(crate) type Sample = (Vec<String>, Vec<Vec<String>>);

/// How a reader reads: what the source says about itself, and the Dutch day.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) mapping: Option<Mapping>,
    pub(crate) classes: Option<Classes>,
    pub(crate) today: NaiveDate,
    /// Whether the source is one file.
    pub(crate) alone: bool,
}

impl Source {
    /// The source at a path. A zip that is no spreadsheet is unpacked into a folder that goes with the source.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let packed = fs::metadata(path)?.is_file() && archive::is_archive(path)?;
        let unpacked = if packed {
            Some(Arc::new(archive::unpack(path)?))
        } else {
            None
        };
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            format: None,
            mapping: None,
            classes: None,
            id_prefix: String::new(),
            trust: 50,
            priority: 0,
            notice: None,
            path: path.to_owned(),
            unpacked,
        })
    }

    /// Its rows, file by file, in order. `today` is the Dutch day.
    pub fn rows(&self, today: NaiveDate) -> Result<Rows, SourceError> {
        let reading = Reading {
            mapping: self.mapping.clone(),
            classes: self.classes.clone(),
            today,
            alone: self.root().is_file(),
        };
        let files = self.files()?;
        let mut groups: Vec<(Format, Vec<File>)> = Vec::new();
        for (format, file) in files {
            match groups.iter_mut().find(|(known, _)| *known == format) {
                Some((_, group)) => group.push(file),
                None => groups.push((format, vec![file])),
            }
        }
        let mut rows: Rows = Box::new(std::iter::empty());
        for (format, files) in groups {
            rows = Box::new(rows.chain(format.read(files, &reading)?));
        }
        Ok(self.finished(rows))
    }

    /// The formats of its files.
    pub fn formats(&self) -> Result<BTreeSet<Format>, SourceError> {
        Ok(self.files()?.into_iter().map(|(format, _)| format).collect())
    }

    /// XXH3 of its bytes, in hexadecimal; of a folder, of all names and bytes in it.
    pub fn checksum(&self) -> Result<String, SourceError> {
        Ok(files::checksum(&self.path)?)
    }

    fn files(&self) -> Result<Vec<(Format, File)>, SourceError> {
        let root = self.root();
        if root.is_dir() {
            files::in_folder(root, &self.label(), self.format)
        } else {
            Ok(vec![files::single(root, self.format)?])
        }
    }

    /// Where its files are.
    fn root(&self) -> &Path {
        self.unpacked
            .as_ref()
            .map_or(self.path.as_path(), |folder| folder.path())
    }

    /// What its files are called in the report.
    fn label(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// Puts the prefix before the identifiers, and the notice on the first row.
    fn finished(&self, rows: Rows) -> Rows {
        let mut notice = self.notice.clone();
        if notice.is_none() && self.id_prefix.is_empty() {
            return rows;
        }
        let prefix = self.id_prefix.clone();
        Box::new(rows.map(move |row| {
            let mut row = row?;
            row.remarks.extend(
                notice
                    .take()
                    .map(|notice| Remark::new(None, "not_fetched", notice, "see whether the server is well")),
            );
            if let Ok(draft) = &mut row.draft
                && let Some(id) = draft.get(Field::Id)
            {
                let id = format!("{prefix}{id}");
                draft.set(Field::Id, &id);
            }
            Ok(row)
        }))
    }
}

#[cfg(test)]
mod tests;
