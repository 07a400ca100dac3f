//! Hits as JSON. The cards were rendered when the index was built; only the distance is put in front.

use std::{fmt::Write, io::Write as _};

use nabij_engine::{Hit, Hits, Index};
use nabij_offering::{Kind, Theme};
use serde_json::{Map, Value, json};

use crate::params::Search;

/// The JSON answer of `/v1/offerings`.
pub fn answer(index: &Index, search: &Search, hits: &Hits) -> Vec<u8> {
    let mut body = Vec::with_capacity(512 * (hits.hits.len() + 1));
    body.extend_from_slice(b"{\"query\":");
    let location = search.location.as_ref().map(|location| {
        json!({
            "label": location.label,
            "lat": location.position.lat(),
            "lon": location.position.lon(),
            "precision": location.precision,
        })
    });
    let query = json!({ "location": location, "offset": search.query.offset, "limit": search.query.limit });
    let mut text = String::new();
    // Writing to a String or a Vec does not fail.
    let _ = write!(body, "{query}");
    if let Some(total) = hits.total {
        let _ = write!(text, ",\"total\":{total}");
    }
    body.extend_from_slice(text.as_bytes());
    push_list(&mut body, "offerings", index, &hits.hits);
    push_list(&mut body, "area_wide", index, &hits.area_wide);
    let _ = write!(body, ",\"area_wide_total\":{}", hits.area_wide_total);
    let facets = facets(hits);
    if !facets.is_empty() {
        let _ = write!(body, ",\"facets\":{}", Value::Object(facets));
    }
    body.push(b'}');
    body
}

fn push_list(body: &mut Vec<u8>, name: &str, index: &Index, hits: &[Hit]) {
    let _ = write!(body, ",\"{name}\":[");
    for (at, hit) in hits.iter().enumerate() {
        if at > 0 {
            body.push(b',');
        }
        let card = index.card(hit.doc);
        let rest = card.strip_prefix(b"{").unwrap_or(b"}");
        body.push(b'{');
        if let Some(distance_m) = hit.distance_m {
            let _ = write!(body, "\"distance_m\":{distance_m:.0},");
        }
        if let Some(score) = hit.score {
            let _ = write!(body, "\"score\":{score:.4},");
        }
        body.extend_from_slice(rest);
    }
    body.push(b']');
}

fn facets(hits: &Hits) -> Map<String, Value> {
    let mut facets = Map::new();
    let mut add = |facet: &str, names: Vec<&str>, counts: Option<&[u64]>| {
        if let Some(counts) = counts {
            let counts = names
                .into_iter()
                .map(str::to_owned)
                .zip(counts.iter().map(|count| Value::from(*count)));
            facets.insert(facet.to_owned(), Value::Object(counts.collect()));
        }
    };
    add(
        "kind",
        Kind::ALL.iter().map(|kind| kind.name()).collect(),
        hits.facets.kind.as_ref().map(<[u64; _]>::as_slice),
    );
    add(
        "theme",
        Theme::ALL.iter().map(|theme| theme.name()).collect(),
        hits.facets.theme.as_ref().map(<[u64; _]>::as_slice),
    );
    facets
}
