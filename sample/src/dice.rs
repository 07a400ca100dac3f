//! Chance that falls the same way on every machine.

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_pcg::Pcg64Mcg;

/// Everything random comes from here, and only as whole numbers: `ln` and `cos` differ between machines in the
/// last digit, and one digit would change the committed sample.
#[derive(Debug)]
pub(crate) struct Dice(Pcg64Mcg);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// One of the items; none if there are none.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.choose(&mut self.0)
    }

    /// One of the texts, empty if there are none.
    pub(crate) fn text(&mut self, texts: &[&'static str]) -> &'static str {
        self.pick(texts).copied().unwrap_or_default()
    }

    /// A number from 0 up to, but not including, the bound; 0 if that is 0.
    pub(crate) fn number(&mut self, bound: u32) -> u32 {
        self.0.random_range(0..bound.max(1))
    }

    /// The same, as the place of an item.
    pub(crate) fn below(&mut self, bound: u8) -> usize {
        self.0.random_range(0..bound.max(1)).into()
    }

    /// True once in so many times.
    pub(crate) fn one_in(&mut self, times: u32) -> bool {
        self.number(times) == 0
    }

    /// A distance along one axis in metres, spread like a bell with a standard deviation of 400.
    ///
    /// The sum of four even spreads is close enough to a bell, and is exact.
    pub(crate) fn offset_m(&mut self) -> i32 {
        (0..4).map(|_| self.0.random_range(-346..=346)).sum()
    }
}
