//! `/widget/1/…` and `/widget/1.x.y/…`: the search box that others put in their pages. The first moves on within its
//! major version and is asked for again; the second stays as it is for ever, so that a page can name its hash.
//! `/widget` is where a web editor tries it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};

use crate::{
    assets::{self, Asset, IMMUTABLE},
    problem::Problem,
    state::App,
};

/// The major version that is served.
const MAJOR: &str = "1";
/// The name of the script, without its extension.
const SCRIPT: &str = "nabij-zoeker";
/// How long a page may keep what moves on: an hour, and a day more while it asks for the new one.
const MOVING: &str = "public, max-age=3600, stale-while-revalidate=86400";

/// `/widget/{version}/{file}`
pub(crate) async fn file(
    Path((version, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if version.split('.').next() != Some(MAJOR) || file.strip_suffix(".js") != Some(SCRIPT) {
        return Err(Problem::NotFound);
    }
    let (name, cache_control) = if version == MAJOR {
        (file, MOVING)
    } else {
        (format!("{SCRIPT}-{version}.js"), IMMUTABLE)
    };
    let asset = Asset::named(&name).ok_or(Problem::NotFound)?;
    let mut response = asset.respond(&headers, cache_control);
    // A module is fetched with CORS, and so is a script whose hash is checked. The file is public.
    let any = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    response
        .headers_mut()
        .extend(any.map(|(name, value)| (name, HeaderValue::from_static(value))));
    Ok(response)
}

/// The widget as it is built now.
pub(crate) struct Current {
    /// `1.0.0`
    pub(crate) version: &'static str,
    /// What a page may say in `integrity`.
    pub(crate) integrity: String,
}

impl Current {
    /// Where it stays as it is for ever.
    pub(crate) fn path(&self) -> String {
        format!("/widget/{}/{SCRIPT}.js", self.version)
    }

    /// None before the web build.
    pub(crate) fn find() -> Option<Self> {
        let moving = Asset::named(&format!("{SCRIPT}.js"))?;
        let version = moving.same_content().find_map(|name| {
            let version = name.strip_prefix(SCRIPT)?.strip_prefix('-')?;
            version.strip_suffix(".js")
        })?;
        let hash = Sha384::digest(moving.content());
        Some(Self {
            version,
            integrity: format!("sha384-{}", BASE64_STANDARD.encode(hash)),
        })
    }
}

#[derive(Template)]
#[template(path = "widget.html")]
struct Trial {
    style: Option<&'static str>,
    icon: Option<&'static str>,
    script: Option<&'static str>,
    current: Current,
    /// Our own address, as others know it.
    origin: String,
}

/// `/widget`
pub(crate) async fn trial(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let trial = Trial {
        style: assets::path("style.css"),
        icon: assets::path("icon.svg"),
        script: assets::path("demo.js"),
        current: Current::find().ok_or(Problem::NotFound)?,
        origin: app.site.absolute("", &headers),
    };
    let html = trial.render().map_err(|error| Problem::internal(&error))?;
    Ok(Html(html).into_response())
}
