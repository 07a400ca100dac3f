//! Distances from one point, first fast, then exact.
//!
//! A distance is compared by its haversine, which grows with it. Within [`REACH`] of the origin the haversine is a
//! polynomial in the differences of latitude and longitude, without any trigonometric function; it is right to
//! nine digits. Where nine digits do not decide, the exact distance does: so the answers are those of the exact
//! distance, and hardly any is computed.

use std::ops::Range;

use nabij_atlas::{EARTH_RADIUS_M, distance_m};
use nabij_offering::Position;

use crate::bands::{Fixed, UNITS};

/// Radians in a unit of latitude or longitude.
const RADIANS: f64 = std::f64::consts::PI / (180.0 * UNITS);
/// Units in a turn.
const TURN: f64 = 360.0 * UNITS;
/// Differences in radians up to which the polynomials hold to 1e-11 of their value: 1,274 km.
const REACH: f64 = 0.2;

/// sin²(x / 2) for small x: the first terms of its Taylor series, of which the next is below 2e-12 of the value.
fn half_sine_squared(x: f64) -> f64 {
    let x2 = x * x;
    x2 * (1.0 / 4.0 - x2 * (1.0 / 48.0 - x2 * (1.0 / 1_440.0 - x2 / 80_640.0)))
}

/// The point from which distances are measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    position: Position,
    /// Latitude and longitude in units.
    lat: f64,
    lon: f64,
    sin_lat: f64,
    cos_lat: f64,
}

impl Origin {
    pub(crate) fn new(position: Position) -> Self {
        let (sin_lat, cos_lat) = position.lat().to_radians().sin_cos();
        Self {
            position,
            lat: position.lat() * UNITS,
            lon: position.lon() * UNITS,
            sin_lat,
            cos_lat,
        }
    }

    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Latitude in units.
    pub(crate) fn lat(&self) -> f64 {
        self.lat
    }

    /// Longitude in units.
    pub(crate) fn lon(&self) -> f64 {
        self.lon
    }

    /// The haversine of the distance to a point, to nine digits: sin² of half the angle between them.
    #[inline]
    pub(crate) fn haversine(&self, point: Fixed) -> f64 {
        let dlat = (f64::from(point.lat) - self.lat) * RADIANS;
        let dlon = Self::turned(f64::from(point.lon) - self.lon) * RADIANS;
        if dlat.abs() > REACH || dlon.abs() > REACH {
            let cos_lat = (f64::from(point.lat) * RADIANS).cos();
            let (slat, slon) = ((dlat / 2.0).sin(), (dlon / 2.0).sin());
            return slat * slat + self.cos_lat * cos_lat * slon * slon;
        }
        self.haversine_near(dlat, dlon)
    }

    /// The haversine of differences in radians within [`REACH`].
    #[inline]
    fn haversine_near(&self, dlat: f64, dlon: f64) -> f64 {
        half_sine_squared(dlat) + self.cos_lat * self.cos_near(dlat) * half_sine_squared(dlon)
    }

    /// The least haversine of any point that lies `units` of latitude north or south.
    pub(crate) fn haversine_of_lat(units: f64) -> f64 {
        let dlat = units * RADIANS;
        if dlat > REACH {
            (dlat / 2.0).sin().powi(2)
        } else {
            half_sine_squared(dlat)
        }
    }

    /// The least haversine of any point that lies `units` of longitude east or west, up to half a turn, and whose
    /// latitude has at least this cosine.
    #[inline]
    pub(crate) fn haversine_of_lon(&self, units: f64, cos_lat: f64) -> f64 {
        let dlon = units * RADIANS;
        let squared = if dlon > REACH {
            (dlon / 2.0).sin().powi(2)
        } else {
            half_sine_squared(dlon)
        };
        self.cos_lat * cos_lat * squared
    }

    /// Between which longitudes in units a point lies whose haversine is at most this, if its latitude has at least this
    /// cosine; none if it may be anywhere, or beyond the antimeridian.
    pub(crate) fn lons_within(&self, haversine: f64, cos_lat: f64) -> Option<Range<f64>> {
        let share = haversine / (self.cos_lat * cos_lat);
        if !(0.0..1.0).contains(&share) {
            return None;
        }
        // A unit more for the rounding.
        let units = 2.0 * share.sqrt().asin() / RADIANS * (1.0 + 1e-9) + 1.0;
        let lons = self.lon - units..self.lon + units;
        (lons.start > -TURN / 2.0 && lons.end < TURN / 2.0).then_some(lons)
    }

    /// The cosine of the latitude that lies `dlat` radians to the north.
    fn cos_near(&self, dlat: f64) -> f64 {
        let d2 = dlat * dlat;
        let cos = 1.0 - d2 * (1.0 / 2.0 - d2 * (1.0 / 24.0 - d2 * (1.0 / 720.0 - d2 / 40_320.0)));
        let sin = dlat * (1.0 - d2 * (1.0 / 6.0 - d2 * (1.0 / 120.0 - d2 / 5_040.0)));
        self.cos_lat * cos - self.sin_lat * sin
    }

    /// A difference of longitudes in units, the short way round.
    fn turned(dlon: f64) -> f64 {
        if dlon > TURN / 2.0 {
            dlon - TURN
        } else if dlon < -TURN / 2.0 {
            dlon + TURN
        } else {
            dlon
        }
    }
}

/// The haversine of a distance in metres.
pub(crate) fn haversine_of(metres: f64) -> f64 {
    let half = (metres / EARTH_RADIUS_M).min(std::f64::consts::PI) / 2.0;
    half.sin().powi(2)
}

/// More than a computed haversine, and the exact distance, can be off.
fn error(haversine: f64) -> f64 {
    haversine * 1e-9 + haversine.sqrt() * 4e-15 + 1e-30
}

/// No point whose distance is that of `haversine` or less has a computed one above this.
pub(crate) fn widened(haversine: f64) -> f64 {
    haversine + 2.0 * error(haversine)
}

/// A circle around an origin, for testing points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disc {
    pub(crate) origin: Origin,
    radius_m: f64,
    /// Haversines up to here are surely inside, those above `outside` surely not.
    inside: f64,
    outside: f64,
    /// Whether all of it lies within [`REACH`], and not over the antimeridian.
    near: bool,
}

impl Disc {
    pub(crate) fn new(centre: Position, radius_m: f64) -> Self {
        let haversine = haversine_of(radius_m);
        Self {
            origin: Origin::new(centre),
            radius_m,
            inside: haversine - 2.0 * error(haversine),
            outside: widened(haversine),
            // Up to 60 degrees from the equator the longitudes of 300 km differ by less than a tenth of a radian.
            near: radius_m <= 300_000.0 && centre.lat().abs() <= 57.0 && centre.lon().abs() <= 170.0,
        }
    }

    /// Whether a point lies in it, its edge included.
    #[inline]
    pub(crate) fn contains(&self, point: Fixed) -> bool {
        let haversine = self.origin.haversine(point);
        haversine <= self.inside
            || haversine <= self.outside && distance_m(self.origin.position, point.into()) <= self.radius_m
    }

    /// Which of up to 64 points lie in it, one bit each; only for points about as near as the circle reaches.
    pub(crate) fn mask(&self, lats: &[i32], lons: &[i32]) -> u64 {
        let point = |at: usize| Fixed {
            lat: lats[at],
            lon: lons[at],
        };
        let count = lats.len().min(lons.len()).min(64);
        if !self.near {
            return (0..count).fold(0, |mask, at| mask | u64::from(self.contains(point(at))) << at);
        }
        // Straight-line arithmetic on arrays, for the compiler to do four at a time.
        let mut haversines = [f64::INFINITY; 64];
        for ((haversine, lat), lon) in haversines.iter_mut().zip(lats).zip(lons) {
            let dlat = (f64::from(*lat) - self.origin.lat) * RADIANS;
            let dlon = (f64::from(*lon) - self.origin.lon) * RADIANS;
            *haversine = self.origin.haversine_near(dlat, dlon);
        }
        let (mut inside, mut unsure) = (0, 0);
        for (at, haversine) in haversines[..count].iter().enumerate() {
            inside |= u64::from(*haversine <= self.inside) << at;
            unsure |= u64::from(*haversine <= self.outside) << at;
        }
        unsure &= !inside;
        while unsure != 0 {
            let at = unsure.trailing_zeros() as usize;
            unsure &= unsure - 1;
            inside |= u64::from(self.contains(point(at))) << at;
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn position() -> impl Strategy<Value = Position> {
        (-90.0..=90.0_f64, -180.0..=180.0_f64).prop_map(|(lat, lon)| Position::new(lat, lon).unwrap())
    }

    /// Points at all scales from a centimetre to the other side of the earth.
    fn pair() -> impl Strategy<Value = (Position, Fixed)> {
        (position(), position(), 0..9_i32).prop_map(|(a, b, scale)| {
            let share = 10_f64.powi(-scale);
            let mix = |from: f64, to: f64| from + (to - from) * share;
            let near = Position::new(mix(a.lat(), b.lat()), mix(a.lon(), b.lon())).unwrap();
            (a, Fixed::from(near))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn a_computed_haversine_is_within_its_error((origin, point) in pair()) {
            let computed = Origin::new(origin).haversine(point);
            let exact = haversine_of(distance_m(origin, point.into()));
            prop_assert!((computed - exact).abs() <= error(exact) , "{computed} {exact}");
        }

        #[test]
        fn who_is_as_near_lies_between_the_longitudes((origin, point) in pair(), less in 0.0..1.0_f64) {
            let origin = Origin::new(origin);
            let haversine = origin.haversine(point);
            let cosine = (f64::from(point.lat) * RADIANS).cos() * less;
            if let Some(lons) = origin.lons_within(haversine, cosine) {
                prop_assert!(lons.contains(&f64::from(point.lon)), "{lons:?}");
            }
        }

        #[test]
        fn a_disc_holds_what_the_exact_distance_says((centre, point) in pair()) {
            let distance = distance_m(centre, point.into());
            for radius_m in [distance, distance.next_down().max(0.0), distance * 0.999, distance * 1.001] {
                prop_assert_eq!(Disc::new(centre, radius_m).contains(point), distance <= radius_m);
            }
        }
    }
}
