//! `/toegankelijkheid`: how accessible the site is, in the form that Dutch law asks for.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::{asked::Asked, frame::Frame, page};
use crate::state::App;

#[derive(Template)]
#[template(path = "statement.html")]
struct Statement {
    frame: Frame,
    /// Whom to tell, in the operator's words.
    contact: Option<String>,
}

/// `/toegankelijkheid`
pub(crate) async fn statement(State(app): State<Arc<App>>, asked: Asked) -> Response {
    let statement = Statement {
        frame: Frame::new(&asked, "/toegankelijkheid"),
        contact: app.site.contact.clone(),
    };
    page(StatusCode::OK, &statement)
}
