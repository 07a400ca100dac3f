//! One generation, opened.

use std::path::{Path, PathBuf};

use fs_err as fs;
use nabij_offering::{KindSet, Position, ServiceArea, ThemeSet};
use tantivy::TantivyError;

use crate::{
    array::{Array, ArrayError, Mapped, map},
    bands::Bands,
    manifest::{FORMAT, MANIFEST, Manifest, file_sum},
    store::{GenerationNumber, StoreError},
    text::TextIndex,
};

/// The names of the files in a generation.
pub(crate) mod files {
    pub(crate) const TEXT: &str = "text";
    pub(crate) const KINDS: &str = "columns.kinds";
    pub(crate) const THEMES: &str = "columns.themes";
    pub(crate) const LENGTHS: &str = "columns.lengths";
    pub(crate) const ID_RANKS: &str = "columns.id_ranks";
    pub(crate) const AREAS: &str = "columns.areas.json";
    pub(crate) const CARDS: &str = "records.cards";
    pub(crate) const CARD_ENDS: &str = "records.card_ends";
}

/// One generation: immutable, and safe to share between threads.
#[derive(Debug)]
pub struct Index {
    number: GenerationNumber,
    manifest: Manifest,
    pub(crate) bands: Bands,
    pub(crate) kinds: Array<u8>,
    pub(crate) themes: Array<u16>,
    pub(crate) lengths: Array<u16>,
    pub(crate) id_ranks: Array<u32>,
    /// The areas of the documents without a place, in document order.
    pub(crate) areas: Vec<Vec<ServiceArea>>,
    cards: Mapped,
    card_ends: Array<u64>,
    pub(crate) text: Option<TextIndex>,
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
    #[error("{path} is in format {found}, this program reads format {FORMAT}; build the index again")]
    Format {
        /// The generation.
        path: PathBuf,
        /// Its format.
        found: u64,
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

impl Index {
    pub(crate) fn open(folder: &Path, number: GenerationNumber) -> Result<Self, OpenError> {
        let manifest = read_manifest(&folder.join(MANIFEST))?;
        verify(folder, &manifest)?;
        let count = manifest.counts.offerings();
        let text = TextIndex::open(&folder.join(files::TEXT))?;
        let mismatch = || OpenError::Mismatch(folder.to_owned());
        let index = Self {
            number,
            bands: Bands::open(
                folder,
                manifest.first_band,
                manifest.band_count,
                manifest.counts.placed,
            )?,
            kinds: Array::open(&folder.join(files::KINDS), count)?,
            themes: Array::open(&folder.join(files::THEMES), count)?,
            lengths: Array::open(&folder.join(files::LENGTHS), count)?,
            id_ranks: Array::open(&folder.join(files::ID_RANKS), count)?,
            areas: read_areas(&folder.join(files::AREAS)).ok_or_else(mismatch)?,
            cards: map(&folder.join(files::CARDS))?,
            card_ends: Array::open(&folder.join(files::CARD_ENDS), count)?,
            text,
            manifest,
        };
        let texts = index.text.as_ref().map_or(0, TextIndex::len);
        if texts != count || index.areas.len() != index.manifest.counts.area_wide {
            return Err(mismatch());
        }
        Ok(index)
    }

    /// The number of the generation.
    pub fn number(&self) -> GenerationNumber {
        self.number
    }

    /// What the generation says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The JSON of the card of a document (`nabij_offering::Card`), rendered when the index was built.
    pub fn card(&self, doc: u32) -> &[u8] {
        let end = |doc: usize| {
            self.card_ends
                .get(doc)
                .and_then(|end| usize::try_from(*end).ok())
                .unwrap_or(0)
        };
        let doc = doc as usize;
        let start = doc.checked_sub(1).map_or(0, end);
        self.cards.get(start..end(doc)).unwrap_or_default()
    }

    /// The JSON of all fields of a document, in the native format.
    pub fn detail(&self, doc: u32) -> Result<Option<Vec<u8>>, TantivyError> {
        self.text.as_ref().map_or(Ok(None), |text| text.detail(doc))
    }

    /// The document with an identifier.
    pub fn find(&self, id: &str) -> Result<Option<u32>, TantivyError> {
        self.text.as_ref().map_or(Ok(None), |text| text.find(id))
    }

    /// Where a document is, if it has a place.
    pub fn position(&self, doc: u32) -> Option<Position> {
        self.bands.position(doc as usize)
    }

    /// Whether a document passes the filters. An empty set lets everything pass.
    pub(crate) fn passes(&self, doc: usize, kinds: KindSet, themes: ThemeSet) -> bool {
        let kind = self
            .kinds
            .get(doc)
            .is_some_and(|kind| kinds.bits() & 1_u8.unbounded_shl(u32::from(*kind)) != 0);
        let theme = self
            .themes
            .get(doc)
            .is_some_and(|theme| themes.bits() & theme != 0);
        (kinds.is_empty() || kind) && (themes.is_empty() || theme)
    }
}

fn read_manifest(path: &Path) -> Result<Manifest, OpenError> {
    #[derive(serde::Deserialize)]
    struct FormatOnly {
        format: u64,
    }
    let bytes = fs::read(path)?;
    let manifest = |source| OpenError::Manifest {
        path: path.to_owned(),
        source,
    };
    let FormatOnly { format } = serde_json::from_slice(&bytes).map_err(manifest)?;
    if format != u64::from(FORMAT) {
        return Err(OpenError::Format {
            path: path.to_owned(),
            found: format,
        });
    }
    serde_json::from_slice(&bytes).map_err(manifest)
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

fn read_areas(path: &Path) -> Option<Vec<Vec<ServiceArea>>> {
    let areas: Vec<Vec<String>> = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let parse = |areas: Vec<String>| {
        areas
            .iter()
            .map(|area| area.parse().ok())
            .collect::<Option<Vec<_>>>()
    };
    areas.into_iter().map(parse).collect()
}
