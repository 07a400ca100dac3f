//! What a question may go on as, while it is being typed: only words with something to find near the place.

use std::sync::Arc;

use axum::{
    extract::{Extension, RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};
use nabij_atlas::{Location, Postcode};
use nabij_engine::{Area, Index, Query, SearchError, Selection};
use nabij_language::{Lexicon, words};
use nabij_profile::Profile;
use serde_json::json;

use crate::{
    api::selection,
    problem::{Details, ParamProblem, Problem},
    state::App,
};

/// The most suggestions.
const MOST: usize = 6;
/// How many words are tried.
const TRIED: usize = 12;
/// The longest text that is looked at, in characters.
const LONGEST: usize = 100;
/// How far from the place there must be something, in metres.
const NEAR_M: f64 = 25_000.0;

/// Words that go on where the typed ones end, and postcodes and places that begin so.
#[utoipa::path(get, path = "/v1/suggestions",
    params(("q" = String, Query, description = "what was typed so far"),
           ("postcode" = Option<String>, Query, description = "only words with something to find within 25 km"),
           ("profile" = Option<String>, Query, description = "only words with something to find in what this profile offers")),
    responses((status = 200, description = "at most six words, and at most four places"),
              (status = 400, description = "`q` is missing, or the postcode is none", body = Details)))]
pub(crate) async fn suggestions(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    profile: Option<Extension<Arc<Profile>>>,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let given = |wanted: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let typed = given("q")
        .filter(|typed| typed.chars().count() <= LONGEST)
        .ok_or_else(|| {
            wrong(
                "q",
                "missing",
                format!("must be what was typed, at most {LONGEST} characters"),
            )
        })?;
    let location = given("postcode").map(|postcode| {
        let postcode: Postcode = postcode.parse().map_err(|error: nabij_atlas::PostcodeError| {
            wrong("postcode", "not_a_postcode", error.to_string())
        })?;
        app.atlas
            .resolve(postcode)
            .map_err(|error| wrong("postcode", "unknown_postcode", error.to_string()))
    });
    let location = location.transpose()?;
    let index = app.index();
    let near = Near {
        index: &index,
        lexicon: &app.lexicon,
        location: location.as_ref(),
        selection: selection(&app, &index, profile.as_ref())?,
    };
    let words = near
        .continued(&typed)
        .map_err(|error| Problem::internal(&error))?;
    let places: Vec<String> = app
        .atlas
        .complete(&typed, 4)
        .into_iter()
        .map(|place| place.label)
        .collect();
    let body = json!({ "words": words, "places": places }).to_string();
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

fn wrong(name: &str, code: &'static str, reason: String) -> Problem {
    Problem::InvalidParams(vec![ParamProblem {
        name: name.to_owned(),
        reason,
        code,
    }])
}

/// Where there must be something to find.
#[derive(Debug)]
pub struct Near<'a> {
    /// Among these offerings.
    pub index: &'a Index,
    /// What words mean.
    pub lexicon: &'a Lexicon,
    /// Within 25 km of this; none for anywhere.
    pub location: Option<&'a Location>,
    /// What the profile that asks may see; none for everything.
    pub selection: Option<Arc<Selection>>,
}

impl Near<'_> {
    /// The typed words with the last one completed, if then there is something to find.
    pub fn continued(&self, typed: &str) -> Result<Vec<String>, SearchError> {
        let mut before = words(typed);
        let Some(last) = before.pop() else {
            return Ok(Vec::new());
        };
        let mut candidates: Vec<String> = self.lexicon.beginning(&last, TRIED / 2);
        let in_index = self.index.words_beginning(&last, TRIED).into_iter();
        for word in in_index.map(|word| word.word) {
            if !candidates.contains(&word) {
                candidates.push(word);
            }
        }
        let mut found = Vec::new();
        for word in candidates.into_iter().take(TRIED) {
            before.push(word);
            let text = before.join(" ");
            before.pop();
            if found.len() < MOST && !found.contains(&text) && self.has(&text)? {
                found.push(text);
            }
        }
        Ok(found)
    }

    /// Whether there is anything to find.
    fn has(&self, text: &str) -> Result<bool, SearchError> {
        let location = self.location;
        let query = Query {
            origin: location.map(|location| location.position),
            selection: self.selection.clone(),
            area: location.map_or(Area::Anywhere, |location| Area::Circle {
                centre: location.position,
                radius_m: NEAR_M,
            }),
            understood: Some(self.lexicon.understand(text).into()),
            limit: 1,
            ..Query::default()
        };
        Ok(!self.index.search(&query)?.hits.is_empty())
    }
}
