//! Coverage as one page in Dutch: maps, tables that carry the same figures, and how they were made. It needs nothing
//! beside itself and reads well on paper.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use nabij_atlas::{Pc4, Position};

use super::{
    AccessChange, Areas, Changes, Coverage, Gap, NewPlace, Origin, RegionLevel, RegionRow, Selection,
    Summary,
    drawn::{SHADES, postcodes, shade},
    gaps, regions,
    summary::{DISTANCES_KM, percent},
};
use crate::{
    IndexInfo,
    plot::{Axis, Line, Plot, short},
    words::{count, hundredths, kilometres, tenths, whole},
};

/// How many selections have a map and tables of their own.
const DETAILED: usize = 4;
/// How many gaps are named.
const GAPS: usize = 25;

/// What has to be known to make the report again.
#[derive(Debug)]
pub struct Method<'a> {
    /// The day on which it was made, as Dutch writes it.
    pub made: String,
    /// The program that made it.
    pub program: String,
    /// The generation that was measured.
    pub index: &'a IndexInfo,
    /// The file that says how many live where.
    pub population: Option<String>,
    /// The outlines of postcodes.
    pub areas: Option<&'a Areas>,
}

/// What else was asked for.
#[derive(Debug, Default)]
pub struct Extras<'a> {
    /// Where new places would help most, for the first selection.
    pub new_places: Vec<(NewPlace, &'a Origin)>,
    /// What changed since another generation, and for whom, of each selection.
    pub changes: Option<(u64, &'a Changes, Vec<AccessChange>)>,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct Page<'a> {
    method: &'a Method<'a>,
    extras: &'a Extras<'a>,
    /// What is counted: inhabitants, or postcodes.
    people: &'static str,
    radius: String,
    /// All selections, if there are several.
    overview: Vec<Overview>,
    details: Vec<Detail<'a>>,
    municipalities: Vec<RegionRow>,
    origins: usize,
    six: bool,
    /// Postcodes without an outline, and outlines without a postcode.
    dots: usize,
    strangers: usize,
}

/// A row of the table of selections.
struct Overview {
    selection: Selection,
    offerings: u64,
    summary: Summary,
}

/// A selection with its map.
struct Detail<'a> {
    selection: Selection,
    offerings: u64,
    summary: Summary,
    map: String,
    lorenz: Option<String>,
    provinces: Vec<RegionRow>,
    gaps: Vec<Gap<'a>>,
    bins: Vec<Bin>,
}

/// What lies within a range of distances, with its shade on the map.
struct Bin {
    words: String,
    shade: &'static str,
    postcodes: usize,
    weight: f64,
    /// Of the weight of all.
    percent: f64,
}

impl Coverage {
    /// The report.
    pub fn html(&self, method: &Method<'_>, extras: &Extras<'_>) -> Result<String, askama::Error> {
        let new: Vec<Position> = extras
            .new_places
            .iter()
            .map(|(_, origin)| origin.position)
            .collect();
        let detail = |at: usize| Detail::new(self, at, method.areas, if at == 0 { &new } else { &[] });
        let codes: BTreeSet<Pc4> = self.origins.iter().map(Origin::pc4).collect();
        let outlined = |code: &Pc4| method.areas.is_none_or(|areas| areas.get(*code).is_some());
        let known = |code: &Pc4| codes.contains(code);
        Page {
            people: if method.population.is_some() {
                "inwoners"
            } else {
                "postcodes"
            },
            radius: short(self.radius_m / 1_000.0).replace('.', ","),
            overview: self.overview(),
            details: (0..self.selections.len().min(DETAILED))
                .filter_map(detail)
                .collect(),
            municipalities: regions(self, 0, RegionLevel::Municipality),
            origins: self.origins.len(),
            six: self
                .origins
                .iter()
                .any(|origin| origin.postcode.letters().is_some()),
            dots: codes.iter().filter(|code| !outlined(code)).count(),
            strangers: method
                .areas
                .map_or(0, |areas| areas.codes().filter(|code| !known(code)).count()),
            method,
            extras,
        }
        .render()
    }

    fn overview(&self) -> Vec<Overview> {
        let several = self.selections.len() > 1;
        let all = self.selections.iter().zip(&self.totals).enumerate();
        all.filter(|_| several)
            .map(|(at, (selection, offerings))| Overview {
                selection: *selection,
                offerings: *offerings,
                summary: Summary::new(self, at),
            })
            .collect()
    }

    /// The four-digit postcodes, each with the distance to the nearest, by weight where it stands for several codes.
    fn by_four_digits(&self, selection: usize) -> Vec<(Pc4, Position, Option<f64>)> {
        let mut groups: BTreeMap<Pc4, Vec<(Position, f64, Option<f64>)>> = BTreeMap::new();
        for (origin, reach) in self.of(selection) {
            let one = (origin.position, origin.weight, reach.nearest_m[0]);
            groups.entry(origin.pc4()).or_default().push(one);
        }
        let mean = |(code, members): (Pc4, Vec<(Position, f64, Option<f64>)>)| {
            let (position, ..) = *members.get(members.len() / 2)?;
            let weighs: f64 = members.iter().map(|(_, weight, _)| weight).sum();
            let even = weighs <= 0.0;
            let sum: Option<f64> = members
                .iter()
                .map(|(_, weight, nearest)| Some(if even { 1.0 } else { *weight } * (*nearest)?))
                .sum();
            let count = f64::from(u32::try_from(members.len()).unwrap_or(u32::MAX));
            Some((
                code,
                position,
                sum.map(|sum| sum / if even { count } else { weighs }),
            ))
        };
        groups.into_iter().filter_map(mean).collect()
    }
}

impl<'a> Detail<'a> {
    fn new(coverage: &'a Coverage, at: usize, areas: Option<&Areas>, new: &[Position]) -> Option<Self> {
        let selection = *coverage.selections.get(at)?;
        let summary = Summary::new(coverage, at);
        let words = format!(
            "Kaart: hoe ver het dichtstbijzijnde aanbod is, per postcode. {}. De tabel hieronder heeft dezelfde cijfers.",
            selection.in_dutch()
        );
        Some(Self {
            selection,
            offerings: coverage.totals.get(at).copied().unwrap_or(0),
            map: postcodes(&words, &coverage.by_four_digits(at), areas, new),
            lorenz: (!summary.lorenz.is_empty()).then(|| curve(&summary).svg()),
            provinces: regions(coverage, at, RegionLevel::Province),
            gaps: gaps(coverage, at, GAPS),
            bins: bins(coverage, at),
            summary,
        })
    }
}

fn bins(coverage: &Coverage, selection: usize) -> Vec<Bin> {
    let mut from = 0;
    let mut bins: Vec<Bin> = DISTANCES_KM
        .into_iter()
        .zip(SHADES)
        .map(|(km, shade)| {
            let words = format!("{from} tot {km} km");
            from = km;
            Bin::empty(words, shade)
        })
        .collect();
    let last = SHADES.last().copied().unwrap_or_default();
    bins.push(Bin::empty(format!("verder dan {from} km, of nergens"), last));
    for (origin, reach) in coverage.of(selection) {
        if let Some(bin) = bins.get_mut(shade(reach.nearest_m[0])) {
            bin.postcodes += 1;
            bin.weight += origin.weight;
        }
    }
    let whole: f64 = bins.iter().map(|bin| bin.weight).sum();
    for bin in &mut bins {
        bin.percent = percent(bin.weight, whole);
    }
    bins
}

impl Summary {
    fn without_in_words(&self) -> String {
        tenths(self.percent_without())
    }

    fn gini_in_words(&self) -> String {
        self.gini.map_or_else(|| "–".to_owned(), hundredths)
    }
}

impl RegionRow {
    fn without_in_words(&self) -> String {
        tenths(self.percent_without())
    }
}

impl Bin {
    fn empty(words: String, shade: &'static str) -> Self {
        Self {
            words,
            shade,
            postcodes: 0,
            weight: 0.0,
            percent: 0.0,
        }
    }
}

fn curve(summary: &Summary) -> Plot {
    let points = summary
        .lorenz
        .iter()
        .map(|(x, y)| (100.0 * x, 100.0 * y))
        .collect();
    Plot {
        words: "Lorenzkromme van het aantal binnen de straal.".to_owned(),
        across: Axis::linear(
            "% van de mensen, van wie het minste heeft tot wie het meeste heeft",
            100.0,
        ),
        up: Axis::linear("% van alle toegang", 100.0),
        lines: vec![
            Line {
                name: "zoals het is".to_owned(),
                points,
            },
            Line {
                name: "ieder evenveel".to_owned(),
                points: vec![(0.0, 0.0), (100.0, 100.0)],
            },
        ],
    }
}
