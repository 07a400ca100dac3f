//! `/plek/{id}/kaartje`: a card on paper for a warm referral. What is about the resident is filled in by pen.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::{
    asked::{Asked, path_of_offering},
    facts::Facts,
    frame::Frame,
    messages::Messages,
    missing, page,
    paper::Paper,
    record::record,
    short,
};
use crate::{problem::Problem, state::App};

#[derive(Template)]
#[template(path = "referral.html")]
struct Referral {
    frame: Frame,
    facts: Facts,
    paper: Paper,
    back: String,
}

/// `/plek/{id}/kaartje`
pub(crate) async fn referral(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let index = app.index();
    let Some(offering) = record(&app, &index, &asked, &id)? else {
        return Ok(missing(&asked));
    };
    let short = short::path(&index, &offering.id);
    let referral = Referral {
        frame: Frame::new(&asked, &path_of_offering(&offering.id, "/kaartje")),
        facts: Facts::new(&offering, Messages(asked.language), app.now()),
        paper: Paper::new(
            &app.site
                .absolute_for(&asked, &asked.bare().link(&short), &headers),
        ),
        back: asked.link_to_offering(&offering.id, ""),
    };
    Ok(page(StatusCode::OK, &referral))
}
