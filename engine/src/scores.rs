//! BM25 of many documents at once: term by term, so that all that depends on the term stays at hand, nothing is guessed, and
//! the arithmetic is done for several documents side by side. Worth it where a wish has several terms, of which a document has
//! some and lacks others; where it has all, [`Block::score`](crate::matches::Block::score) is as quick.

use crate::{bm25::bm25, matches::TermRows};

/// Documents to be scored, and their scores. Kept from run to run, so that nothing is allocated.
#[derive(Debug, Default, Clone)]
pub(crate) struct Scores {
    docs: Vec<u32>,
    /// What the length of each comes to.
    norms: Vec<f64>,
    /// How often each has the term.
    often: Vec<u32>,
    /// What the wish adds to each: of its terms, the one that is worth most.
    best: Vec<f64>,
    sums: Vec<f64>,
}

impl Scores {
    /// Forgets what was taken.
    pub(crate) fn clear(&mut self) {
        self.docs.clear();
    }

    /// Takes a document to be scored.
    #[inline]
    pub(crate) fn take(&mut self, doc: u32) {
        self.docs.push(doc);
    }

    /// Scores what was taken, and gives each with its score.
    pub(crate) fn score<'a>(
        &mut self,
        terms: impl Iterator<Item = TermRows<'a>>,
        norm: impl Fn(u32) -> f64,
    ) -> impl Iterator<Item = (u32, f64)> {
        let count = self.docs.len();
        self.norms.clear();
        self.norms.extend(self.docs.iter().map(|doc| norm(*doc)));
        self.sums.clear();
        self.sums.resize(count, 0.0);
        self.best.clear();
        self.best.resize(count, 0.0);
        let mut wish = 0;
        for term in terms {
            if term.wish != wish {
                wish = term.wish;
                self.add_up();
            }
            self.often.clear();
            self.often
                .extend(self.docs.iter().map(|doc| term.frequency(*doc)));
            let documents = self.best.iter_mut().zip(&self.often).zip(&self.norms);
            for ((best, often), norm) in documents {
                *best = best.max(bm25(term.idf, *often, *norm));
            }
        }
        self.add_up();
        self.docs.iter().copied().zip(self.sums.iter().copied())
    }

    fn add_up(&mut self) {
        for (score, best) in self.sums.iter_mut().zip(&mut self.best) {
            *score += *best;
            *best = 0.0;
        }
    }
}
