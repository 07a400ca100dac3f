//! The documents that have all of some terms, or what is wished for, and how well each matches (BM25).

use std::ops::Range;

use nabij_language::Understood;
use tantivy::{TERMINATED, TantivyError};

use crate::{
    Index,
    attributes::each_document,
    bm25::idf,
    cursor::{Clause, Cursor},
    matches::{Block, Matches},
    opening::Opening,
    query::{Query, Sort},
    text::TermPostings,
};

/// Documents that have what is wished for: literally, all of some terms. It goes forward only; a clone starts where the
/// original stands.
#[derive(Clone)]
pub(crate) struct Conjunction<'a> {
    /// Literally, the rarest first: it leads. Else by clause, those that are required first.
    cursors: Vec<Cursor<'a>>,
    /// Whether each term is a clause of its own, and required.
    literal: bool,
    /// Whether scores are wanted.
    scored: bool,
    /// How many postings of the leading list were looked at.
    looked_at: u64,
    matches: Matches<'a>,
}

/// What terms are clauses of their own, all of them required.
fn literally(number: usize) -> Clause {
    Clause {
        number: u16::try_from(number).unwrap_or(u16::MAX),
        required: true,
        worth: 1.0,
    }
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
            let idf = idf(index.manifest().counts.offerings(), listed.documents());
            cursors.push(Cursor::new(listed.postings(scored)?, idf, literally(0)));
        }
        cursors.sort_by_key(|cursor| cursor.documents);
        for (number, cursor) in cursors.iter_mut().enumerate() {
            cursor.clause = literally(number);
        }
        Ok(Some(Self {
            literal: true,
            cursors,
            scored,
            looked_at: 0,
            matches: Matches::default(),
        }))
    }

    /// What a question asks for, as the query wants it; none if nothing can meet it. Of a question that is taken loosely, one
    /// wish is enough.
    pub(crate) fn understood(
        index: &'a Index,
        understood: &'a Understood,
        query: &Query,
    ) -> Result<Option<Self>, TantivyError> {
        let Some(text) = index.text.as_ref() else {
            return Ok(None);
        };
        let mut opening = Opening::new(index, text, understood, query);
        let mut clauses: Vec<Vec<Cursor<'a>>> = Vec::new();
        for wish in &understood.wishes {
            let required = wish.required && !query.loosely;
            let ways = opening.cursors(wish, required)?;
            match (ways.is_empty(), required) {
                (false, _) => clauses.push(ways),
                (true, false) => {}
                (true, true) => return Ok(None),
            }
        }
        clauses.sort_by_key(|ways| (!is_required(ways), frequency(ways)));
        for (number, ways) in (0..).zip(&mut clauses) {
            for way in ways {
                way.clause.number = number;
            }
        }
        let nothing = clauses.is_empty();
        let cursors = clauses.into_iter().flatten().collect();
        Ok((!nothing).then(|| Self {
            cursors,
            literal: false,
            scored: query.sort == Sort::Relevance,
            looked_at: 0,
            matches: Matches::default(),
        }))
    }

    /// All documents of one term, not to be scored.
    pub(crate) fn of_one(postings: TermPostings<'a>) -> Self {
        Self {
            cursors: vec![Cursor::new(postings, 0.0, literally(0))],
            literal: true,
            scored: false,
            looked_at: 0,
            matches: Matches::default(),
        }
    }

    /// Whether each term is a clause of its own.
    pub(crate) fn is_literal(&self) -> bool {
        self.literal
    }

    /// Where the postings lie, if there is but one term.
    pub(crate) fn single(&self) -> Option<u64> {
        match &*self.cursors {
            [cursor] if self.literal => Some(cursor.offset),
            _ => None,
        }
    }

    /// How many documents have each term, the rarest first; else at most how many meet each required clause, or any clause.
    pub(crate) fn frequencies(&self) -> Vec<u32> {
        let clauses = self.clauses();
        if is_required(&self.cursors) {
            clauses.filter(|ways| is_required(ways)).map(frequency).collect()
        } else {
            vec![clauses.map(frequency).fold(0, u32::saturating_add)]
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

    /// The same for any clauses.
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

    /// Asks for what was joined of a run that is about to be met.
    pub(crate) fn fetch(&self, docs: &Range<u32>) {
        for union in self.cursors.iter().filter_map(|cursor| cursor.union) {
            union
                .bits
                .fetch(&(docs.start / u64::BITS..docs.end.div_ceil(u64::BITS)));
        }
    }

    /// No score is greater than this.
    pub(crate) fn ceiling(&self) -> f64 {
        self.most_of(|_| true)
    }

    /// No document has more of what [`Block::promising`] does not look at: of all but the first two that were joined.
    pub(crate) fn most_of_others(&self) -> f64 {
        let mut joined = 0;
        self.most_of(|way| {
            joined += usize::from(way.union.is_some());
            way.union.is_none() || joined > 2
        })
    }

    /// No document has more of those clauses, which are told by the first way to meet each.
    fn most_of(&self, mut wanted: impl FnMut(&Cursor<'_>) -> bool) -> f64 {
        let clauses = self
            .clauses()
            .filter(|ways| ways.first().is_some_and(&mut wanted));
        let most = clauses.map(|ways| ways.iter().map(Cursor::most).fold(0.0, f64::max));
        most.sum()
    }

    /// The ways to meet each clause.
    fn clauses(&self) -> impl Iterator<Item = &[Cursor<'a>]> {
        self.cursors.chunk_by(|one, other| one.clause == other.clause)
    }

    /// BM25 of the document that all cursors stand at.
    #[inline]
    fn score(&self, norm: f64) -> f64 {
        self.cursors.iter().map(|cursor| cursor.score(norm)).sum()
    }
}

/// Whether the clause that comes first must be met.
fn is_required(ways: &[Cursor<'_>]) -> bool {
    ways.first().is_some_and(|way| way.clause.required)
}

/// At most how many documents meet a clause.
fn frequency(ways: &[Cursor<'_>]) -> u32 {
    ways.iter().map(|way| way.documents).fold(0, u32::saturating_add)
}

/// How many documents are looked at together where they are many: their bits fit in the nearest cache.
pub(crate) const STRETCH: u32 = 1 << 13;
