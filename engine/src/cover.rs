//! An area as runs of document numbers: those wholly inside, and those at the edge, which need a closer look.

use std::{f64::consts::PI, ops::Range};

use nabij_atlas::EARTH_RADIUS_M;
use nabij_offering::Position;

use crate::{
    bands::{BAND_HEIGHT, Bands, Fixed, UNITS},
    query::BoundingBox,
};

/// A run of document numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) docs: Range<usize>,
    /// Whether all of it lies in the area. Otherwise each document has to be tested.
    pub(crate) inside: bool,
}

/// Units by which an edge is widened (and an inside narrowed), far above any error of rounding.
const SLACK: f64 = 4.0;
/// More than the rounding error of a haversine.
const ROUNDING: f64 = 1e-15;
const HALF_TURN: f64 = 180.0 * UNITS;
const TURN: f64 = 2.0 * HALF_TURN;

/// The documents that may lie in a circle, in rising order, without overlap.
pub(crate) fn circle(bands: &Bands, centre: Position, radius_m: f64) -> Vec<Run> {
    let circle = Circle::new(centre, radius_m);
    let mut runs = Vec::new();
    for band in touched(bands, circle.south(), circle.north()) {
        let (outer, inner) = circle.half_widths(band);
        let middle = centre.lon() * UNITS;
        let (outer, inner) = (middle - outer..middle + outer, middle - inner..middle + inner);
        push_nested(bands, band, &[-TURN, 0.0, TURN], outer, inner, &mut runs);
    }
    runs
}

/// The documents that may lie in a box, in rising order, without overlap.
pub(crate) fn bounding_box(bands: &Bands, bbox: BoundingBox) -> Vec<Run> {
    let (low, high) = (Fixed::from(bbox.south_west), Fixed::from(bbox.north_east));
    let crosses = high.lon < low.lon;
    let west = f64::from(low.lon);
    let east = f64::from(high.lon) + if crosses { TURN } else { 0.0 };
    let turns: &[f64] = if crosses { &[-TURN, 0.0] } else { &[0.0] };
    let mut runs = Vec::new();
    for band in touched(bands, f64::from(low.lat), f64::from(high.lat)) {
        let south = i64::from(band) * i64::from(BAND_HEIGHT);
        let whole = i64::from(low.lat) <= south && south + i64::from(BAND_HEIGHT) <= i64::from(high.lat);
        let nothing = west..west - 1.0;
        push_nested(
            bands,
            band,
            turns,
            west..east,
            if whole { west..east } else { nothing },
            &mut runs,
        );
    }
    runs
}

/// The bands between two latitudes in units.
#[expect(clippy::cast_possible_truncation, reason = "latitudes are within a half turn")]
fn touched(bands: &Bands, south: f64, north: f64) -> Range<i32> {
    let band = |units: f64| (units / f64::from(BAND_HEIGHT)).floor().clamp(-1e6, 1e6) as i32;
    let all = bands.numbers();
    let start = band(south).max(all.start);
    start..(band(north) + 1).min(all.end).max(start)
}

/// A circle on the sphere, in radians.
struct Circle {
    lat: f64,
    cos_lat: f64,
    radius: f64,
    /// sin²(radius / 2): what the haversine of a point at the edge is.
    haversine: f64,
    /// Latitude at which the circle is widest, or narrowest beyond a quarter turn; none if it holds a pole.
    turning: Option<f64>,
}

impl Circle {
    fn new(centre: Position, radius_m: f64) -> Self {
        let radius = (radius_m / EARTH_RADIUS_M).min(PI);
        let lat = centre.lat().to_radians();
        let turning = lat.sin() / radius.cos();
        Self {
            lat,
            cos_lat: lat.cos(),
            radius,
            haversine: (radius / 2.0).sin().powi(2),
            turning: (turning.abs() <= 1.0).then(|| turning.asin()),
        }
    }

    fn south(&self) -> f64 {
        (self.lat - self.radius).to_degrees() * UNITS - SLACK
    }

    fn north(&self) -> f64 {
        (self.lat + self.radius).to_degrees() * UNITS + SLACK
    }

    /// Half the width of the circle on a parallel, in units of longitude; none if they do not meet.
    ///
    /// From the haversine formula, solved for the difference in longitude (R.W. Sinnott, "Virtues of the
    /// Haversine", Sky and Telescope 68, 1984); unlike the law of cosines it stays exact for small circles.
    ///
    /// `widened` is added to the haversine of the radius: near a pole, where meridians meet, the last bit of it
    /// decides between none of them and all.
    fn half_width(&self, lat: f64, widened: f64) -> Option<f64> {
        let rest = self.haversine + widened - ((lat - self.lat) / 2.0).sin().powi(2);
        if rest < 0.0 {
            return None;
        }
        let cosines = self.cos_lat * lat.cos();
        let share = if rest >= cosines { 1.0 } else { rest / cosines };
        Some(2.0 * share.sqrt().asin() * (HALF_TURN / PI))
    }

    /// The greatest and the least half width on any parallel of a band, in units. A least one below zero: none.
    fn half_widths(&self, band: i32) -> (f64, f64) {
        let to_radians = |band: i32| (f64::from(band) * f64::from(BAND_HEIGHT) / UNITS).to_radians();
        let (south, north) = (to_radians(band), to_radians(band + 1));
        let turning = self.turning.filter(|lat| (south..=north).contains(lat));
        let widths = |widened: f64| {
            let width = move |lat| self.half_width(lat, widened).unwrap_or(-1.0);
            [Some(south), Some(north), turning]
                .into_iter()
                .flatten()
                .map(width)
        };
        let outer = widths(ROUNDING).fold(0.0, f64::max);
        let inner = widths(-ROUNDING).fold(f64::INFINITY, f64::min);
        (outer + SLACK, inner - SLACK)
    }
}

/// Adds the runs of one band: the edge west of the inside, the inside, the edge east of it. Both are given in units
/// of longitude; as they may reach over the antimeridian, they are looked for after each of the `turns` as well.
fn push_nested(
    bands: &Bands,
    band: i32,
    turns: &[f64],
    outer: Range<f64>,
    inner: Range<f64>,
    runs: &mut Vec<Run>,
) {
    let docs = bands.documents(band);
    let Some(lons) = bands.lons().get(docs.clone()) else {
        return;
    };
    if lons.is_empty() {
        return;
    }
    let mut cuts: Vec<Run> = Vec::new();
    for turn in turns {
        let outer = positions(lons, outer.start + turn, outer.end + turn);
        if outer.is_empty() {
            continue;
        }
        let inner = positions(lons, inner.start + turn, inner.end + turn);
        let inner = if inner.is_empty() {
            outer.end..outer.end
        } else {
            inner
        };
        for (part, inside) in [
            (outer.start..inner.start, false),
            (inner.clone(), true),
            (inner.end.min(outer.end)..outer.end, false),
        ] {
            push_part(docs.start, part, inside, &mut cuts);
        }
    }
    cuts.sort_by_key(|run| run.docs.start);
    for mut run in cuts {
        // The two ends of a range that goes nearly all the way round may meet.
        if let Some(last) = runs.last() {
            run.docs.start = run.docs.start.max(last.docs.end);
        }
        if !run.docs.is_empty() {
            runs.push(run);
        }
    }
}

fn push_part(offset: usize, part: Range<usize>, inside: bool, cuts: &mut Vec<Run>) {
    if !part.is_empty() {
        cuts.push(Run {
            docs: part.start + offset..part.end + offset,
            inside,
        });
    }
}

/// The positions of the longitudes from `west` to `east`, both included.
fn positions(lons: &[i32], west: f64, east: f64) -> Range<usize> {
    if east < west {
        return 0..0;
    }
    let start = lons.partition_point(|lon| f64::from(*lon) < west);
    let end = lons[start..].partition_point(|lon| f64::from(*lon) <= east);
    start..start + end
}
