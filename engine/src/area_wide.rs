//! Offerings without a place of their own: they match by the area they serve.

use nabij_offering::ServiceArea;

use crate::{
    Index,
    hits::Hit,
    query::{Query, Region, Sort},
    top::{Ranked, Top},
};

/// The matching documents that serve the region: how many, and the first page of them, the most local first.
/// `candidates` are numbers among the documents without a place, each with its score.
pub(crate) fn collect(
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
