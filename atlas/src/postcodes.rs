//! The table of four-digit postcodes.

use std::collections::HashMap;

use nabij_offering::{Pc4, Position};
use rstar::{PointDistance, RTree, RTreeObject, primitives::GeomWithData};
use serde::Deserialize;

use crate::{atlas::AtlasError, distance_m};

/// What a four-digit postcode stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct PostcodeArea {
    /// The code.
    pub pc4: Pc4,
    /// Roughly the middle of its addresses.
    pub position: Position,
    /// The towns and villages in it, the main one first; at least one.
    pub places: Vec<String>,
    /// The municipality in which most of it lies, as far as we know: see `data/postcodes/SOURCES.md`.
    pub municipality: String,
    /// The province.
    pub province: String,
}

/// A position as a point on the unit sphere: there, the straight distance grows with the great-circle distance.
type OnSphere = GeomWithData<[f64; 3], usize>;

/// The table, by code and by position.
#[derive(Debug)]
pub(crate) struct Postcodes {
    areas: Vec<PostcodeArea>,
    by_code: HashMap<Pc4, usize>,
    by_position: RTree<OnSphere>,
}

#[derive(Deserialize)]
struct Row {
    postcode: u16,
    lat: f64,
    lon: f64,
    places: String,
    municipality: String,
    province: String,
}

impl Postcodes {
    /// Reads the CSV of `data/postcodes/postcodes.csv`.
    pub(crate) fn read(csv: &str) -> Result<Self, AtlasError> {
        let rows = csv::Reader::from_reader(csv.as_bytes()).into_deserialize::<Row>();
        let area = |row: Result<Row, csv::Error>| -> Result<PostcodeArea, AtlasError> {
            let row = row?;
            Ok(PostcodeArea {
                pc4: Pc4::try_from(row.postcode)?,
                position: Position::new(row.lat, row.lon)?,
                places: row.places.split('|').map(str::to_owned).collect(),
                municipality: row.municipality,
                province: row.province,
            })
        };
        let areas = rows.map(area).collect::<Result<Vec<_>, _>>()?;
        let by_code = areas
            .iter()
            .enumerate()
            .map(|(at, area)| (area.pc4, at))
            .collect();
        let points = areas
            .iter()
            .enumerate()
            .map(|(at, area)| OnSphere::new(on_sphere(area.position), at))
            .collect();
        Ok(Self {
            by_code,
            by_position: RTree::bulk_load(points),
            areas,
        })
    }

    pub(crate) fn get(&self, pc4: Pc4) -> Option<&PostcodeArea> {
        self.by_code.get(&pc4).and_then(|at| self.areas.get(*at))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &PostcodeArea> {
        self.areas.iter()
    }

    /// The code whose position is nearest, and how far that is in metres.
    pub(crate) fn nearest(&self, position: Position) -> Option<(&PostcodeArea, f64)> {
        let nearest = self.by_position.nearest_neighbor(on_sphere(position))?;
        let area = self.areas.get(nearest.data)?;
        Some((area, distance_m(position, area.position)))
    }
}

fn on_sphere(position: Position) -> [f64; 3] {
    let (lat, lon) = (position.lat().to_radians(), position.lon().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// `GeomWithData` measures as its point does.
const _: () = {
    const fn measures<T: RTreeObject + PointDistance>() {}
    measures::<OnSphere>();
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table() -> Postcodes {
        Postcodes::read(include_str!("../../data/postcodes/postcodes.csv")).unwrap()
    }

    #[test]
    fn every_province_and_every_code_in_use_is_there() {
        let table = table();
        assert_eq!(table.iter().count(), 4_089);
        let provinces: std::collections::BTreeSet<&str> =
            table.iter().map(|area| area.province.as_str()).collect();
        assert_eq!(provinces.len(), 12, "{provinces:?}");
        assert!(
            table
                .iter()
                .all(|area| !area.places.is_empty() && area.places.iter().all(|name| !name.is_empty()))
        );
    }

    #[test]
    fn the_nearest_code_is_that_of_a_look_at_all_of_them() {
        let table = table();
        proptest!(|(lat in 50.5..53.8_f64, lon in 3.0..7.5_f64)| {
            let here = Position::new(lat, lon).unwrap();
            let best = table.iter().map(|area| distance_m(here, area.position)).fold(f64::INFINITY, f64::min);
            let (_, found) = table.nearest(here).unwrap();
            prop_assert!((found - best).abs() < 1e-3, "{} {}", found, best);
        });
    }
}
