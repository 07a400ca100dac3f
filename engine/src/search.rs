//! Answering a query: every candidate in the area is looked at, once.

use nabij_atlas::distance_m;
use nabij_offering::{Kind, Position, ServiceArea, Theme};
use tantivy::{
    DocSet, TERMINATED, TantivyError,
    postings::{Postings, SegmentPostings},
};

use crate::{
    Index,
    analysis::terms,
    bands::Fixed,
    cover::{self, Run},
    hits::{FacetCounts, Hit, Hits},
    query::{Area, BoundingBox, Query, Region, Sort},
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
        let area_wide = match matcher {
            Matcher::Everything => {
                for run in self.runs(query.area) {
                    run.docs.for_each(|doc| collector.offer(doc, run.inside, None));
                }
                collect_area_wide(self, query, (0..self.areas.len()).map(|at| (at, 0.0)))
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
                collect_area_wide(self, query, wide.into_iter())
            }
        };
        let mut hits = collector.into_hits();
        (hits.area_wide_total, hits.area_wide) = area_wide;
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

/// Documents that have all of some terms.
struct Conjunction {
    /// The rarest first: it leads.
    postings: Vec<(SegmentPostings, f64)>,
}

/// The usual constants of BM25.
const K1: f64 = 1.2;
const B: f64 = 0.75;

impl Conjunction {
    fn new(index: &Index, words: &[String]) -> Result<Option<Self>, TantivyError> {
        let Some(text) = index.text.as_ref() else {
            return Ok(None);
        };
        let mut postings = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if words[..at].contains(word) {
                continue;
            }
            let Some(list) = text.postings(word)? else {
                return Ok(None);
            };
            let idf = idf(index.manifest().counts.offerings(), list.doc_freq());
            postings.push((list, idf));
        }
        postings.sort_by_key(|(list, _)| list.doc_freq());
        let mut conjunction = Self { postings };
        conjunction.align();
        Ok(Some(conjunction))
    }

    /// The document that all lists stand at.
    fn doc(&self) -> Option<usize> {
        self.postings
            .first()
            .map(|(list, _)| list.doc())
            .filter(|doc| *doc != TERMINATED)
            .map(|doc| doc as usize)
    }

    fn advance(&mut self) {
        if let Some((lead, _)) = self.postings.first_mut() {
            lead.advance();
        }
        self.align();
    }

    /// Moves all lists to the next document that they share.
    fn align(&mut self) {
        let Some(((lead, _), others)) = self.postings.split_first_mut() else {
            return;
        };
        'candidate: while lead.doc() != TERMINATED {
            for (other, _) in others.iter_mut() {
                if other.doc() < lead.doc() {
                    other.seek(lead.doc());
                }
                if other.doc() != lead.doc() {
                    lead.seek(other.doc());
                    continue 'candidate;
                }
            }
            return;
        }
    }

    /// BM25 of the document the lists stand at.
    fn score(&self, index: &Index, doc: usize) -> f64 {
        let length = f64::from(index.lengths.get(doc).copied().unwrap_or(0));
        let norm = K1 * (1.0 - B + B * length / index.manifest().mean_length);
        self.postings
            .iter()
            .map(|(list, idf)| {
                let frequency = f64::from(list.term_freq());
                idf * frequency * (K1 + 1.0) / (frequency + norm)
            })
            .sum()
    }
}

/// Inverse document frequency as in BM25, never negative.
///
/// # References
/// S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends
/// in Information Retrieval 3 (2009), with the `1 +` of Lucene.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 documents")]
fn idf(documents: usize, frequency: u32) -> f64 {
    let (documents, frequency) = (documents as f64, f64::from(frequency));
    (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()
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
    edge: Edge,
    tally: Tally,
    top: Top,
}

impl<'a> Collector<'a> {
    fn new(index: &'a Index, query: &'a Query, has_words: bool) -> Self {
        Self {
            index,
            query,
            order: Order::of(query, has_words),
            edge: Edge::new(query.area),
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
        if !inside && !self.edge.contains(position) {
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

/// The exact test at the edge of an area.
enum Edge {
    Nothing,
    Circle { centre: Position, radius_m: f64 },
    Box(BoundingBox),
}

impl Edge {
    fn new(area: Area) -> Self {
        match area {
            Area::Anywhere => Self::Nothing,
            Area::Circle { centre, radius_m } => Self::Circle { centre, radius_m },
            Area::Box(bbox) => Self::Box(bbox),
        }
    }

    fn contains(&self, position: Position) -> bool {
        match self {
            Self::Nothing => true,
            Self::Circle { centre, radius_m } => distance_m(*centre, position) <= *radius_m,
            Self::Box(bbox) => {
                let (low, high) = (Fixed::from(bbox.south_west), Fixed::from(bbox.north_east));
                let fixed = Fixed::from(position);
                let lon = if low.lon <= high.lon {
                    (low.lon..=high.lon).contains(&fixed.lon)
                } else {
                    fixed.lon >= low.lon || fixed.lon <= high.lon
                };
                (low.lat..=high.lat).contains(&fixed.lat) && lon
            }
        }
    }
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

/// The matching documents that serve the region: how many, and the first page of them, the most local first.
/// `candidates` are numbers among the documents without a place, each with its score.
fn collect_area_wide(
    index: &Index,
    query: &Query,
    candidates: impl Iterator<Item = (usize, f64)>,
) -> (u64, Vec<Hit>) {
    let capacity = if query.offset == 0 { query.limit } else { 0 };
    let mut top = Top::new(capacity);
    let mut total = 0;
    for (at, score) in candidates {
        let doc = index.bands.len() + at;
        let Some(reach) = reach(&index.areas[at], query.region.as_ref()) else {
            continue;
        };
        if !index.passes(doc, query.kinds, query.themes) {
            continue;
        }
        total += 1;
        let key = if query.sort == Sort::Relevance {
            -score
        } else {
            f64::from(reach)
        };
        if let (Some(id_rank), Ok(doc)) = (index.id_ranks.get(doc), u32::try_from(doc)) {
            top.push(Ranked {
                key,
                id_rank: *id_rank,
                doc,
            });
        }
    }
    let hit = |ranked: Ranked| Hit {
        doc: ranked.doc,
        distance_m: None,
        score: None,
    };
    (total, top.into_sorted().into_iter().map(hit).collect())
}

/// How wide the narrowest of the areas is that holds the region; none if none does.
fn reach(areas: &[ServiceArea], region: Option<&Region>) -> Option<u8> {
    let same =
        |name: &str, known: Option<&String>| known.is_some_and(|known| known.eq_ignore_ascii_case(name));
    let reach = |area: &ServiceArea| {
        let (width, serves) = match area {
            ServiceArea::Pc4(ranges) => {
                let pc4 = region.and_then(|region| region.pc4);
                (
                    0,
                    pc4.is_some_and(|pc4| ranges.iter().any(|range| range.contains(pc4))),
                )
            }
            ServiceArea::Municipality(name) => (
                1,
                same(name, region.and_then(|region| region.municipality.as_ref())),
            ),
            ServiceArea::Province(name) => {
                (2, same(name, region.and_then(|region| region.province.as_ref())))
            }
            ServiceArea::National => (3, true),
            ServiceArea::Telephone => (4, true),
            ServiceArea::Online => (5, true),
        };
        serves.then_some(width)
    };
    areas.iter().filter_map(reach).min()
}
