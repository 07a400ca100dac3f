//! The same offering from two sources is one result with two sources.
//!
//! Sources are given in order of priority. A first reading finds which offerings may be the same ([`candidates`]), a
//! second keeps those back while the others go on, [`score`] decides, and [`merge`] makes one out of those that are
//! surely the same: priority says whose registration it is, trust whose word stands. What may be the same stands in the report, and both stay in the index: a resident is
//! better served by a result that is there twice than by one that is gone.

mod candidates;
mod merge;
mod score;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use nabij_offering::Offering;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

pub(crate) use candidates::Candidates;
use score::{CERTAIN, POSSIBLE, score};

use crate::report::{Duplicate, Origin};

/// An offering that is kept back, and where it came from.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) offering: Offering,
    pub(crate) origin: Origin,
    /// The number of its source, in order of priority.
    pub(crate) source: u16,
    /// How far the word of its source is taken when sources disagree, from 0 to 100.
    pub(crate) trust: u8,
}

/// What came of the offerings that were kept back.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Those that go into the index, and where they came from.
    pub(crate) offerings: Vec<(Origin, Offering)>,
    /// The sources of the offerings that became part of another.
    pub(crate) absorbed: Vec<u16>,
    /// Pairs that were made one, the one that is kept first; one for each that became part of another.
    pub(crate) merged: Vec<Duplicate>,
    /// Pairs about which an editor is to decide.
    pub(crate) possible: Vec<Duplicate>,
}

/// The offerings that are to be kept back, by number.
pub(crate) fn members(pairs: &[(u32, u32)]) -> BTreeSet<u32> {
    pairs.iter().flat_map(|(a, b)| [*a, *b]).collect()
}

/// Decides about the pairs. Of each group at most one offering a source is merged, the surest pairs first.
pub(crate) fn resolve(mut held: BTreeMap<u32, Held>, pairs: &[(u32, u32)]) -> Resolved {
    let mut scored: Vec<(i32, u32, u32)> = Vec::new();
    for (a, b) in pairs {
        if let (Some(one), Some(other)) = (held.get(a), held.get(b)) {
            scored.push((score(&one.offering, &other.offering), *a, *b));
        }
    }
    scored.retain(|(points, ..)| *points >= POSSIBLE);
    scored.sort_by_key(|(points, a, b)| (-points, *a, *b));
    let mut groups = Groups::default();
    let mut resolved = Resolved::default();
    for (points, a, b) in scored {
        let (Some(one), Some(other)) = (held.get(&a), held.get(&b)) else {
            continue;
        };
        if groups.together(a, b) {
            continue;
        }
        let pair = Duplicate {
            kept: one.origin.clone(),
            other: other.origin.clone(),
            score: points,
            disagree: merge::disagreements(&one.offering, &other.offering),
        };
        if points >= CERTAIN && groups.join((a, one.source), (b, other.source)) {
            resolved.merged.push(pair);
        } else {
            resolved.possible.push(pair);
        }
    }
    for group in groups.groups.into_iter().map(BTreeMap::into_keys) {
        // The lowest number has the highest priority.
        let members: Vec<Held> = group.filter_map(|number| held.remove(&number)).collect();
        let absorbed = members.iter().skip(1).map(|other| other.source);
        resolved.absorbed.extend(absorbed);
        resolved.offerings.extend(merge::merge(members));
    }
    resolved
        .offerings
        .extend(held.into_values().map(|held| (held.origin, held.offering)));
    resolved
}

/// Offerings that are one, by number, with their sources.
#[derive(Debug, Default)]
struct Groups {
    groups: Vec<BTreeMap<u32, u16>>,
    group_of: HashMap<u32, usize>,
}

impl Groups {
    fn together(&self, a: u32, b: u32) -> bool {
        self.group_of
            .get(&a)
            .is_some_and(|group| self.group_of.get(&b) == Some(group))
    }

    /// Puts the groups of two offerings together, unless a source would be in it twice. They are not together yet.
    fn join(&mut self, a: (u32, u16), b: (u32, u16)) -> bool {
        let (one, other) = (self.group(a), self.group(b));
        let sources: BTreeSet<u16> = self
            .groups
            .get(one)
            .into_iter()
            .flat_map(BTreeMap::values)
            .copied()
            .collect();
        let joining = self.groups.get(other).cloned().unwrap_or_default();
        if joining.values().any(|source| sources.contains(source)) {
            return false;
        }
        self.group_of.extend(joining.keys().map(|number| (*number, one)));
        if let Some(other) = self.groups.get_mut(other) {
            other.clear();
        }
        if let Some(one) = self.groups.get_mut(one) {
            one.extend(joining);
        }
        true
    }

    /// The group of an offering, made if it is in none.
    fn group(&mut self, (number, source): (u32, u16)) -> usize {
        *self.group_of.entry(number).or_insert_with(|| {
            self.groups.push(BTreeMap::from([(number, source)]));
            self.groups.len() - 1
        })
    }
}

/// The words of a text in lower case, without accents.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
