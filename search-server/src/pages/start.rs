//! `/`: where do you live, or what is it about?

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    asked::Asked,
    choose::{Picture, pictures},
    filters::SearchBox,
    frame::Frame,
    page,
    search::Nowhere,
};

#[derive(Template)]
#[template(path = "start.html")]
struct Start {
    frame: Frame,
    search: SearchBox,
    pictures: Vec<Picture>,
}

/// `/`
pub(crate) async fn start(asked: Asked) -> Response {
    let asked = asked.with_defaults();
    start_page(StatusCode::OK, &asked, SearchBox::new(&asked))
}

/// The start again, with what is wrong with the place that was typed.
pub(crate) fn refused(asked: &Asked, why: &Nowhere) -> Response {
    start_page(StatusCode::BAD_REQUEST, asked, SearchBox::refused(asked, why))
}

fn start_page(status: StatusCode, asked: &Asked, search: SearchBox) -> Response {
    let start = Start {
        frame: Frame::new(asked, "/"),
        search,
        pictures: pictures(asked),
    };
    page(status, &start)
}
