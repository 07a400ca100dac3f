//! Building a generation: documents in any order go in, a verified generation comes out.
//!
//! Documents are written to a spill file as they come, so that memory holds only their place in the order; the
//! files of the generation are then written in that order, the text index on a thread of its own.

use std::{
    collections::HashMap,
    io::{BufWriter, Write},
    panic::resume_unwind,
    path::Path,
};

use foldhash::fast::RandomState;
use fs_err as fs;
use tantivy::TantivyError;

use crate::{
    area_wide,
    array::{self, Mapped},
    attributes::{self, Attributes},
    bands::{self, Bands, Fixed},
    codes::CodesWriter,
    document::Document,
    frequent,
    index::{OpenError, files},
    manifest::{Counts, FORMAT, MANIFEST, Manifest, SourceInfo, folder_sums},
    neighbourhoods,
    records::{Packer, RecordsWriter},
    spelling,
    spill::{self, Spilled},
    store::{BuildLock, GenerationNumber, Store, StoreError},
    text::TermsWriter,
    worth,
};

/// A generation being built. Dropped before [`Build::publish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Build {
    store: Store,
    spill: BufWriter<fs::File>,
    spilled: u64,
    unplaced: Vec<Unplaced>,
    placed: Vec<Placed>,
    total_length: u64,
    /// The words of titles, and how often each was seen.
    words: HashMap<Box<str>, u64, RandomState>,
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

/// A document without a place. The derived order is that of the documents: those that serve the same areas together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unplaced {
    areas: String,
    /// Where it lies in the spill file.
    offset: u64,
}

/// A document with a place. The derived order is that of the documents: bands from south to north, each from west
/// to east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    band: i32,
    lon: i32,
    lat: i32,
    /// Where it lies in the spill file.
    offset: u64,
}

impl Build {
    /// Starts a generation. Nobody else can until this one is published or dropped.
    pub fn start(store: &Store) -> Result<Self, BuildError> {
        let lock = store.start_building()?;
        let spill = fs::File::create(store.building().join(SPILL))?;
        let spill = BufWriter::with_capacity(1 << 20, spill);
        Ok(Self {
            store: store.clone(),
            spill,
            spilled: 0,
            unplaced: Vec::new(),
            placed: Vec::new(),
            total_length: 0,
            words: HashMap::default(),
            _lock: lock,
        })
    }

    /// Takes in a document. Its id must be new: the caller sees to that.
    pub fn add(&mut self, document: &Document) -> Result<(), BuildError> {
        let offset = self.spilled;
        match document.position.map(Fixed::from) {
            Some(fixed) => self.placed.push(Placed {
                band: fixed.band(),
                lon: fixed.lon,
                lat: fixed.lat,
                offset,
            }),
            None => self.unplaced.push(Unplaced {
                areas: document.areas.clone(),
                offset,
            }),
        }
        self.total_length += u64::from(document.length);
        for word in document.words.split_whitespace() {
            match self.words.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.words.insert(word.into(), 1)),
            }
        }
        self.spilled += spill::write(&mut self.spill, document)?;
        Ok(())
    }

    /// How many documents were taken in.
    pub fn len(&self) -> usize {
        self.unplaced.len() + self.placed.len()
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
        self.unplaced.sort_unstable();
        self.placed.sort_unstable();
        let folder = self.store.building();
        let spill_path = folder.join(SPILL);
        let (first_band, band_count, identifiers) = self.write_documents(&spill_path, &mut written)?;
        fs::remove_file(spill_path)?;
        let bands = Bands::open(&folder, first_band, band_count, self.len()).map_err(OpenError::from)?;
        let attributes = Attributes::open(&folder, self.len()).map_err(OpenError::from)?;
        let frequent_words = frequent::write(&folder, &attributes, &bands)?;
        let mut manifest = Manifest {
            format: FORMAT,
            written_by: written_by.to_owned(),
            built_at,
            counts: Counts {
                placed: self.placed.len(),
                area_wide: self.unplaced.len(),
            },
            mean_length: mean(self.total_length, self.len()),
            first_band,
            band_count,
            frequent_words,
            identifiers,
            sources,
            files: folder_sums(&folder)?,
            xxh3: String::new(),
        };
        let json = manifest.seal().map_err(std::io::Error::other)?;
        fs::write(folder.join(MANIFEST), json)?;
        drop(crate::Index::open(&folder, 0)?);
        let number = self.store.generations()?.last().map_or(1, |last| last + 1);
        self.store.adopt_building(number)?;
        Ok((number, manifest))
    }

    /// Writes all files but the manifest, and gives the number of the first band, how many there are, and how many identifiers.
    fn write_documents(
        &self,
        spill: &Path,
        written: &mut impl FnMut(usize),
    ) -> Result<(i32, usize, usize), BuildError> {
        let folder = self.store.building();
        let spilled = array::map(spill)?;
        std::thread::scope(|scope| {
            let texts = scope.spawn(|| {
                self.write_terms(TermsWriter::of_texts(&folder)?, &spilled, |document| {
                    (document.terms, None)
                })
            });
            let meanings = scope.spawn(|| {
                self.write_terms(TermsWriter::of_meanings(&folder)?, &spilled, |document| {
                    (document.meanings, Some(document.rest))
                })
            });
            let identifiers = self.write_columns(&folder, &spilled, written)?;
            let placed: Vec<Fixed> = self
                .placed
                .iter()
                .map(|&Placed { lat, lon, .. }| Fixed { lat, lon })
                .collect();
            let (first_band, band_count) = bands::write(&folder, self.unplaced.len(), &placed)?;
            let areas: Vec<String> = self
                .unplaced
                .iter()
                .map(|document| document.areas.clone())
                .collect();
            area_wide::write(&folder, &areas)?;
            spelling::write(&folder, &self.words)?;
            for written in [texts, meanings] {
                written.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            }
            Ok((first_band, band_count, identifiers))
        })
    }

    /// Where each document lies in the spill file, in document order.
    fn offsets(&self) -> impl ExactSizeIterator<Item = u64> + Clone {
        let unplaced = |at: usize| self.unplaced.get(at).map(|document| document.offset);
        (0..self.len()).map(move |at| {
            let placed = || {
                self.placed
                    .get(at - self.unplaced.len())
                    .map(|document| document.offset)
            };
            unplaced(at).or_else(placed).unwrap_or(u64::MAX)
        })
    }

    /// Writes one of the text indexes: of each document its terms, and what to keep.
    fn write_terms(
        &self,
        mut writer: TermsWriter,
        spilled: &Mapped,
        of: impl for<'a> Fn(Spilled<'a>) -> (&'a str, Option<&'a [u8]>),
    ) -> Result<(), BuildError> {
        for offset in self.offsets() {
            let (terms, rest) = of(spill::read(spilled, offset)?);
            writer.add(terms, rest)?;
        }
        Ok(writer.finish()?)
    }

    /// Writes the files that hold a value a document, and gives the number of identifiers.
    fn write_columns(
        &self,
        folder: &Path,
        spilled: &Mapped,
        written: &mut impl FnMut(usize),
    ) -> Result<usize, BuildError> {
        let packer = self.packer(spilled)?;
        let mut records = RecordsWriter::create(folder)?;
        let mut attributes = Vec::with_capacity(self.len());
        let mut lengths = Vec::with_capacity(self.len());
        let mut postcodes = Vec::with_capacity(self.len());
        let mut checked = Vec::with_capacity(self.len());
        let mut ids = Vec::with_capacity(self.len());
        let mut codes = CodesWriter::default();
        for (doc, offset) in (0_u32..).zip(self.offsets()) {
            let document = spill::read(spilled, offset)?;
            records.add(&packer.pack(document.card))?;
            attributes.push(document.attributes);
            lengths.push(document.length);
            postcodes.push(document.pc4);
            checked.push(document.checked);
            for id in std::iter::once(document.id).chain(document.other_ids.lines()) {
                codes.add(id, doc);
            }
            ids.push(document.id);
            written(ids.len());
        }
        records.finish(folder, &packer)?;
        attributes::write(folder, &attributes)?;
        array::write(&folder.join(files::LENGTHS), &lengths)?;
        neighbourhoods::write(folder, &postcodes)?;
        worth::write(folder, &checked)?;
        array::write(&folder.join(files::ID_RANKS), &id_ranks(&ids))?;
        Ok(codes.finish(folder)?)
    }

    /// A packer for cards like these, from a sample spread evenly over them.
    fn packer(&self, spilled: &Mapped) -> Result<Packer, BuildError> {
        let step = self.len().div_ceil(SAMPLED_CARDS).max(1);
        let mut sample = Vec::with_capacity(SAMPLED_CARDS);
        for offset in self.offsets().step_by(step) {
            sample.push(spill::read(spilled, offset)?.card);
        }
        Ok(Packer::new(&sample))
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        self.store.clear_building();
    }
}

/// How many cards are looked at to find what they have in common.
const SAMPLED_CARDS: usize = 4_000;

const SPILL: &str = "spill";

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 terms")]
fn mean(total: u64, count: usize) -> f64 {
    if count == 0 {
        0.0
    } else {
        total as f64 / count as f64
    }
}

/// For each document the place of its id among all ids.
fn id_ranks(ids: &[&str]) -> Vec<u32> {
    let mut by_id: Vec<u32> = (0..).take(ids.len()).collect();
    by_id.sort_unstable_by_key(|doc| ids[*doc as usize]);
    let mut ranks = vec![0; by_id.len()];
    for (rank, doc) in (0..).zip(by_id) {
        ranks[doc as usize] = rank;
    }
    ranks
}
