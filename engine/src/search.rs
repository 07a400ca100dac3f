//! Answering a query: facts, plan, pass, nearest, and the offerings without a place.

use nabij_atlas::distance_m;
use nabij_offering::{Kind, Position, Theme};
use tantivy::TantivyError;

use crate::{
    Index,
    analysis::terms,
    attributes::{ATTRIBUTES, Counter, FIRST_FEATURE, Filter, each_word},
    conjunction::Conjunction,
    cover::{self, Run},
    explain::{Explanation, Watch},
    frequent::Sums,
    hits::{FacetCounts, Hit, Hits},
    origin::{Origin, haversine_of, widened},
    plan::{Facts, Nearest, Pass, Plan},
    query::{Area, Query, Sort},
    rings::Rings,
    shortlist::{Keys, Ranked, Shortlist},
    walk::Walk,
    within::Within,
};

/// Why a query was not answered: the text index cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the text index cannot be read")]
pub struct SearchError(#[from] TantivyError);

impl Index {
    /// Answers a query: exact totals and facets, exact order, ties broken by id.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let search = Search::new(self, query)?;
        let plan = search.facts.choose();
        Ok(search.answer(plan, false).0)
    }

    /// Answers a query, and says how.
    pub fn explain(&self, query: &Query) -> Result<(Hits, Explanation), SearchError> {
        let search = Search::new(self, query)?;
        let plan = search.facts.choose();
        Ok(search.answer(plan, true))
    }

    /// Every plan that answers a query, each with its answer. They are the same: this is for tests to see.
    pub fn search_every_way(&self, query: &Query) -> Result<Vec<(Plan, Hits)>, SearchError> {
        let mut answers = Vec::new();
        for plan in Search::new(self, query)?.facts.plans() {
            answers.push((plan, Search::new(self, query)?.answer(plan, false).0));
        }
        Ok(answers)
    }
}

/// What the hits are ordered by.
#[derive(Debug, Clone, Copy)]
enum Order {
    Distance(Origin),
    Relevance,
    Id,
}

/// A query and the index it is put to.
struct Search<'a> {
    index: &'a Index,
    query: &'a Query,
    words: Words,
    order: Order,
    filter: Filter,
    within: Within,
    runs: Vec<Run>,
    /// The counts, if they were summed up beforehand.
    sums: Option<&'a Sums>,
    facts: Facts,
}

/// What the words of a query come to.
enum Words {
    None,
    /// One of them occurs nowhere.
    Nowhere,
    Some(Conjunction),
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, query: &'a Query) -> Result<Self, SearchError> {
        let words = terms(&query.text);
        let order = match (query.sort, query.origin) {
            (Sort::Relevance, _) if !words.is_empty() => Order::Relevance,
            (_, Some(origin)) => Order::Distance(Origin::new(origin)),
            (_, None) => Order::Id,
        };
        let words = if words.is_empty() {
            Words::None
        } else {
            let scored = query.sort == Sort::Relevance;
            Conjunction::new(index, &words, scored)?.map_or(Words::Nowhere, Words::Some)
        };
        let filter = Filter::new(query.kinds, query.themes, query.features);
        let runs = cover::runs(&index.bands, query.area);
        let frequencies = match &words {
            Words::Some(conjunction) => conjunction.frequencies().collect(),
            Words::None | Words::Nowhere => Vec::new(),
        };
        let sums = match &words {
            Words::Some(conjunction) if filter.is_open() && query.area == Area::Anywhere => {
                conjunction.single().and_then(|word| index.frequent.sums(word))
            }
            _ => None,
        };
        let placed = index.bands.placed();
        let in_runs: u64 = runs
            .iter()
            .map(|run| u64::from(run.docs.end - run.docs.start))
            .sum();
        let facts = Facts {
            frequencies,
            documents: f64::from(placed.end - placed.start),
            in_runs: in_runs as f64,
            runs: runs.len() as f64,
            share: if filter.is_open() {
                1.0
            } else {
                index.attributes.share(filter)
            },
            wanted: if query.limit == 0 {
                0
            } else {
                query.offset.saturating_add(query.limit)
            },
            by_distance: matches!(order, Order::Distance(_)),
            counted: query.total || query.facets.any(),
            summed: sums.is_some(),
        };
        Ok(Self {
            within: query.area.into(),
            index,
            query,
            words,
            order,
            filter,
            runs,
            sums,
            facts,
        })
    }

    fn answer(self, plan: Plan, explained: bool) -> (Hits, Explanation) {
        let mut watch = Watch::new(explained);
        let mut counter = Counter::new(&self.index.attributes, self.filter, self.counted());
        let mut explanation = Explanation {
            plan,
            facts: self.facts.clone(),
            walked: 0,
            postings: 0,
            rings: 0,
            candidates: 0,
            stages: Vec::new(),
        };
        let wanted = if plan.nearest.is_none() {
            self.facts.wanted
        } else {
            0
        };
        let mut shortlist = self.shortlist(wanted);
        if let Some(pass) = plan.pass
            && !matches!(self.words, Words::Nowhere)
        {
            self.pass(pass, &mut counter, &mut shortlist, &mut explanation);
            watch.lap("pass");
        }
        let known = plan.pass.map(|_| counter.total());
        if let (Some(nearest), Order::Distance(origin)) = (plan.nearest, self.order)
            && !matches!(self.words, Words::Nowhere)
            && known != Some(0)
        {
            shortlist = self.nearest(nearest, origin, known, &mut explanation);
            watch.lap("nearest");
        }
        explanation.candidates = shortlist.len() as u64;
        let hits = self.page(shortlist);
        watch.lap("order");
        let (area_wide_total, area_wide) = self.area_wide();
        watch.lap("area-wide");
        explanation.stages = watch.stages();
        let hits = Hits {
            total: self.query.total.then(|| counter.total()),
            hits,
            area_wide,
            area_wide_total,
            facets: self.facets(counter.counts()),
        };
        (hits, explanation)
    }

    fn shortlist(&self, wanted: usize) -> Shortlist<'a> {
        let keys = match self.order {
            Order::Distance(_) => Keys::Blurred(widened),
            Order::Relevance | Order::Id => Keys::Exact,
        };
        Shortlist::new(wanted, &self.index.id_ranks, keys)
    }

    /// How many of the attributes are counted.
    fn counted(&self) -> usize {
        let facets = self.query.facets;
        match (facets.feature, facets.any()) {
            (true, _) => ATTRIBUTES,
            (false, true) => FIRST_FEATURE,
            (false, false) => 0,
        }
    }

    /// Counts all matches; meets each of them, if the plan says so.
    fn pass(
        &self,
        pass: Pass,
        counter: &mut Counter<'_>,
        shortlist: &mut Shortlist<'_>,
        explanation: &mut Explanation,
    ) {
        match (pass, &self.words) {
            (Pass::Ranks, _) => self.runs.iter().for_each(|run| self.count(run, counter)),
            (Pass::Scan, _) => self
                .runs
                .iter()
                .for_each(|run| self.scan(run, counter, shortlist)),
            (Pass::Sought, Words::Some(conjunction)) => {
                let mut conjunction = conjunction.clone();
                for run in &self.runs {
                    self.seek(run, &mut conjunction, counter, shortlist);
                }
                explanation.postings += conjunction.looked_at();
            }
            (Pass::Postings, Words::Some(conjunction)) => {
                let mut conjunction = conjunction.clone();
                let all = Run {
                    docs: self.index.bands.placed(),
                    inside: self.query.area == Area::Anywhere,
                };
                self.seek(&all, &mut conjunction, counter, shortlist);
                explanation.postings += conjunction.looked_at();
            }
            (Pass::Sums, _) => {
                if let Some(sums) = self.sums {
                    counter.sums(sums.total, &sums.counts);
                }
            }
            (Pass::Sought | Pass::Postings, Words::None | Words::Nowhere) => {}
        }
    }

    /// Counts the matches of a run without meeting them.
    fn count(&self, run: &Run, counter: &mut Counter<'_>) {
        if run.inside {
            counter.run(run.docs.clone());
        } else {
            self.edge(run, |block, mask| counter.word(block, mask));
        }
    }

    /// The documents of a run at the edge that lie in the area, as bits of blocks.
    fn edge(&self, run: &Run, mut take: impl FnMut(usize, u64)) {
        let docs = run.docs.start as usize..run.docs.end as usize;
        let mut start = docs.start;
        each_word(docs, |block, mask| {
            let end = start + mask.count_ones() as usize;
            let (lats, lons) = self.index.bands.coordinates(start..end);
            take(block, self.within.mask(lats, lons) << mask.trailing_zeros());
            start = end;
        });
    }

    /// Counts the matches of a run and meets each.
    fn scan(&self, run: &Run, counter: &mut Counter<'_>, shortlist: &mut Shortlist<'_>) {
        let mut meet = |doc: u32| self.offer(doc, 0.0, shortlist);
        if run.inside {
            each_word(run.docs.start as usize..run.docs.end as usize, |block, mask| {
                counter.visit(block, mask, &mut meet);
            });
        } else {
            self.edge(run, |block, mask| counter.visit(block, mask, &mut meet));
        }
    }

    /// Counts the matches of a run that have all words, and meets each.
    fn seek(
        &self,
        run: &Run,
        conjunction: &mut Conjunction,
        counter: &mut Counter<'_>,
        shortlist: &mut Shortlist<'_>,
    ) {
        let relevance = matches!(self.order, Order::Relevance);
        conjunction.visit(run.docs.clone(), |doc, conjunction| {
            if (run.inside || self.within.contains(self.index.bands.fixed(doc))) && counter.one(doc) {
                let score = if relevance {
                    conjunction.score(self.index.norm(doc))
                } else {
                    0.0
                };
                self.offer(doc, score, shortlist);
            }
        });
    }

    /// Offers a match for the page.
    #[inline]
    fn offer(&self, doc: u32, score: f64, shortlist: &mut Shortlist<'_>) {
        if shortlist.bound() == f64::NEG_INFINITY {
            return;
        }
        let key = match self.order {
            Order::Distance(origin) => origin.haversine(self.index.bands.fixed(doc)),
            Order::Relevance => -score,
            Order::Id => self
                .index
                .id_ranks
                .get(doc as usize)
                .copied()
                .map_or(f64::INFINITY, f64::from),
        };
        shortlist.push(key, doc);
    }

    fn nearest(
        &self,
        nearest: Nearest,
        origin: Origin,
        known: Option<u64>,
        explanation: &mut Explanation,
    ) -> Shortlist<'a> {
        let mut shortlist = self.shortlist(self.facts.wanted);
        match (nearest, &self.words) {
            (Nearest::Rings, Words::Some(conjunction)) => {
                let mut rings = Rings {
                    bands: &self.index.bands,
                    attributes: &self.index.attributes,
                    id_ranks: &self.index.id_ranks,
                    origin,
                    filter: self.filter,
                    area: self.query.area,
                    runs: &self.runs,
                    conjunction,
                    share: self.facts.match_share(),
                    wanted: self.facts.wanted,
                    drawn: 0,
                    postings: 0,
                };
                shortlist = rings.run();
                explanation.rings = rings.drawn;
                explanation.postings += rings.postings;
            }
            _ => {
                let mut walk = Walk {
                    bands: &self.index.bands,
                    attributes: &self.index.attributes,
                    origin,
                    filter: self.filter,
                    within: self.within,
                    horizon: self.horizon(origin),
                    remaining: known.unwrap_or(u64::MAX),
                    shortlist: &mut shortlist,
                    met: 0,
                };
                walk.run();
                explanation.walked = walk.met;
            }
        }
        shortlist
    }

    /// No match has a haversine above this.
    fn horizon(&self, origin: Origin) -> f64 {
        match self.query.area {
            Area::Circle { centre, radius_m } if centre == origin.position() => {
                widened(haversine_of(radius_m))
            }
            _ => f64::INFINITY,
        }
    }

    /// The page that was asked for, in its exact order.
    fn page(&self, shortlist: Shortlist<'_>) -> Vec<Hit> {
        let distance = Distance::default();
        let mut distance = distance;
        let origin = self.query.origin;
        let ranked = match self.order {
            Order::Distance(origin) => shortlist
                .finish(|doc, _| Some(distance.between(origin.position(), self.index.position(doc)?))),
            Order::Relevance | Order::Id => shortlist.finish(|_, key| Some(key)),
        };
        let hit = |Ranked { key, doc }: Ranked| Hit {
            doc,
            distance_m: match self.order {
                Order::Distance(_) => Some(key),
                _ => origin.and_then(|origin| Some(distance_m(origin, self.index.position(doc)?))),
            },
            score: matches!(self.order, Order::Relevance).then(|| shown(key)),
        };
        ranked.into_iter().skip(self.query.offset).map(hit).collect()
    }

    /// The matching documents that serve the region: how many, and the first page of them, the most local first.
    fn area_wide(&self) -> (u64, Vec<Hit>) {
        let serving = self.index.area_wide.serving(self.query.region.as_ref());
        let wanted = if self.query.offset == 0 {
            self.query.limit
        } else {
            0
        };
        let mut shortlist = Shortlist::new(wanted, &self.index.id_ranks, Keys::Exact);
        let mut counter = Counter::new(&self.index.attributes, self.filter, 0);
        let relevance = self.query.sort == Sort::Relevance;
        let mut conjunction = match &self.words {
            Words::None => None,
            Words::Nowhere => return (0, Vec::new()),
            Words::Some(conjunction) => Some(conjunction.clone()),
        };
        for (docs, reach) in serving {
            let key = f64::from(reach);
            match &mut conjunction {
                Some(conjunction) => conjunction.visit(docs, |doc, conjunction| {
                    if counter.one(doc) {
                        let score = || -conjunction.score(self.index.norm(doc));
                        shortlist.push(if relevance { score() } else { key }, doc);
                    }
                }),
                None => each_word(docs.start as usize..docs.end as usize, |block, mask| {
                    let key = if relevance { 0.0 } else { key };
                    counter.visit(block, mask, &mut |doc| shortlist.push(key, doc));
                }),
            }
        }
        let hit = |Ranked { doc, .. }: Ranked| Hit {
            doc,
            distance_m: None,
            score: None,
        };
        let hits = shortlist.finish(|_, key| Some(key));
        (counter.total(), hits.into_iter().map(hit).collect())
    }

    fn facets(&self, counts: &[u64; ATTRIBUTES]) -> FacetCounts {
        let wanted = self.query.facets;
        let (kinds, rest) = counts.split_at(Kind::ALL.len());
        let (themes, features) = rest.split_at(Theme::ALL.len());
        FacetCounts {
            kind: wanted.kind.then(|| kinds.try_into().unwrap_or_default()),
            theme: wanted.theme.then(|| themes.try_into().unwrap_or_default()),
            feature: wanted.feature.then(|| features.try_into().unwrap_or_default()),
        }
    }
}

/// The exact distance. Thousands of offerings may share one address: for them it is computed once.
#[derive(Default)]
struct Distance(Option<(Position, f64)>);

impl Distance {
    fn between(&mut self, origin: Position, position: Position) -> f64 {
        match self.0 {
            Some((last, distance)) if last == position => distance,
            _ => {
                let distance = distance_m(origin, position);
                self.0 = Some((position, distance));
                distance
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "shown, not compared")]
fn shown(key: f64) -> f32 {
    -key as f32
}
