//! The obvious answer: look at every offering. Slow, and easy to believe.
#![expect(clippy::cast_precision_loss, reason = "corpora of a hundred")]

use std::collections::{HashMap, HashSet};

use nabij_atlas::{Atlas, distance_m};
use nabij_engine::{Area, Criteria, Query, Region, Sort, terms};
use nabij_offering::{Feature, Kind, Offering, ServiceArea, Theme};

/// What the engine should say, with ids in place of document numbers.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) total: u64,
    pub(crate) ids: Vec<String>,
    pub(crate) area_wide_total: u64,
    pub(crate) area_wide: Vec<String>,
    pub(crate) kind: [u64; Kind::ALL.len()],
    pub(crate) theme: [u64; Theme::ALL.len()],
    pub(crate) feature: [u64; Feature::ALL.len()],
}

/// The ids that some criteria select.
pub(crate) fn selected(atlas: &Atlas, offerings: &[Offering], criteria: &Criteria) -> HashSet<String> {
    let in_territory = |offering: &Offering| {
        let Some(territory) = &criteria.territory else {
            return true;
        };
        match offering.place {
            None => offering
                .service_areas
                .iter()
                .any(|area| territory.is_served_by(area)),
            Some(place) => {
                let own = offering.postcode.map(nabij_atlas::Postcode::pc4);
                let nearest = || atlas.nearest_postcode(place.position).map(|(area, _)| area.pc4);
                territory.contains(own.or_else(nearest), place.position)
            }
        }
    };
    let selects = |offering: &&Offering| {
        let meets = || {
            (criteria.kinds.is_empty() || criteria.kinds.contains(offering.kind))
                && (criteria.themes.is_empty() || criteria.themes.intersects(offering.themes))
                && in_territory(offering)
        };
        !criteria.blocked.contains(&offering.id) && (criteria.pinned.contains(&offering.id) || meets())
    };
    let ids = offerings.iter().filter(selects);
    ids.map(|offering| offering.id.clone()).collect()
}

/// What a profile makes of a corpus.
#[derive(Default)]
pub(crate) struct Seen {
    /// The only ids that may be seen, if not all.
    pub(crate) ids: Option<HashSet<String>>,
    /// The ids that come first.
    pub(crate) pinned: Vec<String>,
}

impl Seen {
    pub(crate) fn new(atlas: &Atlas, offerings: &[Offering], criteria: &Criteria) -> Self {
        Self {
            ids: Some(selected(atlas, offerings, criteria)),
            pinned: criteria.pinned.clone(),
        }
    }

    /// Before what has no pin, in their order.
    fn pin(&self, offering: &Offering) -> usize {
        let place = self.pinned.iter().position(|id| *id == offering.id);
        place.unwrap_or(usize::MAX)
    }
}

pub(crate) fn answer(offerings: &[Offering], query: &Query, seen: &Seen) -> Answer {
    let scores = Scores::new(offerings, &query.text);
    let matching = |offering: &&Offering| {
        seen.ids.as_ref().is_none_or(|ids| ids.contains(&offering.id))
            && (query.kinds.is_empty() || query.kinds.contains(offering.kind))
            && (query.themes.is_empty() || query.themes.intersects(offering.themes))
            && query
                .features
                .iter()
                .all(|feature| offering.features().contains(feature))
            && scores.of(offering).is_some()
    };
    let (placed, wide): (Vec<&Offering>, Vec<&Offering>) = offerings
        .iter()
        .filter(matching)
        .partition(|offering| offering.place.is_some());
    let found: Vec<&Offering> = placed
        .into_iter()
        .filter(|offering| in_area(offering, query.area))
        .collect();
    let relevance = query.sort == Sort::Relevance && scores.has_words();
    let key = |offering: &Offering| match query.origin {
        _ if relevance => -scores.of(offering).unwrap(),
        Some(origin) => distance_m(origin, offering.place.unwrap().position),
        None => 0.0,
    };
    let serving: Vec<(&Offering, u8)> = wide
        .into_iter()
        .filter_map(|offering| Some((offering, reach(offering, query.region.as_ref())?)))
        .collect();
    let wide_key = |(offering, reach): &(&Offering, u8)| match query.sort {
        Sort::Relevance => -scores.of(offering).unwrap(),
        Sort::Distance => f64::from(*reach),
    };
    Answer {
        total: found.len() as u64,
        kind: std::array::from_fn(|at| found.iter().filter(|o| o.kind == Kind::ALL[at]).count() as u64),
        theme: std::array::from_fn(|at| {
            found.iter().filter(|o| o.themes.contains(Theme::ALL[at])).count() as u64
        }),
        feature: std::array::from_fn(|at| {
            let has = |o: &&&Offering| o.features().contains(Feature::ALL[at]);
            found.iter().filter(has).count() as u64
        }),
        ids: page(
            found
                .iter()
                .map(|o| (seen.pin(o), key(o), o.id.clone()))
                .collect(),
            query.offset,
            query.limit,
        ),
        area_wide_total: serving.len() as u64,
        area_wide: page(
            serving
                .iter()
                .map(|found| (seen.pin(found.0), wide_key(found), found.0.id.clone()))
                .collect(),
            query.area_wide_offset,
            if query.offset == 0 { query.limit } else { 0 },
        ),
    }
}

fn page(mut keyed: Vec<(usize, f64, String)>, offset: usize, limit: usize) -> Vec<String> {
    keyed.sort_by(|a, b| {
        let by_key = || a.1.total_cmp(&b.1).then_with(|| a.2.cmp(&b.2));
        a.0.cmp(&b.0).then_with(by_key)
    });
    keyed
        .into_iter()
        .skip(offset)
        .take(limit)
        .map(|(_, _, id)| id)
        .collect()
}

fn in_area(offering: &Offering, area: Area) -> bool {
    let position = offering.place.unwrap().position;
    match area {
        Area::Anywhere => true,
        Area::Circle { centre, radius_m } => distance_m(centre, position) <= radius_m,
        Area::Box(bbox) => {
            let (low, high) = (bbox.south_west, bbox.north_east);
            let lon = if low.lon() <= high.lon() {
                low.lon() <= position.lon() && position.lon() <= high.lon()
            } else {
                position.lon() >= low.lon() || position.lon() <= high.lon()
            };
            low.lat() <= position.lat() && position.lat() <= high.lat() && lon
        }
    }
}

fn reach(offering: &Offering, region: Option<&Region>) -> Option<u8> {
    let same = |name: &str, of: fn(&Region) -> &Option<String>| {
        region
            .and_then(|region| of(region).as_ref())
            .is_some_and(|known| known.eq_ignore_ascii_case(name))
    };
    offering
        .service_areas
        .iter()
        .filter_map(|area| match area {
            ServiceArea::Pc4(ranges) => {
                let pc4 = region?.pc4?;
                ranges.iter().any(|range| range.contains(pc4)).then_some(0)
            }
            ServiceArea::Municipality(name) => same(name, |region| &region.municipality).then_some(1),
            ServiceArea::Province(name) => same(name, |region| &region.province).then_some(2),
            ServiceArea::National => Some(3),
            ServiceArea::Telephone => Some(4),
            ServiceArea::Online => Some(5),
        })
        .min()
}

/// BM25 with the title counted three times, straight from the formula.
struct Scores {
    words: Vec<String>,
    scores: HashMap<String, Option<f64>>,
}

impl Scores {
    fn new(offerings: &[Offering], text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in terms(text) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let bags: Vec<Vec<String>> = offerings
            .iter()
            .map(|offering| {
                let title = terms(&offering.title);
                [title.clone(), title.clone(), title, terms(&offering.description)].concat()
            })
            .collect();
        let count = |bag: &Vec<String>, word: &String| bag.iter().filter(|term| *term == word).count();
        let mut frequencies: Vec<(usize, &String)> = words
            .iter()
            .map(|word| (bags.iter().filter(|bag| count(bag, word) > 0).count(), word))
            .collect();
        frequencies.sort_by_key(|(frequency, _)| *frequency);
        let documents = offerings.len() as f64;
        let mean = bags.iter().map(|bag| bag.len() as f64).sum::<f64>() / documents.max(1.0);
        let score = |bag: &Vec<String>| {
            let mut sum = 0.0;
            for (frequency, word) in &frequencies {
                let times = count(bag, word) as f64;
                if times == 0.0 {
                    return None;
                }
                let idf = (1.0 + (documents - *frequency as f64 + 0.5) / (*frequency as f64 + 0.5)).ln();
                let norm = 1.2 * (1.0 - 0.25 + 0.25 * bag.len() as f64 / mean);
                sum += idf * times * (1.2 + 1.0) / (times + norm);
            }
            Some(sum)
        };
        let scores = offerings
            .iter()
            .zip(&bags)
            .map(|(offering, bag)| (offering.id.clone(), score(bag)))
            .collect();
        Self { words, scores }
    }

    fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    fn of(&self, offering: &Offering) -> Option<f64> {
        self.scores[&offering.id]
    }
}
