//! A query made ready: its words looked up, its area turned into runs, its plan chosen.

use std::time::Duration;

use tantivy::TantivyError;

use crate::{
    Index,
    analysis::terms,
    attributes::Filter,
    conjunction::Conjunction,
    cover::{self, Run},
    frequent::Sums,
    origin::Origin,
    plan::{Facts, Plan, number},
    query::{Area, Query, Sort},
    search::counted,
    selection::StaleSelection,
    within::Within,
    worth::Scale,
};

/// Why a query was not answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The text index cannot be read.
    #[error("the text index cannot be read")]
    Text(#[from] TantivyError),
    /// Its selection was made for another generation.
    #[error(transparent)]
    Stale(#[from] StaleSelection),
}

/// What the hits are ordered by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    Distance(Origin),
    Relevance,
    Id,
}

/// A query made ready for an index.
pub struct Prepared<'a> {
    pub(crate) index: &'a Index,
    pub(crate) query: &'a Query,
    pub(crate) words: Words<'a>,
    pub(crate) order: Order,
    /// What matches are worth beside their words.
    pub(crate) scale: Option<Scale>,
    pub(crate) filter: Filter<'a>,
    pub(crate) within: Within,
    pub(crate) runs: Vec<Run>,
    /// The frequent word of which all documents are asked for, if that is what is asked.
    pub(crate) frequent: Option<u64>,
    /// The counts, if they were summed up before.
    pub(crate) sums: Option<Sums>,
    pub(crate) facts: Facts,
    pub(crate) plan: Plan,
}

/// What the words of a query come to.
pub(crate) enum Words<'a> {
    None,
    /// One of them occurs nowhere.
    Nowhere,
    Some(Box<Conjunction<'a>>),
}

impl Index {
    /// Makes a query ready. It can then be told what it may cost, and answered.
    pub fn prepare<'a>(&'a self, query: &'a Query) -> Result<Prepared<'a>, SearchError> {
        Prepared::new(self, query)
    }
}

impl<'a> Prepared<'a> {
    fn new(index: &'a Index, query: &'a Query) -> Result<Self, SearchError> {
        let selection = query.selection.as_deref();
        selection.map_or(Ok(()), |selection| selection.check(index))?;
        let understood = query.understood.as_ref().filter(|words| !words.wishes.is_empty());
        let words = if understood.is_some() {
            Vec::new()
        } else {
            terms(&query.text)
        };
        let order = match (query.sort, query.origin) {
            (Sort::Relevance, _) if !words.is_empty() || understood.is_some() => Order::Relevance,
            (_, Some(origin)) => Order::Distance(Origin::new(origin)),
            (_, None) => Order::Id,
        };
        let scored = query.sort == Sort::Relevance;
        let conjunction = match understood {
            Some(understood) => Conjunction::understood(index, understood, query)?,
            None => Conjunction::new(index, &words, scored)?,
        };
        let words = match conjunction {
            _ if words.is_empty() && understood.is_none() => Words::None,
            Some(conjunction) => Words::Some(Box::new(conjunction)),
            None => Words::Nowhere,
        };
        let filter = Filter::new(query.kinds, query.themes, query.features).within(selection);
        let mut runs = cover::runs(&index.bands, query.area);
        if let Some(selection) = selection {
            selection.clip(&mut runs);
        }
        let frequencies = match &words {
            Words::Some(conjunction) => conjunction.frequencies(),
            Words::None | Words::Nowhere => Vec::new(),
        };
        let whole = match &words {
            Words::Some(conjunction) if filter.ignores_attributes() && query.area == Area::Anywhere => {
                conjunction.single().and_then(|word| index.frequent.sums(word))
            }
            _ => None,
        };
        let frequent = whole.map(Sums::word);
        let sums = match selection {
            None => whole.copied(),
            Some(selection) => {
                frequent.and_then(|word| selection.remembered().sums(word, counted(query.facets)))
            }
        };
        let placed = index.bands.placed();
        let in_runs: u32 = runs.iter().map(|run| run.docs.end - run.docs.start).sum();
        let facts = Facts {
            frequencies,
            documents: f64::from(placed.end - placed.start),
            in_runs: f64::from(in_runs),
            runs: number(runs.len()),
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
        let plan = facts.choose();
        Ok(Self {
            plan,
            within: query.area.into(),
            index,
            query,
            words,
            order,
            scale: Scale::new(index, query),
            filter,
            runs,
            frequent,
            sums,
            facts,
        })
    }

    /// The way to the answer.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// How long the answer may be expected to take, very roughly: to tell microseconds from milliseconds.
    pub fn expected_time(&self) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an estimate of nanoseconds, never negative"
        )]
        let nanoseconds = self.facts.cost(self.plan) as u64;
        Duration::from_nanos(nanoseconds)
    }
}

impl std::fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared")
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}
