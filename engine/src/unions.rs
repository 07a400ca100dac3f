//! What is wished for again and again, as bits: a bit a document that has any of the terms, and what that is worth to it.
//!
//! A word that is understood is several lists of postings. What many ask for is joined once, by one of those who ask for it, and is
//! then one row of bits to read. There is room for the first that are asked for often enough; a new generation begins anew.

use std::{
    hash::{BuildHasher, Hash, Hasher},
    sync::{
        OnceLock,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
};

use nabij_language::{Wish, WishTerm};
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use crate::{
    array::{Array, Fresh},
    attributes::each_document,
    conjunction::STRETCH,
    cursor::{Clause, Cursor},
    impacts::{Impacts, Making},
    matches::Matches,
    ways::Way,
};

/// At most so many bytes a document are taken: room for some 360 wishes that one document in eight meets.
const MOST: usize = 72;
/// Places for more than there is room for, since each takes a bit a document at least.
const PLACES: usize = 1 << 10;
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
    /// How many bytes are taken.
    taken: AtomicUsize,
    /// Each where its hash says, or in the first free place behind.
    places: Box<[OnceLock<Box<Union>>]>,
}

/// The documents that meet a wish.
#[derive(Debug)]
pub(crate) struct Union {
    hash: u64,
    terms: Vec<WishTerm>,
    pub(crate) bits: Array<u64>,
    /// How many there are.
    pub(crate) documents: u32,
    /// What that is worth to each; none if there are too many different ones.
    pub(crate) impacts: Option<Impacts>,
}

impl Unions {
    /// For an index of so many documents.
    pub(crate) fn new(documents: u32) -> Self {
        Self {
            documents,
            asked: (0..COUNTERS).map(|_| AtomicU32::default()).collect(),
            taken: AtomicUsize::default(),
            places: (0..PLACES).map(|_| OnceLock::new()).collect(),
        }
    }

    /// The documents that meet a wish, if they were joined.
    pub(crate) fn find(&self, named: &Named<'_>) -> Option<&Union> {
        let mut kept = self
            .places_for(named.hash)
            .map_while(OnceLock::get)
            .map(|union| &**union);
        kept.find(|union| union.hash == named.hash && union.terms == named.wish.terms)
    }

    /// Hears that a wish is asked for which is met in these ways. True if that has been often, and it is not joined yet and there is
    /// room for it.
    pub(crate) fn hear(&self, named: &Named<'_>, ways: &[Way<'_>]) -> bool {
        let documents = self.most_of(ways);
        if ways.is_empty()
            || documents < self.documents / ONE_IN
            || !self.has_room(self.most_bytes(documents))
        {
            return false;
        }
        let often = self
            .counter(named.hash)
            .is_some_and(|asked| asked.fetch_add(1, Ordering::Relaxed) + 1 >= ENOUGH);
        often && self.find(named).is_none()
    }

    /// Joins the ways to meet a wish, unless somebody else is about to, or there is no room. `norm` is what the length of a
    /// document comes to.
    pub(crate) fn join(
        &self,
        named: &Named<'_>,
        ways: &[Way<'_>],
        norm: impl Fn(u32) -> f64,
    ) -> Result<Option<&Union>, std::io::Error> {
        if self
            .counter(named.hash)
            .is_none_or(|asked| asked.swap(0, Ordering::Relaxed) < ENOUGH)
        {
            return Ok(None);
        }
        let union = self.joined(named, ways, norm)?;
        // Meanwhile others may have taken the room.
        if self.has_room(union.bytes()) {
            self.taken.fetch_add(union.bytes(), Ordering::Relaxed);
            self.keep(Box::new(union));
        }
        Ok(self.find(named))
    }

    fn keep(&self, mut union: Box<Union>) {
        for place in self.places_for(union.hash) {
            match place.set(union) {
                Ok(()) => return,
                Err(back) => union = back,
            }
        }
    }

    /// All places, in the order in which a hash is looked for.
    fn places_for(&self, hash: u64) -> impl Iterator<Item = &OnceLock<Box<Union>>> {
        let first = usize::try_from(hash % PLACES as u64).unwrap_or(0);
        let (before, behind) = self.places.split_at(first);
        behind.iter().chain(before)
    }

    /// How often this was asked for, about.
    fn counter(&self, hash: u64) -> Option<&AtomicU32> {
        self.asked.get(usize::try_from(hash % COUNTERS).ok()?)
    }

    /// How many documents have any of these at most.
    fn most_of(&self, ways: &[Way<'_>]) -> u32 {
        let documents = ways.iter().map(|way| way.listed.documents());
        documents.fold(0, u32::saturating_add).min(self.documents)
    }

    /// How many bytes a union of so many documents takes at most.
    fn most_bytes(&self, documents: u32) -> usize {
        let blocks = self.documents.div_ceil(u64::BITS) as usize;
        blocks * size_of::<u64>() + Impacts::most_bytes(blocks, documents as usize)
    }

    /// Whether so many bytes more may be taken.
    fn has_room(&self, bytes: usize) -> bool {
        self.taken.load(Ordering::Relaxed) + bytes < MOST * self.documents as usize
    }

    fn joined(
        &self,
        named: &Named<'_>,
        ways: &[Way<'_>],
        norm: impl Fn(u32) -> f64,
    ) -> Result<Union, std::io::Error> {
        let only = Clause {
            number: 0,
            required: true,
            worth: 1.0,
        };
        let cursors = ways.iter().map(|way| Cursor::of(way, only, true));
        let mut cursors = cursors.collect::<Result<Vec<_>, _>>()?;
        let mut impacts = Making::of_up_to(self.most_of(ways) as usize)?;
        let mut few = true;
        let mut bits = Fresh::new(self.documents.div_ceil(u64::BITS) as usize)?;
        let blocks = bits.numbers();
        let mut matches = Matches::default();
        for start in (0..self.documents).step_by(STRETCH as usize) {
            let end = self.documents.min(start.saturating_add(STRETCH));
            matches.meet(&(start..end), &mut cursors, true, |block| {
                blocks[block.at] = block.mask;
                for doc in each_document(block.at, block.mask) {
                    if few {
                        let (impact, worth) = block.impact(doc, norm(doc));
                        few = impacts.add(impact, worth);
                    }
                }
            });
        }
        Ok(Union {
            hash: named.hash,
            terms: named.wish.terms.clone(),
            documents: blocks.iter().map(|block| block.count_ones()).sum(),
            impacts: few.then(|| impacts.finish(blocks)).transpose()?,
            bits: bits.finish()?,
        })
    }
}

impl Union {
    /// How many bytes it takes, about.
    fn bytes(&self) -> usize {
        size_of_val(&*self.bits) + self.impacts.as_ref().map_or(0, Impacts::bytes)
    }
}

/// A wish, with a number that tells it from others.
pub(crate) struct Named<'a> {
    wish: &'a Wish,
    hash: u64,
}

impl<'a> Named<'a> {
    /// By its terms, and what each is worth among them.
    pub(crate) fn of(wish: &'a Wish) -> Self {
        let mut hasher = Xxh3DefaultBuilder.build_hasher();
        for WishTerm { field, term, weight } in &wish.terms {
            (field, term, weight.to_bits()).hash(&mut hasher);
        }
        let hash = hasher.finish();
        Self { wish, hash }
    }
}
