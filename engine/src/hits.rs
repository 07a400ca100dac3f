//! The answer to a query.

use nabij_offering::{Feature, Kind, Theme};

/// The answer to a query: document numbers and how they came in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// How many offerings with a place match, if it was asked for.
    pub total: Option<u64>,
    /// The page that was asked for, in order.
    pub hits: Vec<Hit>,
    /// Matching offerings without a place of their own that serve the region, at most as many as a page holds;
    /// none beside later pages of the others.
    pub area_wide: Vec<Hit>,
    /// How many of those match.
    pub area_wide_total: u64,
    /// Counts over all matches with a place.
    pub facets: FacetCounts,
}

/// One offering in an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The number of the document in its generation.
    pub doc: u32,
    /// Great-circle metres from the origin.
    pub distance_m: Option<f64>,
    /// How well the words match (BM25), for an order by relevance.
    pub score: Option<f32>,
}

/// How many matches have a kind, a theme or a feature; in the order of their `ALL`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FacetCounts {
    /// By kind, if asked for.
    pub kind: Option<[u64; Kind::ALL.len()]>,
    /// By theme, if asked for. An offering with two themes counts for both.
    pub theme: Option<[u64; Theme::ALL.len()]>,
    /// By feature, if asked for.
    pub feature: Option<[u64; Feature::ALL.len()]>,
}
