//! Where the documents are: bands of latitude, each sorted by longitude.
//!
//! Documents are numbered band by band from south to north, and within a band from west to east. A circle or a box
//! is then one run of document numbers a band, found by binary search, anywhere on earth.

use std::{ops::Range, path::Path};

use nabij_offering::Position;

use crate::array::{self, Array, ArrayError};

/// Units in a degree: a ten-millionth of a degree of latitude is 1.1 cm.
pub(crate) const UNITS: f64 = 1e7;

/// Height of a band, in units: 0.005 degrees, 556 m.
pub(crate) const BAND_HEIGHT: i32 = 50_000;

/// The number of the band that begins at the north pole.
const POLE_BAND: i32 = 900_000_000 / BAND_HEIGHT;

/// A position in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fixed {
    pub(crate) lat: i32,
    pub(crate) lon: i32,
}

impl From<Position> for Fixed {
    #[expect(clippy::cast_possible_truncation, reason = "180 degrees are 1.8e9 units")]
    fn from(position: Position) -> Self {
        Self {
            lat: (position.lat() * UNITS).round() as i32,
            lon: (position.lon() * UNITS).round() as i32,
        }
    }
}

impl From<Fixed> for Position {
    fn from(fixed: Fixed) -> Self {
        Self::saturating(f64::from(fixed.lat) / UNITS, f64::from(fixed.lon) / UNITS)
    }
}

impl Fixed {
    /// The number of its band.
    pub(crate) fn band(self) -> i32 {
        self.lat.div_euclid(BAND_HEIGHT)
    }
}

/// The positions of all documents, in document order; those without one come first.
#[derive(Debug)]
pub(crate) struct Bands {
    first_band: i32,
    /// Document number at which each band starts, and one past the last.
    starts: Array<u32>,
    lats: Array<i32>,
    lons: Array<i32>,
    /// The longitude of every so many documents: small enough to stay in the nearest caches, so that a search in a
    /// band reaches for memory once and not at every halving.
    fences: Vec<i32>,
}

/// Between which documents of a band the first is to be looked for that lies at a longitude or east of it.
pub(crate) struct Place {
    docs: Range<usize>,
    least: i32,
}

/// Documents from one fence to the next.
const FENCE: usize = 32;

const STARTS: &str = "space.bands";
const LATS: &str = "space.lats";
const LONS: &str = "space.lons";

impl Bands {
    pub(crate) fn open(
        folder: &Path,
        first_band: i32,
        band_count: usize,
        documents: usize,
    ) -> Result<Self, ArrayError> {
        let lons: Array<i32> = Array::open(&folder.join(LONS), documents)?;
        Ok(Self {
            first_band,
            starts: Array::open(&folder.join(STARTS), band_count.saturating_add(1))?,
            lats: Array::open(&folder.join(LATS), documents)?,
            fences: lons.iter().step_by(FENCE).copied().collect(),
            lons,
        })
    }

    /// Whether the bands lie on the earth and hold, one behind the other, all documents from the first with a position.
    pub(crate) fn are_sound(&self, unplaced: u32) -> bool {
        let numbers = self.numbers();
        numbers.start >= -POLE_BAND
            && numbers.end <= POLE_BAND + 1
            && self.starts.is_sorted()
            && self.starts.first() == Some(&unplaced)
            && self.starts.last().map(|end| *end as usize) == Some(self.lats.len())
    }

    /// The documents that have a position.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "documents are numbered in 32 bits"
    )]
    pub(crate) fn placed(&self) -> Range<u32> {
        let end = self.lats.len() as u32;
        self.starts.first().map_or(end, |start| (*start).min(end))..end
    }

    /// The numbers of the bands that hold anything or lie between such.
    pub(crate) fn numbers(&self) -> Range<i32> {
        let count = i32::try_from(self.starts.len().saturating_sub(1)).unwrap_or(i32::MAX);
        self.first_band..self.first_band.saturating_add(count)
    }

    /// The documents of a band.
    pub(crate) fn band(&self, band: i32) -> Range<u32> {
        let bound = |band: Option<i32>| {
            let at = usize::try_from(band?.checked_sub(self.first_band)?).ok()?;
            self.starts.get(at).copied()
        };
        match (bound(Some(band)), bound(band.checked_add(1))) {
            (Some(start), Some(end)) => start..end,
            _ => 0..0,
        }
    }

    /// The first document of a part of a band that lies at this longitude in units or east of it; the end of the
    /// part if none does.
    #[inline]
    pub(crate) fn first_from(&self, part: &Range<u32>, lon: f64) -> u32 {
        self.first(&self.place_from(part, lon))
    }

    /// The first document of a part of a band that lies east of this longitude in units; the end of the part if
    /// none does.
    #[inline]
    pub(crate) fn first_beyond(&self, part: &Range<u32>, lon: f64) -> u32 {
        self.first(&self.place_beyond(part, lon))
    }

    /// Where [`Self::first_from`] looks.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond all longitudes it does not matter how far"
    )]
    pub(crate) fn place_from(&self, part: &Range<u32>, lon: f64) -> Place {
        self.place(part, lon.ceil() as i32)
    }

    /// Where [`Self::first_beyond`] looks.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond all longitudes it does not matter how far"
    )]
    pub(crate) fn place_beyond(&self, part: &Range<u32>, lon: f64) -> Place {
        self.place(part, (lon.floor() + 1.0) as i32)
    }

    /// By the fences alone: without reaching for memory.
    #[inline]
    fn place(&self, part: &Range<u32>, least: i32) -> Place {
        let (start, end) = (part.start as usize, part.end as usize);
        let fences = start.div_ceil(FENCE)..end.div_ceil(FENCE).max(start.div_ceil(FENCE));
        let passed = self.fences.get(fences.clone()).unwrap_or_default();
        let passed = fences.start + passed.partition_point(|lon| *lon < least);
        // What is sought lies behind the last fence that was passed, and not behind the next.
        let from = if passed > fences.start {
            (passed - 1) * FENCE
        } else {
            start
        };
        let to = end.min(passed * FENCE + 1).max(from);
        Place {
            docs: from..to,
            least,
        }
    }

    /// The first document at a place; the one behind it if there is none.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "documents are numbered in 32 bits"
    )]
    pub(crate) fn first(&self, Place { docs, least }: &Place) -> u32 {
        let lons = self.lons.get(docs.clone()).unwrap_or_default();
        // All are looked at: side by side that takes less than halving, where each step waits for memory.
        (docs.start + lons.iter().map(|lon| usize::from(lon < least)).sum::<usize>()) as u32
    }

    /// The longitude of a document in units.
    #[inline]
    pub(crate) fn lon(&self, doc: u32) -> f64 {
        self.lons.get(doc as usize).copied().map_or(0.0, f64::from)
    }

    /// Latitudes and longitudes of a run of documents, in units.
    #[inline]
    pub(crate) fn coordinates(&self, docs: Range<usize>) -> (&[i32], &[i32]) {
        let lats = self.lats.get(docs.clone()).unwrap_or_default();
        (lats, self.lons.get(docs).unwrap_or_default())
    }

    /// Asks for the position of a document that is about to be read.
    #[inline]
    pub(crate) fn fetch(&self, doc: u32) {
        self.lats.fetch_one(doc);
        self.lons.fetch_one(doc);
    }

    /// The position of a document in units; the south-western end of the map for one that has none.
    #[inline]
    pub(crate) fn fixed(&self, doc: u32) -> Fixed {
        let get = |values: &[i32]| values.get(doc as usize).copied().unwrap_or(i32::MIN);
        Fixed {
            lat: get(&self.lats),
            lon: get(&self.lons),
        }
    }
}

/// Writes the files of [`Bands::open`] and gives the number of the first band and how many there are. The documents
/// before `positions` have none.
pub(crate) fn write(
    folder: &Path,
    unplaced: usize,
    positions: &[Fixed],
) -> Result<(i32, usize), std::io::Error> {
    let first_band = positions.first().map_or(0, |position| position.band());
    let mut starts = Vec::new();
    let mut next_band = first_band;
    let number = |doc: usize| u32::try_from(doc).map_err(std::io::Error::other);
    for (doc, position) in (unplaced..).zip(positions) {
        while next_band <= position.band() {
            starts.push(number(doc)?);
            next_band += 1;
        }
    }
    let band_count = starts.len();
    starts.push(number(unplaced + positions.len())?);
    array::write(&folder.join(STARTS), &starts)?;
    let coordinates = |of: fn(&Fixed) -> i32| {
        let nowhere = std::iter::repeat_n(0, unplaced);
        nowhere.chain(positions.iter().map(of)).collect::<Vec<i32>>()
    };
    array::write(&folder.join(LATS), &coordinates(|position| position.lat))?;
    array::write(&folder.join(LONS), &coordinates(|position| position.lon))?;
    Ok((first_band, band_count))
}
