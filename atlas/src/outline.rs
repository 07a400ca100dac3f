//! The outline of the land, to tell it from water and from abroad on a map. Drawn for that, and no border.

use std::sync::LazyLock;

use nabij_offering::Position;

/// `data/outline/netherlands.txt`: a line `51.528 3.432` a point, in degrees; a blank line between rings.
pub const OUTLINE: &str = include_str!("../../data/outline/netherlands.txt");

static RINGS: LazyLock<Vec<Vec<Position>>> = LazyLock::new(|| {
    OUTLINE
        .split("\n\n")
        .map(|ring| ring.lines().filter_map(point).collect())
        .collect()
});

/// The rings of [`OUTLINE`]; what lies within an odd number of them is land.
pub fn outline() -> &'static [Vec<Position>] {
    &RINGS
}

fn point(line: &str) -> Option<Position> {
    let (lat, lon) = line.split_once(' ')?;
    Position::new(lat.parse().ok()?, lon.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Atlas;

    /// By the number of edges that a line to the east crosses.
    fn is_land(lat: f64, lon: f64) -> bool {
        let edges = outline()
            .iter()
            .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
        let crossed = edges.filter(|(a, b)| {
            (a.lat() > lat) != (b.lat() > lat)
                && lon < a.lon() + (lat - a.lat()) / (b.lat() - a.lat()) * (b.lon() - a.lon())
        });
        crossed.count() % 2 == 1
    }

    #[test]
    fn every_line_of_the_file_is_a_point() {
        let lines = OUTLINE.lines().filter(|line| !line.is_empty()).count();
        assert_eq!(outline().iter().map(Vec::len).sum::<usize>(), lines);
        assert!(outline().iter().all(|ring| ring.len() > 3));
    }

    #[test]
    fn towns_lie_on_land_and_the_lakes_and_the_sea_are_water() {
        let atlas = Atlas::shipped().unwrap();
        let wet: Vec<String> = atlas
            .places()
            .filter(|place| !is_land(place.position.lat(), place.position.lon()))
            .map(|place| place.name.clone())
            .collect();
        assert!(wet.len() * 200 < atlas.places().count(), "{wet:?}");
        for (water, lat, lon) in [
            ("IJsselmeer", 52.8, 5.4),
            ("Markermeer", 52.55, 5.2),
            ("Noordzee", 52.3, 4.2),
            ("Waddenzee", 53.25, 5.25),
            ("Oosterschelde", 51.6, 3.9),
        ] {
            assert!(!is_land(lat, lon), "{water}");
        }
        for (town, lat, lon) in [
            ("Lelystad", 52.51, 5.475),
            ("Urk", 52.66, 5.6),
            ("Texel", 53.06, 4.8),
        ] {
            assert!(is_land(lat, lon), "{town}");
        }
    }
}
