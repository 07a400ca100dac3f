//! A library's own variant of the pages: under `/v/{id}`, or under a host name of its own.
//!
//! Before any route is chosen, [`enter`] finds whose pages are asked for. `/v/gorinchem/zoek` is then `/zoek` with the
//! profile along, so that every page has one handler and one address within its variant.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Response},
};
use nabij_profile::{Profile, Refusal};

use crate::{licences, pages, state::App};

/// Whose pages these are, and where they stand.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) profile: Arc<Profile>,
    stands: Stands,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stands {
    /// Under `/v/{id}`.
    Path,
    /// At the root of this host, port included.
    Host(String),
}

impl PartialEq for Variant {
    fn eq(&self, other: &Self) -> bool {
        self.profile.id == other.profile.id && self.stands == other.stands
    }
}

impl Eq for Variant {}

impl Variant {
    /// A path of the pages as it is in this variant.
    pub(crate) fn path(&self, path: &str) -> String {
        match self.stands {
            Stands::Path if path == "/" => format!("/v/{}/", self.profile.id),
            Stands::Path => format!("/v/{}{path}", self.profile.id),
            Stands::Host(_) => path.to_owned(),
        }
    }

    /// The beginning of its addresses, if it has a host of its own.
    pub(crate) fn origin(&self) -> Option<String> {
        match &self.stands {
            Stands::Path => None,
            Stands::Host(host) => Some(format!("https://{host}")),
        }
    }
}

/// What a refused visitor of a variant is told instead of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Closed(pub(crate) Refusal);

/// Finds whose pages or data are asked for, and whether they may be.
pub(crate) async fn enter(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/v1/") {
        return licences::admit(app, request, next).await;
    }
    let found = match under_path(&app, request.uri()) {
        Under::Nobody => None,
        Under::Unknown => {
            return pages::missing(&pages::Asked::read(request.uri().query()));
        }
        Under::Variant(variant, uri) => {
            *request.uri_mut() = uri;
            Some(variant)
        }
    };
    let Some(variant) = found.or_else(|| at_host(&app, request.headers())) else {
        return next.run(request).await;
    };
    let is_page = pages::needs_licence(request.uri().path());
    let closed = variant.profile.licensed(app.now().date()).err();
    if is_page {
        app.variants.accounts.count(&variant.profile.id, closed);
    }
    request.extensions_mut().insert(variant);
    if let Some(refusal) = closed.filter(|_| is_page) {
        return pages::closed(&app, &request, Closed(refusal)).into_response();
    }
    next.run(request).await
}

enum Under {
    Nobody,
    Unknown,
    Variant(Variant, Uri),
}

/// The variant of `/v/{id}/…`, and the address without that.
fn under_path(app: &App, uri: &Uri) -> Under {
    let Some(rest) = uri.path().strip_prefix("/v/") else {
        return Under::Nobody;
    };
    let (id, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = if path.is_empty() { "/" } else { path };
    let rest = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(rest).ok();
    let profiles = app.variants.profiles();
    match (profiles.get(id), Uri::from_parts(parts)) {
        (Some(profile), Ok(uri)) => {
            let profile = Arc::clone(profile);
            let stands = Stands::Path;
            Under::Variant(Variant { profile, stands }, uri)
        }
        _ => Under::Unknown,
    }
}

fn at_host(app: &App, headers: &HeaderMap) -> Option<Variant> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let profile = Arc::clone(app.variants.profiles().at_host(host)?);
    let stands = Stands::Host(host.to_owned());
    Some(Variant { profile, stands })
}
