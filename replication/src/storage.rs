//! A place for objects, with an end to every wait, and no secret in any message.

use std::{fmt, fs::TryLockError, io, path::PathBuf, time::Duration};

use fs_err as fs;
use futures_util::TryStreamExt;
use object_store::{
    MultipartUpload, ObjectStore, ObjectStoreExt, PutMode, PutOptions, UpdateVersion, path::Path,
};

use crate::address::without_queries;

/// How long one request may take, its repetitions included.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are asked for or sent at a time: all that is held in memory.
pub(crate) const PIECE: u64 = 8 << 20;
/// The largest object that is replaced under a condition in a folder, in bytes.
const LARGEST_COMPARED: u64 = 1 << 20;
/// Held in a folder while its pointer is replaced: folders know no conditions.
const FOLDER_LOCK: &str = ".publishing";

/// A place for objects.
pub struct Storage {
    pub(crate) url: String,
    pub(crate) objects: Box<dyn ObjectStore>,
    pub(crate) prefix: Path,
    /// Where it is, if it is a folder.
    pub(crate) folder: Option<PathBuf>,
}

/// What is wrong with a storage. The messages hold no query of an address: there may be a signature in it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The address is none.
    #[error(
        "this is no address of a storage: {0}; write s3://BUCKET/PREFIX, az://CONTAINER/PREFIX, gs://BUCKET/PREFIX, https://HOST/PREFIX or file:///FOLDER"
    )]
    Address(String),
    /// The storage answered with an error, or not at all.
    #[error("{object}: {message}")]
    Answer {
        /// What was asked for.
        object: String,
        /// What came of it.
        message: String,
    },
    /// It took too long.
    #[error("{object}: no answer within {} seconds", PATIENCE.as_secs())]
    Silent {
        /// What was asked for.
        object: String,
    },
    /// An object is larger than it can be.
    #[error("{object} is larger than {limit} bytes")]
    TooLarge {
        /// The object.
        object: String,
        /// The largest that is read.
        limit: u64,
    },
    /// The storage cannot write under a condition.
    #[error("{0} cannot be published to, because it has no conditional writes; it can be read from")]
    ReadOnly(String),
    /// A file of our own could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// An object as it was when it was read.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) bytes: Vec<u8>,
    version: UpdateVersion,
}

impl Storage {
    /// A whole object of at most so many bytes; none if it is not there.
    pub(crate) async fn read(&self, name: &str, limit: u64) -> Result<Option<Seen>, StorageError> {
        let path = self.path(name)?;
        let answer = self.wait(name, async {
            let result = self.objects.get(&path).await?;
            let version = UpdateVersion {
                e_tag: result.meta.e_tag.clone(),
                version: result.meta.version.clone(),
            };
            if result.meta.size > limit {
                return Ok::<_, object_store::Error>(None);
            }
            let bytes = result.bytes().await?.to_vec();
            Ok(Some(Seen { bytes, version }))
        });
        match answer.await {
            Ok(Ok(Some(seen))) => Ok(Some(seen)),
            Ok(Ok(None)) => Err(StorageError::TooLarge {
                object: self.name(name),
                limit,
            }),
            Ok(Err(object_store::Error::NotFound { .. })) => Ok(None),
            Ok(Err(error)) => Err(self.answer(name, &error)),
            Err(silent) => Err(silent),
        }
    }

    /// A piece of an object.
    pub(crate) async fn read_piece(
        &self,
        name: &str,
        start: u64,
        length: u64,
    ) -> Result<Vec<u8>, StorageError> {
        let path = self.path(name)?;
        let answer = self.wait(name, self.objects.get_range(&path, start..start + length));
        let bytes = answer.await?.map_err(|error| self.answer(name, &error))?;
        Ok(bytes.to_vec())
    }

    /// Writes a small object.
    pub(crate) async fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), StorageError> {
        let path = self.path(name)?;
        let answer = self.wait(name, self.objects.put(&path, bytes.into()));
        answer.await?.map_err(|error| self.answer(name, &error))?;
        Ok(())
    }

    /// Writes a file, in pieces if it is large, and gives its length.
    pub(crate) async fn write_file(&self, name: &str, file: PathBuf) -> Result<u64, StorageError> {
        let length = fs::metadata(&file)?.len();
        if length <= PIECE {
            self.write(name, fs::read(&file)?).await?;
            return Ok(length);
        }
        let path = self.path(name)?;
        let mut file = fs::File::open(file)?;
        let started = self.wait(name, self.objects.put_multipart(&path));
        let mut upload = started.await?.map_err(|error| self.answer(name, &error))?;
        let outcome = async {
            loop {
                let mut piece = Vec::new();
                io::Read::read_to_end(&mut io::Read::take(&mut file, PIECE), &mut piece)?;
                if piece.is_empty() {
                    break;
                }
                let part = upload.put_part(piece.into());
                self.wait(name, part)
                    .await?
                    .map_err(|error| self.answer(name, &error))?;
            }
            let done = self.wait(name, upload.complete()).await?;
            done.map_err(|error| self.answer(name, &error))?;
            Ok::<_, StorageError>(())
        };
        match outcome.await {
            Ok(()) => Ok(length),
            Err(error) => {
                // The storage removes the pieces by itself some day; what went wrong before is what matters.
                let _ = self.wait(name, upload.abort()).await;
                Err(error)
            }
        }
    }

    /// Replaces an object if it is still as it was `seen`, or writes it if it was not there and still is not. False if
    /// somebody else was faster.
    pub(crate) async fn replace(
        &self,
        name: &str,
        seen: Option<&Seen>,
        bytes: Vec<u8>,
    ) -> Result<bool, StorageError> {
        if let Some(folder) = &self.folder {
            return self.replace_in_folder(folder, name, seen, bytes).await;
        }
        let mode = seen.map_or(PutMode::Create, |seen| PutMode::Update(seen.version.clone()));
        let options = PutOptions {
            mode,
            ..PutOptions::default()
        };
        let path = self.path(name)?;
        let answer = self.wait(name, self.objects.put_opts(&path, bytes.clone().into(), options));
        match answer.await? {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => {
                // Perhaps it was us: an answer was lost, and the request repeated.
                let now = self.read(name, bytes.len() as u64).await;
                Ok(now.is_ok_and(|now| now.is_some_and(|now| now.bytes == bytes)))
            }
            Err(object_store::Error::NotImplemented { .. } | object_store::Error::NotSupported { .. }) => {
                Err(StorageError::ReadOnly(self.url.clone()))
            }
            Err(error) => Err(self.answer(name, &error)),
        }
    }

    /// The same in a folder: whoever holds the lock compares and replaces.
    async fn replace_in_folder(
        &self,
        folder: &std::path::Path,
        name: &str,
        seen: Option<&Seen>,
        bytes: Vec<u8>,
    ) -> Result<bool, StorageError> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FOLDER_LOCK);
        let lock = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        let locked = self.wait(name, async {
            loop {
                match lock.file().try_lock() {
                    Ok(()) => return Ok(()),
                    Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(20)).await,
                    Err(TryLockError::Error(error)) => return Err(error),
                }
            }
        });
        locked.await??;
        let now = self.read(name, LARGEST_COMPARED).await?;
        if now.map(|now| now.bytes) != seen.map(|seen| seen.bytes.clone()) {
            return Ok(false);
        }
        self.write(name, bytes).await?;
        Ok(true)
    }

    /// The names of all objects in a folder, and when each was written: seconds since 1970.
    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<(String, i64)>, StorageError> {
        let path = self.path(folder)?;
        let listed = self.wait(folder, self.objects.list(Some(&path)).try_collect::<Vec<_>>());
        let listed = listed.await?.map_err(|error| self.answer(folder, &error))?;
        let within = |location: &Path| {
            let rest = location.as_ref().strip_prefix(self.prefix.as_ref())?;
            Some(rest.trim_start_matches('/').to_owned())
        };
        let objects = listed.into_iter();
        Ok(objects
            .filter_map(|meta| Some((within(&meta.location)?, meta.last_modified.timestamp())))
            .collect())
    }

    /// Removes an object.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), StorageError> {
        let path = self.path(name)?;
        let answer = self.wait(name, self.objects.delete(&path)).await?;
        answer.map_err(|error| self.answer(name, &error))
    }

    fn path(&self, name: &str) -> Result<Path, StorageError> {
        let path = Path::parse(format!("{}/{name}", self.prefix));
        path.map_err(|error| StorageError::Address(error.to_string()))
    }

    /// An object as messages name it.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("{}/{name}", self.url)
    }

    fn answer(&self, name: &str, error: &object_store::Error) -> StorageError {
        let mut message = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !message.contains(&cause_text) {
                message = format!("{message}: {cause_text}");
            }
            source = cause.source();
        }
        StorageError::Answer {
            object: self.name(name),
            message: without_queries(&message),
        }
    }

    /// Waits for an answer, and not for ever.
    async fn wait<T>(&self, name: &str, answer: impl Future<Output = T>) -> Result<T, StorageError> {
        let answer = tokio::time::timeout(PATIENCE, answer).await;
        answer.map_err(|_elapsed| StorageError::Silent {
            object: self.name(name),
        })
    }
}

/// Its address, which holds no secret.
impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// The address alone: a client may show a key.
impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storage")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
