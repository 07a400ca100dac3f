//! The page for who comes while there is no room.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{asked::Asked, frame::Frame, page};

#[derive(Template)]
#[template(path = "busy.html")]
struct Busy {
    frame: Frame,
}

/// Says to come back in a moment.
pub(crate) fn busy(asked: &Asked, status: StatusCode) -> Response {
    let busy = Busy {
        frame: Frame::new(asked, "/"),
    };
    page(status, &busy)
}
