//! `/lijst`: up to five places that were put together for somebody, to print. The list is the address of the page.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::{
    asked::Asked, facts::Facts, frame::Frame, messages::Messages, page, paper::Paper, record::record, short,
};
use crate::{problem::Problem, state::App};

#[derive(Template)]
#[template(path = "own_list.html")]
struct OwnList {
    frame: Frame,
    entries: Vec<Entry>,
    paper: Paper,
    back: String,
    empty: String,
}

struct Entry {
    number: usize,
    facts: Facts,
    link: String,
    /// The list without it.
    remove: String,
}

/// `/lijst`
pub(crate) async fn own_list(
    State(app): State<Arc<App>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (index, now) = (app.index(), app.now());
    let mut entries = Vec::new();
    for id in &asked.list {
        // What is no longer offered has left the index, and so the list.
        if let Some(offering) = record(&app, &index, &asked, id)? {
            entries.push(Entry {
                number: entries.len() + 1,
                facts: Facts::new(&offering, Messages(asked.language), now),
                link: asked.link_to_offering(id, ""),
                remove: asked
                    .with(|asked| asked.list.retain(|listed| listed != id))
                    .link("/lijst"),
            });
        }
    }
    let short = short::path_of_list(&index, &asked.list);
    let own_list = OwnList {
        frame: Frame::new(&asked, "/lijst"),
        entries,
        paper: Paper::new(
            &app.site
                .absolute_for(&asked, &asked.bare().link(&short), &headers),
        ),
        back: asked.link(if asked.place.is_empty() { "/" } else { "/zoek" }),
        empty: asked.with(|asked| asked.list.clear()).link("/lijst"),
    };
    Ok(page(StatusCode::OK, &own_list))
}
