//! `/plek/{id}`: everything a person needs to go there tomorrow.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use nabij_engine::{Area, Index, Query};
use nabij_offering::{Kind, Offering};

use super::{
    asked::{Asked, path_of_offering},
    facts::Facts,
    frame::Frame,
    listed::{Listed, listed},
    messages::Messages,
    missing, page,
    record::{record, selection},
    structured,
};
use crate::{aside::aside, problem::Problem, state::App};

#[derive(Template)]
#[template(path = "detail.html")]
struct Detail {
    frame: Frame,
    facts: Facts,
    professional: Vec<(String, String)>,
    /// Others about the same, near it.
    nearby: Vec<Listed>,
    back: String,
    links: Links,
    /// JSON-LD that cannot end its script element.
    structured: String,
}

/// What can be done with an offering.
struct Links {
    card: String,
    calendar: Option<String>,
    correction: Option<String>,
    /// Its drawn map.
    map: Option<String>,
    route: Option<String>,
    /// This page with it on the visitor's own list.
    add: Option<String>,
    on_list: bool,
    share: String,
}

/// `/plek/{id}`
pub(crate) async fn detail(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let index = app.index();
    let Some(offering) = record(&app, &index, &asked, &id)? else {
        return Ok(missing(&asked));
    };
    let messages = Messages(asked.language);
    let facts = Facts::new(&offering, messages, app.now());
    let to = |rest: &str| asked.link_to_offering(&offering.id, rest);
    let position = offering.place.map(|place| place.position);
    let detail = Detail {
        frame: Frame::new(&asked, &path_of_offering(&offering.id, "")),
        professional: professional(&offering, messages),
        nearby: nearby(&app, &index, &asked, &offering)?,
        back: asked.link(if asked.place.is_empty() { "/" } else { "/zoek" }),
        links: Links {
            card: to("/kaartje"),
            calendar: (!facts.times.is_empty()).then(|| to("/agenda.ics")),
            correction: app.site.corrections.is_some().then(|| to("/meld")),
            map: position.map(|_| asked.bare().link_to_offering(&offering.id, "/kaart.svg")),
            route: position.map(|to| {
                let (lat, lon) = (to.lat(), to.lon());
                format!("https://www.openstreetmap.org/directions?to={lat:.5}%2C{lon:.5}")
            }),
            add: asked
                .listing(&offering.id)
                .map(|asked| asked.link_to_offering(&offering.id, "")),
            on_list: asked.is_listed(&offering.id),
            share: asked
                .everything()
                .shared()
                .with(|asked| asked.place.clear())
                .link_to_offering(&offering.id, ""),
        },
        structured: structured::json_ld(&offering),
        facts,
    };
    Ok(page(StatusCode::OK, &detail))
}

/// How many others are shown.
const NEARBY: usize = 3;
/// How near they are, in metres.
const NEARBY_M: f64 = 10_000.0;

/// The nearest others that share a theme; none for what has no place.
fn nearby(app: &App, index: &Index, asked: &Asked, offering: &Offering) -> Result<Vec<Listed>, Problem> {
    let Some(centre) = offering.place.map(|place| place.position) else {
        return Ok(Vec::new());
    };
    let query = Query {
        origin: Some(centre),
        area: Area::Circle {
            centre,
            radius_m: NEARBY_M,
        },
        selection: selection(app, index, asked)?,
        themes: offering.themes,
        limit: NEARBY + 1,
        ..Query::default()
    };
    let own = index
        .find(&offering.id)
        .map_err(|error| Problem::internal(&error))?;
    let prepared = index.prepare(&query).map_err(|error| Problem::internal(&error))?;
    let mut hits = aside(&prepared, || prepared.answer()).hits;
    hits.retain(|hit| Some(hit.doc) != own);
    hits.truncate(NEARBY);
    Ok(listed(index, &hits, None, asked, app.now()))
}

/// What professionals ask for, with the words of policy. These stay in Dutch.
fn professional(offering: &Offering, messages: Messages) -> Vec<(String, String)> {
    let policy = match offering.kind {
        Kind::Formal => "formeel",
        Kind::Nonformal => "non-formeel",
        Kind::Informal => "informeel",
        Kind::PracticalHelp => "praktische hulp",
    };
    let themes: Vec<String> = offering
        .themes
        .iter()
        .map(|theme| messages.theme(theme))
        .collect();
    let rows = [
        ("professional-kind", policy.to_owned()),
        ("professional-themes", themes.join(", ")),
        ("professional-groups", offering.target_groups.join(", ")),
        ("professional-level", offering.level.clone().unwrap_or_default()),
        (
            "professional-intake",
            offering
                .registration
                .map(|start| messages.registration(start))
                .unwrap_or_default(),
        ),
        (
            "professional-municipality",
            offering.municipality.clone().unwrap_or_default(),
        ),
        (
            "professional-hours",
            offering
                .schedule
                .opening_hours
                .as_ref()
                .map(|hours| hours.as_str().to_owned())
                .unwrap_or_default(),
        ),
        ("professional-number", offering.id.clone()),
    ];
    rows.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (messages.say(key).into_owned(), value))
        .collect()
}
