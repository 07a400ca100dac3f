//! The documents that have all of some terms, or what is wished for, and how well each matches (BM25).

use std::ops::Range;

use nabij_language::Understood;
use tantivy::{TERMINATED, TantivyError, postings::BlockSegmentPostings};

use crate::{
    Index,
    attributes::each_document,
    matches::{Block, Matches, Postings, Wish},
    text::TermPostings,
    ways::{Way, ways_to_meet},
};

/// The usual constants of BM25.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Documents that have what is wished for: literally, all of some terms. It goes forward only; a clone starts where the
/// original stands.
#[derive(Clone)]
pub(crate) struct Conjunction<'a> {
    /// Literally, the rarest first: it leads. Else by wish, those that are required first.
    cursors: Vec<Cursor<'a>>,
    /// Whether each term is a wish of its own, and required.
    literal: bool,
    /// Whether scores are wanted.
    scored: bool,
    /// How many postings of the leading list were looked at.
    looked_at: u64,
    matches: Matches,
}

/// How many postings ahead are compared at once.
const NEAR: usize = 16;

/// A place in the postings of a term.
#[derive(Clone)]
struct Cursor<'a> {
    block: Box<BlockSegmentPostings>,
    /// The same as bits, if there are such.
    bits: Option<&'a [u64]>,
    /// All documents of the wish that the first of its terms stands for, as bits, if they were joined.
    union: Option<&'a [u64]>,
    /// How many documents it leads to at most.
    documents: u32,
    /// Within the block.
    at: usize,
    idf: f64,
    /// Where the postings lie; that names the term.
    offset: u64,
    wish: Wish,
}

/// What terms are wishes of their own, all of them required.
fn literally(number: usize) -> Wish {
    Wish {
        number: u16::try_from(number).unwrap_or(u16::MAX),
        required: true,
    }
}

impl<'a> Cursor<'a> {
    /// Before the first posting of a way to meet a wish.
    fn of(way: &Way<'a>, required: bool, scored: bool) -> Result<Self, std::io::Error> {
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
    fn doc(&self) -> u32 {
        self.block.doc(self.at)
    }

    #[inline]
    fn advance(&mut self) {
        self.at += 1;
        if self.at >= self.block.block_len() {
            self.block.advance();
            self.at = 0;
        }
    }

    /// To the first posting of `target` or a later document.
    #[inline]
    fn seek(&mut self, target: u32) {
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
    fn score(&self, norm: f64) -> f64 {
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
        self.union
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

/// What a term adds to the score of a document.
#[inline]
pub(crate) fn bm25(idf: f64, frequency: u32, norm: f64) -> f64 {
    let frequency = f64::from(frequency);
    idf * frequency * (K1 + 1.0) / (frequency + norm)
}

impl<'a> Conjunction<'a> {
    /// None if a word occurs nowhere.
    pub(crate) fn new(
        index: &'a Index,
        words: &[String],
        scored: bool,
    ) -> Result<Option<Self>, TantivyError> {
        let Some(text) = index.text.as_ref() else {
            return Ok(None);
        };
        let mut cursors = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            if words[..at].contains(word) {
                continue;
            }
            let Some(listed) = text.said(word)? else {
                return Ok(None);
            };
            let TermPostings { offset, block, bits } = listed.postings(scored)?;
            let documents = listed.documents();
            let idf = idf(index.manifest().counts.offerings(), documents);
            cursors.push(Cursor {
                block,
                bits,
                union: None,
                documents,
                at: 0,
                idf,
                offset,
                wish: literally(0),
            });
        }
        cursors.sort_by_key(|cursor| cursor.documents);
        for (number, cursor) in cursors.iter_mut().enumerate() {
            cursor.wish = literally(number);
        }
        Ok(Some(Self {
            literal: true,
            cursors,
            scored,
            looked_at: 0,
            matches: Matches::default(),
        }))
    }

    /// What a question asks for; none if nothing can meet it. Of a question that is taken `loosely`, one wish is enough.
    pub(crate) fn understood(
        index: &'a Index,
        understood: &'a Understood,
        loosely: bool,
        scored: bool,
    ) -> Result<Option<Self>, TantivyError> {
        let Some(text) = index.text.as_ref() else {
            return Ok(None);
        };
        let documents = index.manifest().counts.offerings();
        let mut wishes: Vec<Vec<Cursor<'a>>> = Vec::new();
        for wish in &understood.wishes {
            let required = wish.required && !loosely;
            let ways = ways_to_meet(text, wish, documents)?;
            let union = index.unions.of(&ways)?;
            // Joined, they are one list: the others are there for scores only.
            let opened = if scored || union.is_none() { ways.len() } else { 1 };
            let mut ways: Vec<Cursor<'a>> = ways
                .into_iter()
                .take(opened)
                .map(|way| Cursor::of(&way, required, scored))
                .collect::<Result<_, _>>()?;
            if let (Some(first), Some(union)) = (ways.first_mut(), union) {
                first.union = Some(&union.bits);
                first.documents = union.documents;
            }
            match (ways.is_empty(), required) {
                (false, _) => wishes.push(ways),
                (true, false) => {}
                (true, true) => return Ok(None),
            }
        }
        let required = |ways: &[Cursor<'_>]| ways.first().is_some_and(|way| way.wish.required);
        wishes.sort_by_key(|ways| (!required(ways), frequency(ways)));
        for (number, ways) in (0..).zip(&mut wishes) {
            for way in ways {
                way.wish.number = number;
            }
        }
        let nothing = wishes.is_empty();
        let cursors = wishes.into_iter().flatten().collect();
        Ok((!nothing).then(|| Self {
            cursors,
            literal: false,
            scored,
            looked_at: 0,
            matches: Matches::default(),
        }))
    }

    /// All documents of one term, not to be scored.
    pub(crate) fn of_one(postings: TermPostings<'a>) -> Self {
        let TermPostings { offset, block, bits } = postings;
        Self {
            cursors: vec![Cursor {
                documents: block.doc_freq(),
                block,
                bits,
                union: None,
                at: 0,
                idf: 0.0,
                offset,
                wish: literally(0),
            }],
            literal: true,
            scored: false,
            looked_at: 0,
            matches: Matches::default(),
        }
    }

    /// Where the postings lie, if there is but one term.
    pub(crate) fn single(&self) -> Option<u64> {
        match &*self.cursors {
            [cursor] if self.literal => Some(cursor.offset),
            _ => None,
        }
    }

    /// How many documents have each term, the rarest first; else at most how many meet each required wish, or any wish.
    pub(crate) fn frequencies(&self) -> Vec<u32> {
        let wishes = self.cursors.chunk_by(|one, other| one.wish == other.wish);
        let required = self.cursors.first().is_some_and(|cursor| cursor.wish.required);
        if required {
            let required = wishes.filter(|ways| ways.first().is_some_and(|way| way.wish.required));
            required.map(frequency).collect()
        } else {
            vec![wishes.map(frequency).fold(0, u32::saturating_add)]
        }
    }

    /// How many postings of the rarest word were looked at.
    pub(crate) fn looked_at(&self) -> u64 {
        self.looked_at
    }

    /// Visits the matches in a run of documents, which must lie behind those asked for before. With each comes what its
    /// score is, by the part of BM25 that depends on its length.
    #[inline]
    pub(crate) fn visit(&mut self, docs: Range<u32>, mut visit: impl FnMut(u32, &dyn Fn(f64) -> f64)) {
        if !self.literal {
            return self.visit_blocks(&docs, visit);
        }
        let Some(lead) = self.cursors.first_mut() else {
            return;
        };
        lead.seek(docs.start);
        loop {
            let Some((lead, others)) = self.cursors.split_first_mut() else {
                return;
            };
            let doc = lead.doc();
            if doc >= docs.end || doc == TERMINATED {
                return;
            }
            self.looked_at += 1;
            let ahead = others.iter_mut().find_map(|other| {
                other.seek(doc);
                (other.doc() != doc).then(|| other.doc())
            });
            if let Some(target) = ahead {
                lead.seek(target);
                continue;
            }
            visit(doc, &|norm| self.score(norm));
            if let Some(lead) = self.cursors.first_mut() {
                lead.advance();
            }
        }
    }

    /// The same for any wishes.
    fn visit_blocks(&mut self, docs: &Range<u32>, mut visit: impl FnMut(u32, &dyn Fn(f64) -> f64)) {
        self.meet(docs, self.scored, |block| {
            for doc in each_document(block.at, block.mask) {
                visit(doc, &|norm| block.score(doc, norm));
            }
        });
    }

    /// The same by blocks of 64 documents: better where many have each term. With each come scores if it is to be `scored`.
    pub(crate) fn meet(&mut self, docs: &Range<u32>, scored: bool, mut meet: impl FnMut(&Block<'_>)) {
        let mut start = docs.start;
        while start < docs.end {
            let end = docs.end.min((start / STRETCH + 1) * STRETCH);
            self.looked_at += self
                .matches
                .meet(&(start..end), &mut self.cursors, scored, &mut meet);
            start = end;
        }
    }

    /// Goes on to the first posting of a document, or a later one, in each list.
    pub(crate) fn skip_to(&mut self, doc: u32) {
        for cursor in &mut self.cursors {
            cursor.seek(doc);
        }
    }

    /// No score is greater than this.
    pub(crate) fn ceiling(&self) -> f64 {
        let wishes = self.cursors.chunk_by(|one, other| one.wish == other.wish);
        let most = wishes.map(|ways| ways.iter().map(|way| way.idf).fold(0.0, f64::max));
        most.sum::<f64>() * (K1 + 1.0)
    }

    /// BM25 of the document that all cursors stand at.
    #[inline]
    fn score(&self, norm: f64) -> f64 {
        self.cursors.iter().map(|cursor| cursor.score(norm)).sum()
    }
}

/// At most how many documents meet a wish.
fn frequency(ways: &[Cursor<'_>]) -> u32 {
    match ways {
        [first, ..] if first.union.is_some() => first.documents,
        _ => ways.iter().map(|way| way.documents).fold(0, u32::saturating_add),
    }
}

/// How many documents are looked at together where they are many: their bits fit in the nearest cache.
const STRETCH: u32 = 1 << 13;

/// The part of BM25 that depends on the length of a document alone, for every length up to the greatest.
pub(crate) fn norms(greatest_length: u16, mean_length: f64) -> Vec<f64> {
    (0..=greatest_length)
        .map(|length| K1 * (1.0 - B + B * f64::from(length) / mean_length))
        .collect()
}

/// Inverse document frequency as in BM25, never negative.
///
/// # References
/// S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends
/// in Information Retrieval 3 (2009), with the `1 +` of Lucene.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 documents")]
pub(crate) fn idf(documents: usize, frequency: u32) -> f64 {
    let (documents, frequency) = (documents as f64, f64::from(frequency));
    (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()
}
