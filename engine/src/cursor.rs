//! A place in the postings of a term, that goes forward only.

use std::ops::Range;

use tantivy::postings::BlockSegmentPostings;

use crate::{
    bm25::{self, bm25},
    impacts::{Impact, Impacts},
    text::TermPostings,
    unions::Union,
    ways::Way,
};

/// How many postings ahead are compared at once.
const NEAR: usize = 16;

/// What a term is one of the ways to say.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Wish {
    /// Its number. Terms of one wish stand behind each other.
    pub(crate) number: u16,
    pub(crate) required: bool,
    /// What it is worth beside the others.
    pub(crate) worth: f64,
}

/// A place in the postings of a term, or a union in their place.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    pub(crate) block: Box<BlockSegmentPostings>,
    /// The same as bits, if there are such.
    pub(crate) bits: Option<&'a [u64]>,
    /// All documents of the wish that it stands for, if they were joined.
    pub(crate) union: Option<&'a Union>,
    /// How many documents it leads to at most.
    pub(crate) documents: u32,
    /// Within the block.
    pub(crate) at: usize,
    pub(crate) idf: f64,
    /// Where the postings lie; that names the term.
    pub(crate) offset: u64,
    pub(crate) wish: Wish,
}

impl<'a> Cursor<'a> {
    /// All ways to meet a wish at once.
    pub(crate) fn joined(union: &'a Union, wish: Wish) -> Self {
        Self {
            block: Box::new(BlockSegmentPostings::empty()),
            bits: None,
            union: Some(union),
            documents: union.documents,
            at: 0,
            idf: 0.0,
            offset: 0,
            wish,
        }
    }

    /// Before the first posting of a way to meet a wish.
    pub(crate) fn of(way: &Way<'a>, wish: Wish, scored: bool) -> Result<Self, std::io::Error> {
        let TermPostings { offset, block, bits } = way.listed.postings(scored)?;
        Ok(Self {
            block,
            bits,
            union: None,
            documents: way.listed.documents(),
            at: 0,
            idf: way.idf,
            offset,
            wish,
        })
    }
}

impl Cursor<'_> {
    #[inline]
    pub(crate) fn doc(&self) -> u32 {
        self.block.doc(self.at)
    }

    #[inline]
    pub(crate) fn advance(&mut self) {
        self.at += 1;
        if self.at >= self.block.block_len() {
            self.block.advance();
            self.at = 0;
        }
    }

    /// To the first posting of `target` or a later document.
    #[inline]
    pub(crate) fn seek(&mut self, target: u32) {
        let rest = self.block.docs().get(self.at..).unwrap_or_default();
        // Mostly it is near: then a few comparisons side by side find it, without a branch to guess wrong.
        if let Some(near) = rest.first_chunk::<NEAR>()
            && near[NEAR - 1] >= target
        {
            self.at += near.iter().map(|doc| usize::from(*doc < target)).sum::<usize>();
            return;
        }
        match rest.last() {
            Some(last) if *last >= target => self.at += rest.partition_point(|doc| *doc < target),
            _ => self.at = self.block.seek(target),
        }
    }

    /// No document has more of it.
    pub(crate) fn most(&self) -> f64 {
        let impacts = self.union.and_then(|union| union.impacts.as_ref());
        self.wish.worth * impacts.map_or(self.idf * bm25::MOST, Impacts::most)
    }

    /// What the term adds to the score of the document the cursor stands at.
    #[inline]
    pub(crate) fn score(&self, norm: f64) -> f64 {
        let (idf, often) = (self.idf, self.block.freq(self.at));
        bm25(Impact { idf, often }, norm)
    }
}

impl Cursor<'_> {
    /// Takes the postings of a run, which must lie behind those taken before: documents, and how often they have the term (empty
    /// if that is not known), in rising order.
    pub(crate) fn take(&mut self, docs: Range<u32>, mut take: impl FnMut(&[u32], &[u32])) {
        self.seek(docs.start);
        while self.doc() < docs.end {
            let rest = self.block.docs().get(self.at..).unwrap_or_default();
            let count = rest.partition_point(|doc| *doc < docs.end);
            let frequencies = self.block.freqs().get(self.at..self.at + count);
            take(&rest[..count], frequencies.unwrap_or_default());
            self.at += count;
            if self.at < self.block.block_len() {
                return;
            }
            self.block.advance();
            self.at = 0;
        }
    }
}
