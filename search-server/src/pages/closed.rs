//! What stands in the place of a library's pages while its licence does not hold: polite words, and the way to the
//! national pages.

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use super::{asked::Asked, embedded, frame::Frame, messages::Messages, outside::national_search, page};
use crate::{licences::words, state::App, variant::Closed};

#[derive(Template)]
#[template(path = "closed.html")]
struct ClosedPage {
    frame: Frame,
    heading: String,
    national: String,
    /// For the editor of the library.
    reason: String,
}

/// Whether a path is a page, not a file that pages refer to.
pub(crate) fn needs_licence(path: &str) -> bool {
    !["/assets/", "/profielen/", "/beheer/"]
        .iter()
        .any(|begin| path.starts_with(begin))
}

/// The page for a variant that is closed.
pub(crate) fn closed(app: &App, request: &Request, Closed(refusal): Closed) -> Response {
    let asked = Asked::of(request.uri().query(), request.extensions().get().cloned());
    let profile = asked.variant.as_ref().map(|variant| &*variant.profile);
    let name = profile.map_or_else(String::new, |profile| profile.name.clone());
    let (title, advice) = words(refusal);
    let closed = ClosedPage {
        frame: Frame::new(&asked, "/"),
        heading: Messages(asked.language).fill("closed-heading", &[("name", name.into())]),
        national: national_search(app, &asked, request.headers()),
        reason: format!("{title}. {advice}"),
    };
    let mut response = page(StatusCode::FORBIDDEN, &closed);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if request.uri().path() == "/inbed" {
        headers.extend(profile.and_then(embedded::policy));
    }
    response
}
