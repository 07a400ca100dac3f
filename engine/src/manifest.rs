//! What a generation says of itself.

use std::{collections::BTreeMap, path::Path};

use fs_err as fs;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// The version of the index format. An index of another version is refused.
pub const FORMAT: u32 = 5;

/// The name of the file.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What a generation says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the format of all files beside it.
    pub format: u32,
    /// The program that wrote it.
    pub written_by: String,
    /// When it was built: seconds since 1970, UTC.
    pub built_at: i64,
    /// What is in it.
    pub counts: Counts,
    /// Mean number of terms of a document.
    pub mean_length: f64,
    /// Number of the southernmost band.
    pub(crate) first_band: i32,
    /// How many bands there are.
    pub(crate) band_count: usize,
    /// How many words were counted beforehand.
    pub(crate) frequent_words: usize,
    /// How many identifiers there are.
    pub(crate) identifiers: usize,
    /// What it was made from.
    pub sources: Vec<SourceInfo>,
    /// Every other file of the generation, by its path within it.
    pub(crate) files: BTreeMap<String, FileSum>,
    /// XXH3 of the manifest itself, with zeros in this place. Empty in those of before.
    #[serde(default)]
    pub(crate) xxh3: String,
}

/// What stands where the checksum of a manifest comes.
const NO_SUM: &str = "0000000000000000";

impl Manifest {
    /// Its text, with its own checksum.
    pub(crate) fn seal(&mut self) -> Result<String, serde_json::Error> {
        NO_SUM.clone_into(&mut self.xxh3);
        let text = serde_json::to_string_pretty(&self)?;
        self.xxh3 = hex(xxh3_64(text.as_bytes()));
        // The checksum is the last value.
        let (before, after) = text.rsplit_once(NO_SUM).unwrap_or((&text, ""));
        Ok([before, &self.xxh3, after].concat())
    }

    /// Whether a text from which it was read is the one that was written.
    pub(crate) fn is_sealed_in(&self, text: &str) -> bool {
        let unsealed = || text.rsplit_once(&self.xxh3);
        self.xxh3.is_empty()
            || unsealed().is_some_and(|(before, after)| {
                hex(xxh3_64([before, NO_SUM, after].concat().as_bytes())) == self.xxh3
            })
    }
}

fn hex(sum: u64) -> String {
    format!("{sum:016x}")
}

impl Manifest {
    /// How large all files of the generation are together, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.bytes).sum()
    }
}

/// How many documents a generation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// With a place of their own.
    pub placed: usize,
    /// Without: national, online, a municipality.
    pub area_wide: usize,
}

impl Counts {
    /// All documents.
    pub fn offerings(self) -> usize {
        self.placed.saturating_add(self.area_wide)
    }
}

/// One source of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Its name, as given to the command.
    pub name: String,
    /// How many rows were read.
    pub rows: u64,
    /// How many of them are in the index.
    pub indexed: u64,
    /// XXH3 of its bytes, in hexadecimal.
    pub xxh3: String,
}

/// Length and checksum of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileSum {
    pub(crate) bytes: u64,
    /// XXH3, 64 bits, in hexadecimal.
    pub(crate) xxh3: String,
}

/// The length and checksum of a file, read through a buffer.
pub(crate) fn file_sum(path: &Path) -> Result<FileSum, std::io::Error> {
    let mut hash = Xxh3Default::new();
    let bytes = std::io::copy(&mut fs::File::open(path)?, &mut HashWriter(&mut hash))?;
    Ok(FileSum {
        bytes,
        xxh3: hex(hash.digest()),
    })
}

struct HashWriter<'a>(&'a mut Xxh3Default);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The sums of every file below a folder but the manifest, by path with `/` between the parts.
pub(crate) fn folder_sums(folder: &Path) -> Result<BTreeMap<String, FileSum>, std::io::Error> {
    let mut sums = BTreeMap::new();
    let mut pending = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = pending.pop() {
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                pending.push((entry.path(), format!("{name}/")));
            } else if name != MANIFEST {
                sums.insert(name, file_sum(&entry.path())?);
            }
        }
    }
    Ok(sums)
}
