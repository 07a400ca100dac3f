//! An area as runs of document numbers, each with an inside, and edges which need a closer look.

use std::{f64::consts::PI, ops::Range};

use nabij_atlas::EARTH_RADIUS_M;
use nabij_offering::Position;

use crate::{
    bands::{BAND_HEIGHT, Bands, Fixed, Place, UNITS},
    query::{Area, BoundingBox},
};

/// A run of document numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) docs: Range<u32>,
    /// The part of it that lies wholly in the area, empty or not. Before and behind it each document has to be tested.
    pub(crate) inside: Range<u32>,
}

impl Run {
    /// The parts of it in which each document has to be tested.
    pub(crate) fn edges(&self) -> [Range<u32>; 2] {
        [self.docs.start..self.inside.start, self.inside.end..self.docs.end]
    }
}

/// Units by which an edge is widened (and an inside narrowed), far above any error of rounding.
const SLACK: f64 = 4.0;
/// The same for circles whose widths come from a series: 1.4 m.
const SMALL_SLACK: f64 = 128.0;
/// More than the rounding error of a haversine.
const ROUNDING: f64 = 1e-15;
const HALF_TURN: f64 = 180.0 * UNITS;
const TURN: f64 = 2.0 * HALF_TURN;

/// The documents that may lie in an area, in rising order, without overlap.
pub(crate) fn runs(bands: &Bands, area: Area) -> Vec<Run> {
    match area {
        Area::Anywhere => vec![Run {
            docs: bands.placed(),
            inside: bands.placed(),
        }],
        Area::Circle { centre, radius_m } => circle(bands, centre, radius_m),
        Area::Box(bbox) => bounding_box(bands, bbox),
    }
}

fn circle(bands: &Bands, centre: Position, radius_m: f64) -> Vec<Run> {
    let circle = Circle::new(centre, radius_m);
    let touched = touched(bands, circle.south(), circle.north());
    let middle = centre.lon() * UNITS;
    let mut cuts = Cuts::new(bands, circle.turns(middle), touched.len());
    let mut southern = circle.widths(touched.start);
    for band in touched {
        let northern = circle.widths(band + 1);
        let (outer, inner) = circle.band_widths(band, southern, northern);
        southern = northern;
        cuts.cut(
            band,
            &(middle - outer..middle + outer),
            &(middle - inner..middle + inner),
        );
    }
    cuts.runs()
}

fn bounding_box(bands: &Bands, bbox: BoundingBox) -> Vec<Run> {
    let (low, high) = (Fixed::from(bbox.south_west), Fixed::from(bbox.north_east));
    let crosses = high.lon < low.lon;
    let west = f64::from(low.lon);
    let east = f64::from(high.lon) + if crosses { TURN } else { 0.0 };
    let turns: &[f64] = if crosses { &[-TURN, 0.0] } else { &[0.0] };
    let touched = touched(bands, f64::from(low.lat), f64::from(high.lat));
    let mut cuts = Cuts::new(bands, turns, touched.len());
    for band in touched {
        let south = i64::from(band) * i64::from(BAND_HEIGHT);
        let whole = i64::from(low.lat) <= south && south + i64::from(BAND_HEIGHT) <= i64::from(high.lat);
        let inner = if whole { west..east } else { west..west - 1.0 };
        cuts.cut(band, &(west..east), &inner);
    }
    cuts.runs()
}

/// The bands between two latitudes in units.
#[expect(clippy::cast_possible_truncation, reason = "latitudes are within a half turn")]
fn touched(bands: &Bands, south: f64, north: f64) -> Range<i32> {
    let band = |units: f64| (units / f64::from(BAND_HEIGHT)).floor().clamp(-1e6, 1e6) as i32;
    let all = bands.numbers();
    let start = band(south).max(all.start);
    start..(band(north) + 1).min(all.end).max(start)
}

/// Half the width of a circle on a parallel, in units of longitude: at most, and at least. Below zero: the parallel
/// does not meet the circle.
type Widths = (f64, f64);

/// A circle on the sphere, in radians.
struct Circle {
    lat: f64,
    cos_lat: f64,
    radius: f64,
    /// sin²(radius / 2): what the haversine of a point at the edge is.
    haversine: f64,
    /// Latitude at which the circle is widest, or narrowest beyond a quarter turn; none if it holds a pole.
    turning: Option<f64>,
    /// Up to 200 km and far from the poles: a series gives the widths, and no rounding is near to deciding.
    small: bool,
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
            small: radius <= 200_000.0 / EARTH_RADIUS_M && lat.abs() + radius <= 1.1,
        }
    }

    fn south(&self) -> f64 {
        (self.lat - self.radius).to_degrees() * UNITS - SMALL_SLACK
    }

    fn north(&self) -> f64 {
        (self.lat + self.radius).to_degrees() * UNITS + SMALL_SLACK
    }

    /// What to add to its longitudes to find them all: a circle may reach over the antimeridian.
    fn turns(&self, middle: f64) -> &'static [f64] {
        // A small circle reaches less than 6 degrees to either side.
        if self.small && middle.abs() < HALF_TURN - 10.0 * UNITS {
            &[0.0]
        } else {
            &[-TURN, 0.0, TURN]
        }
    }

    /// Half the width on a parallel, in units of longitude; below zero if they do not meet.
    ///
    /// From the haversine formula, solved for the difference in longitude (R.W. Sinnott, "Virtues of the
    /// Haversine", Sky and Telescope 68, 1984); unlike the law of cosines it stays exact for small circles.
    ///
    /// `widened` is added to the haversine of the radius: near a pole, where meridians meet, the last bit of it
    /// decides between none of them and all.
    fn half_width(&self, lat: f64, widened: f64) -> f64 {
        let rest = self.haversine + widened - ((lat - self.lat) / 2.0).sin().powi(2);
        if rest < 0.0 {
            return -TURN;
        }
        let cosines = self.cos_lat * lat.cos();
        let share = if rest >= cosines { 1.0 } else { rest / cosines };
        let root = share.sqrt();
        let half_angle = if self.small { small_asin(root) } else { root.asin() };
        2.0 * half_angle * (HALF_TURN / PI)
    }

    /// The widths on the southern parallel of a band.
    fn widths(&self, band: i32) -> Widths {
        let lat = (f64::from(band) * f64::from(BAND_HEIGHT) / UNITS).to_radians();
        self.widths_at(lat)
    }

    fn widths_at(&self, lat: f64) -> Widths {
        if self.small {
            let width = self.half_width(lat, 0.0);
            (width + SMALL_SLACK, width - SMALL_SLACK)
        } else {
            (
                self.half_width(lat, ROUNDING) + SLACK,
                self.half_width(lat, -ROUNDING) - SLACK,
            )
        }
    }

    /// The greatest and the least width on any parallel of a band, from those on its two sides.
    fn band_widths(&self, band: i32, southern: Widths, northern: Widths) -> Widths {
        let side = |band: i32| (f64::from(band) * f64::from(BAND_HEIGHT) / UNITS).to_radians();
        let turning = self
            .turning
            .filter(|lat| (side(band)..=side(band + 1)).contains(lat))
            .map(|lat| self.widths_at(lat));
        let all = || [Some(southern), Some(northern), turning].into_iter().flatten();
        let outer = all().map(|(outer, _)| outer).fold(SMALL_SLACK, f64::max);
        let inner = all().map(|(_, inner)| inner).fold(f64::INFINITY, f64::min);
        (outer, inner)
    }
}

/// The arc sine of up to 0.1, to eleven digits: the first terms of its Taylor series.
fn small_asin(x: f64) -> f64 {
    let x2 = x * x;
    x * (1.0 + x2 * (1.0 / 6.0 + x2 * (3.0 / 40.0 + x2 * (15.0 / 336.0 + x2 * (105.0 / 3_456.0)))))
}

/// Where the run of a band begins and ends, and where the inside of it does.
type Cut = [Place; 4];

/// Cuts bands into runs: the edge west of the inside, the inside, the edge east of it.
struct Cuts<'a> {
    bands: &'a Bands,
    /// What is added to longitudes to find them all, as an area may reach over the antimeridian.
    turns: &'a [f64],
    /// As many of a band as there are turns.
    places: Vec<Cut>,
}

impl<'a> Cuts<'a> {
    fn new(bands: &'a Bands, turns: &'a [f64], bands_touched: usize) -> Self {
        Self {
            bands,
            turns,
            places: Vec::with_capacity(bands_touched * turns.len()),
        }
    }

    /// Cuts a band at the longitudes in units between which the area and its inside lie.
    fn cut(&mut self, band: i32, outer: &Range<f64>, inner: &Range<f64>) {
        let docs = self.bands.band(band);
        if docs.is_empty() {
            return;
        }
        for turn in self.turns {
            self.places.push([
                self.bands.place_from(&docs, outer.start + turn),
                self.bands.place_beyond(&docs, outer.end + turn),
                self.bands.place_from(&docs, inner.start + turn),
                self.bands.place_beyond(&docs, inner.end + turn),
            ]);
        }
    }

    /// The runs. Memory is reached for only here: no cut waits for another, and the processor looks for several at once.
    fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::with_capacity(self.places.len());
        for band in self.places.chunks(self.turns.len().max(1)) {
            let before = runs.len();
            for cut in band {
                runs.extend(self.run(cut));
            }
            if band.len() > 1 {
                part(&mut runs, before);
            }
        }
        runs
    }

    #[inline]
    fn run(&self, cut: &Cut) -> Option<Run> {
        let [start, end, west, east] = cut.each_ref().map(|place| self.bands.first(place));
        let end = end.max(start);
        let west = west.clamp(start, end);
        (start < end).then(|| Run {
            docs: start..end,
            inside: west..east.clamp(west, end),
        })
    }
}

/// Puts the runs of a band in order and takes away what is there twice: the two ends of a range that goes nearly
/// all the way round may meet.
fn part(runs: &mut Vec<Run>, before: usize) {
    let mut parts: Vec<Run> = runs.drain(before..).collect();
    parts.sort_by_key(|run| run.docs.start);
    let mut end = 0;
    for Run { docs, inside } in parts {
        let docs = docs.start.max(end)..docs.end;
        let start = inside.start.max(docs.start);
        end = end.max(docs.end);
        if !docs.is_empty() {
            runs.push(Run {
                inside: start..inside.end.max(start),
                docs,
            });
        }
    }
}
