//! Where the documents are: bands of latitude, each sorted by longitude.
//!
//! Documents are numbered band by band from south to north, and within a band from west to east. A circle or a box
//! is then one run of document numbers a band, found by binary search, anywhere on earth.

use std::{ops::Range, path::Path};

use nabij_offering::Position;

use crate::array::{self, Array, ArrayError};

/// Units in a degree: a ten-millionth of a degree of latitude is 1.1 cm.
pub(crate) const UNITS: f64 = 1e7;

/// Height of a band, in units: 0.0025 degrees, 278 m.
pub(crate) const BAND_HEIGHT: i32 = 25_000;

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
}

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
        Ok(Self {
            first_band,
            starts: Array::open(&folder.join(STARTS), band_count + 1)?,
            lats: Array::open(&folder.join(LATS), documents)?,
            lons: Array::open(&folder.join(LONS), documents)?,
        })
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

    /// A band: the number of its first document, and the longitudes of all in units, from west to east.
    pub(crate) fn band(&self, band: i32) -> (u32, &[i32]) {
        let bound = |band: Option<i32>| {
            let at = usize::try_from(band?.checked_sub(self.first_band)?).ok()?;
            self.starts.get(at)
        };
        let (Some(start), Some(end)) = (bound(Some(band)), bound(band.checked_add(1))) else {
            return (0, &[]);
        };
        let lons = self.lons.get(*start as usize..*end as usize);
        (*start, lons.unwrap_or_default())
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
