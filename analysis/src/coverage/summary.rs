//! What coverage comes to: for the country, by region, and where the gaps are.

use std::collections::BTreeMap;

use super::{Coverage, Origin, Reach};

/// The distances of which is said how many live further from anything, in kilometres.
pub const DISTANCES_KM: [u32; 6] = [1, 2, 5, 10, 15, 25];

/// One selection, for the whole country.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Postcodes that were measured.
    pub postcodes: usize,
    /// What they weigh together: inhabitants, or postcodes where no population was given.
    pub weight: f64,
    /// How many postcodes have nothing within the radius.
    pub postcodes_without: usize,
    /// What they weigh.
    pub weight_without: f64,
    /// Of each of [`DISTANCES_KM`], what lives further than that from the nearest.
    pub further: [f64; DISTANCES_KM.len()],
    /// The distance that half of the weight does not exceed; none if half has nothing at all.
    pub median_nearest_m: Option<f64>,
    /// The mean number within the radius, by weight.
    pub mean_within: f64,
    /// The same of those in the evening or at the weekend.
    pub mean_evening_or_weekend: f64,
    /// The same of those that are free.
    pub mean_free: f64,
    /// How unequal the number within the radius is, from 0 (the same for all) to 1: the Gini coefficient (C. Gini,
    /// 1912), twice the area between the Lorenz curve and the diagonal. None if nobody has anything.
    pub gini: Option<f64>,
    /// The Lorenz curve (M. O. Lorenz, 1905): from who has least to who has most, the share of the weight and the share
    /// of all access. A step for each number within the radius.
    pub lorenz: Vec<(f64, f64)>,
}

impl Summary {
    /// Sums up a selection of a coverage, by its place in `selections`.
    pub fn new(coverage: &Coverage, selection: usize) -> Self {
        let mut summary = Self {
            postcodes: coverage.origins.len(),
            weight: 0.0,
            postcodes_without: 0,
            weight_without: 0.0,
            further: [0.0; DISTANCES_KM.len()],
            median_nearest_m: median(coverage.of(selection)),
            mean_within: 0.0,
            mean_evening_or_weekend: 0.0,
            mean_free: 0.0,
            gini: None,
            lorenz: Vec::new(),
        };
        for (origin, reach) in coverage.of(selection) {
            let weight = origin.weight;
            summary.weight += weight;
            if reach.within == 0 {
                summary.postcodes_without += 1;
                summary.weight_without += weight;
            }
            for (further, km) in summary.further.iter_mut().zip(DISTANCES_KM) {
                let near = reach.nearest_m[0].is_some_and(|metres| metres <= f64::from(km) * 1_000.0);
                *further += if near { 0.0 } else { weight };
            }
            summary.mean_within += weight * f64::from(reach.within);
            summary.mean_evening_or_weekend += weight * f64::from(reach.evening_or_weekend);
            summary.mean_free += weight * f64::from(reach.free);
        }
        let whole = summary.weight.max(f64::MIN_POSITIVE);
        summary.mean_within /= whole;
        summary.mean_evening_or_weekend /= whole;
        summary.mean_free /= whole;
        summary.lorenz = lorenz(coverage.of(selection));
        summary.gini = gini(&summary.lorenz);
        summary
    }

    /// What has nothing within the radius, in per cent of the weight.
    pub fn percent_without(&self) -> f64 {
        percent(self.weight_without, self.weight)
    }
}

/// A part in per cent; 0 of nothing.
pub(crate) fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
}

/// The distance to the nearest that half of the weight does not exceed.
fn median<'a>(reaches: impl Iterator<Item = (&'a Origin, &'a Reach)>) -> Option<f64> {
    let mut weighed: Vec<(f64, f64)> = reaches
        .map(|(origin, reach)| (reach.nearest_m[0].unwrap_or(f64::INFINITY), origin.weight))
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = weighed.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut before = 0.0;
    let middle = weighed.iter().find(|(_, weight)| {
        before += weight;
        before >= half
    });
    middle
        .map(|(metres, _)| *metres)
        .filter(|metres| metres.is_finite())
}

fn lorenz<'a>(reaches: impl Iterator<Item = (&'a Origin, &'a Reach)>) -> Vec<(f64, f64)> {
    let mut by_count: BTreeMap<u32, f64> = BTreeMap::new();
    for (origin, reach) in reaches {
        *by_count.entry(reach.within).or_default() += origin.weight;
    }
    let people: f64 = by_count.values().sum();
    let access: f64 = by_count
        .iter()
        .map(|(count, weight)| f64::from(*count) * weight)
        .sum();
    if people <= 0.0 || access <= 0.0 {
        return Vec::new();
    }
    let (mut x, mut y) = (0.0, 0.0);
    let steps = by_count.into_iter().map(|(count, weight)| {
        x += weight / people;
        y += f64::from(count) * weight / access;
        (x, y)
    });
    std::iter::once((0.0, 0.0)).chain(steps).collect()
}

/// One less twice the area below the curve, by trapezoids.
fn gini(lorenz: &[(f64, f64)]) -> Option<f64> {
    let below: f64 = lorenz
        .windows(2)
        .map(|step| match step {
            [(x, y), (to_x, to_y)] => (to_x - x) * (y + to_y),
            _ => 0.0,
        })
        .sum();
    (!lorenz.is_empty()).then_some(1.0 - below)
}

/// A municipality or a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionLevel {
    /// Gemeente.
    Municipality,
    /// Provincie.
    Province,
}

/// What a selection comes to in a region.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionRow {
    /// The name of the region.
    pub region: String,
    /// How many postcodes it has.
    pub postcodes: usize,
    /// What they weigh.
    pub weight: f64,
    /// What has nothing within the radius.
    pub weight_without: f64,
    /// The distance that half of the weight does not exceed.
    pub median_nearest_m: Option<f64>,
    /// The mean number within the radius, by weight.
    pub mean_within: f64,
}

impl RegionRow {
    /// What has nothing within the radius, in per cent.
    pub fn percent_without(&self) -> f64 {
        percent(self.weight_without, self.weight)
    }
}

/// What a selection comes to by region, in the order of the names. Postcodes whose region is not known are left out.
pub fn regions(coverage: &Coverage, selection: usize, level: RegionLevel) -> Vec<RegionRow> {
    let mut groups: BTreeMap<&str, Vec<(&Origin, &Reach)>> = BTreeMap::new();
    for (origin, reach) in coverage.of(selection) {
        let name = match level {
            RegionLevel::Municipality => &origin.municipality,
            RegionLevel::Province => &origin.province,
        };
        if !name.is_empty() {
            groups.entry(name).or_default().push((origin, reach));
        }
    }
    let row = |(region, members): (&str, Vec<(&Origin, &Reach)>)| {
        let sum = |value: &dyn Fn(&Reach) -> f64| -> f64 {
            members
                .iter()
                .map(|(origin, reach)| origin.weight * value(reach))
                .sum()
        };
        let weight = sum(&|_| 1.0);
        RegionRow {
            region: region.to_owned(),
            postcodes: members.len(),
            weight_without: sum(&|reach| if reach.within == 0 { 1.0 } else { 0.0 }),
            mean_within: if weight > 0.0 {
                sum(&|reach| f64::from(reach.within)) / weight
            } else {
                0.0
            },
            median_nearest_m: median(members.iter().copied()),
            weight,
        }
    };
    groups.into_iter().map(row).collect()
}

/// A postcode that has nothing within the radius.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap<'a> {
    /// Which.
    pub origin: &'a Origin,
    /// Metres to the nearest; none if there is nothing at all.
    pub nearest_m: Option<f64>,
}

/// The postcodes where most people have nothing within the radius; at the same number, the furthest first.
pub fn gaps(coverage: &Coverage, selection: usize, most: usize) -> Vec<Gap<'_>> {
    let mut gaps: Vec<Gap<'_>> = coverage
        .of(selection)
        .filter(|(origin, reach)| reach.within == 0 && origin.weight > 0.0)
        .map(|(origin, reach)| Gap {
            origin,
            nearest_m: reach.nearest_m[0],
        })
        .collect();
    let distance = |gap: &Gap<'_>| gap.nearest_m.unwrap_or(f64::INFINITY);
    gaps.sort_by(|a, b| {
        let weight = b.origin.weight.total_cmp(&a.origin.weight);
        weight
            .then(distance(b).total_cmp(&distance(a)))
            .then(a.origin.postcode.cmp(&b.origin.postcode))
    });
    gaps.truncate(most);
    gaps
}
