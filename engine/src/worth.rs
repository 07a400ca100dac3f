//! What a match counts for beside its words: how near it is, how easy it is to go there, and how lately it was checked.

use std::path::Path;

use nabij_offering::{Feature, KindSet, Offering, ThemeSet};

use crate::{
    Index,
    array::{self, Array, ArrayError},
    attributes::bits,
    manifest::Manifest,
    origin::{Origin, haversine_of},
    query::Query,
};

/// What makes it easy to go.
const EASY: [Feature; 2] = [Feature::Free, Feature::WalkIn];
/// What each of these adds to a score, as a share: enough to part equals, and hardly more.
const EASY_ADDS: f64 = 0.01;
/// What it adds that an offering was checked on the day of the build; half as much a year before.
const FRESH_ADDS: f64 = 0.01;
/// More than no place at all is worth, rounding included: so the best can be told without knowing where it is.
const MOST: f64 = (1.0 + 2.0 * EASY_ADDS) * (1.0 + FRESH_ADDS) * (1.0 + 1e-9);

/// By relevance: what a match counts for, as the product of three shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// 1 at the origin, a half at the half-way distance h, and 1 / (1 + (d / h)²) at a distance of d: near is about equal, far
    /// is soon nothing. 1 without an origin.
    pub nearness: f64,
    /// 1, and one percent more each if it is free and if one may walk in.
    pub easy: f64,
    /// 1, and up to one percent more the less long ago it was checked.
    pub fresh: f64,
}

impl Worth {
    /// All of it.
    pub fn product(self) -> f64 {
        self.nearness * self.easy * self.fresh
    }
}

/// Tells what documents are worth to a query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    origin: Option<Origin>,
    /// The haversine of the half-way distance.
    half: f64,
    easy: u32,
    /// The day of the build.
    today: u16,
}

impl Scale {
    /// None if the query wants no difference.
    pub(crate) fn new(index: &Index, query: &Query) -> Option<Self> {
        Some(Self {
            half: haversine_of(query.half_distance_m?),
            origin: query.origin.map(Origin::new),
            easy: bits(KindSet::EMPTY, ThemeSet::EMPTY, EASY.into_iter().collect()),
            today: u16::try_from(index.manifest().built_at / 86_400).unwrap_or(0),
        })
    }

    /// What a document with a place is worth.
    pub(crate) fn of(&self, index: &Index, doc: u32) -> Worth {
        self.at(self.nearness(index, doc), index, doc)
    }

    fn at(&self, nearness: f64, index: &Index, doc: u32) -> Worth {
        let easy = (index.attributes.of(doc) & self.easy).count_ones();
        Worth {
            nearness,
            easy: 1.0 + EASY_ADDS * f64::from(easy),
            fresh: 1.0 + FRESH_ADDS * index.checked.freshness(doc, self.today),
        }
    }

    /// The haversine of a distance grows as its square, so nothing but a division is needed.
    #[inline]
    fn nearness(&self, index: &Index, doc: u32) -> f64 {
        let haversine = self
            .origin
            .map_or(0.0, |origin| origin.haversine(index.bands.fixed(doc)));
        self.half / (self.half + haversine)
    }

    /// From where distances count.
    pub(crate) fn origin(&self) -> Option<Origin> {
        self.origin
    }

    /// The haversine beyond which no document is worth at least so much, if no score is above `ceiling`.
    pub(crate) fn farthest(&self, ceiling: f64, least: f64) -> f64 {
        if least <= 0.0 {
            return f64::INFINITY;
        }
        let nearness = least / (ceiling * MOST);
        self.half * (1.0 / nearness - 1.0)
    }

    /// More than a document is worth beyond this haversine.
    pub(crate) fn most_beyond(&self, haversine: f64) -> f64 {
        MOST * self.half / (self.half + haversine)
    }

    /// A score times what the document is worth, if that may be more than `least`.
    #[inline]
    pub(crate) fn weigh(&self, index: &Index, doc: u32, score: f64, least: f64) -> Option<f64> {
        if score * MOST < least {
            return None;
        }
        // What lies too far need not be looked up further.
        let nearness = self.nearness(index, doc);
        (score * nearness * MOST >= least).then(|| score * self.at(nearness, index, doc).product())
    }
}

/// The day on which each document was last checked; an index of before there was such a file knows none.
#[derive(Debug)]
pub(crate) struct Checked(Option<Array<u16>>);

const FILE: &str = "columns.checked";

impl Checked {
    pub(crate) fn open(folder: &Path, manifest: &Manifest) -> Result<Self, ArrayError> {
        let days = manifest
            .files
            .contains_key(FILE)
            .then(|| Array::open(&folder.join(FILE), manifest.counts.offerings()));
        days.transpose().map(Self)
    }

    /// 1 if it was checked today or later, a half if a year ago, a third if two; 0 if nobody says.
    fn freshness(&self, doc: u32, today: u16) -> f64 {
        let day = self.0.as_ref().and_then(|days| days.get(doc as usize)).copied();
        day.filter(|day| *day > 0).map_or(0.0, |day| {
            let years = f64::from(today.saturating_sub(day)) / 365.25;
            1.0 / (1.0 + years)
        })
    }
}

/// Writes the file of [`Checked::open`].
pub(crate) fn write(folder: &Path, days: &[u16]) -> Result<(), std::io::Error> {
    array::write(&folder.join(FILE), days)
}

/// The day on which an offering was last checked, in days since 1970; 0 if nobody says.
pub(crate) fn day_checked(offering: &Offering) -> u16 {
    let day = offering.last_checked.map(|date| date.to_epoch_days());
    day.and_then(|day| u16::try_from(day).ok()).unwrap_or(0)
}
