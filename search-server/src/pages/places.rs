//! `/plaats`: for who does not know the postcode. First the first letters of the place, then the place.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{asked::Asked, filters::Link, frame::Frame, page};
use crate::state::App;

/// How many places are offered.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "places.html")]
struct Places {
    frame: Frame,
    typed: String,
    hidden: Vec<(&'static str, String)>,
    /// Where the form goes.
    action: String,
    found: Vec<Link>,
}

/// `/plaats`
pub(crate) async fn places(State(app): State<Arc<App>>, RawQuery(query): RawQuery, asked: Asked) -> Response {
    let typed = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "begin")
        .map(|(_, value)| value.trim().chars().take(80).collect::<String>())
        .unwrap_or_default();
    let found = app.atlas.complete(&typed, MOST).into_iter().map(|location| Link {
        link: asked
            .with(|asked| asked.place.clone_from(&location.label))
            .link("/zoek"),
        words: match &location.province {
            Some(province) if !location.label.contains('(') => format!("{} ({province})", location.label),
            _ => location.label,
        },
    });
    let places = Places {
        frame: Frame::new(&asked, "/plaats"),
        found: found.collect(),
        typed,
        action: asked.path("/plaats"),
        hidden: asked.with(|asked| asked.place.clear()).pairs(),
    };
    page(StatusCode::OK, &places)
}
