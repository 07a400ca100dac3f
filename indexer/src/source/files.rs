//! The files of a source on disk: which there are, how they are opened, and what identifies their content.

use std::{
    borrow::Cow,
    fmt::Display,
    io::{BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use encoding_rs_io::DecodeReaderBytesBuilder;
use fs_err as fs;
use xxhash_rust::xxh3::Xxh3Default;

use super::{Format, Reading, Row, RowError, Rows, SourceError, format::sniff};

/// The longest row that is read, in bytes.
pub(crate) const LONGEST_ROW: usize = 4 << 20;

/// How much of a file its reader sees at once, before it reads on.
const HEAD: u64 = 1 << 16;

/// The largest file that is read whole, in bytes. Formats that cannot be streamed have this limit.
pub(super) const LARGEST_WHOLE: u64 = 256 << 20;

/// A file of a source.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// What the report calls it.
    pub(super) label: Arc<str>,
    pub(super) path: PathBuf,
}

/// A source that is one file.
pub(super) fn single(path: &Path, format: Option<Format>) -> Result<(Format, File), SourceError> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let file = File {
        label: name.to_string_lossy().into(),
        path: path.to_owned(),
    };
    let found = match format {
        Some(format) => format,
        None => sniff(path)?.ok_or_else(|| SourceError::UnknownFormat(path.to_owned()))?,
    };
    Ok((found, file))
}

/// The files in a folder and the folders in it that may hold offerings, by name.
pub(super) fn in_folder(
    root: &Path,
    label: &str,
    format: Option<Format>,
) -> Result<Vec<(Format, File)>, SourceError> {
    let mut files = Vec::new();
    for path in walk(root)? {
        if !may_hold_offerings(&path) {
            continue;
        }
        let found = match format {
            Some(format) => Some(format),
            None => sniff(&path)?,
        };
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let file = File {
            label: format!("{label}/{}", relative.display()).into(),
            path,
        };
        files.push((found.unwrap_or(Format::Unknown), file));
    }
    // One table of an HSDS package means that the others in its folder are of it too.
    let services: Vec<PathBuf> = files
        .iter()
        .map(|(_, file)| file.path.clone())
        .filter(|path| is_hsds_services(path))
        .collect();
    for (format, file) in files.iter_mut().filter(|(format, _)| *format == Format::Csv) {
        if services.iter().any(|path| path.parent() == file.path.parent()) {
            *format = Format::Hsds;
        }
    }
    if files.is_empty() {
        return Err(SourceError::NoFiles(root.to_owned()));
    }
    Ok(files)
}

fn is_hsds_services(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "services.csv")
        && path
            .parent()
            .is_some_and(|folder| folder.join("organizations.csv").is_file())
}

/// Endings of data files, without those that describe a package.
fn may_hold_offerings(path: &Path) -> bool {
    const ENDINGS: [&str; 13] = [
        "csv", "tsv", "json", "jsonl", "ndjson", "geojson", "xml", "ics", "jsonld", "xlsx", "xls", "xlsb",
        "ods",
    ];
    let ending = ending(path);
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let package = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().ends_with("datapackage.json"));
    !hidden && !package && ENDINGS.contains(&ending.as_str())
}

pub(super) fn ending(path: &Path) -> String {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.unwrap_or_default().to_ascii_lowercase()
}

/// Every file below a folder, in order of path. Links are not followed.
fn walk(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// XXH3 of the bytes of a file, or of the names and bytes of all files in a folder, in hexadecimal.
pub(super) fn checksum(path: &Path) -> std::io::Result<String> {
    let mut hash = Xxh3Default::new();
    let folder = path.is_dir();
    let files = if folder {
        walk(path)?
    } else {
        vec![path.to_owned()]
    };
    let mut buffer = vec![0; 1 << 18];
    for file in files {
        if folder {
            hash.update(
                file.strip_prefix(path)
                    .unwrap_or(&file)
                    .as_os_str()
                    .as_encoded_bytes(),
            );
        }
        let mut file = fs::File::open(file)?;
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                count => hash.update(buffer.get(..count).unwrap_or_default()),
            }
        }
    }
    Ok(format!("{:016x}", hash.digest()))
}

impl File {
    /// Its bytes. What has a byte order mark comes as UTF-8 without it; everything else as it stands.
    pub(super) fn text(&self) -> Result<impl BufRead + Send + use<>, SourceError> {
        let file = fs::File::open(&self.path)?;
        let decoded = DecodeReaderBytesBuilder::new()
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(file);
        let mut reader = BufReader::with_capacity(1 << 18, decoded);
        // A first read may give the few bytes in which a mark was looked for; readers look at the whole head.
        let mut head = Vec::new();
        reader.by_ref().take(HEAD).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(SourceError::Empty(self.path.clone()));
        }
        Ok(Cursor::new(head).chain(reader))
    }

    /// All of it as text, for a format that cannot be streamed.
    pub(super) fn whole(&self) -> Result<String, SourceError> {
        let mut bytes = Vec::new();
        let mut reader = self.text()?.take(LARGEST_WHOLE + 1);
        reader.read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_WHOLE {
            let path = self.path.clone();
            return Err(SourceError::TooLarge {
                path,
                limit: LARGEST_WHOLE,
            });
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(SourceError::Empty(self.path.clone()));
        }
        Ok(decode(&bytes).into_owned())
    }

    /// The error of a file that is not what it should be.
    pub(super) fn malformed(&self, what: &'static str, reason: impl Display) -> SourceError {
        SourceError::Malformed {
            path: self.path.clone(),
            what,
            reason: reason.to_string(),
        }
    }
}

/// The rows of files that have nothing to do with each other, each opened when its turn comes.
///
/// A file that cannot be read stops the work if it is the whole source, and is a rejected row if it came in a folder.
pub(super) fn one_by_one(
    files: Vec<File>,
    reading: &Reading,
    open: impl Fn(&File) -> Result<Rows, SourceError> + Send + 'static,
) -> Result<Rows, SourceError> {
    if let ([file], true) = (files.as_slice(), reading.alone) {
        return open(file);
    }
    Ok(Box::new(files.into_iter().flat_map(move |file| {
        match open(&file) {
            Ok(rows) => rows,
            Err(error) => unread(&file, error),
        }
    })))
}

/// The one rejected row of a file that cannot be read.
pub(super) fn unread(file: &File, error: SourceError) -> Rows {
    let row = Row::new(&file.label, 1, Err(RowError::File(Box::new(error))));
    Box::new(std::iter::once(Ok(row)))
}

/// Bytes as text: UTF-8, or else Windows-1252, which every sequence of bytes is.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}
