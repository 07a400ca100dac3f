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
            Self::Box(area) => area.contains(point),
        }
    }

    /// Which of up to 64 points at the edge of the area lie in it, one bit each.
    pub(crate) fn mask(&self, lats: &[i32], lons: &[i32]) -> u64 {
        let points = || {
            lats.iter()
                .zip(lons)
                .take(64)
                .map(|(lat, lon)| Fixed { lat: *lat, lon: *lon })
        };
        match self {
            Self::Anywhere => points().fold(0, |mask, _| mask << 1 | 1),
            Self::Disc(disc) => disc.mask(lats, lons),
            Self::Box(area) => points().enumerate().fold(0, |mask, (at, point)| {
                mask | u64::from(area.contains(point)) << at
            }),
        }
    }
}

impl FixedBox {
    #[inline]
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "without a branch many points are tested side by side"
    )]
    fn contains(&self, point: Fixed) -> bool {
        let Self { low, high } = self;
        let (east_of_west, west_of_east) = (point.lon >= low.lon, point.lon <= high.lon);
        let lon = if low.lon <= high.lon {
            east_of_west & west_of_east
        } else {
            east_of_west | west_of_east
        };
        (low.lat <= point.lat) & (point.lat <= high.lat) & lon
    }
}
