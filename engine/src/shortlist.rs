//! The best few of many, without sorting the many.
//!
//! Candidates are collected with a quick key. Whenever there are too many, those that can no longer be among the
//! best are dropped, and the bound for new ones is lowered. Only what is left at the end is compared exactly.

/// A candidate: the smaller its key the better.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    key: f64,
    doc: u32,
}

/// A document of the page, with the key that it was ordered by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) key: f64,
    pub(crate) doc: u32,
}

/// What the quick keys are worth.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keys {
    /// They are what the order is by.
    Exact,
    /// They are nearly that; the function gives the largest key that cannot be told from a given one.
    Blurred(fn(f64) -> f64),
}

/// Keeps the best `wanted` of all that are pushed, and those that only an exact comparison can tell from them.
#[derive(Debug)]
pub(crate) struct Shortlist<'a> {
    wanted: usize,
    /// The place of each document's id among all ids, which breaks ties.
    id_ranks: &'a [u32],
    keys: Keys,
    bound: f64,
    candidates: Vec<Candidate>,
    /// How many may be kept before the next clearing.
    room: usize,
}

/// How many more than wanted are kept before the first clearing, at least.
const SPARE: usize = 40;

impl<'a> Shortlist<'a> {
    pub(crate) fn new(wanted: usize, id_ranks: &'a [u32], keys: Keys) -> Self {
        let room = wanted + wanted.max(SPARE);
        Self {
            wanted,
            id_ranks,
            keys,
            bound: if wanted == 0 {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            },
            candidates: Vec::with_capacity(room.min(1_000)),
            room,
        }
    }

    /// Whether any are wanted.
    pub(crate) fn wants(&self) -> bool {
        self.wanted > 0
    }

    /// Keys above this need not be pushed.
    pub(crate) fn bound(&self) -> f64 {
        self.bound
    }

    /// How many candidates there are. Below the number wanted, these are all that were pushed.
    pub(crate) fn len(&self) -> usize {
        self.candidates.len()
    }

    #[inline]
    pub(crate) fn push(&mut self, key: f64, doc: u32) {
        if key <= self.bound {
            self.candidates.push(Candidate { key, doc });
            if self.candidates.len() >= self.room {
                self.clear();
            }
        }
    }

    /// Drops whoever cannot be among the best, and lowers the bound. Gives the key of the last of the best, if there
    /// are as many as wanted.
    pub(crate) fn clear(&mut self) -> Option<f64> {
        let last = self
            .wanted
            .checked_sub(1)
            .filter(|last| *last < self.candidates.len())?;
        let id_ranks = self.id_ranks;
        let rank = |candidate: &Candidate| id_ranks.get(candidate.doc as usize);
        let order =
            |a: &Candidate, b: &Candidate| a.key.total_cmp(&b.key).then_with(|| rank(a).cmp(&rank(b)));
        let (_, worst, _) = self.candidates.select_nth_unstable_by(last, order);
        let worst = *worst;
        match self.keys {
            Keys::Exact => {
                self.bound = worst.key;
                self.candidates
                    .retain(|candidate| order(candidate, &worst).is_le());
            }
            Keys::Blurred(blur) => {
                let bound = blur(worst.key);
                self.bound = bound;
                self.candidates.retain(|candidate| candidate.key <= bound);
            }
        }
        self.room = self.room.max(2 * self.candidates.len());
        Some(worst.key)
    }

    /// The best, in order of their exact keys; ties by id. `exact` gives none for who is out after all.
    pub(crate) fn finish(mut self, mut exact: impl FnMut(u32, f64) -> Option<f64>) -> Vec<Ranked> {
        self.clear();
        let mut ranked: Vec<(f64, u32, u32)> = self
            .candidates
            .iter()
            .filter_map(|candidate| {
                let key = exact(candidate.doc, candidate.key)?;
                let id_rank = self.id_ranks.get(candidate.doc as usize)?;
                Some((key, *id_rank, candidate.doc))
            })
            .collect();
        ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        ranked.truncate(self.wanted);
        ranked
            .into_iter()
            .map(|(key, _, doc)| Ranked { key, doc })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Quick keys are off by up to one; exact ones decide.
        #[test]
        fn the_best_are_kept_in_order(
            keys in prop::collection::vec((0..50_u32, 0..2_u32), 0..400),
            wanted in 0..30_usize,
        ) {
            let ranks: Vec<u32> = (0..400).map(|doc| doc * 7 % 401).collect();
            let mut shortlist = Shortlist::new(wanted, &ranks, Keys::Blurred(|key| key + 1.0));
            for (doc, (key, off)) in (0..).zip(&keys) {
                shortlist.push(f64::from(key + off), doc);
            }
            let exact = |doc: u32, _| Some(f64::from(keys[doc as usize].0));
            let found: Vec<u32> = shortlist.finish(exact).into_iter().map(|ranked| ranked.doc).collect();
            let mut expected: Vec<u32> = (0..).take(keys.len()).collect();
            expected.sort_by_key(|doc| (keys[*doc as usize].0, ranks[*doc as usize]));
            expected.truncate(wanted);
            prop_assert_eq!(found, expected);
        }
    }
}
