//! Building a generation: documents in any order go in, a verified generation comes out.
//!
//! Documents are written to a spill file as they come, so that memory holds only their place in the order; the
//! files of the generation are then written in that order, in one pass.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use fs_err as fs;
use nabij_offering::Position;
use tantivy::TantivyError;

use crate::{
    array::{self, Mapped},
    bands::{self, Fixed},
    document::Document,
    index::{OpenError, files},
    manifest::{Counts, FORMAT, MANIFEST, Manifest, SourceInfo, folder_sums},
    store::{BuildLock, GenerationNumber, Store, StoreError},
    text::TextWriter,
};

/// How many generations are kept, the current one included.
const KEPT_GENERATIONS: usize = 3;

/// A generation being built. Dropped before [`Build::publish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Build {
    store: Store,
    spill: BufWriter<fs::File>,
    spilled: u64,
    keys: Vec<Key>,
    total_length: u64,
    _lock: BuildLock,
}

/// What can stop a build. The generation in use stays in use.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The folder cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The text index could not be written.
    #[error("the text index could not be written")]
    Text(#[from] TantivyError),
    /// What was written does not read back.
    #[error("the new index does not read back, so the old one stays in use")]
    Verify(#[from] OpenError),
}

/// Where a document goes. The derived order is the order of the documents: bands from south to north, each from
/// west to east, then those without a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    area_wide: bool,
    band: i32,
    lon: i32,
    lat: i32,
    /// Where it lies in the spill file.
    offset: u64,
}

impl Key {
    fn new(position: Option<Position>, offset: u64) -> Self {
        match position.map(Fixed::from) {
            None => Self {
                area_wide: true,
                band: 0,
                lon: 0,
                lat: 0,
                offset,
            },
            Some(fixed) => Self {
                area_wide: false,
                band: fixed.band(),
                lon: fixed.lon,
                lat: fixed.lat,
                offset,
            },
        }
    }
}

impl Build {
    /// Starts a generation. Nobody else can until this one is published or dropped.
    pub fn start(store: &Store) -> Result<Self, BuildError> {
        let lock = store.lock()?;
        let folder = store.building();
        if folder.exists() {
            // Left by a process that was killed: we hold the lock, so it is gone.
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let spill = BufWriter::with_capacity(1 << 20, fs::File::create(folder.join(SPILL))?);
        Ok(Self {
            store: store.clone(),
            spill,
            spilled: 0,
            keys: Vec::new(),
            total_length: 0,
            _lock: lock,
        })
    }

    /// Takes in a document. Its id must be new: the caller sees to that.
    pub fn add(&mut self, document: &Document) -> Result<(), BuildError> {
        self.keys.push(Key::new(document.position, self.spilled));
        self.total_length += u64::from(document.length);
        self.spilled += spill::write(&mut self.spill, document)?;
        Ok(())
    }

    /// How many documents were taken in.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Writes the generation, reads it back, and makes it the current one. `written` is called with the number of
    /// documents written so far.
    pub fn publish(
        mut self,
        written_by: &str,
        built_at: i64,
        sources: Vec<SourceInfo>,
        mut written: impl FnMut(usize),
    ) -> Result<(GenerationNumber, Manifest), BuildError> {
        self.spill.flush()?;
        self.keys.sort_unstable();
        let folder = self.store.building();
        let spill_path = folder.join(SPILL);
        let spilled = array::map(&spill_path)?;
        self.write_documents(&spilled, &mut written)?;
        drop(spilled);
        fs::remove_file(spill_path)?;
        let placed: Vec<Fixed> = self
            .keys
            .iter()
            .filter(|key| !key.area_wide)
            .map(|key| Fixed {
                lat: key.lat,
                lon: key.lon,
            })
            .collect();
        let (first_band, band_count) = bands::write(&folder, &placed)?;
        let manifest = Manifest {
            format: FORMAT,
            written_by: written_by.to_owned(),
            built_at,
            counts: Counts {
                placed: placed.len(),
                area_wide: self.keys.len() - placed.len(),
            },
            mean_length: mean(self.total_length, self.keys.len()),
            first_band,
            band_count,
            sources,
            files: folder_sums(&folder)?,
        };
        let json = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::other)?;
        fs::write(folder.join(MANIFEST), json)?;
        drop(crate::Index::open(&folder, 0)?);
        let number = self.store.adopt_building()?;
        self.store.set_current(number)?;
        self.prune(number)?;
        Ok((number, manifest))
    }

    /// One pass over the spilled documents, in order, into the text index, the columns and the cards.
    fn write_documents(&self, spilled: &Mapped, written: &mut impl FnMut(usize)) -> Result<(), BuildError> {
        let folder = self.store.building();
        let mut text = TextWriter::create(&folder.join(files::TEXT))?;
        let mut columns = Columns::default();
        let mut cards = BufWriter::with_capacity(1 << 20, fs::File::create(folder.join(files::CARDS))?);
        for (doc, key) in self.keys.iter().enumerate() {
            let document = spill::read(spilled, key.offset).ok_or_else(|| {
                std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the spill file ends too early")
            })?;
            text.add(document.id, document.terms, document.detail)?;
            cards.write_all(document.card)?;
            columns.push(&document, key.area_wide);
            written(doc + 1);
        }
        cards.flush()?;
        text.finish()?;
        columns.write(&folder)?;
        Ok(())
    }

    /// Removes the oldest generations.
    fn prune(&self, current: GenerationNumber) -> Result<(), BuildError> {
        let numbers = self.store.generations()?;
        let surplus = numbers.len().saturating_sub(KEPT_GENERATIONS);
        for number in numbers
            .into_iter()
            .take(surplus)
            .filter(|number| *number != current)
        {
            fs::remove_dir_all(self.store.folder(number))?;
        }
        Ok(())
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        let folder = self.store.building();
        if folder.exists() {
            // Nothing can be done about a failure here; the next build removes the folder.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 terms")]
fn mean(total: u64, count: usize) -> f64 {
    if count == 0 {
        0.0
    } else {
        total as f64 / count as f64
    }
}

/// The columns of the documents so far.
#[derive(Default)]
struct Columns<'a> {
    kinds: Vec<u8>,
    themes: Vec<u16>,
    lengths: Vec<u16>,
    card_ends: Vec<u64>,
    ids: Vec<&'a str>,
    areas: Vec<Vec<String>>,
}

impl<'a> Columns<'a> {
    fn push(&mut self, document: &spill::Spilled<'a>, area_wide: bool) {
        self.kinds.push(document.kind);
        self.themes.push(document.themes);
        self.lengths.push(document.length);
        let start = self.card_ends.last().copied().unwrap_or(0);
        self.card_ends.push(start + document.card.len() as u64);
        self.ids.push(document.id);
        if area_wide {
            self.areas.push(
                document
                    .areas
                    .split('|')
                    .filter(|area| !area.is_empty())
                    .map(str::to_owned)
                    .collect(),
            );
        }
    }

    fn write(&self, folder: &std::path::Path) -> Result<(), std::io::Error> {
        let path = |name: &str| -> PathBuf { folder.join(name) };
        array::write(&path(files::KINDS), &self.kinds)?;
        array::write(&path(files::THEMES), &self.themes)?;
        array::write(&path(files::LENGTHS), &self.lengths)?;
        array::write(&path(files::CARD_ENDS), &self.card_ends)?;
        array::write(&path(files::ID_RANKS), &self.id_ranks())?;
        let areas = serde_json::to_vec(&self.areas).map_err(std::io::Error::other)?;
        fs::write(path(files::AREAS), areas)
    }

    /// For each document the place of its id among all ids.
    fn id_ranks(&self) -> Vec<u32> {
        let mut by_id: Vec<u32> = (0..).take(self.ids.len()).collect();
        by_id.sort_unstable_by_key(|doc| self.ids[*doc as usize]);
        let mut ranks = vec![0; by_id.len()];
        for (rank, doc) in (0..).zip(by_id) {
            ranks[doc as usize] = rank;
        }
        ranks
    }
}

const SPILL: &str = "spill";

/// Documents in the spill file: seven little-endian numbers, then five texts.
mod spill {
    use std::io::Write;

    use super::Document;

    /// A document in the spill file.
    pub(super) struct Spilled<'a> {
        pub(super) kind: u8,
        pub(super) themes: u16,
        pub(super) length: u16,
        pub(super) id: &'a str,
        pub(super) areas: &'a str,
        pub(super) terms: &'a str,
        pub(super) card: &'a [u8],
        pub(super) detail: &'a [u8],
    }

    const HEAD: usize = 8 * 4;

    /// Writes a document and gives its length in bytes.
    pub(super) fn write(spill: &mut impl Write, document: &Document) -> Result<u64, std::io::Error> {
        let areas: Vec<String> = document.service_areas.iter().map(ToString::to_string).collect();
        let areas = areas.join("|");
        let texts = [
            document.id.as_bytes(),
            areas.as_bytes(),
            document.terms.as_bytes(),
            &document.card,
            &document.detail,
        ];
        let mut numbers = [0_u32; 8];
        for (number, text) in numbers.iter_mut().zip(texts) {
            *number = u32::try_from(text.len()).map_err(std::io::Error::other)?;
        }
        let kind = u32::try_from(document.kind.index()).unwrap_or_default();
        numbers[5..].copy_from_slice(&[kind, u32::from(document.themes.bits()), document.length]);
        let mut bytes = HEAD as u64;
        for number in numbers {
            spill.write_all(&number.to_le_bytes())?;
        }
        for text in texts {
            spill.write_all(text)?;
            bytes += text.len() as u64;
        }
        Ok(bytes)
    }

    /// The document at an offset; none if the file is not what [`write`] wrote.
    pub(super) fn read(spill: &[u8], offset: u64) -> Option<Spilled<'_>> {
        let mut rest = spill.get(usize::try_from(offset).ok()?..)?;
        let mut take = |count: usize| {
            let (taken, after) = rest.split_at_checked(count)?;
            rest = after;
            Some(taken)
        };
        let head = take(HEAD)?;
        let number = |at: usize| {
            let bytes = head.get(at * 4..at * 4 + 4)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?))
        };
        let mut text = |at: usize| take(number(at)? as usize);
        let (id, areas, terms, card, detail) = (text(0)?, text(1)?, text(2)?, text(3)?, text(4)?);
        Some(Spilled {
            kind: u8::try_from(number(5)?).ok()?,
            themes: u16::try_from(number(6)?).ok()?,
            length: u16::try_from(number(7)?).unwrap_or(u16::MAX),
            id: str::from_utf8(id).ok()?,
            areas: str::from_utf8(areas).ok()?,
            terms: str::from_utf8(terms).ok()?,
            card,
            detail,
        })
    }
}
