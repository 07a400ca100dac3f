//! Where the library's part of the country ends: says so, and leads to the national search.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use nabij_atlas::Location;

use super::{asked::Asked, filters::SearchBox, frame::Frame, messages::Messages, page};
use crate::{licences::national, state::App};

#[derive(Template)]
#[template(path = "outside.html")]
struct Outside {
    frame: Frame,
    heading: String,
    /// The same search on the national pages.
    national: String,
    search: SearchBox,
}

/// The page for a place that the library does not serve; none if it does.
pub(crate) fn outside(
    app: &App,
    asked: &Asked,
    location: &Location,
    headers: &HeaderMap,
) -> Option<Response> {
    let profile = &asked.variant.as_ref()?.profile;
    if profile.serves(location.pc4, location.position) {
        return None;
    }
    let args = [
        ("place", location.label.clone().into()),
        ("name", profile.name.clone().into()),
    ];
    let outside = Outside {
        frame: Frame::new(asked, "/zoek"),
        heading: Messages(asked.language).fill("outside-heading", &args),
        national: national_search(app, asked, headers),
        search: SearchBox::new(asked),
    };
    Some(page(StatusCode::OK, &outside))
}

/// What was asked, on the national pages.
pub(crate) fn national_search(app: &App, asked: &Asked, headers: &HeaderMap) -> String {
    let profile = asked.variant.as_ref().map(|variant| &*variant.profile);
    let site = national(app, profile, headers);
    let path = if asked.place.is_empty() { "/" } else { "/zoek" };
    let plain = asked.with(|asked| {
        asked.variant = None;
        asked.list.clear();
    });
    format!("{}{}", site.trim_end_matches('/'), plain.link(path))
}
