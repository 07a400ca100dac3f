//! One generation, opened.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use fs_err as fs;
use nabij_language::Wish;
use nabij_offering::Position;
use tantivy::TantivyError;

use crate::{
    area_wide::AreaWide,
    array::{Array, ArrayError},
    attributes::Attributes,
    bands::Bands,
    bm25,
    codes::Codes,
    document,
    frequent::Frequent,
    manifest::{FORMAT, MANIFEST, Manifest, file_sum},
    neighbourhoods::Neighbourhoods,
    records::Records,
    spelling::{Spelled, Spelling},
    store::{GenerationNumber, StoreError},
    text::TextIndex,
    unions::Unions,
    ways::ways_to_meet,
    worth::Checked,
};

/// The names of the files in a generation.
pub(crate) mod files {
    pub(crate) const LENGTHS: &str = "columns.lengths";
    pub(crate) const ID_RANKS: &str = "columns.id_ranks";
}

/// One generation: immutable, and safe to share between threads.
#[derive(Debug)]
pub struct Index {
    number: GenerationNumber,
    manifest: Manifest,
    pub(crate) bands: Bands,
    pub(crate) attributes: Attributes,
    pub(crate) lengths: Array<u16>,
    /// What each length of a document comes to in BM25.
    norms: Vec<f64>,
    pub(crate) unions: Unions,
    pub(crate) id_ranks: Array<u32>,
    pub(crate) checked: Checked,
    pub(crate) area_wide: AreaWide,
    pub(crate) neighbourhoods: Neighbourhoods,
    pub(crate) frequent: Frequent,
    records: Records,
    codes: Codes,
    spelling: Spelling,
    pub(crate) text: Option<TextIndex>,
    /// Held for as long as the generation is open, see [`hold`].
    _in_use: fs::File,
}

/// Why a generation cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store does not say which one, or cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It has no readable manifest.
    #[error("{path} is not the manifest of an index: {source}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// It was written in another format.
    #[error("{path} is in format {found}, this program reads format {FORMAT}; {}", advice(*.found))]
    Format {
        /// The generation.
        path: PathBuf,
        /// Its format.
        found: u64,
    },
    /// Its manifest names a file that is not within it.
    #[error("{path} names `{name}`, which is not within the generation; build the index again")]
    Outside {
        /// The manifest.
        path: PathBuf,
        /// The name.
        name: String,
    },
    /// A file was changed, cut off or lost after it was written.
    #[error(
        "{path} is damaged: its checksum is not that of the manifest; build the index again or roll back"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A file does not hold what it should.
    #[error(transparent)]
    Array(#[from] ArrayError),
    /// A file could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The text index cannot be used.
    #[error("the text index cannot be opened")]
    Text(#[from] TantivyError),
    /// The parts do not belong together.
    #[error("the parts of {0} do not fit together; build the index again")]
    Mismatch(PathBuf),
}

/// What to do about an index of another format.
fn advice(found: u64) -> &'static str {
    if found > u64::from(FORMAT) {
        "install the version of nabij that wrote it, or build the index again with this one"
    } else {
        "build the index again"
    }
}

impl Index {
    pub(crate) fn open(folder: &Path, number: GenerationNumber) -> Result<Self, OpenError> {
        let in_use = hold(folder)?;
        let manifest = check(folder)?;
        // Checksums tell accidents. Files made wrong on purpose may have right ones, and what reads them may panic.
        let opened = AssertUnwindSafe(|| Self::open_checked(folder, number, manifest, in_use));
        catch_unwind(opened).unwrap_or_else(|_| Err(OpenError::Mismatch(folder.to_owned())))
    }

    fn open_checked(
        folder: &Path,
        number: GenerationNumber,
        manifest: Manifest,
        in_use: fs::File,
    ) -> Result<Self, OpenError> {
        let count = manifest.counts.offerings();
        let text = TextIndex::open(folder)?;
        let mismatch = || OpenError::Mismatch(folder.to_owned());
        let lengths: Array<u16> = Array::open(&folder.join(files::LENGTHS), count)?;
        let mut index = Self {
            number,
            bands: Bands::open(folder, manifest.first_band, manifest.band_count, count)?,
            attributes: Attributes::open(folder, count)?,
            unions: Unions::new(u32::try_from(count).unwrap_or(u32::MAX)),
            norms: bm25::norms(lengths.iter().copied().max().unwrap_or(0), manifest.mean_length),
            lengths,
            id_ranks: Array::open(&folder.join(files::ID_RANKS), count)?,
            checked: Checked::open(folder, &manifest)?,
            area_wide: AreaWide::open(folder, manifest.counts.area_wide).ok_or_else(mismatch)?,
            neighbourhoods: Neighbourhoods::open(folder, count)?,
            frequent: Frequent::open(folder, manifest.frequent_words)?,
            records: Records::open(folder, count)?,
            codes: Codes::open(folder, manifest.identifiers)?,
            spelling: Spelling::open(folder)?,
            text,
            manifest,
            _in_use: in_use,
        };
        let texts = index.text.as_ref().map_or(0, TextIndex::len);
        let placed = index.bands.placed();
        if texts != count || placed.start != index.area_wide.len() || !index.is_sound(count)? {
            return Err(mismatch());
        }
        index.text.as_mut().map_or(Ok(()), TextIndex::keep_dense)?;
        Ok(index)
    }

    /// Whether what queries take for granted holds, whoever wrote the files.
    fn is_sound(&self, documents: usize) -> Result<bool, TantivyError> {
        Ok(self.bands.are_sound(self.area_wide.len())
            && self.attributes.are_sound()
            && self.frequent.are_sound(documents)
            && self.records.are_sound()
            && self.codes.are_sound(documents)
            && self.spelling.is_sound()
            && self.text.as_ref().map_or(Ok(true), TextIndex::is_sound)?)
    }

    /// The number of the generation.
    pub fn number(&self) -> GenerationNumber {
        self.number
    }

    /// What the generation says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Whether titles have a word, given as [`nabij_language::words`] gives it.
    pub fn knows_word(&self, word: &str) -> bool {
        self.spelling.knows(word)
    }

    /// Whether any document can be found by a word, given as [`nabij_language::words`] gives it, or by its key.
    pub fn can_find(&self, word: &str) -> bool {
        let form = nabij_language::form(word);
        self.text.as_ref().is_some_and(|text| {
            [text.said(&form.stem), text.meant(&form.key)]
                .into_iter()
                .any(|found| matches!(found, Ok(Some(_))))
        })
    }

    /// Of the wishes of a question those that fewest documents meet, at most so many, in their order: what is required comes
    /// before what need not be. They say most, and what a question costs grows with their number.
    pub fn keep_the_rarest(&self, wishes: &mut Vec<Wish>, most: usize) {
        if wishes.len() <= most {
            return;
        }
        let reach = |wish: &Wish| {
            let ways = self.text.as_ref().map(|text| ways_to_meet(text, wish, 0));
            let ways = ways.and_then(Result::ok).unwrap_or_default().into_iter();
            ways.map(|way| u64::from(way.listed.documents())).sum::<u64>()
        };
        let mut by_reach: Vec<(bool, u64, usize)> = wishes
            .iter()
            .enumerate()
            .map(|(at, wish)| (!wish.required, reach(wish), at))
            .collect();
        by_reach.sort_unstable();
        by_reach.truncate(most);
        let mut at = 0..;
        wishes.retain(|_| {
            let at = at.next();
            by_reach.iter().any(|(.., kept)| Some(*kept) == at)
        });
    }

    /// Words of titles that an automaton accepts ([`nabij_language::automaton`]), the nearest first, then the most frequent.
    pub fn words_near(&self, automaton: &nabij_language::DFA, limit: usize) -> Vec<Spelled> {
        self.spelling.near(automaton, limit)
    }

    /// Words of titles that begin so, the most frequent first.
    pub fn words_beginning(&self, prefix: &str, limit: usize) -> Vec<Spelled> {
        self.spelling.beginning(prefix, limit)
    }

    /// Appends the JSON of the card of a document (`nabij_offering::Card`), rendered when the index was built.
    pub fn push_card(&self, doc: u32, json: &mut Vec<u8>) {
        self.records.push_card(doc, json);
    }

    /// The JSON of all fields of a document, in the native format.
    pub fn detail(&self, doc: u32) -> Result<Option<Vec<u8>>, TantivyError> {
        let Some(rest) = self.text.as_ref().map_or(Ok(None), |text| text.rest(doc))? else {
            return Ok(None);
        };
        let mut card = Vec::new();
        self.push_card(doc, &mut card);
        Ok(document::detail(&card, &rest))
    }

    /// The document with an identifier.
    pub fn find(&self, id: &str) -> Result<Option<u32>, TantivyError> {
        for doc in self.codes.with_id(id) {
            let detail = self.detail(doc)?;
            if detail.is_some_and(|detail| document::has_id(&detail, id)) {
                return Ok(Some(doc));
            }
        }
        Ok(None)
    }

    /// A short code for the document with an identifier, to type from paper. It stays good as long as a document has
    /// that identifier.
    pub fn code(&self, id: &str) -> String {
        self.codes.of(id)
    }

    /// The documents that a short code means: one, or several if later identifiers have the same code.
    pub fn find_by_code(&self, code: &str) -> Vec<u32> {
        self.codes.find(code)
    }

    /// Where a document is, if it has a place.
    pub fn position(&self, doc: u32) -> Option<Position> {
        let placed = self.bands.placed();
        placed.contains(&doc).then(|| self.bands.fixed(doc).into())
    }

    /// What the length of a document comes to in BM25.
    #[inline]
    pub(crate) fn norm(&self, doc: u32) -> f64 {
        let length = self.lengths.get(doc as usize).copied().unwrap_or(0);
        self.norms.get(usize::from(length)).copied().unwrap_or(1.0)
    }
}

/// Says to every process that a generation is in use: a shared lock on its manifest, which ends with whoever holds it,
/// however that ends. A file system without locks gives none, and removes what is in use; an open file stays readable.
fn hold(folder: &Path) -> Result<fs::File, std::io::Error> {
    let manifest = fs::File::open(folder.join(MANIFEST))?;
    let _ = manifest.file().try_lock_shared();
    Ok(manifest)
}

/// Whether some process has a generation open.
pub(crate) fn is_held(folder: &Path) -> bool {
    let manifest = fs::File::open(folder.join(MANIFEST));
    manifest
        .is_ok_and(|manifest| matches!(manifest.file().try_lock(), Err(std::fs::TryLockError::WouldBlock)))
}

pub(crate) fn read_manifest(path: &Path) -> Result<Manifest, OpenError> {
    parse_manifest(&fs::read(path)?, path)
}

/// Reads a manifest; `path` is where it is or will be.
pub(crate) fn parse_manifest(bytes: &[u8], path: &Path) -> Result<Manifest, OpenError> {
    #[derive(serde::Deserialize)]
    struct FormatOnly {
        format: u64,
    }
    let manifest = |source| OpenError::Manifest {
        path: path.to_owned(),
        source,
    };
    let FormatOnly { format } = serde_json::from_slice(bytes).map_err(manifest)?;
    if format != u64::from(FORMAT) {
        return Err(OpenError::Format {
            path: path.to_owned(),
            found: format,
        });
    }
    let read: Manifest = serde_json::from_slice(bytes).map_err(manifest)?;
    if str::from_utf8(bytes).is_ok_and(|text| read.is_sealed_in(text)) {
        Ok(read)
    } else {
        Err(OpenError::Damaged {
            path: path.to_owned(),
        })
    }
}

/// Checks format and checksums of a generation, and gives its manifest.
pub(crate) fn check(folder: &Path) -> Result<Manifest, OpenError> {
    let manifest = read_manifest(&folder.join(MANIFEST))?;
    verify(folder, &manifest)?;
    Ok(manifest)
}

/// Reads every file once: that checks it, and leaves it in the page cache.
fn verify(folder: &Path, manifest: &Manifest) -> Result<(), OpenError> {
    for (name, expected) in &manifest.files {
        let path = folder.join(name);
        let sum = match file_sum(&path) {
            Ok(sum) => sum,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(OpenError::Damaged { path });
            }
            Err(error) => return Err(error.into()),
        };
        if sum != *expected {
            return Err(OpenError::Damaged { path });
        }
    }
    Ok(())
}
