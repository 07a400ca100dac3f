//! What filters and facets look at: 32 yes-or-no attributes of each document.
//!
//! They are kept twice. By document, one `u32` each: to test one document. By attribute, in blocks of 64
//! documents: a word of 64 bits an attribute, and how many documents before the block have it. With these a
//! filter is a few operations on words, and a count over a run of documents is a difference of two ranks,
//! however long the run is (G. Jacobson, "Space-efficient static trees and graphs", FOCS 1989).

use std::{ops::Range, path::Path};

use bytemuck::{Pod, Zeroable};
use nabij_offering::{FeatureSet, Kind, KindSet, Theme, ThemeSet};

use crate::{
    array::{self, Array, ArrayError},
    marks::Marks,
    plan::number,
    selection::Selection,
};

/// Attributes a document can have: kinds first, then themes, then features.
pub(crate) const ATTRIBUTES: usize = 32;
const FIRST_THEME: usize = Kind::ALL.len();
/// The first attribute that is neither a kind nor a theme.
pub(crate) const FIRST_FEATURE: usize = FIRST_THEME + Theme::ALL.len();

/// Documents in a block.
pub(crate) const BLOCK: usize = 64;

/// The attributes of a document, one bit each.
pub(crate) fn bits(kinds: KindSet, themes: ThemeSet, features: FeatureSet) -> u32 {
    u32::from(kinds.bits())
        | u32::from(themes.bits()) << FIRST_THEME
        | u32::from(features.bits()) << FIRST_FEATURE
}

/// Which documents to keep: one of the kinds, one of the themes, all of the features, and only what is selected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filter<'s> {
    kinds: u32,
    themes: u32,
    features: u32,
    selection: Option<&'s Selection>,
}

impl<'s> Filter<'s> {
    /// Everything passes.
    pub(crate) const OPEN: Self = Self {
        kinds: 0,
        themes: 0,
        features: 0,
        selection: None,
    };

    /// An empty set lets everything pass.
    pub(crate) fn new(kinds: KindSet, themes: ThemeSet, features: FeatureSet) -> Self {
        Self {
            kinds: bits(kinds, ThemeSet::EMPTY, FeatureSet::EMPTY),
            themes: bits(KindSet::EMPTY, themes, FeatureSet::EMPTY),
            features: bits(KindSet::EMPTY, ThemeSet::EMPTY, features),
            selection: None,
        }
    }

    /// The same for what is selected only.
    pub(crate) fn within(self, selection: Option<&'s Selection>) -> Self {
        Self { selection, ..self }
    }

    /// Whether everything passes.
    pub(crate) fn is_open(self) -> bool {
        self.selection.is_none() && self.ignores_attributes()
    }

    /// Whether everything passes that is selected.
    pub(crate) fn ignores_attributes(self) -> bool {
        self.kinds | self.themes | self.features == 0
    }

    /// The attribute that lets pass whoever has it, if it is but one.
    fn single(self) -> Option<usize> {
        let wanted = self.kinds | self.themes | self.features;
        let apart = self.kinds.count_ones() + self.themes.count_ones() + self.features.count_ones();
        (self.selection.is_none() && apart == 1).then(|| wanted.trailing_zeros() as usize)
    }

    /// Whether a document with these attributes passes.
    pub(crate) fn passes(self, doc: u32, bits: u32) -> bool {
        self.selection.is_none_or(|selection| selection.contains(doc))
            && (self.kinds == 0 || bits & self.kinds != 0)
            && (self.themes == 0 || bits & self.themes != 0)
            && bits & self.features == self.features
    }

    /// Which documents of a block pass, one bit each.
    fn word(self, at: usize, block: &Block) -> u64 {
        let selected = self.selection.map_or(u64::MAX, |selection| selection.word(at));
        if selected == 0 || self.ignores_attributes() {
            return selected;
        }
        let any = |mask: u32| match mask {
            0 => u64::MAX,
            _ => ones(mask).fold(0, |word, attribute| word | block.words[attribute]),
        };
        let all = ones(self.features).fold(u64::MAX, |word, attribute| word & block.words[attribute]);
        selected & any(self.kinds) & any(self.themes) & all
    }
}

/// The numbers of the bits that are set.
fn ones(mut mask: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(lowest)
    })
}

/// 64 documents, by attribute.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
struct Block {
    words: [u64; ATTRIBUTES],
    /// How many documents before this block have the attribute.
    before: [u32; ATTRIBUTES],
}

/// The attributes of all documents, in document order.
#[derive(Debug)]
pub(crate) struct Attributes {
    documents: Array<u32>,
    /// One more than the documents fill, so that every rank has its block.
    blocks: Array<Block>,
}

const DOCUMENTS: &str = "columns.attributes";
const BLOCKS: &str = "columns.attribute_blocks";

impl Attributes {
    pub(crate) fn open(folder: &Path, documents: usize) -> Result<Self, ArrayError> {
        Ok(Self {
            documents: Array::open(&folder.join(DOCUMENTS), documents)?,
            blocks: Array::open(&folder.join(BLOCKS), documents / BLOCK + 1)?,
        })
    }

    /// Whether the blocks say what the documents say: then no rank is below an earlier one.
    pub(crate) fn are_sound(&self) -> bool {
        blocks(&self.documents).eq(self.blocks.iter().copied())
    }

    /// The attributes of a document.
    pub(crate) fn of(&self, doc: u32) -> u32 {
        self.documents.get(doc as usize).copied().unwrap_or(0)
    }

    /// The share of all documents that may be expected to pass a filter, as if its parts did not depend on each
    /// other. Between 0 and 1.
    pub(crate) fn share(&self, filter: Filter<'_>) -> f64 {
        let count = self.documents.len();
        let mut totals = [0; ATTRIBUTES];
        self.rank(count, ATTRIBUTES, |attribute, rank| totals[attribute] = rank);
        let share = |attribute| f64::from(totals[attribute]) / number(count.max(1));
        let any = |mask: u32| match mask {
            0 => 1.0,
            _ => ones(mask).map(share).sum::<f64>().min(1.0),
        };
        let selected = filter.selection.map_or(1.0, Selection::share);
        let all = ones(filter.features).map(share).product::<f64>();
        selected * any(filter.kinds) * any(filter.themes) * all
    }

    /// Adds for each of the first attributes how many of some documents of a block have it.
    pub(crate) fn tally(&self, at: usize, mask: u64, attributes: usize, counts: &mut [u32; ATTRIBUTES]) {
        if mask == 0 {
            return;
        }
        if let Some(block) = self.blocks.get(at) {
            let words = block.words.iter().take(attributes);
            for (count, word) in counts.iter_mut().zip(words) {
                *count += (word & mask).count_ones();
            }
        }
    }

    /// How many documents before `doc` have an attribute.
    fn rank_of(&self, doc: usize, attribute: usize) -> u32 {
        let block = self.blocks.get(doc / BLOCK);
        block.map_or(0, |block| {
            block.before[attribute] + (block.words[attribute] & below(doc % BLOCK)).count_ones()
        })
    }

    /// Tells for each of the first attributes how many documents before `doc` have it.
    fn rank(&self, doc: usize, attributes: usize, mut tell: impl FnMut(usize, u32)) {
        let below = below(doc % BLOCK);
        if let Some(block) = self.blocks.get(doc / BLOCK) {
            for attribute in 0..attributes.min(ATTRIBUTES) {
                let here = (block.words[attribute] & below).count_ones();
                tell(attribute, block.before[attribute] + here);
            }
        }
    }
}

/// The lowest bits of a word.
pub(crate) fn below(count: usize) -> u64 {
    if count == BLOCK {
        u64::MAX
    } else {
        (1 << count) - 1
    }
}

/// Documents by attribute.
fn blocks(documents: &[u32]) -> impl Iterator<Item = Block> {
    let mut before = [0; ATTRIBUTES];
    (0..=documents.len() / BLOCK).map(move |at| {
        let mut block = Block {
            words: [0; ATTRIBUTES],
            before,
        };
        for (doc, bits) in documents.iter().skip(at * BLOCK).take(BLOCK).enumerate() {
            for attribute in ones(*bits) {
                block.words[attribute] |= 1 << doc;
            }
        }
        for (count, word) in before.iter_mut().zip(block.words) {
            *count += word.count_ones();
        }
        block
    })
}

/// Writes the files of [`Attributes::open`].
pub(crate) fn write(folder: &Path, documents: &[u32]) -> Result<(), std::io::Error> {
    let blocks: Vec<Block> = blocks(documents).collect();
    array::write(&folder.join(DOCUMENTS), documents)?;
    array::write(&folder.join(BLOCKS), &blocks)
}

/// Counts the documents that pass a filter, and how many of them have each attribute.
#[derive(Debug)]
pub(crate) struct Counter<'a> {
    attributes: &'a Attributes,
    filter: Filter<'a>,
    /// How many of the attributes are counted: the first so many.
    counted: usize,
    total: u64,
    counts: [u64; ATTRIBUTES],
}

impl<'a> Counter<'a> {
    pub(crate) fn new(attributes: &'a Attributes, filter: Filter<'a>, counted: usize) -> Self {
        Self {
            attributes,
            filter,
            counted,
            total: 0,
            counts: [0; ATTRIBUTES],
        }
    }

    /// How many documents passed.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// How many of them have each attribute.
    pub(crate) fn counts(&self) -> &[u64; ATTRIBUTES] {
        &self.counts
    }

    /// Counts a document, and says whether it passes.
    pub(crate) fn one(&mut self, doc: u32) -> bool {
        if self.counted == 0 && self.filter.is_open() {
            self.total += 1;
            return true;
        }
        let bits = self.attributes.of(doc);
        if !self.filter.passes(doc, bits) {
            return false;
        }
        self.total += 1;
        if self.counted > 0 {
            ones(bits).for_each(|attribute| self.counts[attribute] += 1);
        }
        true
    }

    /// Counts what was summed up before.
    pub(crate) fn sums(&mut self, total: u64, counts: &[u32; ATTRIBUTES]) {
        self.total += total;
        for (count, sum) in self.counts.iter_mut().zip(counts) {
            *count += u64::from(*sum);
        }
    }

    /// Counts a run of documents without looking at each.
    pub(crate) fn run(&mut self, docs: Range<u32>) {
        let (start, end) = (docs.start as usize, docs.end as usize);
        if self.filter.is_open() {
            self.total += u64::from(docs.end.saturating_sub(docs.start));
            let Self {
                attributes, counts, ..
            } = self;
            // The later rank first, so that no count is ever below zero.
            attributes.rank(end, self.counted, |attribute, rank| {
                counts[attribute] += u64::from(rank);
            });
            attributes.rank(start, self.counted, |attribute, rank| {
                counts[attribute] -= u64::from(rank);
            });
            return;
        }
        if let Some(selection) = self.filter.selection
            && self.filter.ignores_attributes()
            && (self.counted == 0 || Marks::shorten(&docs))
        {
            self.total += u64::from(selection.count(&docs));
            if self.counted > 0 {
                selection.tally(self.attributes, self.counted, &docs, &mut self.counts);
            }
            return;
        }
        if self.counted == 0
            && let Some(attribute) = self.filter.single()
        {
            let rank = |doc| self.attributes.rank_of(doc, attribute);
            self.total += u64::from(rank(end).saturating_sub(rank(start)));
            return;
        }
        each_word(docs, |block, mask| {
            self.word(block, mask);
        });
    }

    /// Counts those documents of a block whose bit is set in the mask, and gives which of them pass.
    #[inline]
    pub(crate) fn word(&mut self, at: usize, mask: u64) -> u64 {
        let Some(block) = self.attributes.blocks.get(at) else {
            return 0;
        };
        let passing = self.filter.word(at, block) & mask;
        if passing == 0 {
            return 0;
        }
        self.total += u64::from(passing.count_ones());
        for attribute in 0..self.counted.min(ATTRIBUTES) {
            self.counts[attribute] += u64::from((block.words[attribute] & passing).count_ones());
        }
        passing
    }

    /// Counts those documents of a block whose bit is set, and meets those that pass.
    pub(crate) fn visit(&mut self, at: usize, mask: u64, meet: &mut impl FnMut(u32)) {
        each_document(at, self.word(at, mask)).for_each(meet);
    }
}

/// The documents of a block whose bit is set in the mask.
pub(crate) fn each_document(block: usize, mut mask: u64) -> impl Iterator<Item = u32> {
    let first = u32::try_from(block * BLOCK).unwrap_or(u32::MAX);
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros();
        mask &= mask.wrapping_sub(1);
        (bit < u64::BITS).then_some(first + bit)
    })
}

/// Which documents of a block lie in a run.
#[inline]
pub(crate) fn block_mask(block: usize, docs: &Range<u32>) -> u64 {
    let first = block * BLOCK;
    if docs.start as usize <= first && first + BLOCK <= docs.end as usize {
        return u64::MAX;
    }
    let within = |doc: u32| (doc as usize).saturating_sub(first).min(BLOCK);
    below(within(docs.end)) & !below(within(docs.start))
}

/// The blocks of a run, each with a mask of the documents in it.
pub(crate) fn each_word(docs: Range<u32>, mut take: impl FnMut(usize, u64)) {
    let (mut start, end) = (docs.start as usize, docs.end as usize);
    while start < end {
        let block = start / BLOCK;
        let stop = end.min((block + 1) * BLOCK);
        take(block, below(stop - block * BLOCK) & !below(start % BLOCK));
        start = stop;
    }
}
