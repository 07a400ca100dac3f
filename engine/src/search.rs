//! Answering a query: every candidate in the area is looked at, once.

use nabij_atlas::distance_m;
use nabij_offering::{Kind, Position, Theme};
use tantivy::TantivyError;

use crate::{
    Index,
    analysis::terms,
    area_wide,
    conjunction::Conjunction,
    cover::{self, Run},
    hits::{FacetCounts, Hit, Hits},
    query::{Area, Query, Sort},
    top::{Ranked, Top},
};

/// Why a query was not answered: the text index cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the text index cannot be read")]
pub struct SearchError(#[from] TantivyError);

impl Index {
    /// Answers a query: exact totals and facets, exact order, ties broken by id.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let words = terms(&query.text);
        let Some(matcher) = Matcher::new(self, &words)? else {
            return Ok(Hits {
                total: query.total.then_some(0),
                facets: Tally::new(query).facets(),
                ..Hits::default()
            });
        };
        let mut collector = Collector::new(self, query, matcher.has_words());
        let wide = match matcher {
            Matcher::Everything => {
                for run in self.runs(query.area) {
                    run.docs.for_each(|doc| collector.offer(doc, run.inside, None));
                }
                area_wide::collect(self, query, (0..self.areas.len()).map(|at| (at, 0.0)))
            }
            Matcher::Words(mut conjunction) => {
                let placed = self.bands.len();
                let mut wide = Vec::new();
                while let Some(doc) = conjunction.doc() {
                    match doc.checked_sub(placed) {
                        None => collector.offer(doc, query.area == Area::Anywhere, Some(&conjunction)),
                        Some(at) => wide.push((at, conjunction.score(self, doc))),
                    }
                    conjunction.advance();
                }
                area_wide::collect(self, query, wide.into_iter())
            }
        };
        let mut hits = collector.into_hits();
        (hits.area_wide_total, hits.area_wide) = wide;
        Ok(hits)
    }

    fn runs(&self, area: Area) -> Vec<Run> {
        match area {
            Area::Anywhere => vec![Run {
                docs: 0..self.bands.len(),
                inside: true,
            }],
            Area::Circle { centre, radius_m } => cover::circle(&self.bands, centre, radius_m),
            Area::Box(bbox) => cover::bounding_box(&self.bands, bbox),
        }
    }
}

/// Which documents the words leave.
enum Matcher {
    Everything,
    Words(Conjunction),
}

impl Matcher {
    /// None if a word occurs nowhere.
    fn new(index: &Index, words: &[String]) -> Result<Option<Self>, TantivyError> {
        if words.is_empty() {
            return Ok(Some(Self::Everything));
        }
        Ok(Conjunction::new(index, words)?.map(Self::Words))
    }

    fn has_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }
}

/// What the hits are ordered by.
#[derive(Debug, Clone, Copy)]
enum Order {
    Distance(Position),
    Relevance,
    Id,
}

impl Order {
    fn of(query: &Query, has_words: bool) -> Self {
        match (query.sort, query.origin) {
            (Sort::Relevance, _) if has_words => Self::Relevance,
            (_, Some(origin)) => Self::Distance(origin),
            (_, None) => Self::Id,
        }
    }
}

/// Counts matches and keeps the best of them.
struct Collector<'a> {
    index: &'a Index,
    query: &'a Query,
    order: Order,
    tally: Tally,
    top: Top,
}

impl<'a> Collector<'a> {
    fn new(index: &'a Index, query: &'a Query, has_words: bool) -> Self {
        Self {
            index,
            query,
            order: Order::of(query, has_words),
            tally: Tally::new(query),
            top: Top::new(query.offset.saturating_add(query.limit)),
        }
    }

    /// Looks at a document that may lie in the area; `inside` says that it does.
    fn offer(&mut self, doc: usize, inside: bool, conjunction: Option<&Conjunction>) {
        if !self.index.passes(doc, self.query.kinds, self.query.themes) {
            return;
        }
        let Some(position) = self.index.bands.position(doc) else {
            return;
        };
        if !inside && !self.query.area.contains(position) {
            return;
        }
        self.tally.count(self.index, doc);
        let key = match self.order {
            Order::Distance(origin) => distance_m(origin, position),
            Order::Relevance => conjunction.map_or(0.0, |conjunction| -conjunction.score(self.index, doc)),
            Order::Id => 0.0,
        };
        if key <= self.top.bound()
            && let (Some(id_rank), Ok(doc)) = (self.index.id_ranks.get(doc), u32::try_from(doc))
        {
            self.top.push(Ranked {
                key,
                id_rank: *id_rank,
                doc,
            });
        }
    }

    fn into_hits(self) -> Hits {
        let Self {
            index,
            query,
            order,
            tally,
            top,
            ..
        } = self;
        let hit = |ranked: Ranked| Hit {
            doc: ranked.doc,
            distance_m: query
                .origin
                .and_then(|origin| Some(distance_m(origin, index.position(ranked.doc)?))),
            score: matches!(order, Order::Relevance).then(|| score(ranked.key)),
        };
        Hits {
            total: query.total.then_some(tally.total),
            hits: top
                .into_sorted()
                .into_iter()
                .skip(query.offset)
                .map(hit)
                .collect(),
            facets: tally.facets(),
            ..Hits::default()
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "shown, not compared")]
fn score(key: f64) -> f32 {
    -key as f32
}

/// Counts of matches.
struct Tally {
    total: u64,
    kinds: Option<[u64; Kind::ALL.len()]>,
    themes: Option<[u64; Theme::ALL.len()]>,
}

impl Tally {
    fn new(query: &Query) -> Self {
        Self {
            total: 0,
            kinds: query.facets.kind.then_some([0; _]),
            themes: query.facets.theme.then_some([0; _]),
        }
    }

    fn count(&mut self, index: &Index, doc: usize) {
        self.total += 1;
        if let (Some(kinds), Some(kind)) = (&mut self.kinds, index.kinds.get(doc))
            && let Some(count) = kinds.get_mut(usize::from(*kind))
        {
            *count += 1;
        }
        if let (Some(themes), Some(bits)) = (&mut self.themes, index.themes.get(doc)) {
            for (at, count) in themes.iter_mut().enumerate() {
                *count += u64::from(bits >> at & 1);
            }
        }
    }

    fn facets(&self) -> FacetCounts {
        FacetCounts {
            kind: self.kinds,
            theme: self.themes,
        }
    }
}
