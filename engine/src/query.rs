//! A question to the index, resolved: no postcode and no parameter text is left in it.

use std::sync::Arc;

use nabij_atlas::Location;
use nabij_language::Understood;
use nabij_offering::{FeatureSet, KindSet, Pc4, Position, ThemeSet};

use crate::selection::Selection;

/// A question to the index. [`Query::default`] asks for everything, in the order of the ids.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// From where distances are measured.
    pub origin: Option<Position>,
    /// What may be seen of the index; none for everything.
    pub selection: Option<Arc<Selection>>,
    /// Which part of the map is asked for.
    pub area: Area,
    /// The region that area-wide offerings must serve; none keeps only those that serve everyone.
    pub region: Option<Region>,
    /// Words that must all occur in the title or the description. Anything that is no word is passed over.
    pub text: String,
    /// What the words of a question mean, instead of the words themselves: `text` is then not looked at.
    pub understood: Option<Arc<Understood>>,
    /// Of what is understood, one thing is enough.
    pub loosely: bool,
    /// By relevance: at this distance from the origin in metres, a match counts half as much as at the origin itself.
    /// None for no difference.
    pub half_distance_m: Option<f64>,
    /// One of these kinds; empty for any.
    pub kinds: KindSet,
    /// At least one of these themes; empty for any.
    pub themes: ThemeSet,
    /// All of these features; empty for any.
    pub features: FeatureSet,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
    /// How many area-wide hits to skip. Pages of these are turned apart from those of the others.
    pub area_wide_offset: usize,
    /// What to count.
    pub facets: Facets,
    /// Whether the exact total is asked for.
    pub total: bool,
}

/// A part of the map.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Area {
    /// Everywhere.
    #[default]
    Anywhere,
    /// Within a great-circle distance of a point.
    Circle {
        /// The middle.
        centre: Position,
        /// Metres; the edge belongs to the circle.
        radius_m: f64,
    },
    /// Between two parallels and two meridians.
    Box(BoundingBox),
}

/// A box of latitudes and longitudes in degrees, edges included. West is greater than east where it crosses the
/// antimeridian (RFC 7946).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// The south-western corner.
    pub south_west: Position,
    /// The north-eastern corner.
    pub north_east: Position,
}

impl BoundingBox {
    /// The point in the middle, from which distances are measured when nobody says otherwise.
    pub fn centre(self) -> Position {
        let (west, east) = (self.south_west.lon(), self.north_east.lon());
        let east = if east < west { east + 360.0 } else { east };
        let lon = f64::midpoint(west, east);
        let lon = if lon > 180.0 { lon - 360.0 } else { lon };
        Position::new(f64::midpoint(self.south_west.lat(), self.north_east.lat()), lon)
            .unwrap_or(self.south_west)
    }
}

/// Where the person who asks lives, for offerings that serve an area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Region {
    /// The four-digit postcode.
    pub pc4: Option<Pc4>,
    /// The municipality, by its Dutch name.
    pub municipality: Option<String>,
    /// The province, by its Dutch name.
    pub province: Option<String>,
}

impl From<&Location> for Region {
    fn from(location: &Location) -> Self {
        Self {
            pc4: location.pc4,
            municipality: location.municipality.clone(),
            province: location.province.clone(),
        }
    }
}

/// The order of the hits. Ties are broken by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Nearest to the origin first; by id without one.
    #[default]
    Distance,
    /// Best match with the words first (BM25); by distance without words.
    Relevance,
}

/// Which facets to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facets {
    /// Hits by kind.
    pub kind: bool,
    /// Hits by theme.
    pub theme: bool,
    /// Hits by feature.
    pub feature: bool,
}

impl Facets {
    /// Whether anything is to be counted.
    pub fn any(self) -> bool {
        self.kind || self.theme || self.feature
    }
}
