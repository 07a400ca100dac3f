//! A file of equally sized numbers, used in place: little-endian, no header.

use std::{
    io::Read,
    marker::PhantomData,
    ops::{Deref, Range},
    path::{Path, PathBuf},
};

use bytemuck::{AnyBitPattern, NoUninit};
use fs_err as fs;
use memmap2::{Advice, Mmap, MmapMut};

/// The bytes of a file: mapped memory, and how much of it they are.
#[derive(Debug)]
pub(crate) struct Mapped(Option<(Mmap, usize)>);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

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
    let length = map.len();
    Ok(Mapped(Some((map, length))))
}

/// Reads a file into memory of its own, in large pages where the system has them: what is read here and there on
/// every query is then found without a walk through the page tables. Gives the pages and how much of them the file
/// fills; none for an empty file.
pub(crate) fn load_pages(path: &Path) -> Result<Option<(Mmap, usize)>, std::io::Error> {
    let mut file = fs::File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(std::io::Error::other)?;
    if length == 0 {
        return Ok(None);
    }
    let mut memory = large_pages(length)?;
    let (bytes, _) = memory.split_at_mut(length);
    file.read_exact(bytes)?;
    Ok(Some((memory.make_read_only()?, length)))
}

/// Memory of zeros, in large pages where the system has them, unless it is small.
fn large_pages(length: usize) -> Result<MmapMut, std::io::Error> {
    if length < LARGE_PAGE {
        return MmapMut::map_anon(length);
    }
    let memory = MmapMut::map_anon(length.next_multiple_of(LARGE_PAGE))?;
    // Without large pages it is slower, and right all the same.
    let _ = memory.advise(Advice::HugePage);
    Ok(memory)
}

/// Bytes in a large page.
const LARGE_PAGE: usize = 1 << 21;

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let bytes = self.0.as_ref().and_then(|(map, length)| map.get(..*length));
        bytes.unwrap_or_default()
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
            bytes: Mapped(load_pages(path)?),
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

/// Numbers that are in no file: zeros, until others are written. The memory is asked for from the system and not from the
/// allocator: what is never written takes none, and what is dropped is given back.
#[derive(Debug)]
pub(crate) struct Fresh<T> {
    memory: Option<MmapMut>,
    length: usize,
    of: PhantomData<T>,
}

impl<T: AnyBitPattern + NoUninit> Fresh<T> {
    /// So many zeros.
    pub(crate) fn new(count: usize) -> Result<Self, std::io::Error> {
        let length = count * size_of::<T>();
        Ok(Self {
            memory: (length > 0).then(|| large_pages(length)).transpose()?,
            length,
            of: PhantomData,
        })
    }

    /// All of them, to be written.
    pub(crate) fn numbers(&mut self) -> &mut [T] {
        let bytes = self
            .memory
            .as_mut()
            .and_then(|memory| memory.get_mut(..self.length));
        bytemuck::try_cast_slice_mut(bytes.unwrap_or_default()).unwrap_or_default()
    }

    /// Leaves all but the first so many out.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.length = self.length.min(count * size_of::<T>());
    }

    /// All of them, written.
    pub(crate) fn finish(self) -> Result<Array<T>, std::io::Error> {
        let memory = self.memory.map(MmapMut::make_read_only).transpose()?;
        Ok(Array {
            bytes: Mapped(memory.map(|memory| (memory, self.length))),
            of: PhantomData,
        })
    }
}

impl<T: AnyBitPattern> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        bytemuck::try_cast_slice(&self.bytes).unwrap_or_default()
    }
}

/// Bytes that memory brings at once.
const LINE: usize = 64;
/// At most how many lines are asked for at once.
const LINES: usize = 64;

impl<T: AnyBitPattern> Array<T> {
    /// Asks for numbers that are about to be read here and there, so that memory brings them while something else is done.
    /// Of a long range, its beginning; of one that reaches beyond the end, nothing.
    #[inline]
    pub(crate) fn fetch(&self, range: &Range<u32>) {
        let numbers = self
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default();
        for line in numbers.chunks(LINE / size_of::<T>()).take(LINES) {
            fetch(line);
        }
    }

    /// The same for one number.
    #[inline]
    pub(crate) fn fetch_one(&self, at: u32) {
        if let Some(rest) = self.get(at as usize..) {
            fetch(rest);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "no safe function asks the processor for memory")]
fn fetch<T>(line: &[T]) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    // SAFETY: the instruction is a hint. It reads nothing that a program can see and fails at no address, and this one is that
    // of a slice.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
}

#[cfg(not(target_arch = "x86_64"))]
fn fetch<T>(_: &[T]) {}

/// Writes numbers as [`Array::open`] reads them.
pub(crate) fn write<T: NoUninit>(path: &Path, values: &[T]) -> Result<(), std::io::Error> {
    fs::write(path, bytemuck::cast_slice(values))
}
