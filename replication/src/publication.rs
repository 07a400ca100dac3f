//! From a store to a storage: files first, then the pointer, so that nobody ever sees half a generation.

use std::num::NonZero;

use nabij_engine::{GenerationNumber, OpenError, Outgoing, Store, fingerprint};

use crate::{
    pointer::{CURRENT, GENERATIONS, LARGEST_POINTER, Pointer, PointerError},
    storage::{Seen, Storage, StorageError},
};

/// The name of the manifest of a generation.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Objects that no pointer names are left alone for so long, in seconds: another publisher may be bringing them.
const UNDER_WAY: i64 = 3_600;

/// A generation whose files are in the storage, and that nobody uses yet.
#[derive(Debug)]
pub struct Publication<'a> {
    storage: &'a Storage,
    /// The pointer when this began.
    before: Option<(Seen, Pointer)>,
    generation: String,
    bytes: u64,
    /// Kept open, so that it is not removed under way.
    outgoing: Outgoing,
}

/// What came of a publication.
#[derive(Debug)]
pub struct Published {
    /// The number under which replicas know it.
    pub sequence: GenerationNumber,
    /// How many bytes were sent; none if the storage had this generation in use already.
    pub bytes: u64,
    /// How many objects of older generations were removed, or why that did not work; the generation is in use either way.
    pub removed: Result<usize, StorageError>,
}

/// Why nothing was published. What was in use stays in use.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// There is no generation to publish, or it is damaged.
    #[error(transparent)]
    Generation(#[from] OpenError),
    /// The storage did not do what it was asked.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The pointer cannot be read.
    #[error("{object}: {source}")]
    Pointer {
        /// The pointer.
        object: String,
        /// What is wrong with it.
        source: PointerError,
    },
    /// Somebody else published in the meantime.
    #[error(
        "another publisher was faster: {0} changed in the meantime, and is left as it is; see what it holds before you publish again"
    )]
    Overtaken(String),
}

impl<'a> Publication<'a> {
    /// Brings the generation in use of a store to the storage. Every byte is checked before it leaves.
    pub async fn prepare(storage: &'a Storage, store: &Store) -> Result<Self, PublishError> {
        let outgoing = Outgoing::current(store)?;
        let generation = fingerprint(&outgoing.manifest);
        let before = match storage.read(CURRENT, LARGEST_POINTER).await? {
            Some(seen) => match Pointer::parse(&seen.bytes) {
                Ok(pointer) => Some((seen, pointer)),
                Err(source) => {
                    let object = storage.name(CURRENT);
                    return Err(PublishError::Pointer { object, source });
                }
            },
            None => None,
        };
        let mut publication = Self {
            storage,
            before,
            generation,
            bytes: 0,
            outgoing,
        };
        if !publication.is_in_use() {
            publication.bytes = publication.send().await?;
        }
        Ok(publication)
    }

    /// Sends every file, the manifest last, and gives how many bytes that were.
    async fn send(&self) -> Result<u64, StorageError> {
        let folder = format!("{GENERATIONS}/{}", self.generation);
        let mut bytes = 0;
        for (name, path) in &self.outgoing.files {
            bytes += self
                .storage
                .write_file(&format!("{folder}/{name}"), path.clone())
                .await?;
        }
        let manifest = self.outgoing.manifest.clone();
        bytes += manifest.len() as u64;
        self.storage
            .write(&format!("{folder}/{MANIFEST}"), manifest)
            .await?;
        Ok(bytes)
    }

    /// Points to the generation, if nobody else pointed elsewhere since [`Publication::prepare`], and removes all but
    /// the last `keep` generations. `now` is in seconds since 1970.
    pub async fn point(self, keep: NonZero<usize>, now: i64) -> Result<Published, PublishError> {
        let before = self.before.as_ref().map(|(_, pointer)| pointer);
        if let Some(before) = before.filter(|_| self.is_in_use()) {
            return Ok(Published {
                sequence: before.sequence,
                bytes: 0,
                removed: Ok(0),
            });
        }
        let mut kept = vec![self.generation.clone()];
        let older = before.iter().flat_map(|before| &before.kept);
        kept.extend(older.filter(|name| **name != self.generation).cloned());
        kept.truncate(keep.get());
        let pointer = Pointer {
            sequence: before.map_or(0, |before| before.sequence) + 1,
            generation: self.generation.clone(),
            format: self.outgoing.format,
            published_at: now,
            kept,
        };
        let bytes = serde_json::to_vec_pretty(&pointer).map_err(std::io::Error::other);
        let bytes = bytes.map_err(StorageError::from)?;
        let seen = self.before.as_ref().map(|(seen, _)| seen);
        if !self.storage.replace(CURRENT, seen, bytes).await? {
            return Err(PublishError::Overtaken(self.storage.name(CURRENT)));
        }
        let gone = before.map_or(&[][..], |before| before.kept.as_slice());
        let gone = gone.iter().filter(|name| !pointer.kept.contains(name));
        Ok(Published {
            sequence: pointer.sequence,
            bytes: self.bytes,
            removed: self.prune(&pointer, &gone.collect::<Vec<_>>(), now).await,
        })
    }

    /// Whether the storage points to this generation already.
    fn is_in_use(&self) -> bool {
        let before = self.before.as_ref();
        before.is_some_and(|(_, pointer)| pointer.generation == self.generation)
    }

    /// Removes generations that are no longer kept, and what a publication that was interrupted left long ago.
    async fn prune(&self, pointer: &Pointer, gone: &[&String], now: i64) -> Result<usize, StorageError> {
        let mut removed = 0;
        for (name, written_at) in self.storage.list(GENERATIONS).await? {
            let generation = name.split('/').nth(1).unwrap_or_default();
            let is_kept = pointer.kept.iter().any(|kept| kept == generation);
            let is_gone = gone.iter().any(|gone| *gone == generation);
            if !is_kept && (is_gone || written_at < now - UNDER_WAY) {
                self.storage.remove(&name).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}
