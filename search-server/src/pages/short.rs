//! `/p/{code}`: the way from paper to a page. A code is short enough to type; several with points between them are a
//! list.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use nabij_engine::Index;
use nabij_offering::Card;

use super::{
    asked::{Asked, MOST_ON_LIST},
    filters::Link,
    frame::Frame,
    missing, page,
    record::selection,
};
use crate::{problem::Problem, state::App};

/// The path that stands on the card of an offering.
pub(crate) fn path(index: &Index, id: &str) -> String {
    format!("/p/{}", index.code(id))
}

/// The path that stands on a list.
pub(crate) fn path_of_list(index: &Index, ids: &[String]) -> String {
    let codes: Vec<String> = ids.iter().map(|id| index.code(id)).collect();
    format!("/p/{}", codes.join("."))
}

#[derive(Template)]
#[template(path = "short.html")]
struct Several {
    frame: Frame,
    /// What the code may mean.
    meant: Vec<Link>,
}

/// `/p/{code}`
pub(crate) async fn short(
    State(app): State<Arc<App>>,
    Path(codes): Path<String>,
    mut asked: Asked,
) -> Result<Response, Problem> {
    let index = app.index();
    let codes: Vec<&str> = codes.split('.').take(MOST_ON_LIST).collect();
    let selection = selection(&app, &index, &asked)?;
    let is_offered = |doc: &u32| {
        selection
            .as_ref()
            .is_none_or(|selection| selection.contains(*doc))
    };
    let meant = codes
        .iter()
        .flat_map(|code| index.find_by_code(code))
        .filter(is_offered);
    let meant: Vec<Card<'_>> = meant
        .take(MOST_ON_LIST)
        .filter_map(|doc| card(&index, doc))
        .collect();
    Ok(match meant.as_slice() {
        [] => missing(&asked),
        _ if codes.len() > 1 => {
            asked.list = meant.into_iter().map(|card| card.id.into_owned()).collect();
            Redirect::to(&asked.link("/lijst")).into_response()
        }
        [only] => Redirect::to(&asked.link_to_offering(&only.id, "")).into_response(),
        _ => {
            let link = |card: Card<'static>| Link {
                link: asked.link_to_offering(&card.id, ""),
                words: card.title.into_owned(),
            };
            let several = Several {
                frame: Frame::new(&asked, &format!("/p/{}", codes.concat())),
                meant: meant.into_iter().map(link).collect(),
            };
            page(StatusCode::OK, &several)
        }
    })
}

/// What is shown of a document in a list.
fn card(index: &Index, doc: u32) -> Option<Card<'static>> {
    let mut json = Vec::with_capacity(1_024);
    index.push_card(doc, &mut json);
    serde_json::from_slice(&json).ok()
}
