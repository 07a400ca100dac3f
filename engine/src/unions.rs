//! What is wished for again and again, as bits: a bit a document that has any of the terms.
//!
//! A word that is understood is several lists of postings. What many ask for is joined once, and is then one row of bits to read.
//! There is room for the first so many that are asked for often enough; a new generation begins anew. Nobody waits for anybody.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use nabij_language::TermField;
use xxhash_rust::xxh3::xxh3_64;

use crate::{dense::mark, text::TermPostings, ways::Way};

/// At most so many are kept: 6 bytes a document.
const MOST: usize = 48;
/// What was asked for so often is joined.
const ENOUGH: u32 = 8;
/// Counters of how often something was asked for. That two wishes share one does no harm.
const COUNTERS: u64 = 1 << 12;
/// What fewer documents have, of so many, is quickly found by postings.
const ONE_IN: u32 = 1_024;

/// The joined lists of an index.
#[derive(Debug)]
pub(crate) struct Unions {
    documents: u32,
    asked: Box<[AtomicU32]>,
    /// Filled from the first on.
    kept: Box<[OnceLock<Union>]>,
}

/// Lists of postings, joined.
#[derive(Debug)]
pub(crate) struct Union {
    /// Where the lists lie: that names them.
    lists: Vec<u64>,
    pub(crate) bits: Vec<u64>,
    /// How many documents these are.
    pub(crate) documents: u32,
}

impl Unions {
    /// For an index of so many documents.
    pub(crate) fn new(documents: u32) -> Self {
        Self {
            documents,
            asked: (0..COUNTERS).map(|_| AtomicU32::default()).collect(),
            kept: (0..MOST).map(|_| OnceLock::new()).collect(),
        }
    }

    /// The documents that meet a wish in any of several ways, if it has been asked for often.
    pub(crate) fn of(&self, ways: &[Way<'_>]) -> Result<Option<&Union>, std::io::Error> {
        let [_, _, ..] = ways else { return Ok(None) };
        let frequency = ways
            .iter()
            .map(|way| way.listed.documents())
            .fold(0, u32::saturating_add);
        if frequency < self.documents / ONE_IN {
            return Ok(None);
        }
        let lists: Vec<u64> = ways.iter().map(list).collect();
        if let Some(union) = self.find(&lists) {
            return Ok(Some(union));
        }
        if self.asked_before(&lists) + 1 == ENOUGH {
            self.keep(lists.clone(), ways)?;
        }
        Ok(self.find(&lists))
    }

    /// How often this was asked for before, about.
    fn asked_before(&self, lists: &[u64]) -> u32 {
        let hash = xxh3_64(bytemuck::cast_slice(lists));
        let counter = usize::try_from(hash % COUNTERS).unwrap_or(0);
        let asked = self.asked.get(counter);
        asked.map_or(0, |asked| asked.fetch_add(1, Ordering::Relaxed))
    }

    fn find(&self, lists: &[u64]) -> Option<&Union> {
        let mut kept = self.kept.iter().map_while(OnceLock::get);
        kept.find(|union| union.lists == lists)
    }

    fn keep(&self, lists: Vec<u64>, ways: &[Way<'_>]) -> Result<(), std::io::Error> {
        if self.kept.last().is_none_or(|last| last.get().is_some()) {
            return Ok(());
        }
        let mut bits = vec![0; self.documents.div_ceil(u64::BITS) as usize];
        for way in ways {
            let TermPostings {
                block, bits: dense, ..
            } = way.listed.postings(false)?;
            match dense {
                Some(dense) => bits
                    .iter_mut()
                    .zip(dense)
                    .for_each(|(bits, dense)| *bits |= dense),
                None => mark(*block, &mut bits),
            }
        }
        let documents = bits.iter().map(|word| word.count_ones()).sum();
        let mut union = Union {
            lists,
            bits,
            documents,
        };
        for slot in &self.kept {
            match slot.set(union) {
                Ok(()) => break,
                Err(back) => union = back,
            }
        }
        Ok(())
    }
}

/// What names the list of a way: where it lies, in which of the two indexes.
fn list(way: &Way<'_>) -> u64 {
    way.listed.offset() << 1 | u64::from(way.term.field != TermField::Text)
}
