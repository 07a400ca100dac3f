//! What is wished for again and again, as bits: a bit a document that has any of the terms.
//!
//! A word that is understood is several lists of postings. What many ask for is joined once, and is then one row of bits to read.
//! There is room for the first so many that are asked for often enough; a new generation begins anew. Nobody waits for anybody.

use std::{
    hash::{BuildHasher, Hash, Hasher},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use nabij_language::{TermField, Wish};
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use crate::{dense::mark, text::TermPostings, ways::Way};

/// At most so many are kept: 16 bytes a document.
const MOST: usize = 128;
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

/// The documents that meet a wish.
#[derive(Debug)]
pub(crate) struct Union {
    hash: u64,
    terms: Vec<(TermField, Box<str>)>,
    pub(crate) bits: Vec<u64>,
    /// How many there are.
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

    /// The documents that meet a wish, if they were joined.
    pub(crate) fn of(&self, wish: &Wish) -> Option<&Union> {
        self.find(wish, hash(wish))
    }

    /// Hears that a wish is asked for which is met in these ways; joins them when that has been often.
    pub(crate) fn hear(&self, wish: &Wish, ways: &[Way<'_>]) -> Result<Option<&Union>, std::io::Error> {
        let documents = ways.iter().map(|way| way.listed.documents());
        if ways.len() < 2 || documents.fold(0, u32::saturating_add) < self.documents / ONE_IN {
            return Ok(None);
        }
        let hash = hash(wish);
        if self.asked_before(hash) + 1 == ENOUGH && self.has_room() {
            self.keep(self.join(wish, hash, ways)?);
        }
        Ok(self.find(wish, hash))
    }

    fn find(&self, wish: &Wish, hash: u64) -> Option<&Union> {
        let mut kept = self.kept.iter().map_while(OnceLock::get);
        kept.find(|union| union.hash == hash && union.terms.iter().map(name).eq(names(wish)))
    }

    /// How often this was asked for before, about.
    fn asked_before(&self, hash: u64) -> u32 {
        let counter = usize::try_from(hash % COUNTERS).unwrap_or(0);
        let asked = self.asked.get(counter);
        asked.map_or(0, |asked| asked.fetch_add(1, Ordering::Relaxed))
    }

    fn has_room(&self) -> bool {
        self.kept.last().is_some_and(|last| last.get().is_none())
    }

    fn join(&self, wish: &Wish, hash: u64, ways: &[Way<'_>]) -> Result<Union, std::io::Error> {
        let mut bits = vec![0; self.documents.div_ceil(u64::BITS) as usize];
        for way in ways {
            let TermPostings {
                block, bits: dense, ..
            } = way.listed.postings(false)?;
            match dense {
                Some(dense) => (bits.iter_mut().zip(dense)).for_each(|(bits, dense)| *bits |= dense),
                None => mark(*block, &mut bits),
            }
        }
        Ok(Union {
            hash,
            terms: names(wish).map(|(field, term)| (field, term.into())).collect(),
            documents: bits.iter().map(|word| word.count_ones()).sum(),
            bits,
        })
    }

    fn keep(&self, mut union: Union) {
        for slot in &self.kept {
            match slot.set(union) {
                Ok(()) => return,
                Err(back) => union = back,
            }
        }
    }
}

/// What names a wish: its terms, whatever they are worth.
fn names(wish: &Wish) -> impl Iterator<Item = (TermField, &str)> {
    wish.terms.iter().map(|term| (term.field, &*term.term))
}

fn name((field, term): &(TermField, Box<str>)) -> (TermField, &str) {
    (*field, term)
}

fn hash(wish: &Wish) -> u64 {
    let mut hasher = Xxh3DefaultBuilder.build_hasher();
    names(wish).for_each(|name| name.hash(&mut hasher));
    hasher.finish()
}
