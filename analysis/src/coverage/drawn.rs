//! The map of a report, as SVG: a shade a distance, an area a postcode, or a dot where the areas file has none.
//!
//! Everything of one shade is one path, so that a browser draws a few shapes and not thousands.

use std::fmt::Write;

use nabij_atlas::{Pc4, Position};

use super::{
    areas::{Areas, rings},
    summary::DISTANCES_KM,
};

/// Shades from near to far: `YlGnBu` of `ColorBrewer` (C. Brewer, <https://colorbrewer2.org>), which who is colour-blind
/// tells apart and which prints in grey.
pub(crate) const SHADES: [&str; DISTANCES_KM.len() + 1] = [
    "#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84",
];

/// Tenths of a pixel in a degree of latitude.
const SCALE: f64 = 2_800.0;
/// The corner of the map, and how large it is in degrees: the European Netherlands.
const WEST: f64 = 3.2;
const NORTH: f64 = 53.65;
const DEGREES_WIDE: f64 = 4.1;
const DEGREES_HIGH: f64 = 2.95;
/// The latitude at which the map has its true shape.
const MIDDLE: f64 = 52.2;

/// A place on the map, in tenths of a pixel.
type At = (i64, i64);

/// The number of the shade of a distance; the last for what is further than all, or nowhere.
pub(crate) fn shade(nearest_m: Option<f64>) -> usize {
    let near = |km: &u32| nearest_m.is_some_and(|metres| metres <= f64::from(*km) * 1_000.0);
    DISTANCES_KM.iter().position(near).unwrap_or(DISTANCES_KM.len())
}

fn at(lat: f64, lon: f64) -> At {
    let narrow = MIDDLE.to_radians().cos();
    (whole((lon - WEST) * narrow * SCALE), whole((NORTH - lat) * SCALE))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a map a few thousand wide, or one that is cut off"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// A map of dots: postcodes and the distance to their nearest.
pub fn dots(words: &str, points: &[(Position, Option<f64>)]) -> String {
    let mut map = Map::default();
    for (position, nearest_m) in points {
        map.dot(*position, shade(*nearest_m));
    }
    map.svg(words, &[])
}

/// A map of postcodes, with numbered rings around new places.
pub(crate) fn postcodes(
    words: &str,
    points: &[(Pc4, Position, Option<f64>)],
    areas: Option<&Areas>,
    new: &[Position],
) -> String {
    let mut map = Map::default();
    for (code, position, nearest_m) in points {
        match areas.and_then(|areas| areas.get(*code)) {
            Some(outline) => map.area(&rings(outline), shade(*nearest_m)),
            None => map.dot(*position, shade(*nearest_m)),
        }
    }
    map.svg(words, new)
}

/// The paths of each shade.
#[derive(Default)]
struct Map {
    areas: [String; SHADES.len()],
    dots: [String; SHADES.len()],
}

impl Map {
    /// Writing to a `String` does not fail.
    fn area(&mut self, rings: &[&[geojson::Position]], shade: usize) {
        let Some(path) = self.areas.get_mut(shade) else {
            return;
        };
        for ring in rings {
            let mut points = ring.iter().filter_map(|point| match point.as_slice() {
                [lon, lat, ..] => Some(at(*lat, *lon)),
                _ => None,
            });
            let Some(start) = points.next() else {
                continue;
            };
            let mut last = start;
            let mut steps = String::new();
            for here in points {
                if here != last {
                    let _ = write!(steps, "{} {} ", here.0 - last.0, here.1 - last.1);
                    last = here;
                }
            }
            // A ring smaller than a tenth of a pixel is no shape, and would end the whole path.
            if !steps.is_empty() {
                let _ = write!(path, "M{} {}l{steps}z", start.0, start.1);
            }
        }
    }

    fn dot(&mut self, position: Position, shade: usize) {
        let (x, y) = at(position.lat(), position.lon());
        if let Some(path) = self.dots.get_mut(shade) {
            let _ = write!(path, "M{x} {y}h0");
        }
    }

    fn svg(&self, words: &str, new: &[Position]) -> String {
        let (right, bottom) = at(NORTH - DEGREES_HIGH, WEST + DEGREES_WIDE);
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {right} {bottom}" role="img" aria-label="{}">"#,
            crate::plot::escaped(words)
        );
        for (path, colour) in self.areas.iter().zip(SHADES).filter(|(path, _)| !path.is_empty()) {
            // A line around each, so that light shades stand out from the paper.
            let _ = write!(
                svg,
                r##"<path d="{path}" fill="{colour}" stroke="#888" stroke-width="6"/>"##
            );
        }
        for (path, colour) in self.dots.iter().zip(SHADES).filter(|(path, _)| !path.is_empty()) {
            let _ = write!(
                svg,
                r##"<path d="{path}" stroke="#666" stroke-width="64" stroke-linecap="round"/><path d="{path}" stroke="{colour}" stroke-width="50" stroke-linecap="round"/>"##
            );
        }
        for (number, position) in (1..).zip(new) {
            let (x, y) = at(position.lat(), position.lon());
            let _ = write!(
                svg,
                r##"<circle cx="{x}" cy="{y}" r="95" fill="#fff" stroke="#b00020" stroke-width="24"/><text x="{x}" y="{}" font-size="110" text-anchor="middle" fill="#b00020" font-weight="700">{number}</text>"##,
                y + 38
            );
        }
        svg.push_str("</svg>");
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_at_the_edge_has_the_nearer_shade() {
        assert_eq!(
            [Some(0.0), Some(1_000.0), Some(1_000.1), Some(25_001.0), None].map(shade),
            [0, 0, 1, 6, 6]
        );
    }

    #[test]
    fn a_ring_that_is_too_small_to_see_does_not_end_the_path() {
        let ring = |points: [[f64; 2]; 4]| points.map(geojson::Position::from).to_vec();
        let island = ring([[4.9, 52.3], [4.900_01, 52.3], [4.900_01, 52.300_01], [4.9, 52.3]]);
        let land = ring([[4.9, 52.3], [4.91, 52.3], [4.91, 52.31], [4.9, 52.3]]);
        let mut map = Map::default();
        map.area(&[&island, &land, &[]], 0);
        assert_eq!(map.areas[0], "M2917 3780l18 0 0 -28 -18 28 z");
    }

    #[test]
    fn a_postcode_without_an_area_is_a_dot() {
        let areas = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"postcode":"1011"},"geometry":{"type":"Polygon","coordinates":[[[4.9,52.3],[4.91,52.3],[4.91,52.31],[4.9,52.3]]]}}]}"#;
        let areas = Areas::read(areas.as_bytes()).unwrap();
        let here = Position::new(52.3, 4.9).unwrap();
        let points = [
            (Pc4::new(1011).unwrap(), here, Some(10.0)),
            (Pc4::new(1012).unwrap(), here, None),
        ];
        let svg = postcodes("x", &points, Some(&areas), &[here]);
        assert_eq!(
            (svg.matches("h0").count(), svg.matches("<circle").count()),
            (2, 1),
            "{svg}"
        );
        assert!(svg.contains("l18 0 0 -28 -18 28 z"), "{svg}");
    }
}
