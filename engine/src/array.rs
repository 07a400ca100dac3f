//! A file of equally sized numbers, used in place: little-endian, no header.

use std::{
    marker::PhantomData,
    ops::Deref,
    path::{Path, PathBuf},
};

use bytemuck::{AnyBitPattern, NoUninit};
use fs_err as fs;
use memmap2::Mmap;

/// A file mapped into memory.
#[derive(Debug)]
pub(crate) struct Mapped(Option<Mmap>);

/// Maps a file. An empty file is an empty slice.
#[expect(unsafe_code, reason = "mapping a file is unsafe: somebody could change it")]
pub(crate) fn map(path: &Path) -> Result<Mapped, std::io::Error> {
    let file = fs::File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(Mapped(None));
    }
    // SAFETY: the files of a generation are written once, before the folder gets its name, and never after that.
    // Every value read from them is a plain number that is checked before it is used as an index, so that even a
    // file changed by a stranger gives wrong answers, not wrong memory.
    let map = unsafe { Mmap::map(file.file()) }?;
    Ok(Mapped(Some(map)))
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }
}

/// A file of numbers, as a slice.
#[derive(Debug)]
pub(crate) struct Array<T> {
    bytes: Mapped,
    of: PhantomData<T>,
}

/// A file that does not hold the numbers it should.
#[derive(Debug, thiserror::Error)]
pub enum ArrayError {
    /// It could not be opened.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It has another length than the manifest says.
    #[error("{path} holds {found} values where the manifest says {expected}")]
    Length {
        /// The file.
        path: PathBuf,
        /// How many values it holds.
        found: usize,
        /// How many it should hold.
        expected: usize,
    },
}

impl<T: AnyBitPattern> Array<T> {
    pub(crate) fn open(path: &Path, expected: usize) -> Result<Self, ArrayError> {
        let array = Self {
            bytes: map(path)?,
            of: PhantomData,
        };
        let found = array.len();
        if found != expected || array.bytes.len() != expected * size_of::<T>() {
            return Err(ArrayError::Length {
                path: path.to_owned(),
                found,
                expected,
            });
        }
        Ok(array)
    }
}

impl<T: AnyBitPattern> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        bytemuck::try_cast_slice(&self.bytes).unwrap_or_default()
    }
}

/// Writes numbers as [`Array::open`] reads them.
pub(crate) fn write<T: NoUninit>(path: &Path, values: &[T]) -> Result<(), std::io::Error> {
    fs::write(path, bytemuck::cast_slice(values))
}
