//! `/zoek`: what is near, nearest first, and what serves everyone in a group of its own.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use nabij_atlas::{Location, Precision};
use nabij_engine::Index;

use super::{
    asked::{Asked, DISTANCES_KM},
    filters::{Filters, Link, SearchBox},
    frame::Frame,
    listed::{Listed, listed},
    messages::Messages,
    outside::outside,
    page,
    search::{Found, PAGE, locate, search},
    start,
};
use crate::{problem::Problem, state::App, widening::Widened};

/// What the script of the map fills in.
const TILES: &str = "/tegels/grijs/{z}/{x}/{y}.png";

#[derive(Template)]
#[template(path = "results.html")]
struct Results {
    frame: Frame,
    search: SearchBox,
    filters: Filters,
    heading: String,
    notes: Vec<String>,
    near: Vec<Listed>,
    /// The number of the first of them.
    first: usize,
    area_wide: Vec<Listed>,
    /// Further away, when there is nothing.
    wider: Vec<Link>,
    previous: Option<String>,
    next: Option<String>,
    /// Other pages of what serves everyone.
    wide_previous: Option<String>,
    wide_next: Option<String>,
    /// The address without what is private in it.
    share: String,
    /// The address of the tiles, with parts for the script to fill in.
    tiles: Option<&'static str>,
    /// The drawn map of this page of results.
    map: String,
}

/// `/zoek`
pub(crate) async fn results(
    State(app): State<Arc<App>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let location = match locate(&app.atlas, &asked.place) {
        Ok(location) => location,
        Err(why) => return Ok(start::refused(&asked, &why)),
    };
    let index = app.index();
    if let Some(outside) = outside(&app, &asked, &location, &headers) {
        return Ok(outside);
    }
    let found = search(&app, &index, &asked, &location)?;
    if asked.page == 0 {
        let something = found.total > 0 || found.hits.area_wide_total > 0;
        app.count(Some(&location), asked.themes, something);
    }
    let results = Results::new(&app, &index, &asked, &location, &found);
    Ok(page(StatusCode::OK, &results))
}

impl Results {
    fn new(app: &App, index: &Index, asked: &Asked, location: &Location, found: &Found) -> Self {
        let now = app.now();
        let messages = Messages(asked.language);
        let first = asked.page * PAGE + 1;
        let near = listed(index, &found.hits.hits, Some(first), asked, now);
        let turn = |page: usize| asked.with(|asked| asked.page = page).link("/zoek");
        let more = asked.page * PAGE + near.len() < found.total && !near.is_empty();
        let turn_wide = |page: usize| asked.with(|asked| asked.wide_page = page).link("/zoek");
        let wide_seen = asked.wide_page * PAGE + found.hits.area_wide.len();
        let more_wide = found.hits.area_wide_total > wide_seen as u64 && !found.hits.area_wide.is_empty();
        Self {
            frame: Frame::new(asked, "/zoek"),
            search: SearchBox::new(asked),
            filters: Filters::new(asked, &found.hits.facets, found.within_km),
            heading: heading(messages, location, found),
            notes: notes(messages, asked, location, found),
            area_wide: listed(index, &found.hits.area_wide, None, asked, now),
            wider: if found.total == 0 {
                wider(asked, found.within_km)
            } else {
                Vec::new()
            },
            previous: (asked.page > 0).then(|| turn(asked.page - 1)),
            next: more.then(|| turn(asked.page + 1)),
            wide_previous: (asked.wide_page > 0).then(|| turn_wide(asked.wide_page - 1)),
            wide_next: more_wide.then(|| turn_wide(asked.wide_page + 1)),
            share: asked.shared().link("/zoek"),
            tiles: app.site.tiles.is_some().then_some(TILES),
            map: asked.with(|asked| asked.list.clear()).link("/kaart.svg"),
            first,
            near,
        }
    }
}

fn heading(messages: Messages, location: &Location, found: &Found) -> String {
    if found.total == 0 {
        messages.fill("nothing-heading", &[("km", found.within_km.to_string().into())])
    } else {
        let args = [
            ("n", found.total.into()),
            ("place", location.label.clone().into()),
        ];
        messages.fill("results-heading", &args)
    }
}

/// What to say about the search itself.
fn notes(messages: Messages, asked: &Asked, location: &Location, found: &Found) -> Vec<String> {
    let mut notes = Vec::new();
    if found.total == 0 {
        let is_furthest = DISTANCES_KM.iter().all(|km| *km <= found.within_km);
        let advice = match (asked.is_narrowed(), is_furthest) {
            (true, false) => "nothing-narrowed",
            (true, true) => "nothing-less",
            (false, false) => "nothing-wider",
            (false, true) => "nothing-at-all",
        };
        notes.push(format!(
            "{} {}",
            messages.say(advice),
            asked.say("nothing-library")
        ));
    } else if let Some(beyond) = found.beyond {
        let said = if beyond == Widened::Theme {
            "of-the-theme"
        } else {
            "loosely"
        };
        notes.push(messages.say(said).to_string());
    } else if found.is_widened(asked) {
        notes.push(messages.fill("widened", &[("km", found.within_km.to_string().into())]));
    }
    if let Some(words) = &found.corrected {
        notes.insert(0, messages.fill("corrected", &[("words", words.clone().into())]));
    }
    let digits_only = location.precision == Precision::Pc4 && !asked.place.chars().any(char::is_alphabetic);
    if digits_only && found.total > 0 {
        notes.push(messages.fill("digits-only", &[("place", location.label.clone().into())]));
    }
    notes
}

/// The larger distances.
fn wider(asked: &Asked, than_km: u32) -> Vec<Link> {
    let messages = Messages(asked.language);
    let further = DISTANCES_KM.into_iter().filter(|km| *km > than_km);
    further
        .map(|km| Link {
            words: messages.fill("search-within", &[("km", km.to_string().into())]),
            link: asked.with(|asked| asked.within_km = Some(km)).link("/zoek"),
        })
        .collect()
}
