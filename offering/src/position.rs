//! A point on earth, and the mistakes people make when they write one down.

use serde::{Deserialize, Serialize};

/// A point on the WGS 84 ellipsoid. Both coordinates are finite and within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LatLon", into = "LatLon")]
pub struct Position {
    lat: f64,
    lon: f64,
}

/// The unchecked form of a [`Position`], as it stands in JSON.
#[derive(Serialize, Deserialize)]
struct LatLon {
    lat: f64,
    lon: f64,
}

/// Why two numbers are not a position on earth.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// The latitude is not a number, or beyond a pole.
    #[error("latitude {0} is not between -90 and 90 degrees")]
    Latitude(f64),
    /// The longitude is not a number, or beyond the antimeridian.
    #[error("longitude {0} is not between -180 and 180 degrees")]
    Longitude(f64),
}

impl Position {
    /// A position from a latitude and a longitude in degrees.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PositionError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Latitude(lat));
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::Longitude(lon));
        }
        Ok(Self { lat, lon })
    }

    /// The position nearest to these degrees that is one; what is not a number becomes zero.
    pub fn saturating(lat: f64, lon: f64) -> Self {
        let within = |degrees: f64, most: f64| {
            if degrees.is_nan() {
                0.0
            } else {
                degrees.clamp(-most, most)
            }
        };
        Self {
            lat: within(lat, 90.0),
            lon: within(lon, 180.0),
        }
    }

    /// Latitude in degrees, north is positive.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude in degrees, east is positive.
    pub fn lon(self) -> f64 {
        self.lon
    }
}

impl TryFrom<LatLon> for Position {
    type Error = PositionError;

    fn try_from(raw: LatLon) -> Result<Self, PositionError> {
        Self::new(raw.lat, raw.lon)
    }
}

impl From<Position> for LatLon {
    fn from(position: Position) -> Self {
        Self {
            lat: position.lat,
            lon: position.lon,
        }
    }
}

/// How the two numbers of a source were understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Degrees, latitude and longitude in their own columns.
    Degrees,
    /// Degrees, but latitude and longitude had changed places.
    Swapped,
    /// Degrees without their decimal point; the power of ten that was missing.
    Scaled(u8),
    /// Metres in the Dutch national grid (RD New, EPSG:28992): x east in the longitude, y north in the latitude.
    RdNew,
    /// RD New metres, with x and y in each other's column.
    RdNewSwapped,
}

/// Reads a latitude and a longitude as a source gives them, and mends what is unmistakable.
///
/// Numbers that are a position in or near the Netherlands are taken as they are. If they are not, but would be one
/// after swapping them, after putting back a decimal point, or as metres of the national grid, that is what they
/// were meant to be: the four readings do not overlap. Any other valid position on earth is taken as it is.
pub fn recognise(lat: f64, lon: f64) -> Result<(Position, Notation), PositionError> {
    if in_or_near_the_netherlands(lat, lon) {
        return Position::new(lat, lon).map(|position| (position, Notation::Degrees));
    }
    if in_or_near_the_netherlands(lon, lat) {
        return Position::new(lon, lat).map(|position| (position, Notation::Swapped));
    }
    if is_rd_new(lon, lat) {
        return rd_new_to_wgs84(lon, lat).map(|position| (position, Notation::RdNew));
    }
    if is_rd_new(lat, lon) {
        return rd_new_to_wgs84(lat, lon).map(|position| (position, Notation::RdNewSwapped));
    }
    for power in 3..=8_u8 {
        let scale = 10_f64.powi(i32::from(power));
        if in_or_near_the_netherlands(lat / scale, lon / scale) {
            return Position::new(lat / scale, lon / scale)
                .map(|position| (position, Notation::Scaled(power)));
        }
    }
    Position::new(lat, lon).map(|position| (position, Notation::Degrees))
}

fn in_or_near_the_netherlands(lat: f64, lon: f64) -> bool {
    (50.5..=53.8).contains(&lat) && (3.0..=7.5).contains(&lon)
}

/// The area of use of EPSG:28992, in metres.
fn is_rd_new(x: f64, y: f64) -> bool {
    (-7_000.0..=300_000.0).contains(&x) && (289_000.0..=629_000.0).contains(&y)
}

/// From RD New to WGS 84, to within about half a metre.
///
/// # References
/// F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
/// WGS84-kaartcoördinaten", Geodesia 43 (2001).
fn rd_new_to_wgs84(x: f64, y: f64) -> Result<Position, PositionError> {
    const LAT: [(i32, i32, f64); 11] = [
        (0, 1, 3_235.653_89),
        (2, 0, -32.582_97),
        (0, 2, -0.247_50),
        (2, 1, -0.849_78),
        (0, 3, -0.065_50),
        (2, 2, -0.017_09),
        (1, 0, -0.007_38),
        (4, 0, 0.005_30),
        (2, 3, -0.000_39),
        (4, 1, 0.000_33),
        (1, 1, -0.000_12),
    ];
    const LON: [(i32, i32, f64); 12] = [
        (1, 0, 5_260.529_16),
        (1, 1, 105.946_84),
        (1, 2, 2.456_56),
        (3, 0, -0.818_85),
        (1, 3, 0.055_94),
        (3, 1, -0.056_07),
        (0, 1, 0.011_99),
        (3, 2, -0.002_56),
        (1, 4, 0.001_28),
        (0, 2, 0.000_22),
        (2, 0, -0.000_22),
        (5, 0, 0.000_26),
    ];
    let (dx, dy) = ((x - 155_000.0) * 1e-5, (y - 463_000.0) * 1e-5);
    let polynomial = |terms: &[(i32, i32, f64)]| -> f64 {
        terms
            .iter()
            .map(|&(p, q, k)| k * dx.powi(p) * dy.powi(q))
            .sum::<f64>()
            / 3_600.0
    };
    Position::new(52.155_174_40 + polynomial(&LAT), 5.387_206_21 + polynomial(&LON))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lat: f64, lon: f64, expected: (f64, f64), notation: Notation) {
        let (position, found) = recognise(lat, lon).unwrap();
        assert_eq!(found, notation);
        assert!((position.lat() - expected.0).abs() < 2e-5, "{position:?}");
        assert!((position.lon() - expected.1).abs() < 2e-5, "{position:?}");
    }

    #[test]
    fn degrees_stay_as_they_are() {
        check(51.922_5, 4.479_17, (51.922_5, 4.479_17), Notation::Degrees);
        check(25.76, -80.19, (25.76, -80.19), Notation::Degrees);
    }

    #[test]
    fn swapped_scaled_and_national_grid_numbers_are_recognised() {
        check(4.479_17, 51.922_5, (51.922_5, 4.479_17), Notation::Swapped);
        check(5_192_250.0, 447_917.0, (51.922_5, 4.479_17), Notation::Scaled(5));
        // The tower of Amersfoort is the origin of the grid; the Westertoren is a published control point.
        check(463_000.0, 155_000.0, (52.155_174_4, 5.387_206_2), Notation::RdNew);
        check(487_525.5, 120_700.7, (52.374_532_5, 4.883_525_6), Notation::RdNew);
        check(
            120_700.7,
            487_525.5,
            (52.374_532_5, 4.883_525_6),
            Notation::RdNewSwapped,
        );
    }

    #[test]
    fn numbers_off_the_earth_are_refused() {
        assert_eq!(recognise(91.0, 4.0), Err(PositionError::Latitude(91.0)));
        assert_eq!(recognise(52.0, 190.0), Err(PositionError::Longitude(190.0)));
        assert!(recognise(f64::NAN, 4.0).is_err());
        assert!(recognise(52.0, f64::INFINITY).is_err());
    }
}
