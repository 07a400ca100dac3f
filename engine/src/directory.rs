//! The folder of the text index as tantivy sees it: dictionary and postings in memory of their own, the rest mapped.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tantivy::directory::{
    Directory, FileHandle, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
    error::{DeleteError, OpenDirectoryError, OpenReadError, OpenWriteError},
};

use crate::array;

/// Endings of the files that every query with words reads here and there: dictionary and postings.
const LOADED: [&str; 2] = ["idx", "term"];

/// A folder of which some files are loaded into large pages.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    folder: PathBuf,
    mapped: MmapDirectory,
}

impl Loaded {
    pub(crate) fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            folder: folder.to_owned(),
            mapped: MmapDirectory::open(folder)?,
        })
    }
}

impl Directory for Loaded {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if !ending.is_some_and(|ending| LOADED.contains(&ending)) {
            return self.mapped.get_file_handle(path);
        }
        let loaded = array::load_pages(&self.folder.join(path));
        let loaded = loaded.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        Ok(Arc::new(match loaded {
            Some((pages, length)) => OwnedBytes::new(pages).slice(0..length),
            None => OwnedBytes::empty(),
        }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(watch_callback)
    }
}
