//! The API, version 1.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, RawQuery, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use nabij_engine::{Hits, Index, Selection};
use nabij_profile::Profile;
use serde::Serialize;
use serde_json::json;

use crate::{
    answer::answer,
    aside::aside,
    formats::{self, Wanted},
    pages::{Language, add_words},
    params::{self, Search},
    problem::{Details, ParamProblem, Problem},
    state::App,
};

/// The parameters of a search, for the documentation; `params` reads them.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only described, never filled")]
pub(crate) struct SearchParams {
    /// Dutch postcode, four digits with or without two letters, in any spelling.
    postcode: Option<String>,
    /// Name of a town or village.
    place: Option<String>,
    /// Latitude in degrees; needs lon.
    lat: Option<f64>,
    /// Longitude in degrees; needs lat.
    lon: Option<f64>,
    /// Only offerings within this many metres.
    radius: Option<f64>,
    /// Only offerings in this box: west,south,east,north in degrees.
    bbox: Option<String>,
    /// Words that all must occur in title or description; at most 200 characters.
    q: Option<String>,
    /// literal (default): the words as they stand. understood: what they mean to residents: other forms, parts of compounds,
    /// everyday names, mistakes in spelling, and a place among them; with fewer than three hits the answer is widened, unless
    /// `total=none`. plain: any of the words, as they stand, to compare with.
    words: Option<String>,
    /// By relevance with words=understood: at this distance in metres a match counts for half; 18000 if absent.
    half_distance: Option<f64>,
    /// formal, nonformal, informal, `practical_help`; several by comma or repeated.
    kind: Option<String>,
    /// One or more themes; several by comma or repeated.
    theme: Option<String>,
    /// All of these features, such as free, `walk_in`, evening, wheelchair, `lang_ar`; several by comma or repeated.
    feature: Option<String>,
    /// distance (default), relevance or none.
    sort: Option<String>,
    /// How many offerings, 0 to 100; 20 if absent.
    limit: Option<u32>,
    /// How many offerings to skip, 0 to 10000.
    offset: Option<u32>,
    /// What to count: kind, theme, feature; several by comma.
    facets: Option<String>,
    /// exact (default) or none.
    total: Option<String>,
    /// json (default), jsonl, csv, geojson, jsonld, hsds, opensearch; without it `Accept` decides.
    format: Option<String>,
    /// Only what this profile offers, with its defaults; its licence must allow it.
    profile: Option<String>,
    /// nl, en, ar, tr, pl, uk or fr: add what residents read, in that language.
    texts: Option<String>,
    /// true: say how the answer came about, with the time of each stage, and by relevance why each offering stands where it does.
    explain: Option<bool>,
    /// true: you will ask the same again, further away, if nothing is found; the operator's counts then hold it once.
    further: Option<bool>,
}

fn json_response(body: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.into()).into_response()
}

/// Offerings near a place, nearest first, or by relevance.
#[utoipa::path(get, path = "/v1/offerings", params(SearchParams),
    responses((status = 200, description = "offerings with distances in metres, totals and facets"),
              (status = 400, description = "wrong parameters, each named", body = Details),
              (status = 403, description = "the licence of the profile does not allow it", body = Details)))]
pub(crate) async fn offerings(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    profile: Option<Extension<Arc<Profile>>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut search = params::parse(query.as_deref().unwrap_or_default(), &app.atlas)?;
    let index = app.index();
    search.query.selection = selection(&app, &index, profile.as_ref())?;
    if let Some(Extension(profile)) = &profile {
        search.within(profile);
    }
    search.understand(&app.lexicon, &app.atlas, &index);
    let explain = search.explain;
    let answered = search.carry_out(&app.lexicon, &index, |prepared| {
        aside(prepared, || {
            if explain {
                let (hits, explanation) = prepared.explain();
                (hits, Some(explanation))
            } else {
                (prepared.answer(), None)
            }
        })
    });
    let (hits, explanation) = answered.map_err(|error| Problem::internal(&error))?;
    count(&app, &search, &hits);
    if let Wanted::Export(format) = search.format.unwrap_or_else(|| formats::accepted(&headers)) {
        return formats::respond(&index, format, formats::documents(&hits)).map(formats::vary);
    }
    let body = answer(&index, &search, &hits, explanation.as_ref());
    Ok(formats::vary(json_response(match search.texts {
        Some(language) => worded(&body, language, &app)?,
        None => body,
    })))
}

/// The answer with what residents read.
fn worded(body: &[u8], language: Language, app: &App) -> Result<Vec<u8>, Problem> {
    let mut answer = serde_json::from_slice(body).map_err(|error| Problem::internal(&error))?;
    add_words(&mut answer, language, app.now());
    serde_json::to_vec(&answer).map_err(|error| Problem::internal(&error))
}

/// Counts a question once: not each page of its answer, nor each look further away until there is something near.
fn count(app: &App, search: &Search, hits: &Hits) {
    let near = hits.total.unwrap_or(hits.hits.len() as u64);
    if search.query.offset == 0 && (near > 0 || !search.further) {
        let found = near + hits.area_wide_total > 0;
        app.count(search.location.as_ref(), search.query.themes, found);
    }
}

/// What a profile may see of an index; none for everything.
pub(crate) fn selection(
    app: &App,
    index: &Index,
    profile: Option<&Extension<Arc<Profile>>>,
) -> Result<Option<Arc<Selection>>, Problem> {
    let selection = profile.map(|Extension(profile)| app.variants.selection(index, &app.atlas, profile));
    selection.transpose().map(Option::flatten)
}

/// One offering with all its fields.
#[utoipa::path(get, path = "/v1/offerings/{id}", params(("id" = String, Path, description = "identifier, also that of another source"),
        ("format" = Option<String>, Query, description = "json (default), jsonl, csv, geojson, jsonld, hsds, opensearch"),
        ("profile" = Option<String>, Query, description = "only if this profile offers it")),
    responses((status = 200, description = "the offering in the native format"),
              (status = 404, description = "no such offering", body = Details)))]
pub(crate) async fn offering(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    profile: Option<Extension<Arc<Profile>>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let named = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "format");
    let named = named.map(|(_, value)| formats::named(&value)).transpose();
    let named = named.map_err(|problem| Problem::InvalidParams(vec![problem]))?;
    let index = app.index();
    let doc = index
        .find(&id)
        .map_err(|error| Problem::internal(&error))?
        .ok_or(Problem::NotFound)?;
    let selection = selection(&app, &index, profile.as_ref())?;
    if selection.is_some_and(|selection| !selection.contains(doc)) {
        return Err(Problem::NotFound);
    }
    if let Wanted::Export(format) = named.unwrap_or_else(|| formats::accepted(&headers)) {
        return formats::respond(&index, format, std::iter::once(doc)).map(formats::vary);
    }
    let detail = index.detail(doc).map_err(|error| Problem::internal(&error))?;
    Ok(formats::vary(json_response(detail.ok_or(Problem::NotFound)?)))
}

/// A postcode or place.
#[derive(Serialize)]
struct FoundLocation {
    label: String,
    lat: f64,
    lon: f64,
    precision: nabij_offering::Precision,
}

/// Postcodes and places that begin with what was typed.
#[utoipa::path(get, path = "/v1/locations", params(("q" = String, Query, description = "what was typed so far")),
    responses((status = 200, description = "at most ten locations"),
              (status = 400, description = "`q` is missing", body = Details)))]
pub(crate) async fn locations(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let typed = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "q")
        .map(|(_, value)| value);
    let Some(typed) = typed.filter(|typed| typed.chars().count() <= 100) else {
        let reason = "must be what was typed, at most 100 characters".to_owned();
        return Err(Problem::InvalidParams(vec![ParamProblem {
            name: "q".to_owned(),
            reason,
            code: "missing",
        }]));
    };
    let found = app
        .atlas
        .complete(&typed, 10)
        .into_iter()
        .map(|location| FoundLocation {
            lat: location.position.lat(),
            lon: location.position.lon(),
            precision: location.precision,
            label: match (&location.place, location.precision) {
                (Some(place), nabij_offering::Precision::Pc4 | nabij_offering::Precision::Pc6) => {
                    format!("{} {place}", location.label)
                }
                _ => location.label,
            },
        });
    Ok(json_response(
        json!({ "locations": found.collect::<Vec<_>>() }).to_string(),
    ))
}
