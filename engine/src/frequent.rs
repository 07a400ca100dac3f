//! What is counted beforehand: for each frequent word, how many documents with a place have it, by attribute.
//!
//! Without an area, a count would go through all postings of a word. For a frequent one the sums are kept.

use std::path::Path;

use bytemuck::{Pod, Zeroable};
use tantivy::TantivyError;

use crate::{
    array::{self, Array, ArrayError},
    attributes::{ATTRIBUTES, Attributes, Counter, Filter},
    bands::Bands,
    conjunction::Conjunction,
    text::{TermPostings, TextIndex},
};

/// A word is frequent if at least one in so many documents has it, ...
const ONE_IN: u32 = 1_000;
/// ... or so many of them: fewer are counted in a few microseconds when they are asked for.
const FREQUENT: u32 = 1_024;

/// The sums of a word.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Sums {
    /// Where its postings lie: that names the word.
    word: u64,
    /// How many documents with a place have it.
    pub(crate) total: u64,
    /// How many of them have each attribute.
    pub(crate) counts: [u32; ATTRIBUTES],
}

impl Sums {
    /// Where the postings of its word lie.
    pub(crate) fn word(&self) -> u64 {
        self.word
    }

    pub(crate) fn new(word: u64, total: u64, counts: &[u64; ATTRIBUTES]) -> Self {
        Self {
            word,
            total,
            // No count is greater than the number of documents.
            counts: counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
        }
    }
}

/// The sums of all frequent words, in the order of their postings.
#[derive(Debug)]
pub(crate) struct Frequent(Array<Sums>);

const FILE: &str = "columns.frequent_words";

impl Frequent {
    pub(crate) fn open(folder: &Path, words: usize) -> Result<Self, ArrayError> {
        Ok(Self(Array::open(&folder.join(FILE), words)?))
    }

    /// Whether no word is in more documents than there are.
    pub(crate) fn are_sound(&self, documents: usize) -> bool {
        self.0.iter().all(|sums| sums.total <= documents as u64)
    }

    /// The sums of the word whose postings lie there, if it is frequent.
    pub(crate) fn sums(&self, word: u64) -> Option<&Sums> {
        let at = self.0.binary_search_by_key(&word, |sums| sums.word).ok()?;
        self.0.get(at)
    }
}

/// Sums up the frequent words of the text index in a folder, writes the file of [`Frequent::open`], and gives their
/// number.
pub(crate) fn write(folder: &Path, attributes: &Attributes, bands: &Bands) -> Result<usize, TantivyError> {
    let mut all = Vec::new();
    let text = TextIndex::open(folder)?;
    if let Some(text) = text {
        let placed = bands.placed();
        let least = ((placed.end - placed.start) / ONE_IN).clamp(8, FREQUENT);
        let frequent = text.frequent(least)?.into_iter();
        all.extend(frequent.map(|postings| sums(postings, attributes, bands)));
    }
    all.sort_unstable_by_key(|sums| sums.word);
    array::write(&folder.join(FILE), &all)?;
    Ok(all.len())
}

fn sums(postings: TermPostings<'_>, attributes: &Attributes, bands: &Bands) -> Sums {
    let mut counter = Counter::new(attributes, Filter::OPEN, ATTRIBUTES);
    let word = postings.offset;
    Conjunction::of_one(postings).visit(bands.placed(), |doc, _| {
        counter.one(doc);
    });
    Sums::new(word, counter.total(), counter.counts())
}
