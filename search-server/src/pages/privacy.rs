//! `/privacy`: what becomes of what a visitor types, in words for the visitor. It says what this server does as it is
//! set, and no more: what is not counted or kept here is not spoken of.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::{asked::Asked, frame::Frame, page};
use crate::state::App;

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    frame: Frame,
    /// Whether the background of the map comes from somebody else.
    has_tiles: bool,
    /// Whether questions are counted.
    has_demand: bool,
    /// Whether visitors may write what is wrong.
    has_corrections: bool,
    /// Whom to ask, in the operator's words.
    contact: Option<String>,
}

/// `/privacy`
pub(crate) async fn privacy(State(app): State<Arc<App>>, asked: Asked) -> Response {
    let site = &app.site;
    let privacy = Privacy {
        frame: Frame::new(&asked, "/privacy"),
        has_tiles: site.tiles.is_some(),
        has_demand: site.demand.is_some(),
        has_corrections: site.corrections.is_some(),
        contact: site.contact.clone(),
    };
    page(StatusCode::OK, &privacy)
}
