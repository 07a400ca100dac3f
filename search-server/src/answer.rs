//! Hits as JSON. The cards were rendered when the index was built; only the distance is put in front.

use std::io::Write as _;

use nabij_engine::{Explanation, Hit, Hits, Index, Reasons};
use nabij_language::TermField;
use nabij_offering::{Feature, Kind, Theme};
use serde_json::{Value, json};

use crate::{params::Search, understanding::Understanding};

/// The JSON answer of `/v1/offerings`.
pub fn answer(index: &Index, search: &Search, hits: &Hits, explanation: Option<&Explanation>) -> Vec<u8> {
    let mut body = Vec::with_capacity(600 * (hits.hits.len() + hits.area_wide.len() + 1));
    push_query(&mut body, search);
    if let Some(total) = hits.total {
        push(&mut body, format_args!(",\"total\":{total}"));
    }
    let reasons = explanation.map_or(&[][..], |explanation| &explanation.reasons);
    push_list(&mut body, "offerings", index, &hits.hits, reasons);
    push_list(&mut body, "area_wide", index, &hits.area_wide, &[]);
    push(
        &mut body,
        format_args!(",\"area_wide_total\":{}", hits.area_wide_total),
    );
    push_facets(&mut body, hits);
    if let Some(explanation) = explanation {
        push(&mut body, format_args!(",\"explain\":{}", explained(explanation)));
    }
    body.push(b'}');
    body
}

/// Writing to a `Vec` does not fail.
fn push(body: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = body.write_fmt(text);
}

fn push_query(body: &mut Vec<u8>, search: &Search) {
    body.extend_from_slice(b"{\"query\":{\"location\":");
    let location = search.location.as_ref().map(|location| {
        json!({
            "label": location.label,
            "lat": location.position.lat(),
            "lon": location.position.lon(),
            "precision": location.precision,
        })
    });
    match location {
        Some(location) => push(body, format_args!("{location}")),
        None => body.extend_from_slice(b"null"),
    }
    let (offset, limit) = (search.query.offset, search.query.limit);
    push(body, format_args!(",\"offset\":{offset},\"limit\":{limit}"));
    if let Some(understanding) = &search.understanding {
        push(
            body,
            format_args!(",\"understood\":{}", understood(understanding)),
        );
    }
    if let Some(widened) = search.widened {
        push(body, format_args!(",\"widened\":\"{}\"", widened.name()));
    }
    if let Some(outside) = search.outside_region {
        push(body, format_args!(",\"outside_region\":{outside}"));
    }
    body.push(b'}');
}

/// What the words were taken for.
fn understood(understanding: &Understanding) -> Value {
    let wishes = understanding.what.wishes.iter();
    let typed: Vec<&str> = wishes
        .filter(|wish| wish.required)
        .map(|wish| wish.typed.as_str())
        .collect();
    json!({
        "wishes": typed,
        "place": understanding.place.as_ref().map(|place| &place.label),
        "corrected": understanding.corrected,
    })
}

fn push_list(body: &mut Vec<u8>, name: &str, index: &Index, hits: &[Hit], reasons: &[Reasons]) {
    push(body, format_args!(",\"{name}\":["));
    for (at, hit) in hits.iter().enumerate() {
        if at > 0 {
            body.push(b',');
        }
        body.push(b'{');
        if let Some(distance_m) = hit.distance_m {
            // No distance on earth is beyond what 64 bits hold.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 to 20,040,000"
            )]
            let metres = distance_m.round_ties_even() as u64;
            push(body, format_args!("\"distance_m\":{metres},"));
        }
        if let Some(score) = hit.score {
            push(body, format_args!("\"score\":{score:.4},"));
        }
        if let Some(reasons) = reasons.get(at) {
            push(body, format_args!("\"why\":{},", why(reasons)));
        }
        // The card brings its own brace; a comma or a space may stand in its place.
        let card = body.len();
        index.push_card(hit.doc, body);
        if let Some(brace) = body.get_mut(card) {
            *brace = b' ';
        }
    }
    body.push(b']');
}

/// Why a hit stands where it does: its score is the sum of what the words add, times the shares beside them.
fn why(reasons: &Reasons) -> Value {
    let rounded = |number: f64| (number * 10_000.0).round() / 10_000.0;
    let words = reasons.words.iter().map(|reason| {
        let found = match reason.found {
            TermField::Text => "word",
            TermField::Meaning => "form",
            TermField::Concept => "meaning",
        };
        json!({ "typed": reason.typed, "found": found, "adds": rounded(reason.score) })
    });
    let mut why = json!({ "words": words.collect::<Vec<_>>() });
    if let Some(worth) = reasons.worth {
        why["nearness"] = json!(rounded(worth.nearness));
        why["easy"] = json!(rounded(worth.easy));
        why["fresh"] = json!(rounded(worth.fresh));
    }
    why
}

fn push_facets(body: &mut Vec<u8>, hits: &Hits) {
    let facets = &hits.facets;
    let kind = facets.kind.iter().flatten().copied();
    let theme = facets.theme.iter().flatten().copied();
    let feature = facets.feature.iter().flatten().copied();
    let start = body.len();
    push_facet(body, "kind", Kind::ALL.iter().map(|kind| kind.name()).zip(kind));
    push_facet(
        body,
        "theme",
        Theme::ALL.iter().map(|theme| theme.name()).zip(theme),
    );
    push_facet(
        body,
        "feature",
        Feature::ALL.iter().map(|feature| feature.name()).zip(feature),
    );
    if body.len() > start {
        // The comma before the first of them.
        body.splice(start..=start, *b",\"facets\":{");
        body.push(b'}');
    }
}

fn push_facet<'a>(body: &mut Vec<u8>, facet: &str, counts: impl Iterator<Item = (&'a str, u64)>) {
    let mut separator = format_args!(",\"{facet}\":{{").to_string();
    let start = body.len();
    for (name, count) in counts {
        push(body, format_args!("{separator}\"{name}\":{count}"));
        separator.clear();
        separator.push(',');
    }
    if body.len() > start {
        body.push(b'}');
    }
}

fn explained(explanation: &Explanation) -> Value {
    let micros = |time: &std::time::Duration| time.as_secs_f64() * 1e6;
    let stages = explanation
        .stages
        .iter()
        .map(|(stage, time)| ((*stage).to_owned(), json!((micros(time) * 10.0).round() / 10.0)));
    json!({
        "plan": explanation.plan.to_string(),
        "runs": explanation.facts.runs,
        "documents_in_runs": explanation.facts.in_runs,
        "word_frequencies": explanation.facts.frequencies,
        "walked": explanation.walked,
        "postings": explanation.postings,
        "circles": explanation.rings,
        "candidates": explanation.candidates,
        "microseconds": stages.collect::<serde_json::Map<_, _>>(),
    })
}
