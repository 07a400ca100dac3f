//! What every request shares.

use std::{path::PathBuf, sync::Arc};

use arc_swap::ArcSwap;
use chrono::NaiveDateTime;
use nabij_atlas::{Atlas, Location};
use nabij_engine::{GenerationNumber, Index, Store};
use nabij_language::Lexicon;
use nabij_offering::ThemeSet;

use crate::{follow::Follow, measured::Measured, operator::TokenHash, site::Site, variants::Variants};

/// What every request shares.
#[derive(Debug)]
pub struct App {
    /// Postcodes and places.
    pub atlas: Atlas,
    /// What words mean.
    pub(crate) lexicon: Lexicon,
    /// The version of the atlas, taken once.
    pub(crate) atlas_version: u64,
    /// Who may see the report, and where it is.
    pub(crate) operator: Option<(TokenHash, PathBuf)>,
    /// What the operator set for the pages.
    pub(crate) site: Site,
    /// Coverage that analysts looked at.
    pub(crate) measured: Measured,
    /// What libraries set for theirs.
    pub(crate) variants: Variants,
    index: ArcSwap<Index>,
    pub(crate) store: Store,
    /// What was last seen of the folder of the index.
    pub(crate) follow: Follow,
}

impl App {
    /// Serves an index that was opened from a store.
    pub fn new(atlas: Atlas, lexicon: Lexicon, store: Store, index: Index, site: Site) -> Self {
        Self {
            lexicon,
            atlas_version: atlas.version(),
            atlas,
            operator: None,
            measured: Measured::default(),
            site,
            variants: Variants::default(),
            index: ArcSwap::from_pointee(index),
            store,
            follow: Follow::default(),
        }
    }

    /// The same with a page for who knows the operator's token: the report that the last build wrote.
    #[must_use]
    pub fn with_operator(self, operator: Option<TokenHash>, report: PathBuf) -> Self {
        Self {
            operator: operator.map(|token| (token, report)),
            ..self
        }
    }

    /// The same with the profiles of a folder, which is looked at again for as long as the server runs.
    #[must_use]
    pub fn with_profiles(self, folder: Option<PathBuf>) -> Self {
        let variants = folder.map(|folder| Variants::open(folder, &self.atlas));
        Self {
            variants: variants.unwrap_or_default(),
            ..self
        }
    }

    /// The moment, as Dutch clocks say it.
    pub(crate) fn now(&self) -> NaiveDateTime {
        self.site.now()
    }

    /// The index in use. A request takes it once and keeps it to its end.
    pub fn index(&self) -> Arc<Index> {
        self.index.load_full()
    }

    /// The number of the generation that is published; none if that cannot be read.
    pub(crate) fn published(&self) -> Option<GenerationNumber> {
        self.store.current().ok()
    }

    /// Counts what was asked, if the operator wants to know.
    pub(crate) fn count(&self, location: Option<&Location>, themes: ThemeSet, found: bool) {
        if let (Some(demand), Some(pc4)) = (&self.site.demand, location.and_then(|location| location.pc4)) {
            demand.count(self.now().date(), pc4, themes, found);
        }
    }

    /// Writes the totals of days that are over.
    pub(crate) fn write_demand(&self) {
        if let Some(demand) = &self.site.demand {
            demand.write_days_before(self.now().date(), &self.atlas);
        }
    }

    /// Writes what was counted so far; for the end of the server.
    pub(crate) fn finish_demand(&self) {
        if let Some(demand) = &self.site.demand {
            demand.write_all(&self.atlas);
        }
    }

    /// Takes another index into use, and gives the old one. Requests under way keep that to their end.
    pub(crate) fn swap(&self, index: Index) -> Arc<Index> {
        self.index.swap(Arc::new(index))
    }
}
