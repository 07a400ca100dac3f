//! The page for what is not there.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{asked::Asked, filters::SearchBox, frame::Frame, page};

#[derive(Template)]
#[template(path = "missing.html")]
struct Missing {
    frame: Frame,
    search: SearchBox,
}

/// Says that there is nothing here, and offers to search.
pub(crate) fn missing(asked: &Asked) -> Response {
    let missing = Missing {
        frame: Frame::new(asked, "/"),
        search: SearchBox::new(asked),
    };
    page(StatusCode::NOT_FOUND, &missing)
}
