//! A part of the country that somebody serves: municipalities, postcodes, circles and drawn borders together.

use std::collections::BTreeSet;

use geo::{BoundingRect, Centroid, Intersects, MultiPolygon, Point, Rect};
use nabij_offering::{Pc4, Pc4Range, Position, ServiceArea};

use crate::{Atlas, distance_m};

/// One of the parts that a territory is put together from.
#[derive(Debug, Clone, PartialEq)]
pub enum TerritoryPart {
    /// A municipality, by the name that [`Atlas::municipality`] gives.
    Municipality(String),
    /// Four-digit postcodes.
    Pc4(Pc4Range),
    /// What lies within a great-circle distance of a point.
    Circle {
        /// The middle.
        centre: Position,
        /// Metres; the edge belongs to it.
        radius_m: f64,
    },
    /// Borders, in degrees: longitude, then latitude. Edges belong to it.
    Polygon(MultiPolygon<f64>),
}

/// A part of the country: what lies in any of its parts lies in it.
///
/// An address lies in a municipality or in a postcode by its own postcode, and in a circle or within borders by its
/// position.
#[derive(Debug, Clone, PartialEq)]
pub struct Territory {
    /// The postcodes that belong to it by name or by number, in order.
    codes: Vec<Pc4>,
    circles: Vec<(Position, f64)>,
    polygons: Vec<(Rect<f64>, MultiPolygon<f64>)>,
    /// The postcodes of which the middle lies in it.
    touched: Vec<Pc4>,
    municipalities: BTreeSet<String>,
    provinces: BTreeSet<String>,
}

impl Territory {
    /// The parts together.
    pub fn new(atlas: &Atlas, parts: &[TerritoryPart]) -> Self {
        let mut territory = Self {
            codes: Vec::new(),
            circles: Vec::new(),
            polygons: Vec::new(),
            touched: Vec::new(),
            municipalities: BTreeSet::new(),
            provinces: BTreeSet::new(),
        };
        for part in parts {
            territory.add(atlas, part);
        }
        territory.codes.sort_unstable();
        territory.codes.dedup();
        territory.touch(atlas);
        territory
    }

    fn add(&mut self, atlas: &Atlas, part: &TerritoryPart) {
        match part {
            TerritoryPart::Municipality(name) => {
                let within = atlas.postcodes().filter(|area| area.municipality == *name);
                self.codes.extend(within.map(|area| area.pc4));
            }
            TerritoryPart::Pc4(range) => {
                let codes = range.first().number()..=range.last().number();
                self.codes.extend(codes.filter_map(Pc4::new));
            }
            TerritoryPart::Circle { centre, radius_m } => self.circles.push((*centre, *radius_m)),
            TerritoryPart::Polygon(polygon) => {
                let bounds = polygon.bounding_rect();
                self.polygons
                    .extend(bounds.map(|bounds| (bounds, polygon.clone())));
            }
        }
    }

    /// Finds the postcodes, municipalities and provinces that lie in it for a good part.
    fn touch(&mut self, atlas: &Atlas) {
        let inside = atlas
            .postcodes()
            .filter(|area| self.contains(Some(area.pc4), area.position));
        // A circle or a border may lie between the middles of postcodes: then it lies in the nearest.
        let middles = self.circles.iter().map(|(centre, _)| *centre);
        let centroids = self.polygons.iter().filter_map(|(_, polygon)| {
            let middle = polygon.centroid()?;
            Position::new(middle.y(), middle.x()).ok()
        });
        let nearest = middles
            .chain(centroids)
            .filter_map(|middle| Some(atlas.nearest_postcode(middle)?.0));
        let touched: Vec<_> = inside.chain(nearest).collect();
        self.municipalities = touched.iter().map(|area| area.municipality.clone()).collect();
        self.provinces = touched.iter().map(|area| area.province.clone()).collect();
        self.touched = touched.iter().map(|area| area.pc4).collect();
        self.touched.sort_unstable();
        self.touched.dedup();
    }

    /// Whether an address lies in it.
    pub fn contains(&self, pc4: Option<Pc4>, position: Position) -> bool {
        pc4.is_some_and(|pc4| self.codes.binary_search(&pc4).is_ok())
            || self
                .circles
                .iter()
                .any(|(centre, radius_m)| distance_m(*centre, position) <= *radius_m)
            || self.is_within_borders(position)
    }

    fn is_within_borders(&self, position: Position) -> bool {
        let point = Point::new(position.lon(), position.lat());
        let mut polygons = self.polygons.iter();
        polygons.any(|(bounds, polygon)| bounds.intersects(&point) && polygon.intersects(&point))
    }

    /// Whether somebody in it may be served by what serves an area.
    pub fn is_served_by(&self, area: &ServiceArea) -> bool {
        let has =
            |names: &BTreeSet<String>, name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match area {
            ServiceArea::National | ServiceArea::Online | ServiceArea::Telephone => true,
            ServiceArea::Municipality(name) => has(&self.municipalities, name),
            ServiceArea::Province(name) => has(&self.provinces, name),
            ServiceArea::Pc4(ranges) => {
                let holds = |pc4: &Pc4| ranges.iter().any(|range| range.contains(*pc4));
                self.touched.iter().any(holds)
            }
        }
    }

    /// The municipalities that lie in it for a good part, in the order of the alphabet.
    pub fn municipalities(&self) -> impl Iterator<Item = &str> {
        self.municipalities.iter().map(String::as_str)
    }

    /// The postcodes of which the middle lies in it, in order.
    pub fn postcodes(&self) -> &[Pc4] {
        &self.touched
    }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    fn location(atlas: &Atlas, postcode: &str) -> (Option<Pc4>, Position) {
        let location = atlas.resolve(postcode.parse().unwrap()).unwrap();
        (location.pc4, location.position)
    }

    /// Each part holds Gorinchem and not Rotterdam, and all of them together are what any of them is.
    #[test]
    fn each_part_holds_what_lies_in_it() {
        let atlas = Atlas::shipped().unwrap();
        let (pc4, inside) = location(&atlas, "4201");
        let (far, outside) = location(&atlas, "3011");
        let (lat, lon) = (inside.lat(), inside.lon());
        let parts = [
            TerritoryPart::Municipality("Gorinchem".to_owned()),
            TerritoryPart::Pc4("4201-4207".parse().unwrap()),
            TerritoryPart::Circle {
                centre: inside,
                radius_m: 10.0,
            },
            TerritoryPart::Polygon(MultiPolygon::new(vec![polygon![
                (x: lon - 0.01, y: lat - 0.01), (x: lon + 0.01, y: lat - 0.01), (x: lon, y: lat + 0.01),
            ]])),
        ];
        for part in &parts {
            let territory = Territory::new(&atlas, std::slice::from_ref(part));
            assert!(territory.contains(pc4, inside), "{part:?}");
            assert!(!territory.contains(far, outside), "{part:?}");
            for (area, served) in [
                ("national", true),
                ("municipality:gorinchem", true),
                ("municipality:Rotterdam", false),
                ("province:Zuid-Holland", true),
                ("province:Groningen", false),
                ("pc4:4100-4300", true),
                ("pc4:3011-3012", false),
            ] {
                assert_eq!(
                    territory.is_served_by(&area.parse().unwrap()),
                    served,
                    "{part:?} {area}"
                );
            }
        }
        let all = Territory::new(&atlas, &parts);
        assert_eq!(all.municipalities().collect::<Vec<_>>(), ["Gorinchem"]);
    }

    #[test]
    fn the_edge_of_a_border_belongs_to_it_and_a_hole_does_not() {
        let atlas = Atlas::shipped().unwrap();
        let drawn = polygon!(
            exterior: [(x: 5.0, y: 52.0), (x: 5.4, y: 52.0), (x: 5.4, y: 52.4), (x: 5.0, y: 52.4)],
            interiors: [[(x: 5.1, y: 52.1), (x: 5.3, y: 52.1), (x: 5.3, y: 52.3), (x: 5.1, y: 52.3)]],
        );
        let territory = Territory::new(&atlas, &[TerritoryPart::Polygon(MultiPolygon::new(vec![drawn]))]);
        for (lat, lon, within) in [
            (52.0, 5.2, true),
            (52.05, 5.05, true),
            (52.2, 5.2, false),
            (51.99, 5.2, false),
        ] {
            assert_eq!(
                territory.contains(None, Position::new(lat, lon).unwrap()),
                within,
                "{lat} {lon}"
            );
        }
    }
}
