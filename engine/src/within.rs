//! Whether a point lies in an area, edges included: quickly, and as the exact distance says.

use crate::{
    bands::Fixed,
    origin::Disc,
    query::{Area, BoundingBox},
};

/// An area, made ready to test many points.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Within {
    Anywhere,
    Disc(Disc),
    Box(FixedBox),
}

/// A box in whole units. West is greater than east where it crosses the antimeridian.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FixedBox {
    low: Fixed,
    high: Fixed,
}

impl From<Area> for Within {
    fn from(area: Area) -> Self {
        match area {
            Area::Anywhere => Self::Anywhere,
            Area::Circle { centre, radius_m } => Self::Disc(Disc::new(centre, radius_m)),
            Area::Box(BoundingBox {
                south_west,
                north_east,
            }) => Self::Box(FixedBox {
                low: south_west.into(),
                high: north_east.into(),
            }),
        }
    }
}

impl Within {
    #[inline]
    pub(crate) fn contains(&self, point: Fixed) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Disc(disc) => disc.contains(point),
            Self::Box(FixedBox { low, high }) => {
                let lon = if low.lon <= high.lon {
                    (low.lon..=high.lon).contains(&point.lon)
                } else {
                    point.lon >= low.lon || point.lon <= high.lon
                };
                (low.lat..=high.lat).contains(&point.lat) && lon
            }
        }
    }
}
