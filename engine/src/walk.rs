//! Nearest first, without looking at what is far away: from the origin outwards, band by band, and in each band
//! east and west until nothing nearer can come.

use std::{cmp::Ordering, ops::Range};

use crate::{
    attributes::{Attributes, Filter},
    bands::{BAND_HEIGHT, Bands, UNITS},
    origin::Origin,
    shortlist::Shortlist,
    within::Within,
};

const HALF_TURN: f64 = 180.0 * UNITS;
const TURN: f64 = 2.0 * HALF_TURN;

/// A walk from an origin, to fill a shortlist whose keys are haversines.
pub(crate) struct Walk<'a, 'b> {
    pub(crate) bands: &'a Bands,
    pub(crate) attributes: &'a Attributes,
    pub(crate) origin: Origin,
    pub(crate) filter: Filter<'a>,
    pub(crate) within: Within,
    /// No match has a haversine above this.
    pub(crate) horizon: f64,
    /// How many matches there are at most; the walk ends with the last.
    pub(crate) remaining: u64,
    pub(crate) shortlist: &'b mut Shortlist<'a>,
    /// How many documents were looked at.
    pub(crate) met: u64,
}

impl Walk<'_, '_> {
    pub(crate) fn run(&mut self) {
        let numbers = self.bands.numbers();
        let start = home(&self.origin).clamp(numbers.start, numbers.end);
        let (mut north, mut south) = (start, start - 1);
        loop {
            let gap = |band: i32| {
                let units = numbers.contains(&band).then(|| distance_to(&self.origin, band));
                units.map(Origin::haversine_of_lat)
            };
            let (band, gap) = match (gap(north), gap(south)) {
                (None, None) => return,
                (Some(up), Some(down)) if up.total_cmp(&down) == Ordering::Greater => (south, down),
                (Some(up), _) => (north, up),
                (None, Some(down)) => (south, down),
            };
            if self.is_done_at(gap) {
                return;
            }
            if band == north {
                north += 1;
            } else {
                south -= 1;
            }
            self.band(band);
        }
    }

    /// Whether nothing that far or further is of interest.
    fn is_done_at(&self, haversine: f64) -> bool {
        haversine > self.shortlist.bound() || haversine > self.horizon || self.remaining == 0
    }

    fn band(&mut self, band: i32) {
        let docs = self.bands.band(band);
        let cos_lat = least_cosine(band);
        let middle = self.bands.first_from(&docs, self.origin.lon());
        // East of the origin, then on from the other end of the band; each document is met once, by the shorter way.
        let _ = self.eastwards(middle..docs.end, 0.0, cos_lat)
            && self.eastwards(docs.start..middle, TURN, cos_lat);
        let _ = self.westwards(docs.start..middle, 0.0, cos_lat)
            && self.westwards(middle..docs.end, TURN, cos_lat);
    }

    /// Meets documents up to half a turn to the east, that included. Gives whether there may be more behind them.
    fn eastwards(&mut self, docs: Range<u32>, turn: f64, cos_lat: f64) -> bool {
        for doc in docs {
            let units = self.bands.lon(doc) - self.origin.lon() + turn;
            if units > HALF_TURN || self.is_done_at(self.origin.haversine_of_lon(units, cos_lat)) {
                return false;
            }
            self.meet(doc);
        }
        true
    }

    /// Meets documents less than half a turn to the west, the nearest first.
    fn westwards(&mut self, docs: Range<u32>, turn: f64, cos_lat: f64) -> bool {
        for doc in docs.rev() {
            let units = self.origin.lon() - self.bands.lon(doc) + turn;
            if units >= HALF_TURN || self.is_done_at(self.origin.haversine_of_lon(units, cos_lat)) {
                return false;
            }
            self.meet(doc);
        }
        true
    }

    fn meet(&mut self, doc: u32) {
        self.met += 1;
        if !self.filter.is_open() && !self.filter.passes(doc, self.attributes.of(doc)) {
            return;
        }
        let point = self.bands.fixed(doc);
        if self.within.contains(point) {
            self.shortlist.push(self.origin.haversine(point), doc);
            self.remaining -= 1;
        }
    }
}

/// The band in which the origin lies.
#[expect(clippy::cast_possible_truncation, reason = "a latitude is within a half turn")]
pub(crate) fn home(origin: &Origin) -> i32 {
    (origin.lat() / f64::from(BAND_HEIGHT)).floor() as i32
}

/// Units of latitude between the origin and the nearest parallel of a band.
pub(crate) fn distance_to(origin: &Origin, band: i32) -> f64 {
    let south = f64::from(band) * f64::from(BAND_HEIGHT);
    let north = south + f64::from(BAND_HEIGHT);
    (south - origin.lat()).max(origin.lat() - north).max(0.0)
}

/// The least cosine of any latitude in a band.
pub(crate) fn least_cosine(band: i32) -> f64 {
    let cosine = |band: i32| {
        let degrees = f64::from(band) * f64::from(BAND_HEIGHT) / UNITS;
        degrees.to_radians().cos().max(0.0)
    };
    cosine(band).min(cosine(band + 1))
}
