//! Where new places would help most people who have nothing near.
//!
//! This is the maximal covering location problem (R. Church and C. `ReVelle`, "The maximal covering location problem",
//! Papers of the Regional Science Association 32, 1974): choose k of the candidates so that most weight lies within
//! the radius of one. To solve it exactly takes too long. Chosen is greedily, each time the candidate that gains most;
//! that gains at least 1 − 1/e, 63 %, of what the best k would (G. Nemhauser, L. Wolsey and M. Fisher, "An analysis of
//! approximations for maximizing submodular set functions", Mathematical Programming 14, 1978). Gains only shrink, so a
//! candidate is looked at again only when it stands in front (M. Minoux, "Accelerated greedy algorithms", 1978).

use std::{cmp::Ordering, collections::BinaryHeap};

use nabij_atlas::{EARTH_RADIUS_M, Position, distance_m};

use super::{Coverage, Origin};

/// A place to open something.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPlace {
    /// Which of the candidates.
    pub candidate: usize,
    /// The weight that then has something within the radius and had not before.
    pub gained: f64,
    /// What is left without.
    pub left_without: f64,
}

/// More places than there are candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{wanted} new places cannot be chosen: there are {candidates} postcodes")]
pub struct TooMany {
    /// How many were asked for.
    pub wanted: usize,
    /// How many there are to choose from.
    pub candidates: usize,
}

/// Chooses up to `wanted` of the candidates for a selection, by its place in the coverage; fewer when no other gains
/// anything.
pub fn new_places(
    coverage: &Coverage,
    selection: usize,
    candidates: &[Origin],
    wanted: usize,
) -> Result<Vec<NewPlace>, TooMany> {
    if wanted > candidates.len() {
        return Err(TooMany {
            wanted,
            candidates: candidates.len(),
        });
    }
    let without: Vec<(Position, f64)> = coverage
        .of(selection)
        .filter(|(origin, reach)| reach.within == 0 && origin.weight > 0.0)
        .map(|(origin, _)| (origin.position, origin.weight))
        .collect();
    let positions: Vec<Position> = candidates.iter().map(|candidate| candidate.position).collect();
    Ok(greedy(&without, &positions, coverage.radius_m, wanted))
}

/// A candidate and what it gains at most.
struct Standing {
    gain: f64,
    candidate: usize,
    /// How many were chosen when the gain was computed.
    round: usize,
}

impl Ord for Standing {
    /// The greatest gain is in front; at the same gain, the first of the candidates.
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain
            .total_cmp(&other.gain)
            .then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Standing {}

fn greedy(
    without: &[(Position, f64)],
    candidates: &[Position],
    radius_m: f64,
    wanted: usize,
) -> Vec<NewPlace> {
    let helped = helped(without, candidates, radius_m);
    let mut open = vec![true; without.len()];
    let gain = |candidate: usize, open: &[bool]| -> f64 {
        let points = helped.get(candidate).into_iter().flatten();
        let weights = points
            .filter(|at| open.get(**at) == Some(&true))
            .filter_map(|at| without.get(*at));
        weights.map(|(_, weight)| weight).sum()
    };
    let standing = |candidate: usize, round: usize, open: &[bool]| Standing {
        gain: gain(candidate, open),
        candidate,
        round,
    };
    let mut queue: BinaryHeap<Standing> = (0..candidates.len())
        .map(|candidate| standing(candidate, 0, &open))
        .collect();
    let mut left_without: f64 = without.iter().map(|(_, weight)| weight).sum();
    let mut chosen: Vec<NewPlace> = Vec::new();
    while chosen.len() < wanted
        && let Some(best) = queue.pop()
    {
        if best.round < chosen.len() {
            queue.push(standing(best.candidate, chosen.len(), &open));
            continue;
        }
        if best.gain <= 0.0 {
            break;
        }
        for at in helped.get(best.candidate).into_iter().flatten() {
            if let Some(point) = open.get_mut(*at) {
                *point = false;
            }
        }
        left_without = (left_without - best.gain).max(0.0);
        chosen.push(NewPlace {
            candidate: best.candidate,
            gained: best.gain,
            left_without,
        });
    }
    chosen
}

/// Of each candidate, who lies within its radius.
fn helped(without: &[(Position, f64)], candidates: &[Position], radius_m: f64) -> Vec<Vec<usize>> {
    // From south to north, so that only those at about the same latitude are measured.
    let mut by_lat: Vec<usize> = (0..without.len()).collect();
    let lat = |at: usize| without.get(at).map_or(0.0, |(position, _)| position.lat());
    by_lat.sort_by(|a, b| lat(*a).total_cmp(&lat(*b)));
    let reach = (radius_m / EARTH_RADIUS_M).to_degrees() + 1e-6;
    let helped_by = |candidate: &Position| {
        let start = by_lat.partition_point(|at| lat(*at) < candidate.lat() - reach);
        let near = by_lat
            .iter()
            .skip(start)
            .take_while(|at| lat(**at) <= candidate.lat() + reach);
        let within = near.filter(|at| {
            let point = without.get(**at);
            point.is_some_and(|(position, _)| distance_m(*candidate, *position) <= radius_m)
        });
        within.copied().collect()
    };
    candidates.iter().map(helped_by).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn position() -> impl Strategy<Value = Position> {
        (52.0..52.2_f64, 5.0..5.3_f64).prop_map(|(lat, lon)| Position::new(lat, lon).unwrap())
    }

    fn covered(without: &[(Position, f64)], chosen: &[Position], radius_m: f64) -> f64 {
        let near = |position: &Position| {
            chosen
                .iter()
                .any(|place| distance_m(*place, *position) <= radius_m)
        };
        without
            .iter()
            .filter(|(position, _)| near(position))
            .map(|(_, weight)| weight)
            .sum()
    }

    /// The most that any `wanted` candidates cover.
    fn best(without: &[(Position, f64)], candidates: &[Position], radius_m: f64, wanted: usize) -> f64 {
        (0..1_u32 << candidates.len())
            .filter(|choice| choice.count_ones() as usize <= wanted)
            .map(|choice| {
                let chosen: Vec<Position> = (0..candidates.len())
                    .filter(|at| choice >> at & 1 == 1)
                    .map(|at| candidates[at])
                    .collect();
                covered(without, &chosen, radius_m)
            })
            .fold(0.0, f64::max)
    }

    proptest! {
        #[test]
        fn what_is_chosen_is_greedy_and_near_the_best(
            without in prop::collection::vec((position(), 1.0..500.0_f64), 0..25),
            candidates in prop::collection::vec(position(), 1..9),
            radius_m in 0.0..9_000.0_f64,
            wanted in 0..5_usize,
        ) {
            let chosen = greedy(&without, &candidates, radius_m, wanted);
            let mut places: Vec<Position> = Vec::new();
            for place in &chosen {
                let before = covered(&without, &places, radius_m);
                // No candidate would have gained more.
                let most = candidates.iter().map(|candidate| {
                    let with: Vec<Position> = places.iter().chain([candidate]).copied().collect();
                    covered(&without, &with, radius_m) - before
                }).fold(0.0, f64::max);
                places.push(candidates[place.candidate]);
                let gained = covered(&without, &places, radius_m) - before;
                prop_assert!((place.gained - gained).abs() < 1e-6 && gained >= most - 1e-6);
            }
            let reached = covered(&without, &places, radius_m);
            let bound = 1.0 - std::f64::consts::E.recip();
            prop_assert!(reached >= bound * best(&without, &candidates, radius_m, wanted) - 1e-6);
        }
    }

    #[test]
    fn choosing_stops_when_nothing_is_left_to_gain() {
        let at = |lat: f64| Position::new(lat, 5.0).unwrap();
        let chosen = greedy(
            &[(at(52.0), 10.0), (at(52.5), 30.0)],
            &[at(52.0), at(52.1), at(52.5)],
            1_000.0,
            3,
        );
        let gained: Vec<(usize, f64, f64)> = chosen
            .iter()
            .map(|place| (place.candidate, place.gained, place.left_without))
            .collect();
        assert_eq!(gained, [(2, 30.0, 10.0), (0, 10.0, 0.0)]);
    }
}
