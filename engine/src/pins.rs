//! The documents that come first where they match. They are few: each is tested alone.

use nabij_atlas::distance_m;

use crate::{
    prepared::{Order, Prepared, Words},
    shortlist::Ranked,
};

impl Prepared<'_> {
    /// The pinned documents with a place that match, in their order, each with the key that it would be ordered by.
    pub(crate) fn pins(&self) -> Vec<Ranked> {
        let selection = self.query.selection.as_ref();
        let pinned = selection.map_or(&[][..], |selection| selection.pinned());
        let placed = self.index.bands.placed();
        let near = pinned.iter().filter(|doc| placed.contains(doc));
        near.filter_map(|doc| self.pin(*doc)).collect()
    }

    fn pin(&self, doc: u32) -> Option<Ranked> {
        let matches = self.filter.passes(doc, self.index.attributes.of(doc))
            && self.within.contains(self.index.bands.fixed(doc));
        let score = self.score(doc).filter(|_| matches)?;
        let key = match self.order {
            Order::Distance(origin) => distance_m(origin.position(), self.index.position(doc)?),
            Order::Relevance => -score,
            Order::Id => f64::from(*self.index.id_ranks.get(doc as usize)?),
        };
        Some(Ranked { key, doc })
    }

    /// How well a document matches the words; none if it lacks one of them.
    fn score(&self, doc: u32) -> Option<f64> {
        let conjunction = match &self.words {
            Words::None => return Some(0.0),
            Words::Nowhere => return None,
            Words::Some(conjunction) => conjunction,
        };
        let relevance = matches!(self.order, Order::Relevance);
        let mut score = None;
        conjunction.clone().visit(doc..doc + 1, |doc, score_by| {
            score = Some(if relevance {
                score_by(self.index.norm(doc))
            } else {
                0.0
            });
        });
        score
    }
}
