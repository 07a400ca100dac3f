//! From a storage to a store: what the pointer names is fetched, checked and made the generation in use.

use std::{io::Write, num::NonZero};

use fs_err as fs;
use nabij_engine::{GenerationNumber, Incoming, OpenError, Store, StoreError, fingerprint};
use tokio::task::spawn_blocking;

use crate::{
    pointer::{CURRENT, LARGEST_POINTER, Pointer, PointerError},
    publication::MANIFEST,
    storage::{PIECE, Storage, StorageError},
};

/// The largest manifest that is read, in bytes.
const LARGEST_MANIFEST: u64 = 16 << 20;

/// A store that follows a storage.
#[derive(Debug)]
pub struct Replica {
    storage: Storage,
    store: Store,
    /// What the pointer said when it was last followed.
    followed: Option<Pointer>,
}

/// What a look at the storage brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulled {
    /// Nothing new.
    Unchanged,
    /// This generation of the store is in use now; it was here already.
    Switched(GenerationNumber),
    /// This generation of the store is in use now, and so many bytes came in for it.
    Fetched(GenerationNumber, u64),
}

/// Why a storage cannot be followed now. The generation in use stays in use.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The storage is away, or an object is.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There is no pointer.
    #[error("nothing was published at {0}; do so with `nabij publish`")]
    Nothing(String),
    /// The pointer cannot be read.
    #[error("{object}: {source}")]
    Pointer {
        /// The pointer.
        object: String,
        /// What is wrong with it.
        source: PointerError,
    },
    /// A file that the pointer or the manifest names is not there, or is not what they say.
    #[error("{0} is missing or damaged; publish again")]
    Damaged(String),
    /// The generation cannot be used.
    #[error("generation {sequence} of {storage} is refused")]
    Refused {
        /// Which one.
        sequence: GenerationNumber,
        /// Of which storage.
        storage: String,
        /// Why.
        source: OpenError,
    },
    /// The store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Replica {
    /// A store that follows a storage. Nothing is asked of it yet.
    pub fn new(storage: Storage, store: Store) -> Self {
        Self {
            storage,
            store,
            followed: None,
        }
    }

    /// The storage.
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Looks at the pointer once, and follows it.
    pub async fn pull(&mut self) -> Result<Pulled, PullError> {
        let Some(seen) = self.storage.read(CURRENT, LARGEST_POINTER).await? else {
            return Err(PullError::Nothing(self.storage.to_string()));
        };
        let pointer = Pointer::parse(&seen.bytes).map_err(|source| PullError::Pointer {
            object: self.storage.name(CURRENT),
            source,
        })?;
        if self.followed.as_ref() == Some(&pointer) {
            return Ok(Pulled::Unchanged);
        }
        let (store, generation) = (self.store.clone(), pointer.generation.clone());
        let before = store.current().ok();
        let switched = run(move || store.switch_to(&generation)).await??;
        let pulled = match switched {
            Some(number) if before == Some(number) => Pulled::Unchanged,
            Some(number) => Pulled::Switched(number),
            None => self.fetch(&pointer).await?,
        };
        self.followed = Some(pointer);
        Ok(pulled)
    }

    async fn fetch(&self, pointer: &Pointer) -> Result<Pulled, PullError> {
        let refused = |source| match source {
            OpenError::Store(error) => PullError::Store(error),
            source => PullError::Refused {
                sequence: pointer.sequence,
                storage: self.storage.to_string(),
                source,
            },
        };
        let name = pointer.file(MANIFEST);
        let manifest = self.storage.read(&name, LARGEST_MANIFEST).await?;
        let is_named = |bytes: &Vec<u8>| fingerprint(bytes) == pointer.generation;
        let Some(manifest) = manifest.map(|seen| seen.bytes).filter(is_named) else {
            return Err(PullError::Damaged(self.storage.name(&name)));
        };
        let store = self.store.clone();
        let incoming = run(move || Incoming::start(&store, &manifest))
            .await?
            .map_err(refused)?;
        let mut fetched = 0;
        for (name, length) in incoming.files() {
            let file = fs::File::create(incoming.place(name).map_err(StorageError::from)?);
            self.fetch_file(&pointer.file(name), file.map_err(StorageError::from)?, length)
                .await?;
            fetched += length;
        }
        let sequence = pointer.sequence;
        let number = run(move || incoming.finish(sequence)).await?.map_err(refused)?;
        Ok(Pulled::Fetched(number, fetched))
    }

    async fn fetch_file(&self, name: &str, mut file: fs::File, length: u64) -> Result<(), PullError> {
        let mut start = 0;
        while let Some(piece) = NonZero::new(PIECE.min(length - start)) {
            let bytes = self.storage.read_piece(name, start, piece.get()).await?;
            if bytes.len() as u64 != piece.get() {
                return Err(PullError::Damaged(self.storage.name(name)));
            }
            start += piece.get();
            file = run(move || file.write_all(&bytes).map(|()| file))
                .await?
                .map_err(StorageError::from)?;
        }
        Ok(())
    }
}

/// Runs what waits for a disk where no request waits for it.
async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StorageError> {
    let done = spawn_blocking(work).await;
    done.map_err(|error| std::io::Error::other(error).into())
}
