//! A generation on its way to another folder: what leaves, and what comes in.
//!
//! How the bytes travel is for others to know. What comes in is checked as a whole before it gets a number.

use std::path::{Component, Path, PathBuf};

use fs_err as fs;
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    Index,
    index::{OpenError, check, parse_manifest},
    manifest::{MANIFEST, Manifest},
    store::{BuildLock, GenerationNumber, Store, StoreError},
};

/// What tells a generation from every other, wherever it lies: XXH3 of its manifest, 128 bits, in hexadecimal. The
/// manifest holds the checksum of every other file.
pub fn fingerprint(manifest: &[u8]) -> String {
    format!("{:032x}", xxh3_128(manifest))
}

/// A generation that leaves: every byte was checked.
#[derive(Debug)]
pub struct Outgoing {
    /// Its manifest, as it is on disk.
    pub manifest: Vec<u8>,
    /// Every other file: its name within the generation, with `/` between the parts, and where it is.
    pub files: Vec<(String, PathBuf)>,
    /// The version of its format.
    pub format: u32,
    /// Keeps the generation from being removed while it travels.
    _index: Index,
}

impl Outgoing {
    /// The generation in use of a store.
    pub fn current(store: &Store) -> Result<Self, OpenError> {
        let number = store.current()?;
        let folder = store.folder(number);
        let index = store.open(number)?;
        let manifest = fs::read(folder.join(MANIFEST))?;
        let names = index.manifest().files.keys();
        Ok(Self {
            manifest,
            files: names.map(|name| (name.clone(), folder.join(name))).collect(),
            format: index.manifest().format,
            _index: index,
        })
    }
}

/// A generation that comes in. Dropped before [`Incoming::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Incoming {
    store: Store,
    manifest: Manifest,
    _lock: BuildLock,
}

impl Incoming {
    /// Makes room for a generation with this manifest. One of another format is refused before any other file is sent
    /// for; nobody else can build in the store until this is finished or dropped.
    pub fn start(store: &Store, manifest: &[u8]) -> Result<Self, OpenError> {
        let path = store.building().join(MANIFEST);
        let parsed = parse_manifest(manifest, &path)?;
        if let Some(name) = parsed.files.keys().find(|name| !is_within(name)) {
            return Err(OpenError::Outside {
                path,
                name: name.clone(),
            });
        }
        let lock = store.start_building()?;
        fs::write(path, manifest)?;
        Ok(Self {
            store: store.clone(),
            manifest: parsed,
            _lock: lock,
        })
    }

    /// The files to bring: the name of each within the generation, and its length in bytes.
    pub fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        let files = self.manifest.files.iter();
        files.map(|(name, sum)| (name.as_str(), sum.bytes))
    }

    /// Where a file is to be written; its folder is made.
    pub fn place(&self, name: &str) -> Result<PathBuf, std::io::Error> {
        let path = self.store.building().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(path)
    }

    /// Checks everything that came in, gives it a number and makes it the current generation. The number is the one
    /// asked for, unless another generation has it.
    pub fn finish(self, number: GenerationNumber) -> Result<GenerationNumber, OpenError> {
        drop(Index::open(&self.store.building(), 0)?);
        let taken = self.store.generations()?;
        let number = if taken.contains(&number) {
            taken.last().map_or(1, |last| last + 1)
        } else {
            number
        };
        self.store.adopt_building(number)?;
        Ok(number)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        self.store.clear_building();
    }
}

impl Store {
    /// Makes a generation that is here already the current one, if it is whole. None if it is not here, or damaged.
    pub fn switch_to(&self, fingerprint: &str) -> Result<Option<GenerationNumber>, StoreError> {
        let Some(number) = self.find(fingerprint)? else {
            return Ok(None);
        };
        if check(&self.folder(number)).is_err() {
            return Ok(None);
        }
        if !self.current().is_ok_and(|current| current == number) {
            let _lock = self.lock()?;
            self.set_current(number)?;
            self.prune();
        }
        Ok(Some(number))
    }

    /// The latest generation with a fingerprint.
    fn find(&self, wanted: &str) -> Result<Option<GenerationNumber>, StoreError> {
        let is_wanted = |number: &GenerationNumber| {
            let manifest = fs::read(self.folder(*number).join(MANIFEST));
            manifest.is_ok_and(|manifest| fingerprint(&manifest) == wanted)
        };
        Ok(self.generations()?.into_iter().rev().find(is_wanted))
    }
}

/// Whether the name of a file stays within its generation.
fn is_within(name: &str) -> bool {
    let mut parts = Path::new(name).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_name_stays_within_its_generation() {
        for (name, within) in [
            ("columns.codes", true),
            ("text/meta.json", true),
            ("../CURRENT", false),
            ("text/../../CURRENT", false),
            ("/etc/passwd", false),
            ("./x", false),
            ("", false),
        ] {
            assert_eq!(is_within(name), within, "{name}");
        }
    }
}
