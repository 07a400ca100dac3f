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

impl Fixed {
    /// The number of its band.
    pub(crate) fn band(self) -> i32 {
        self.lat.div_euclid(BAND_HEIGHT)
    }
}

/// The positions of all documents that have one, in document order.
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

    /// How many documents have a position.
    pub(crate) fn len(&self) -> usize {
        self.lats.len()
    }

    /// The numbers of the bands that hold anything or lie between such.
    pub(crate) fn numbers(&self) -> Range<i32> {
        let count = i32::try_from(self.starts.len().saturating_sub(1)).unwrap_or(i32::MAX);
        self.first_band..self.first_band.saturating_add(count)
    }

    /// The documents of a band.
    pub(crate) fn documents(&self, band: i32) -> Range<usize> {
        let Some(at) = band
            .checked_sub(self.first_band)
            .and_then(|at| usize::try_from(at).ok())
        else {
            return 0..0;
        };
        let bound = |at: usize| {
            self.starts
                .get(at)
                .map_or(0, |start| (*start as usize).min(self.len()))
        };
        let (start, end) = (bound(at), bound(at + 1));
        start..end.max(start)
    }

    /// Longitudes in units, by document number.
    pub(crate) fn lons(&self) -> &[i32] {
        &self.lons
    }

    /// The position of a document.
    pub(crate) fn position(&self, doc: usize) -> Option<Position> {
        let (lat, lon) = (self.lats.get(doc)?, self.lons.get(doc)?);
        Position::new(f64::from(*lat) / UNITS, f64::from(*lon) / UNITS).ok()
    }
}

/// Writes the files of [`Bands::open`] and gives the number of the first band and how many there are.
pub(crate) fn write(folder: &Path, positions: &[Fixed]) -> Result<(i32, usize), std::io::Error> {
    let first_band = positions.first().map_or(0, |position| position.band());
    let mut starts = Vec::new();
    let mut next_band = first_band;
    for (doc, position) in (0_u32..).zip(positions) {
        while next_band <= position.band() {
            starts.push(doc);
            next_band += 1;
        }
    }
    let band_count = starts.len();
    starts.push(u32::try_from(positions.len()).unwrap_or(u32::MAX));
    array::write(&folder.join(STARTS), &starts)?;
    let coordinates = |of: fn(&Fixed) -> i32| positions.iter().map(of).collect::<Vec<_>>();
    array::write(&folder.join(LATS), &coordinates(|position| position.lat))?;
    array::write(&folder.join(LONS), &coordinates(|position| position.lon))?;
    Ok((first_band, band_count))
}
