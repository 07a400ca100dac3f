//! Great-circle distance.

use geo::{Distance, Haversine, Point};
use nabij_offering::Position;

/// Mean radius of the earth in metres, as `geo`'s haversine uses it.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// The great-circle distance between two positions, on a sphere.
///
/// # Units
/// Metres. The sphere is up to 0.5 % off the ellipsoid.
///
/// # References
/// `geo`'s [`Haversine`].
pub fn distance_m(a: Position, b: Position) -> f64 {
    Haversine.distance(Point::new(a.lon(), a.lat()), Point::new(b.lon(), b.lat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_equator_has_the_radius_that_we_name() {
        let [a, b] = [0.0, 90.0].map(|lon| Position::new(0.0, lon).unwrap());
        assert!((distance_m(a, b) - EARTH_RADIUS_M * std::f64::consts::FRAC_PI_2).abs() < 1e-3);
    }

    #[test]
    fn rotterdam_lies_57_km_from_amsterdam() {
        let [a, b] =
            [(51.9225, 4.479_17), (52.374_03, 4.889_69)].map(|(lat, lon)| Position::new(lat, lon).unwrap());
        assert!((distance_m(a, b) - 57_500.0).abs() < 500.0);
    }
}
