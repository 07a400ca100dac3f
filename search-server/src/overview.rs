//! What a profile selects of an index: for `nabij profile preview`, and as the page `/beheer/profiel/{id}`.

mod page;

use std::sync::Arc;

use nabij_atlas::Atlas;
use nabij_engine::{Facets, Index, Query, SearchError, Selection};
use nabij_offering::{Card, Kind, Position, Theme};
use nabij_profile::Profile;

use crate::variants::criteria;

pub(crate) use page::page;

/// How many offerings are listed by title.
const MOST_LISTED: usize = 100;

/// What a profile selects of an index.
#[derive(Debug)]
pub struct Overview {
    /// How many offerings with a place are selected.
    pub placed: u64,
    /// How many without one: national, online, a municipality.
    pub area_wide: u64,
    /// How many of those with a place are of each kind.
    pub kinds: Vec<(&'static str, u64)>,
    /// How many of those with a place are about each theme.
    pub themes: Vec<(&'static str, u64)>,
    /// Those that come first, in their order.
    pub pinned: Vec<Titled>,
    /// Those that are blocked and would be there otherwise, or are in the index at least.
    pub blocked: Vec<Titled>,
    /// Identifiers among the pinned and the blocked that the index does not have.
    pub unknown: Vec<String>,
    /// The first of those with a place, then of those without.
    pub first: Vec<Titled>,
    /// What is selected.
    pub(crate) selection: Arc<Selection>,
}

/// An offering by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Titled {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who offers it, and where.
    pub place: String,
    /// Where that is.
    pub position: Option<Position>,
}

impl Overview {
    /// What a profile selects of an index.
    pub fn new(index: &Index, atlas: &Atlas, profile: &Profile) -> Result<Self, SearchError> {
        let selection = Arc::new(index.select(atlas, &criteria(profile))?);
        let query = Query {
            selection: Some(Arc::clone(&selection)),
            limit: MOST_LISTED,
            total: true,
            facets: Facets {
                kind: true,
                theme: true,
                feature: false,
            },
            ..Query::default()
        };
        let hits = index.search(&query)?;
        let counts = hits.facets;
        let kinds = counts.kind.into_iter().flatten();
        let themes = counts.theme.into_iter().flatten();
        let shown = hits.hits.iter().chain(&hits.area_wide).take(MOST_LISTED);
        let blocked = profile.blocked.iter().take(MOST_LISTED);
        let blocked = blocked
            .map(|id| index.find(id))
            .collect::<Result<Vec<_>, _>>()
            .map_err(SearchError::from)?;
        Ok(Self {
            placed: u64::from(selection.placed()),
            area_wide: u64::from(selection.area_wide()),
            kinds: Kind::ALL.iter().map(|kind| kind.name()).zip(kinds).collect(),
            themes: Theme::ALL.iter().map(|theme| theme.name()).zip(themes).collect(),
            pinned: selection
                .pinned()
                .iter()
                .filter_map(|doc| titled(index, *doc))
                .collect(),
            blocked: blocked
                .into_iter()
                .flatten()
                .filter_map(|doc| titled(index, doc))
                .collect(),
            unknown: selection.unknown().to_vec(),
            first: shown.filter_map(|hit| titled(index, hit.doc)).collect(),
            selection,
        })
    }
}

/// An offering by name; none for a document whose card cannot be read.
pub(crate) fn titled(index: &Index, doc: u32) -> Option<Titled> {
    let mut json = Vec::new();
    index.push_card(doc, &mut json);
    let card: Card<'_> = serde_json::from_slice(&json).ok()?;
    let place: Vec<&str> = [&card.organisation, &card.place]
        .into_iter()
        .flatten()
        .map(AsRef::as_ref)
        .collect();
    Some(Titled {
        place: place.join(", "),
        position: index.position(doc),
        id: card.id.into_owned(),
        title: card.title.into_owned(),
    })
}
