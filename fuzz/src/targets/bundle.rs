//! Several files in one input, so that what reads folders and archives is tried with all of them at once:
//!
//! ```text
//! === services.csv
//! id,name
//! === schedules.csv
//! …
//! ```

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::Path,
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// What stands before a name.
pub(super) const MARK: &str = "=== ";

/// A file: its name and its bytes.
pub(super) type Member = (String, Vec<u8>);

/// The files of an input. What stands before the first name is dropped, and so is a name that would lead elsewhere.
pub(super) fn members(bytes: &[u8]) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(MARK.as_bytes()) {
            let name = super::text(name.trim_ascii());
            members.push((name, Vec::new()));
        } else if let Some((_, content)) = members.last_mut() {
            content.extend_from_slice(line);
        }
    }
    members
}

/// The input that gives these files.
pub(super) fn joined(members: &[Member]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in members {
        bytes.extend_from_slice(format!("{MARK}{name}\n").as_bytes());
        bytes.extend_from_slice(content);
        if content.last() != Some(&b'\n') {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// The files of a folder, by name.
pub(super) fn in_folder(folder: &Path) -> Vec<Member> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut members: Vec<Member> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    members.sort();
    members
}

/// The files of an archive.
pub(super) fn in_archive(path: &Path) -> Vec<Member> {
    let mut zip = ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let count = zip.len();
    let mut member = |at| {
        let mut member = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        (member.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(&mut member).collect()
}

/// An archive of them; a name that stands there twice is taken once.
pub(super) fn packed(members: &[Member], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(method);
        if zip.start_file(name.as_str(), options).is_ok() {
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}
