//! A place in the postings of a term, that goes forward only.

use std::ops::Range;

use tantivy::postings::BlockSegmentPostings;

use crate::{
    bm25::bm25,
    matches::{Postings, Wish},
    text::TermPostings,
    unions::Union,
    ways::Way,
};

/// How many postings ahead are compared at once.
const NEAR: usize = 16;

/// A place in the postings of a term.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    pub(crate) block: Box<BlockSegmentPostings>,
    /// The same as bits, if there are such.
    pub(crate) bits: Option<&'a [u64]>,
    /// All documents of the wish that the first of its terms stands for, if they were joined.
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
    /// All ways to meet a wish at once, where no scores are wanted.
    pub(crate) fn joined(union: &'a Union, required: bool) -> Self {
        Self {
            block: Box::new(BlockSegmentPostings::empty()),
            bits: None,
            union: Some(union),
            documents: union.documents,
            at: 0,
            idf: 0.0,
            offset: 0,
            wish: Wish { number: 0, required },
        }
    }

    /// Before the first posting of a way to meet a wish.
    pub(crate) fn of(way: &Way<'a>, required: bool, scored: bool) -> Result<Self, std::io::Error> {
        let TermPostings { offset, block, bits } = way.listed.postings(scored)?;
        Ok(Self {
            block,
            bits,
            union: None,
            documents: way.listed.documents(),
            at: 0,
            idf: way.idf,
            offset,
            wish: Wish { number: 0, required },
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

    /// What the term adds to the score of the document the cursor stands at.
    #[inline]
    pub(crate) fn score(&self, norm: f64) -> f64 {
        bm25(self.idf, self.block.freq(self.at), norm)
    }
}

impl Postings for Cursor<'_> {
    fn idf(&self) -> f64 {
        self.idf
    }

    fn wish(&self) -> Wish {
        self.wish
    }

    fn bits(&self) -> Option<&[u64]> {
        self.bits
    }

    fn union(&self) -> Option<&[u64]> {
        self.union.map(|union| &*union.bits)
    }

    fn take(&mut self, docs: Range<u32>, mut take: impl FnMut(&[u32], &[u32])) {
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
