//! Zips: unpacked into a scratch folder, and refused when they are made to do harm.

use std::{
    io::{Read, copy},
    path::Path,
};

use fs_err as fs;
use tempfile::TempDir;
use zip::ZipArchive;

use super::SourceError;

/// How many files an archive may hold.
const MOST_FILES: usize = 100_000;
/// How many bytes the files of an archive may have together when unpacked.
const MOST_BYTES: u64 = 4 << 30;
/// How many times larger than the archive its files may be, once they are larger than [`FREE_BYTES`].
const MOST_TIMES: u64 = 200;
/// Below this many bytes nothing is said of an archive that packs well.
const FREE_BYTES: u64 = 64 << 20;

/// Whether the file is a zip to be unpacked. A spreadsheet is a zip too, and is read as it is.
pub(super) fn is_archive(path: &Path) -> Result<bool, SourceError> {
    let mut magic = [0; 4];
    let mut file = fs::File::open(path)?;
    let zip = file.read_exact(&mut magic).is_ok() && matches!(&magic, b"PK\x03\x04" | b"PK\x05\x06");
    Ok(zip && !matches!(super::files::ending(path).as_str(), "xlsx" | "xlsb" | "ods"))
}

/// Unpacks the files of a zip into a new folder.
pub(super) fn unpack(path: &Path) -> Result<TempDir, SourceError> {
    let folder = tempfile::tempdir()?;
    each(path, |name, content| {
        let target = folder.path().join(name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        copy(content, &mut fs::File::create(target)?)
    })?;
    Ok(folder)
}

/// Unpacks a zip into nothing, to see whether it can be handed to a reader that sets no limits of its own.
pub(super) fn probe(path: &Path) -> Result<(), SourceError> {
    each(path, |_, content| copy(content, &mut std::io::sink()))
}

/// Hands out the files of a zip, and counts the bytes that really come out, whatever the zip says of itself.
fn each(
    path: &Path,
    mut take: impl FnMut(&Path, &mut dyn Read) -> std::io::Result<u64>,
) -> Result<(), SourceError> {
    let refused = |reason: String| SourceError::Archive {
        path: path.to_owned(),
        reason,
    };
    let file = fs::File::open(path)?;
    let limit = MOST_BYTES.min(FREE_BYTES.max(file.metadata()?.len().saturating_mul(MOST_TIMES)));
    let mut archive =
        ZipArchive::new(file).map_err(|error| refused(format!("it is no whole zip: {error}")))?;
    if archive.len() > MOST_FILES {
        return Err(refused(format!("it holds {} files", archive.len())));
    }
    let mut left = limit;
    for at in 0..archive.len() {
        let mut entry = archive
            .by_index(at)
            .map_err(|error| refused(format!("file {at} in it cannot be read: {error}")))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let Some(inside) = entry.enclosed_name() else {
            return Err(refused(format!("`{name}` would be written outside the folder")));
        };
        if entry.is_symlink() {
            return Err(refused(format!("`{name}` is a link")));
        }
        if entry.is_dir() {
            continue;
        }
        let count = take(&inside, &mut entry.by_ref().take(left + 1))
            .map_err(|error| refused(format!("`{name}` cannot be unpacked: {error}")))?;
        left = left.checked_sub(count).ok_or_else(|| {
            refused(format!(
                "its files are larger than {limit} bytes, which nothing that packs offerings needs"
            ))
        })?;
    }
    Ok(())
}
