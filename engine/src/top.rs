//! The best few of many, without sorting the many.

use std::{cmp::Ordering, collections::BinaryHeap};

/// A document on its way to the page, the smaller the better.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    /// Metres, or the negated score: smaller is better. Never NaN.
    pub(crate) key: f64,
    /// The place of its id among all ids, which breaks ties.
    pub(crate) id_rank: u32,
    pub(crate) doc: u32,
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key
            .total_cmp(&other.key)
            .then(self.id_rank.cmp(&other.id_rank))
    }
}

/// Keeps the best `capacity` of all that are pushed.
#[derive(Debug)]
pub(crate) struct Top {
    capacity: usize,
    heap: BinaryHeap<Ranked>,
}

impl Top {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            heap: BinaryHeap::with_capacity(capacity.min(1_000) + 1),
        }
    }

    pub(crate) fn push(&mut self, ranked: Ranked) {
        if self.heap.len() < self.capacity {
            self.heap.push(ranked);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    /// The worst key that still counts; anything above it can be passed over.
    pub(crate) fn bound(&self) -> f64 {
        match self.heap.peek() {
            Some(worst) if self.heap.len() == self.capacity => worst.key,
            _ if self.capacity == 0 => f64::NEG_INFINITY,
            _ => f64::INFINITY,
        }
    }

    /// The best first.
    pub(crate) fn into_sorted(self) -> Vec<Ranked> {
        self.heap.into_sorted_vec()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_best_are_kept_in_order(keys in prop::collection::vec(0..50_u32, 0..200), capacity in 0..30_usize) {
            let ranked = |(rank, key): (usize, &u32)| Ranked { key: f64::from(*key), id_rank: u32::try_from(rank).unwrap(), doc: 0 };
            let mut top = Top::new(capacity);
            keys.iter().enumerate().map(ranked).for_each(|r| top.push(r));
            let mut expected: Vec<_> = keys.iter().enumerate().map(ranked).collect();
            expected.sort();
            expected.truncate(capacity);
            prop_assert_eq!(top.into_sorted(), expected);
        }
    }
}
