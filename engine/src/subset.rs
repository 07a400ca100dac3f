//! Documents of one sort, made ready to be asked for from many points: how many in a circle, how far to the nearest.
//!
//! For analysts, who ask of every postcode what residents ask of one. Nothing is parsed, planned or rendered, and
//! all subsets are counted in one pass over a circle.

use nabij_atlas::distance_m;
use nabij_offering::{FeatureSet, KindSet, Position, ThemeSet};

use crate::{
    Index,
    attributes::{Counter, Filter, each_word},
    cover,
    origin::{Origin, widened},
    plan::number,
    query::Area,
    shortlist::{Keys, Shortlist},
    walk::Walk,
    within::Within,
};

/// Documents with a place, of some kinds, themes and features.
#[derive(Debug, Clone)]
pub struct Subset<'a> {
    index: &'a Index,
    filter: Filter<'a>,
    total: u64,
    /// All of them, where they are so few that looking at each is cheaper than a walk among the others.
    few: Option<Vec<u32>>,
}

/// A walk meets about so many documents for each that it finds: it goes band by band and not circle by circle.
const MET_FOR_ONE_FOUND: f64 = 20.0;

impl Index {
    /// The documents with a place that are of one of the kinds, have one of the themes and all of the features; an
    /// empty set stands for any.
    pub fn subset(&self, kinds: KindSet, themes: ThemeSet, features: FeatureSet) -> Subset<'_> {
        let filter = Filter::new(kinds, themes, features);
        let placed = self.bands.placed();
        let mut counter = Counter::new(&self.attributes, filter, 0);
        counter.run(placed.clone());
        let total = counter.total();
        let count = number(usize::try_from(total).unwrap_or(usize::MAX));
        // A walk looks at documents / count for each that it finds, a scan at all of them.
        let is_few = count * count <= MET_FOR_ONE_FOUND * f64::from(placed.end - placed.start);
        let few = is_few.then(|| {
            let mut docs = Vec::new();
            each_word(placed, |block, mask| {
                counter.visit(block, mask, &mut |doc| docs.push(doc));
            });
            docs
        });
        Subset {
            index: self,
            filter,
            total,
            few,
        }
    }

    /// How many documents of each subset lie in a circle, its edge included.
    ///
    /// # Units
    /// The radius is in great-circle metres.
    pub fn count_within(&self, centre: Position, radius_m: f64, subsets: &[Subset<'_>]) -> Vec<u64> {
        let mut counters: Vec<Counter<'_>> = subsets
            .iter()
            .map(|subset| Counter::new(&self.attributes, subset.filter, 0))
            .collect();
        let area = Area::Circle { centre, radius_m };
        let within = Within::from(area);
        let mut count = |block: usize, mask: u64| {
            if mask != 0 {
                for counter in &mut counters {
                    counter.word(block, mask);
                }
            }
        };
        for run in cover::runs(&self.bands, area) {
            each_word(run.inside.clone(), &mut count);
            for edge in run.edges() {
                let mut start = edge.start as usize;
                each_word(edge, |block, mask| {
                    let end = start + mask.count_ones() as usize;
                    let (lats, lons) = self.bands.coordinates(start..end);
                    count(block, within.mask(lats, lons) << mask.trailing_zeros());
                    start = end;
                });
            }
        }
        counters.iter().map(Counter::total).collect()
    }
}

impl Subset<'_> {
    /// How many documents it holds.
    pub fn len(&self) -> u64 {
        self.total
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The distances to the nearest `count` of them in rising order, in great-circle metres; fewer if there are
    /// fewer.
    pub fn nearest_m(&self, from: Position, count: usize) -> Vec<f64> {
        let index = self.index;
        let origin = Origin::new(from);
        let mut shortlist = Shortlist::new(count, &index.id_ranks, Keys::Blurred(widened));
        match &self.few {
            Some(few) => {
                for doc in few {
                    shortlist.push(origin.haversine(index.bands.fixed(*doc)), *doc);
                }
            }
            None => Walk {
                bands: &index.bands,
                attributes: &index.attributes,
                origin,
                filter: self.filter,
                within: Within::Anywhere,
                horizon: f64::INFINITY,
                remaining: self.total,
                shortlist: &mut shortlist,
                met: 0,
            }
            .run(),
        }
        let exact = |doc, _| Some(distance_m(from, index.position(doc)?));
        shortlist
            .finish(exact)
            .into_iter()
            .map(|ranked| ranked.key)
            .collect()
    }
}
