//! Answering a query: pass, nearest, the page, and the offerings without a place.

use nabij_atlas::distance_m;
use nabij_offering::{Kind, Position, Theme};

use crate::{
    Index,
    attributes::{ATTRIBUTES, Counter, FIRST_FEATURE, each_word},
    explain::{Explanation, Watch},
    hits::{FacetCounts, Hit, Hits},
    origin::{Origin, haversine_of, widened},
    plan::{Nearest, Pass, Plan},
    prepared::{Order, Prepared, SearchError, Words},
    query::{Area, Facets, Query, Sort},
    rings::Rings,
    shortlist::{Keys, Ranked, Shortlist},
    walk::Walk,
};

impl Index {
    /// Answers a query: exact totals and facets, exact order, ties broken by id.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        Ok(self.prepare(query)?.answer())
    }

    /// Every plan that answers a query, each with its answer. They are the same: this is for tests to see.
    pub fn search_every_way(&self, query: &Query) -> Result<Vec<(Plan, Hits)>, SearchError> {
        let mut answers = Vec::new();
        for plan in self.prepare(query)?.facts.plans() {
            let mut prepared = self.prepare(query)?;
            prepared.plan = plan;
            answers.push((plan, prepared.answer()));
        }
        Ok(answers)
    }
}

impl<'a> Prepared<'a> {
    /// The answer.
    pub fn answer(&self) -> Hits {
        self.run(false).0
    }

    /// The answer, and how it came about.
    pub fn explain(&self) -> (Hits, Explanation) {
        let (hits, mut explanation) = self.run(true);
        // What could be read for the answer can be read again.
        let reasons = hits.hits.iter().map(|hit| self.reasons(hit.doc).ok().flatten());
        explanation.reasons = reasons.flatten().collect();
        (hits, explanation)
    }

    fn run(&self, explained: bool) -> (Hits, Explanation) {
        let plan = self.plan;
        let mut watch = Watch::new(explained);
        let mut counter = Counter::new(&self.index.attributes, self.filter, counted(self.query.facets));
        let mut explanation = Explanation {
            plan,
            facts: self.facts.clone(),
            walked: 0,
            postings: 0,
            rings: 0,
            candidates: 0,
            reasons: Vec::new(),
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
            explanation.postings = self.pass(pass, &mut counter, &mut shortlist);
            self.remember(pass, &counter);
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

    /// Keeps what was counted of a frequent word within a selection.
    fn remember(&self, pass: Pass, counter: &Counter<'_>) {
        if let (Some(word), Some(selection)) = (self.frequent, &self.query.selection)
            && pass != Pass::Sums
            && self.sums.is_none()
        {
            let attributes = counted(self.query.facets);
            let (total, counts) = (counter.total(), counter.counts());
            selection.remembered().keep(word, attributes, total, counts);
        }
    }

    fn shortlist(&self, wanted: usize) -> Shortlist<'a> {
        let keys = match self.order {
            Order::Distance(_) => Keys::Blurred(widened),
            Order::Relevance | Order::Id => Keys::Exact,
        };
        Shortlist::new(wanted, &self.index.id_ranks, keys)
    }

    fn nearest(
        &self,
        nearest: Nearest,
        origin: Origin,
        known: Option<u64>,
        explanation: &mut Explanation,
    ) -> Shortlist<'a> {
        if let (Nearest::Rings, Words::Some(conjunction)) = (nearest, &self.words) {
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
            let shortlist = rings.run();
            explanation.rings = rings.drawn;
            explanation.postings += rings.postings;
            return shortlist;
        }
        let mut shortlist = self.shortlist(self.facts.wanted);
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
        shortlist
    }

    /// No match has a haversine above this.
    pub(crate) fn horizon(&self, origin: Origin) -> f64 {
        match self.query.area {
            Area::Circle { centre, radius_m } if centre == origin.position() => {
                widened(haversine_of(radius_m))
            }
            _ => f64::INFINITY,
        }
    }

    /// The page that was asked for, in its exact order.
    fn page(&self, shortlist: Shortlist<'_>) -> Vec<Hit> {
        let mut distance = Distance::default();
        let origin = self.query.origin;
        let ranked = match self.order {
            Order::Distance(origin) => shortlist
                .finish(|doc, _| Some(distance.between(origin.position(), self.index.position(doc)?))),
            Order::Relevance | Order::Id => shortlist.finish(|_, key| Some(key)),
        };
        // As many as there are without the pins are left when the pins are taken out: the page is whole.
        let pins = if ranked.is_empty() {
            Vec::new()
        } else {
            self.pins()
        };
        let others = ranked
            .into_iter()
            .filter(|other| pins.iter().all(|pin| pin.doc != other.doc));
        let page = pins.iter().copied().chain(others);
        let page = page.skip(self.query.offset).take(self.query.limit);
        // All positions first: memory brings them together, and not each after the reckoning for the one before.
        let placed: Vec<_> = page
            .map(|ranked| (ranked, self.index.position(ranked.doc)))
            .collect();
        let hit = |(Ranked { key, doc }, position): (Ranked, Option<Position>)| Hit {
            doc,
            distance_m: match self.order {
                Order::Distance(_) => Some(key),
                _ => origin
                    .zip(position)
                    .map(|(origin, position)| distance_m(origin, position)),
            },
            score: matches!(self.order, Order::Relevance).then(|| shown(key)),
        };
        placed.into_iter().map(hit).collect()
    }

    /// The matching documents that serve the region: how many, and the page of them that was asked for, the most
    /// local first.
    fn area_wide(&self) -> (u64, Vec<Hit>) {
        let serving = self.index.area_wide.serving(self.query.region.as_ref());
        if serving.is_empty() {
            return (0, Vec::new());
        }
        let skipped = self.query.area_wide_offset;
        let wanted = if self.query.offset == 0 {
            skipped.saturating_add(self.query.limit)
        } else {
            0
        };
        let mut shortlist = Shortlist::new(wanted, &self.index.id_ranks, Keys::Exact);
        let mut counter = Counter::new(&self.index.attributes, self.filter, 0);
        let relevance = self.query.sort == Sort::Relevance;
        // A pin comes before whatever has no pin.
        let pin = |doc: u32| {
            let place = self.query.selection.as_ref()?.pin(doc)?;
            Some(f64::from(place) - f64::from(u32::MAX))
        };
        let mut conjunction = match &self.words {
            Words::None => None,
            Words::Nowhere => return (0, Vec::new()),
            Words::Some(conjunction) => Some(conjunction.clone()),
        };
        for (docs, reach) in serving {
            let key = f64::from(reach);
            match &mut conjunction {
                Some(conjunction) => conjunction.visit(docs, |doc, score_by| {
                    if counter.one(doc) {
                        let score = || -score_by(self.index.norm(doc));
                        let key = if relevance { score() } else { key };
                        shortlist.push(pin(doc).unwrap_or(key), doc);
                    }
                }),
                None => each_word(docs, |block, mask| {
                    let key = if relevance { 0.0 } else { key };
                    counter.visit(block, mask, &mut |doc| {
                        shortlist.push(pin(doc).unwrap_or(key), doc);
                    });
                }),
            }
        }
        let hit = |Ranked { doc, .. }: Ranked| Hit {
            doc,
            distance_m: None,
            score: None,
        };
        let hits = shortlist.finish(|_, key| Some(key));
        (counter.total(), hits.into_iter().skip(skipped).map(hit).collect())
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

/// How many of the attributes are counted for facets.
pub(crate) fn counted(facets: Facets) -> usize {
    match (facets.feature, facets.any()) {
        (true, _) => ATTRIBUTES,
        (false, true) => FIRST_FEATURE,
        (false, false) => 0,
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
