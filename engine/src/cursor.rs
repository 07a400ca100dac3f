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

/// A part of a question that any of some terms meets: a wish that is asked for, or literally a term alone.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Clause {
    /// Its number. Terms of one clause stand behind each other.
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
    /// All documents of the wish that it stands for, if they were joined; then there are no postings.
    pub(crate) union: Option<&'a Union>,
    /// How many documents it leads to at most.
    pub(crate) documents: u32,
    /// Within the block.
    pub(crate) at: usize,
    pub(crate) idf: f64,
    /// Where the postings lie; that names the term.
    pub(crate) offset: u64,
    pub(crate) clause: Clause,
}

impl<'a> Cursor<'a> {
    /// Before the first of the postings of a term.
    pub(crate) fn new(postings: TermPostings<'a>, idf: f64, clause: Clause) -> Self {
        let TermPostings { offset, block, bits } = postings;
        Self {
            documents: block.doc_freq(),
            block,
            bits,
            union: None,
            at: 0,
            idf,
            offset,
            clause,
        }
    }

    /// All ways to meet a wish at once.
    pub(crate) fn joined(union: &'a Union, clause: Clause) -> Self {
        Self {
            block: Box::new(BlockSegmentPostings::empty()),
            bits: None,
            union: Some(union),
            documents: union.documents,
            at: 0,
            idf: 0.0,
            offset: 0,
            clause,
        }
    }

    /// Before the first posting of a way to meet a wish.
    pub(crate) fn of(way: &Way<'a>, clause: Clause, scored: bool) -> Result<Self, std::io::Error> {
        Ok(Self::new(way.listed.postings(scored)?, way.idf, clause))
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
        self.clause.worth * impacts.map_or(self.idf * bm25::MOST, Impacts::most)
    }

    /// What the term adds to the score of the document the cursor stands at.
    #[inline]
    pub(crate) fn score(&self, norm: f64) -> f64 {
        let (idf, often) = (self.idf, self.block.freq(self.at));
        bm25(Impact { idf, often }, norm)
    }

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
