//! Pages for residents. Complete without a script.

mod form;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use nabij_atlas::{Atlas, Location, Precision};
use nabij_engine::{Area, Facets, Hit, Index, Query, Region};
use nabij_offering::{Card, Postcode, PostcodeError};
use serde_json::Value;

use self::form::{Asked, Form};
use crate::{problem::Problem, state::App, words};

/// How many offerings stand on a page.
const PAGE: usize = 10;
/// How far we look, wider until something is found. Metres.
const RADII_M: [f64; 4] = [5_000.0, 10_000.0, 25_000.0, 50_000.0];

#[derive(Template)]
#[template(path = "start.html")]
struct Start {
    form: Form,
}

#[derive(Template)]
#[template(path = "results.html")]
struct Results {
    form: Form,
    heading: String,
    hint: Option<String>,
    near: Vec<Listed>,
    area_wide: Vec<Listed>,
    first: usize,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "detail.html")]
struct Detail {
    title: String,
    example: bool,
    kind: &'static str,
    description: String,
    facts: Vec<(&'static str, String)>,
    /// As it is written, and as a telephone dials it.
    phone: Option<(String, String)>,
    website: Option<String>,
}

/// An offering in the list.
struct Listed {
    link: String,
    title: String,
    kind: &'static str,
    summary: String,
    place: String,
    distance: Option<String>,
    start: String,
    hours: Option<String>,
    example: bool,
}

/// `/`
pub(crate) async fn start() -> Response {
    page(
        StatusCode::OK,
        &Start {
            form: Form::new(Asked::default(), None, &nabij_engine::FacetCounts::default()),
        },
    )
}

/// `/zoek`
pub(crate) async fn results(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let location = match locate(&app.atlas, &asked.place) {
        Ok(location) => location,
        Err(error) => {
            let form = Form::new(asked, Some(error), &nabij_engine::FacetCounts::default());
            return Ok(page(StatusCode::BAD_REQUEST, &Start { form }));
        }
    };
    let index = app.index();
    let found = widen(&index, &asked, &location).map_err(|error| Problem::internal(&error))?;
    let total = usize::try_from(found.hits.total.unwrap_or(0)).unwrap_or(usize::MAX);
    let list = |hits: &[Hit]| {
        hits.iter()
            .filter_map(|hit| listed(&index, hit))
            .collect::<Vec<_>>()
    };
    let (near, area_wide) = (list(&found.hits.hits), list(&found.hits.area_wide));
    let first = asked.page * PAGE + 1;
    let plekken = if total == 1 { "plek" } else { "plekken" };
    let kilometres = found.radius_m / 1_000.0;
    let heading = if total == 0 {
        format!("We vinden niets binnen {kilometres:.0} kilometer")
    } else {
        format!("{total} {plekken} bij {}", location.label)
    };
    let narrow = location.precision == Precision::Pc4 && !asked.place.chars().any(char::is_alphabetic);
    let hint = if total == 0 {
        Some("Haal een keuze weg. Of ga naar de bibliotheek. Daar helpt iemand je.".to_owned())
    } else if found.radius_m > RADII_M[0] {
        Some(format!(
            "Dichtbij is er niets. We zoeken nu tot {kilometres:.0} kilometer."
        ))
    } else {
        narrow.then(|| format!("We zoeken nu in heel {}.", location.label))
    };
    let next = (asked.page * PAGE + near.len() < total).then(|| asked.link(asked.page + 1));
    let form = Form::new(asked, None, &found.hits.facets);
    Ok(page(
        StatusCode::OK,
        &Results {
            form,
            heading,
            hint,
            near,
            area_wide,
            first,
            next,
        },
    ))
}

struct Found {
    hits: nabij_engine::Hits,
    radius_m: f64,
}

/// Looks further away until there is something.
fn widen(index: &Index, asked: &Asked, location: &Location) -> Result<Found, nabij_engine::SearchError> {
    let mut found = None;
    for radius_m in RADII_M {
        let query = Query {
            origin: Some(location.position),
            area: Area::Circle {
                centre: location.position,
                radius_m,
            },
            region: Some(Region::from(location)),
            text: asked.text.clone(),
            kinds: asked.kinds,
            themes: asked.themes,
            offset: asked.page * PAGE,
            limit: PAGE,
            facets: Facets {
                kind: true,
                theme: true,
                feature: false,
            },
            total: true,
            ..Query::default()
        };
        let hits = index.search(&query)?;
        let enough = hits.total != Some(0);
        found = Some(Found { hits, radius_m });
        if enough {
            break;
        }
    }
    Ok(found.unwrap_or(Found {
        hits: nabij_engine::Hits::default(),
        radius_m: 0.0,
    }))
}

/// A postcode or a place name, or what to tell the resident.
fn locate(atlas: &Atlas, typed: &str) -> Result<Location, String> {
    match typed.parse::<Postcode>() {
        Ok(postcode) => atlas.resolve(postcode).map_err(|_unknown| {
            "Wij kennen deze postcode niet. Kijk of hij goed is. Of vul je plaats in.".to_owned()
        }),
        Err(PostcodeError::Empty) => Err("Vul je postcode in. Zoals 3512 AB.".to_owned()),
        Err(_) if typed.starts_with(|c: char| c.is_ascii_digit()) => {
            Err("Dit is geen postcode. Een postcode heeft 4 cijfers en 2 letters. Zoals 3512 AB.".to_owned())
        }
        Err(_) => atlas
            .resolve_place(typed)
            .map_err(|error| words::place_error(&error)),
    }
}

fn listed(index: &Index, hit: &Hit) -> Option<Listed> {
    let mut json = Vec::new();
    index.push_card(hit.doc, &mut json);
    let card: Card<'_> = serde_json::from_slice(&json).ok()?;
    let place: Vec<&str> = [&card.organisation, &card.address, &card.place]
        .into_iter()
        .flatten()
        .map(AsRef::as_ref)
        .collect();
    let cost = card
        .cost
        .as_deref()
        .map(|cost| format!("{}. ", words::cost(cost)))
        .unwrap_or_default();
    let start = card.registration.map_or("", words::registration);
    Some(Listed {
        link: link_to(&card.id),
        kind: words::kind(card.kind),
        place: place.join(", "),
        distance: hit.distance_m.map(words::distance),
        start: format!("{cost}{start}"),
        hours: card.opening_hours.map(Into::into),
        example: card.example,
        title: card.title.into_owned(),
        summary: card.summary.into_owned(),
    })
}

fn link_to(id: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/plek/{}", encoded.replace('+', "%20"))
}

/// `/plek/{id}`
pub(crate) async fn detail(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let index = app.index();
    let doc = index
        .find(&id)
        .map_err(|error| Problem::internal(&error))?
        .ok_or(Problem::NotFound)?;
    let json = index
        .detail(doc)
        .map_err(|error| Problem::internal(&error))?
        .ok_or(Problem::NotFound)?;
    let fields: Value = serde_json::from_slice(&json).map_err(|error| Problem::internal(&error))?;
    let text = |name: &str| {
        fields[name]
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let joined = |names: &[&str]| {
        let parts: Vec<String> = names.iter().filter_map(|name| text(name)).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let list = |name: &str| {
        let items: Vec<&str> = fields[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        (!items.is_empty()).then(|| items.join(", "))
    };
    let facts = [
        ("Wie", text("organisation")),
        ("Waar", joined(&["street", "house_number"])),
        ("Plaats", joined(&["postcode", "place"])),
        ("Wanneer", text("opening_hours")),
        ("Dagen", list("dates")),
        ("Voor wie", list("target_groups")),
        ("Niveau", text("level")),
        ("Wat kost het", text("cost").map(|cost| words::cost(&cost))),
        (
            "Hoe begin je",
            text("registration").and_then(|r| Some(words::registration(r.parse().ok()?).to_owned())),
        ),
        ("Toegankelijk", text("accessibility")),
        ("Bel", text("phone")),
        ("Mail", text("email")),
        ("We hebben dit gecheckt op", text("last_checked")),
        ("Bron", text("source")),
    ];
    let kind = text("kind")
        .and_then(|kind| kind.parse().ok())
        .map_or("", words::kind);
    let detail = Detail {
        title: text("title").unwrap_or_default(),
        example: fields["example"] == true,
        kind,
        description: text("description").unwrap_or_default(),
        facts: facts
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect(),
        phone: text("phone").map(|phone| {
            let dialled = phone.replace([' ', '-'], "");
            (phone, dialled)
        }),
        website: text("website"),
    };
    Ok(page(StatusCode::OK, &detail))
}

/// `/stijl.css`
pub(crate) async fn style() -> Response {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../assets/style.css"),
    )
        .into_response()
}

fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Problem::internal(&error).into_response(),
    }
}
