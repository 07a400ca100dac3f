//! The files that pages refer to. Their address holds a hash of their content, so they may be kept for ever.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use xxhash_rust::xxh3::xxh3_64;

use crate::problem::Problem;

/// Name and content of each, as the build script found them.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

struct Asset {
    name: &'static str,
    /// `/assets/style.0123456789abcdef.css`
    path: String,
    content: &'static [u8],
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| FILES.iter().map(Asset::new).collect());

impl Asset {
    fn new((name, content): &(&'static str, &'static [u8])) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let path = format!("/assets/{stem}.{:016x}.{extension}", xxh3_64(content));
        Self { name, path, content }
    }

    fn media_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            _ => "application/octet-stream",
        }
    }
}

/// The address of a file; none when it is not there, as the scripts before the web build.
pub(crate) fn path(name: &str) -> Option<&'static str> {
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    Some(&asset.path)
}

/// The address of the widget as it is built now, which stays as it is for ever, and its content; none before the web
/// build.
pub(crate) fn widget() -> Option<(String, &'static [u8])> {
    let current = ASSETS.iter().find(|asset| asset.name == "nabij-zoeker.js")?;
    let mut same = ASSETS.iter().filter(|asset| asset.content == current.content);
    let version = same.find_map(|asset| asset.name.strip_prefix("nabij-zoeker-")?.strip_suffix(".js"))?;
    Some((format!("/widget/{version}/nabij-zoeker.js"), current.content))
}

/// `/assets/{file}`
pub(crate) async fn file(Path(file): Path<String>) -> Result<Response, Problem> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(&file))
        .ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.media_type()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.content).into_response())
}
