//! The folder of generations, and which one is current.
//!
//! ```text
//! index/
//!   CURRENT                 the number of the generation in use
//!   LOCK                    held while a generation is being built
//!   generations/0000017/    one generation
//!   generations/.building/  the next one
//! ```

use std::{
    io::Write,
    num::NonZero,
    path::{Path, PathBuf},
};

use fs_err as fs;

use crate::{
    index::{Index, OpenError, is_held, read_manifest},
    manifest::{MANIFEST, Manifest},
};

/// The number of a generation; later ones are higher.
pub type GenerationNumber = u64;

/// How many generations are kept unless told otherwise, the current one included.
pub const KEPT_GENERATIONS: NonZero<usize> = NonZero::<usize>::MIN.saturating_add(2);

/// What the name of a generation begins with while it is being removed.
const REMOVED: &str = ".removed-";

/// A folder of generations.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    keep: NonZero<usize>,
}

/// What is wrong with the folder of generations.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No generation was published yet.
    #[error("there is no index in {0}; make one with `nabij index`")]
    Empty(PathBuf),
    /// `CURRENT` holds something else than a number.
    #[error("{path} should hold the number of a generation, but holds `{text}`")]
    Current {
        /// The file.
        path: PathBuf,
        /// What it holds.
        text: String,
        /// Why that is no number.
        source: std::num::ParseIntError,
    },
    /// Another process is building.
    #[error("another process is building an index in {0}; wait until it is done")]
    Locked(PathBuf),
    /// The oldest generation is in use.
    #[error("there is no generation before number {0} to go back to")]
    NothingBefore(GenerationNumber),
    /// A file could not be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// The right to build, until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct BuildLock {
    _file: fs::File,
}

impl Store {
    /// The store in a folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            keep: KEPT_GENERATIONS,
        }
    }

    /// The same, but so many generations are kept, the current one included.
    #[must_use]
    pub fn keeping(self, keep: NonZero<usize>) -> Self {
        Self { keep, ..self }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The number of the generation in use.
    pub fn current(&self) -> Result<GenerationNumber, StoreError> {
        let path = self.root.join("CURRENT");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Empty(self.root.clone()));
            }
            Err(error) => return Err(error.into()),
        };
        let text = text.trim();
        text.parse().map_err(|source| StoreError::Current {
            source,
            path,
            text: text.to_owned(),
        })
    }

    /// What the current generation says of itself, without opening it.
    pub fn manifest(&self) -> Result<Manifest, OpenError> {
        read_manifest(&self.folder(self.current()?).join(MANIFEST))
    }

    /// Opens the generation in use.
    pub fn open_current(&self) -> Result<Index, OpenError> {
        self.open(self.current()?)
    }

    /// Opens a generation, after checking every checksum.
    pub fn open(&self, number: GenerationNumber) -> Result<Index, OpenError> {
        Index::open(&self.folder(number), number)
    }

    /// The numbers of all generations, the oldest first.
    pub fn generations(&self) -> Result<Vec<GenerationNumber>, StoreError> {
        let mut numbers = Vec::new();
        let entries = match fs::read_dir(self.root.join("generations")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(numbers),
            Err(error) => return Err(error.into()),
        };
        for entry in entries {
            numbers.extend(
                entry?
                    .file_name()
                    .to_str()
                    .and_then(|name| name.parse::<GenerationNumber>().ok()),
            );
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Goes back to the generation before the current one, and gives its number.
    pub fn rollback(&self) -> Result<GenerationNumber, StoreError> {
        let _lock = self.lock()?;
        let current = self.current()?;
        let before = self.generations()?.into_iter().rfind(|number| *number < current);
        let before = before.ok_or(StoreError::NothingBefore(current))?;
        self.set_current(before)?;
        Ok(before)
    }

    /// The folder of a generation.
    pub(crate) fn folder(&self, number: GenerationNumber) -> PathBuf {
        self.root.join("generations").join(format!("{number:07}"))
    }

    /// The folder in which the next generation is built.
    pub(crate) fn building(&self) -> PathBuf {
        self.root.join("generations").join(".building")
    }

    /// Keeps every other process from building here.
    pub(crate) fn lock(&self) -> Result<BuildLock, StoreError> {
        fs::create_dir_all(self.root.join("generations"))?;
        let path = self.root.join("LOCK");
        let file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        match file.file().try_lock() {
            Ok(()) => Ok(BuildLock { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Locked(self.root.clone())),
            Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Keeps every other process from building here, and makes the folder in which the next generation is built.
    pub(crate) fn start_building(&self) -> Result<BuildLock, StoreError> {
        let lock = self.lock()?;
        let folder = self.building();
        if folder.exists() {
            // Left by a process that was killed: we hold the lock, so it is gone.
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(lock)
    }

    /// Removes what was being built and will not be finished. Only the holder of the lock may call it.
    pub(crate) fn clear_building(&self) {
        let folder = self.building();
        if folder.exists() {
            // Nothing can be done about a failure here; the next build removes the folder.
            let _ = fs::remove_dir_all(folder);
        }
    }

    /// Gives the finished folder its number, makes it the current generation and removes what need not be kept. Only the
    /// holder of the lock may call it.
    pub(crate) fn adopt_building(&self, number: GenerationNumber) -> Result<(), StoreError> {
        sync_below(&self.building())?;
        fs::rename(self.building(), self.folder(number))?;
        self.forsake_before(number)?;
        sync(&self.root.join("generations"))?;
        self.set_current(number)?;
        self.prune();
        Ok(())
    }

    /// Takes their numbers from the generations between the current one and the next: somebody went back from them, or a
    /// kill kept them from use. The next rollback leads to what was in use before, and not to one of those.
    fn forsake_before(&self, next: GenerationNumber) -> Result<(), StoreError> {
        let Ok(current) = self.current() else {
            return Ok(());
        };
        for number in self.generations()? {
            if current < number && number < next {
                fs::rename(self.folder(number), self.removed(number))?;
            }
        }
        Ok(())
    }

    /// The folder of a generation that is no longer one, until it is removed.
    fn removed(&self, number: GenerationNumber) -> PathBuf {
        self.root
            .join("generations")
            .join(format!("{REMOVED}{number:07}"))
    }

    /// Removes the oldest generations and what is left of those that are none any more: never the current one, never one
    /// that a process has open. Only the holder of the lock may call it. What cannot be removed now is tried again after
    /// the next build: it is no reason to fail one that is in use already.
    pub(crate) fn prune(&self) {
        let (Ok(numbers), Ok(current)) = (self.generations(), self.current()) else {
            return;
        };
        let surplus = numbers.len().saturating_sub(self.keep.get());
        for number in numbers
            .into_iter()
            .filter(|number| *number != current)
            .take(surplus)
        {
            if !is_held(&self.folder(number)) {
                // Under a name that is no number: half removed, it must not pass for a generation.
                let _ = fs::rename(self.folder(number), self.removed(number));
            }
        }
        let entries = fs::read_dir(self.root.join("generations"));
        for entry in entries.into_iter().flatten().flatten() {
            let is_removed = entry.file_name().to_string_lossy().starts_with(REMOVED);
            if is_removed && !is_held(&entry.path()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Makes a generation the current one, atomically: at any moment `CURRENT` names the old one or the new one.
    pub(crate) fn set_current(&self, number: GenerationNumber) -> Result<(), StoreError> {
        let fresh = self.root.join("CURRENT.new");
        let mut file = fs::File::create(&fresh)?;
        writeln!(file, "{number}")?;
        file.sync_all()?;
        fs::rename(&fresh, self.root.join("CURRENT"))?;
        sync(&self.root)?;
        Ok(())
    }
}

fn sync(path: &Path) -> Result<(), std::io::Error> {
    fs::File::open(path)?.sync_all()
}

/// Waits until every file below a folder is on the disk.
fn sync_below(folder: &Path) -> Result<(), std::io::Error> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_below(&entry.path())?;
        } else {
            sync(&entry.path())?;
        }
    }
    sync(folder)
}
