//! A file that is written anew for every input.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// A file in a folder of its own.
pub(super) struct Scratch {
    folder: TempDir,
    path: PathBuf,
}

impl Scratch {
    pub(super) fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        Self { folder, path }
    }

    /// Where its folder is.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes it, and says where it is.
    pub(super) fn write(&self, bytes: impl AsRef<[u8]>) -> &Path {
        fs::write(&self.path, bytes).unwrap();
        &self.path
    }
}
