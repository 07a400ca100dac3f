//! What a profile leaves of an index: a set of documents that a query may see, and those that come first.
//!
//! It has the form of one more attribute (`attributes`): a bit a document in words of 64, with counts before each
//! word, so that a query takes it along in its filter and counts by ranks as before. Only the words from the first
//! bit to the last are kept: the selection of one town is a few hundred bytes.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::OnceLock,
};

use nabij_atlas::{Atlas, Territory};
use nabij_offering::{FeatureSet, KindSet, ThemeSet};
use tantivy::TantivyError;

use crate::{
    Index,
    attributes::{ATTRIBUTES, Attributes, BLOCK, Filter, below},
    cover::Run,
    marks::Marks,
    plan::number,
    remembered::Remembered,
    store::GenerationNumber,
};

/// What may be seen of an index, and what of it comes first. [`Criteria::default`] selects everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Criteria {
    /// Where; none for everywhere. What has no place is selected if it serves somebody there.
    pub territory: Option<Territory>,
    /// One of these kinds; empty for any.
    pub kinds: KindSet,
    /// At least one of these themes; empty for any.
    pub themes: ThemeSet,
    /// Identifiers of offerings that are selected whatever the rest says. Where they match a query they come before
    /// all others, in this order.
    pub pinned: Vec<String>,
    /// Identifiers of offerings that are never selected.
    pub blocked: Vec<String>,
}

/// The documents of one generation that meet some [`Criteria`].
#[derive(Debug, PartialEq)]
pub struct Selection {
    generation: GenerationNumber,
    area_wide: Bits,
    placed: Bits,
    /// In their order.
    pinned: Vec<u32>,
    /// The place of each in that order.
    pins: HashMap<u32, u32>,
    unknown: Vec<String>,
    counts: Counts,
}

/// What is counted of a selection when it is first asked for, and kept. It follows from the rest.
#[derive(Debug, Default)]
struct Counts {
    remembered: Remembered,
    marks: OnceLock<Marks>,
}

impl PartialEq for Counts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A selection that was made for another generation than the one that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the selection is of generation {of}, the index is generation {index}; select again")]
pub struct StaleSelection {
    of: GenerationNumber,
    index: GenerationNumber,
}

impl Criteria {
    /// Whether everything is selected and nothing comes first.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl Index {
    /// The documents that meet the criteria. Looks at every document: a few milliseconds for a hundred thousand, so keep it
    /// for as long as the index is in use.
    pub fn select(&self, atlas: &Atlas, criteria: &Criteria) -> Result<Selection, TantivyError> {
        let mut unknown = Vec::new();
        let mut find = |ids: &[String]| -> Result<Vec<u32>, TantivyError> {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                match self.find(id)? {
                    Some(doc) => found.push(doc),
                    None => unknown.push(id.clone()),
                }
            }
            Ok(found)
        };
        let mut pinned = find(&criteria.pinned)?;
        let blocked: HashSet<u32> = find(&criteria.blocked)?.into_iter().collect();
        let mut pins = HashMap::new();
        pinned.retain(|doc| {
            let place = u32::try_from(pins.len()).unwrap_or(u32::MAX);
            !blocked.contains(doc) && pins.insert(*doc, place).is_none()
        });
        let filter = Filter::new(criteria.kinds, criteria.themes, FeatureSet::EMPTY);
        let wide = self.serves(criteria.territory.as_ref());
        let near = self.lies_in(atlas, criteria.territory.as_ref());
        let selects = |doc: u32, by_place: &dyn Fn(u32) -> bool| {
            let meets = || filter.passes(doc, self.attributes.of(doc)) && by_place(doc);
            !blocked.contains(&doc) && (pins.contains_key(&doc) || meets())
        };
        let placed = self.bands.placed();
        Ok(Selection {
            generation: self.number(),
            area_wide: Bits::of(0..placed.start, |doc| selects(doc, &wide)),
            placed: Bits::of(placed, |doc| selects(doc, &near)),
            pinned,
            pins,
            unknown,
            counts: Counts::default(),
        })
    }

    /// Which documents without a place serve somebody in a territory.
    fn serves(&self, territory: Option<&Territory>) -> impl Fn(u32) -> bool {
        let serving = territory.map(|territory| {
            let groups = self.area_wide.groups();
            let served = groups.filter(|(areas, _)| areas.iter().any(|area| territory.is_served_by(area)));
            served.flat_map(|(_, docs)| docs).collect::<HashSet<u32>>()
        });
        move |doc| serving.as_ref().is_none_or(|serving| serving.contains(&doc))
    }

    /// Which documents with a place lie in a territory.
    fn lies_in(&self, atlas: &Atlas, territory: Option<&Territory>) -> impl Fn(u32) -> bool {
        let pc4s = territory.map(|_| self.neighbourhoods.by_document(atlas, &self.bands));
        move |doc| {
            let Some((territory, pc4s)) = territory.zip(pc4s) else {
                return true;
            };
            territory.contains(pc4s.of(doc), self.bands.fixed(doc).into())
        }
    }
}

impl Selection {
    /// Whether a document is in it.
    pub fn contains(&self, doc: u32) -> bool {
        let doc = doc as usize;
        self.word(doc / BLOCK) >> (doc % BLOCK) & 1 == 1
    }

    /// How many documents with a place are in it.
    pub fn placed(&self) -> u32 {
        self.placed.count()
    }

    /// How many documents without a place are in it.
    pub fn area_wide(&self) -> u32 {
        self.area_wide.count()
    }

    /// The documents that come first, in their order.
    pub fn pinned(&self) -> &[u32] {
        &self.pinned
    }

    /// The identifiers among the pinned and the blocked that the index does not have.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        let lists = self.area_wide.bytes() + self.placed.bytes() + 12 * self.pinned.len();
        let counts = self.counts.remembered.bytes() + self.counts.marks.get().map_or(0, Marks::bytes);
        size_of::<Self>() + lists + counts
    }

    /// Refuses an index of another generation.
    pub(crate) fn check(&self, index: &Index) -> Result<(), StaleSelection> {
        if self.generation == index.number() {
            return Ok(());
        }
        Err(StaleSelection {
            of: self.generation,
            index: index.number(),
        })
    }

    /// Which documents of a block are in it, one bit each.
    pub(crate) fn word(&self, block: usize) -> u64 {
        self.placed.word(block) | self.area_wide.word(block)
    }

    /// How many documents of a run are in it.
    pub(crate) fn count(&self, docs: &Range<u32>) -> u32 {
        let before = |doc: u32| self.placed.rank(doc as usize) + self.area_wide.rank(doc as usize);
        before(docs.end).saturating_sub(before(docs.start))
    }

    /// What was counted of frequent words.
    pub(crate) fn remembered(&self) -> &Remembered {
        &self.counts.remembered
    }

    /// Adds for each of the first attributes how many documents of a run, all with a place, are in it and have it.
    pub(crate) fn tally(
        &self,
        attributes: &Attributes,
        counted: usize,
        docs: &Range<u32>,
        counts: &mut [u64; ATTRIBUTES],
    ) {
        let span = self.placed.span();
        let word = |at: usize| self.placed.word(at);
        let new = || Marks::new(attributes, span.start / BLOCK..span.end / BLOCK, word);
        let marks = self.counts.marks.get_or_init(new);
        let rank = |doc: u32| {
            let doc = (doc as usize).clamp(span.start, span.end);
            marks.rank(attributes, counted, doc, word)
        };
        for ((count, before), after) in counts.iter_mut().zip(rank(docs.start)).zip(rank(docs.end)) {
            *count += u64::from(after - before);
        }
    }

    /// The place of a document among those that come first.
    pub(crate) fn pin(&self, doc: u32) -> Option<u32> {
        self.pins.get(&doc).copied()
    }

    /// The share of the documents with a place between its first and its last that are in it. Between 0 and 1.
    pub(crate) fn share(&self) -> f64 {
        let span = self.placed.span();
        f64::from(self.placed.count()) / number(span.len().max(1))
    }

    /// Cuts from runs what lies before its first document or behind its last.
    pub(crate) fn clip(&self, runs: &mut Vec<Run>) {
        let span = self.placed.span();
        let number = |doc: usize| u32::try_from(doc).unwrap_or(u32::MAX);
        let (first, end) = (number(span.start), number(span.end));
        let cut = |docs: &Range<u32>| docs.start.clamp(first, end)..docs.end.clamp(first, end);
        runs.retain_mut(|run| {
            run.docs = cut(&run.docs);
            run.inside = cut(&run.inside);
            !run.docs.is_empty()
        });
    }
}

/// A set of documents: the words from the first bit to the last.
#[derive(Debug, Default, PartialEq)]
struct Bits {
    /// The number of the first word.
    first: usize,
    words: Vec<u64>,
    /// How many bits are set before each word, and in all of them.
    before: Vec<u32>,
}

impl Bits {
    /// The documents of a run that are selected.
    fn of(docs: Range<u32>, mut selects: impl FnMut(u32) -> bool) -> Self {
        let mut bits = Self::default();
        for doc in docs.filter(|doc| selects(*doc)) {
            let (block, at) = (doc as usize / BLOCK, doc as usize % BLOCK);
            if bits.words.is_empty() {
                bits.first = block;
            }
            bits.words.resize(block - bits.first + 1, 0);
            if let Some(word) = bits.words.last_mut() {
                *word |= 1 << at;
            }
        }
        bits.before.push(0);
        let counts = bits.words.iter().scan(0, |sum, word| {
            *sum += word.count_ones();
            Some(*sum)
        });
        bits.before.extend(counts);
        bits
    }

    fn word(&self, block: usize) -> u64 {
        let at = block.wrapping_sub(self.first);
        self.words.get(at).copied().unwrap_or(0)
    }

    /// How many documents before `doc` are in it.
    fn rank(&self, doc: usize) -> u32 {
        let block = doc / BLOCK;
        let Some(at) = block.checked_sub(self.first) else {
            return 0;
        };
        let before = self.before.get(at).or(self.before.last());
        before.copied().unwrap_or(0) + (self.word(block) & below(doc % BLOCK)).count_ones()
    }

    fn count(&self) -> u32 {
        self.before.last().copied().unwrap_or(0)
    }

    /// The documents of its words.
    fn span(&self) -> Range<usize> {
        self.first * BLOCK..(self.first + self.words.len()) * BLOCK
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.words) + size_of_val(&*self.before)
    }
}
