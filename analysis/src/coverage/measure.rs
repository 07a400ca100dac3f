//! From every postcode: how far the nearest are, and how many are within the radius.

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use nabij_engine::{Index, Subset};
use nabij_offering::{Feature, FeatureSet, Kind, KindSet, Theme, ThemeSet};

use super::{Origin, Selection};

/// What of a selection is near a postcode.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reach {
    /// Great-circle metres to the nearest, the third and the fifth; none where there are not so many.
    pub nearest_m: [Option<f64>; 3],
    /// How many are within the radius.
    pub within: u32,
    /// How many of those begin in the evening or at the weekend.
    pub evening_or_weekend: u32,
    /// How many of those are free.
    pub free: u32,
}

/// What of several selections is near all postcodes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// How far counts as near, in metres; the edge counts.
    pub radius_m: f64,
    /// What was looked for.
    pub selections: Vec<Selection>,
    /// From where.
    pub origins: Vec<Origin>,
    /// Of each selection how many there are in the whole country.
    pub totals: Vec<u64>,
    /// Of each origin, of each selection.
    reaches: Vec<Reach>,
}

/// Origins that a thread takes at a time.
const CHUNK: usize = 32;
/// How many of the nearest are looked for.
const NEAREST: usize = 5;

impl Coverage {
    /// Measures with as many threads as run at the same time, or with fewer.
    pub fn measure(
        index: &Index,
        origins: Vec<Origin>,
        selections: Vec<Selection>,
        radius_m: f64,
        threads: NonZero<usize>,
    ) -> Self {
        let measure = Measure::new(index, &selections, radius_m);
        let mut reaches = vec![Reach::default(); origins.len() * selections.len()];
        let next = AtomicUsize::new(0);
        let chunks: Vec<&[Origin]> = origins.chunks(CHUNK).collect();
        // Each thread takes the next chunk that nobody has, since a city takes longer than a polder.
        let work = || {
            let mut done = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(chunk) = chunks.get(number) else {
                    return done;
                };
                let found: Vec<Reach> = chunk.iter().flat_map(|origin| measure.from(origin)).collect();
                done.push((number, found));
            }
        };
        let found: Vec<(usize, Vec<Reach>)> = thread::scope(|scope| {
            let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
            let mut found = work();
            for other in others {
                match other.join() {
                    Ok(more) => found.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            found
        });
        for (number, found) in found {
            let start = number * CHUNK * selections.len();
            if let Some(place) = reaches.get_mut(start..start + found.len()) {
                place.copy_from_slice(&found);
            }
        }
        let totals = measure.nearest.iter().map(Subset::len).collect();
        Self {
            radius_m,
            selections,
            origins,
            totals,
            reaches,
        }
    }

    /// Each origin with what of a selection is near it; the selection by its place in `selections`.
    pub fn of(&self, selection: usize) -> impl Iterator<Item = (&Origin, &Reach)> {
        let count = self.selections.len().max(1);
        self.origins
            .iter()
            .zip(self.reaches.iter().skip(selection).step_by(count))
    }

    /// Each origin with what of every selection is near it, in the order of `selections`.
    pub(crate) fn by_origin(&self) -> impl Iterator<Item = (&Origin, &[Reach])> {
        let count = self.selections.len().max(1);
        self.origins.iter().zip(self.reaches.chunks(count))
    }

    /// Every origin, and what of every selection is near it.
    pub fn rows(&self) -> impl Iterator<Item = (&Origin, Selection, &Reach)> {
        self.by_origin().flat_map(|(origin, reaches)| {
            let selections = self.selections.iter().zip(reaches);
            selections.map(move |(selection, reach)| (origin, *selection, reach))
        })
    }
}

/// What is looked for, made ready.
struct Measure<'a> {
    index: &'a Index,
    radius_m: f64,
    /// Of each selection all.
    nearest: Vec<Subset<'a>>,
    /// Of each selection five: all, free, evening, weekend, evening and weekend.
    counted: Vec<Subset<'a>>,
}

/// The features of the subsets of a selection. Those in the evening or at the weekend are these together without those
/// that are both.
const COUNTED: [&[Feature]; 5] = [
    &[],
    &[Feature::Free],
    &[Feature::Evening],
    &[Feature::Weekend],
    &[Feature::Evening, Feature::Weekend],
];

impl<'a> Measure<'a> {
    fn new(index: &'a Index, selections: &[Selection], radius_m: f64) -> Self {
        let subset = |selection: &Selection, features: &[Feature]| {
            let kinds: KindSet = selection.kind.into_iter().collect::<KindSet>();
            let themes: ThemeSet = selection.theme.into_iter().collect();
            index.subset(kinds, themes, features.iter().copied().collect::<FeatureSet>())
        };
        Self {
            index,
            radius_m,
            nearest: selections
                .iter()
                .map(|selection| subset(selection, &[]))
                .collect(),
            counted: selections
                .iter()
                .flat_map(|selection| COUNTED.map(|features| subset(selection, features)))
                .collect(),
        }
    }

    /// What of each selection is near an origin.
    fn from(&self, origin: &Origin) -> Vec<Reach> {
        let counts = self
            .index
            .count_within(origin.position, self.radius_m, &self.counted);
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let reach = |(subset, counts): (&Subset<'_>, &[u64])| {
            let nearest = subset.nearest_m(origin.position, NEAREST);
            let mut reach = Reach {
                nearest_m: [0, 2, 4].map(|at| nearest.get(at).copied()),
                ..Reach::default()
            };
            if let [all, free, evening, weekend, both] = counts {
                reach.within = number(*all);
                reach.free = number(*free);
                reach.evening_or_weekend = number((evening + weekend).saturating_sub(*both));
            }
            reach
        };
        self.nearest
            .iter()
            .zip(counts.chunks(COUNTED.len()))
            .map(reach)
            .collect()
    }
}

impl std::fmt::Display for Selection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let theme = self.theme.map_or("all themes", Theme::name);
        let kind = self.kind.map_or("all kinds", Kind::name);
        write!(f, "{theme}, {kind}")
    }
}
