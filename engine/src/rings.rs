//! The nearest that have all words: circles around the origin that grow until they hold enough of them.
//!
//! In a circle the postings of its runs alone are sought. The first circle is drawn where, from how many documents
//! there are around the origin and how many of all have the words, about enough may be expected.

use nabij_offering::Position;

use crate::{
    attributes::{Attributes, Filter},
    bands::{BAND_HEIGHT, Bands},
    conjunction::Conjunction,
    cover::{self, Run},
    origin::{Origin, haversine_of, widened},
    plan::number,
    query::Area,
    shortlist::{Keys, Shortlist},
    within::Within,
};

/// Circles larger than this are not drawn: everything is looked at instead.
const LARGEST_M: f64 = 200_000.0;
/// Metres in a unit of latitude.
const UNIT_M: f64 = 0.011_12;

/// A search in growing circles, for a shortlist whose keys are haversines.
pub(crate) struct Rings<'a, 'q> {
    pub(crate) bands: &'a Bands,
    pub(crate) attributes: &'a Attributes,
    pub(crate) id_ranks: &'a [u32],
    pub(crate) origin: Origin,
    pub(crate) filter: Filter<'a>,
    pub(crate) area: Area,
    /// The area as runs.
    pub(crate) runs: &'q [Run],
    pub(crate) conjunction: &'q Conjunction<'a>,
    /// What share of the documents may be expected to match.
    pub(crate) share: f64,
    pub(crate) wanted: usize,
    /// How many circles were drawn.
    pub(crate) drawn: u32,
    /// How many postings were looked at.
    pub(crate) postings: u64,
}

impl<'a> Rings<'a, '_> {
    /// The shortlist of the nearest.
    pub(crate) fn run(&mut self) -> Shortlist<'a> {
        let reach_m = self.reach_m();
        let mut radius_m = self.first_radius_m();
        loop {
            self.drawn += 1;
            if radius_m >= reach_m {
                return self.collect(self.runs);
            }
            let circle = Area::Circle {
                centre: self.origin.position(),
                radius_m,
            };
            let mut shortlist = self.collect(&cover::runs(self.bands, circle));
            // Nothing nearer than the radius lies outside the circle: if the last of the best is, it is one of them.
            if let Some(last) = shortlist.clear()
                && widened(last) <= haversine_of(radius_m)
            {
                return shortlist;
            }
            let found = number(shortlist.len().max(1));
            radius_m *= (2.0 * number(self.wanted) / found).sqrt().clamp(1.5, 6.0);
        }
    }

    /// From where on the whole area is looked at instead of a circle.
    fn reach_m(&self) -> f64 {
        match self.area {
            Area::Circle { centre, radius_m } if self.is_origin(centre) => radius_m.min(LARGEST_M),
            _ => LARGEST_M,
        }
    }

    fn is_origin(&self, position: Position) -> bool {
        position == self.origin.position()
    }

    fn collect(&mut self, runs: &[Run]) -> Shortlist<'a> {
        let mut shortlist = Shortlist::new(self.wanted, self.id_ranks, Keys::Blurred(widened));
        let within = Within::from(self.area);
        let mut conjunction = self.conjunction.clone();
        for run in runs {
            conjunction.visit(run.docs.clone(), |doc, _| {
                if !self.filter.is_open() && !self.filter.passes(doc, self.attributes.of(doc)) {
                    return;
                }
                let point = self.bands.fixed(doc);
                let haversine = self.origin.haversine(point);
                if haversine <= shortlist.bound() && within.contains(point) {
                    shortlist.push(haversine, doc);
                }
            });
        }
        self.postings += conjunction.looked_at();
        shortlist
    }

    /// Half the side of the smallest square around the origin, doubled each time, in which enough may be expected.
    fn first_radius_m(&self) -> f64 {
        let enough = 1.5 * number(self.wanted) / self.share.max(1e-12);
        if enough > f64::from(self.bands.placed().end) {
            return LARGEST_M;
        }
        let mut half = 2.0 * f64::from(BAND_HEIGHT);
        loop {
            let radius_m = half * UNIT_M;
            if radius_m >= LARGEST_M || self.documents_in_square(half) >= enough {
                return radius_m;
            }
            half *= 1.6;
        }
    }

    /// How many documents lie in the square of `half` units to each side, about.
    fn documents_in_square(&self, half: f64) -> f64 {
        let cos_lat = self.origin.position().lat().to_radians().cos().max(0.05);
        let (west, east) = (
            self.origin.lon() - half / cos_lat,
            self.origin.lon() + half / cos_lat,
        );
        #[expect(clippy::cast_possible_truncation, reason = "a latitude is within a half turn")]
        let band = |lat: f64| (lat / f64::from(BAND_HEIGHT)).floor() as i32;
        let bands = band(self.origin.lat() - half)..band(self.origin.lat() + half) + 1;
        let count = |band: i32| {
            let docs = self.bands.band(band);
            let start = self.bands.first_from(&docs, west);
            self.bands.first_beyond(&(start..docs.end), east) - start
        };
        f64::from(bands.map(count).sum::<u32>())
    }
}
