//! Why a hit stands where it does: what each thing that was asked for adds to its score, and what it is worth beside.

use nabij_language::{TermField, Wish};
use tantivy::{TERMINATED, TantivyError};

use crate::{
    bm25::bm25,
    impacts::Impact,
    prepared::{Order, Prepared},
    ways::{Way, ways_to_meet},
    worth::Worth,
};

/// Why a hit stands where it does. Its score is the sum of what the words add, times what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    /// What was asked for and found, in the order of the question.
    pub words: Vec<Reason>,
    /// What it is worth beside its words; none if the query makes no difference.
    pub worth: Option<Worth>,
}

/// What one thing that was asked for adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// As it was typed, folded.
    pub typed: String,
    /// How it was found.
    pub found: TermField,
    /// What it adds.
    pub score: f64,
}

impl Prepared<'_> {
    /// Why a document has its score; none if the order is another, or the words were taken as they stand.
    pub(crate) fn reasons(&self, doc: u32) -> Result<Option<Reasons>, TantivyError> {
        let (Order::Relevance, Some(understood), Some(text)) =
            (self.order, &self.query.understood, &self.index.text)
        else {
            return Ok(None);
        };
        let documents = self.index.manifest().counts.offerings();
        let mut words = Vec::new();
        for wish in &understood.wishes {
            let ways = ways_to_meet(text, wish, documents)?;
            let mut best: Option<Reason> = None;
            for way in &ways {
                let reason = self.reason(wish, way, doc)?;
                best = best
                    .into_iter()
                    .chain(reason)
                    .max_by(|a, b| a.score.total_cmp(&b.score));
            }
            words.extend(best);
        }
        let worth = self.scale.map(|scale| scale.of(self.index, doc));
        Ok(Some(Reasons { words, worth }))
    }

    fn reason(&self, wish: &Wish, way: &Way<'_>, doc: u32) -> Result<Option<Reason>, TantivyError> {
        let mut block = way.listed.postings(true)?.block;
        let at = block.seek(doc);
        let found = block.docs().get(at).copied().unwrap_or(TERMINATED);
        Ok((found == doc).then(|| Reason {
            typed: wish.typed.clone(),
            found: way.term.field,
            score: f64::from(wish.worth)
                * bm25(
                    Impact {
                        idf: way.idf,
                        often: block.freq(at),
                    },
                    self.index.norm(doc),
                ),
        }))
    }
}
