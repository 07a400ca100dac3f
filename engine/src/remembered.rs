//! What was counted within a selection once: for a frequent word, how many documents with a place have it, by attribute.
//!
//! The sums of an index (`frequent`) are of all its documents. Within a selection the first query counts, and the next
//! ones read what it counted. So a selection costs no time before somebody asks, and little memory after.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use crate::{attributes::ATTRIBUTES, frequent::Sums};

/// How many words are remembered, those that were asked first: 80 kB.
const MOST: usize = 512;

/// The sums that were counted so far.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<HashMap<u64, Counted>>);

/// Sums of which only so many attributes were counted.
#[derive(Debug, Clone, Copy)]
struct Counted {
    attributes: usize,
    sums: Sums,
}

impl Remembered {
    /// The sums of a word, if at least so many of its attributes were counted.
    pub(crate) fn sums(&self, word: u64, attributes: usize) -> Option<Sums> {
        let counted = *self.words().get(&word)?;
        (counted.attributes >= attributes).then_some(counted.sums)
    }

    /// Keeps the sums of a word, of which so many attributes were counted.
    pub(crate) fn keep(&self, word: u64, attributes: usize, total: u64, counts: &[u64; ATTRIBUTES]) {
        let sums = Sums::new(word, total, counts);
        let mut words = self.words();
        if words.len() < MOST || words.contains_key(&word) {
            words.insert(word, Counted { attributes, sums });
        }
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.words().capacity() * size_of::<(u64, Counted)>()
    }

    /// Who panicked with the lock left nothing half done.
    fn words(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
