//! The files that pages refer to. Their address holds a hash of their content, so they may be kept for ever; they were
//! packed when the program was built.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use xxhash_rust::xxh3::xxh3_64;

use crate::problem::Problem;

/// Name and content of each, as the build script found them, and the content packed by brotli; empty if that is no
/// gain.
const FILES: &[(&str, &[u8], &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// May be kept for ever.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// An embedded file.
pub(crate) struct Asset {
    name: &'static str,
    /// `/assets/style.0123456789abcdef.css`
    path: String,
    content: &'static [u8],
    packed: &'static [u8],
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| FILES.iter().map(Asset::new).collect());

impl Asset {
    fn new((name, content, packed): &(&'static str, &'static [u8], &'static [u8])) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let path = format!("/assets/{stem}.{:016x}.{extension}", xxh3_64(content));
        Self {
            name,
            path,
            content,
            packed,
        }
    }

    /// The file with a name; none when it is not there, as the scripts before the web build.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        ASSETS.iter().find(|asset| asset.name == name)
    }

    /// What is in it.
    pub(crate) fn content(&self) -> &'static [u8] {
        self.content
    }

    /// The names of all files with the same content.
    pub(crate) fn same_content(&self) -> impl Iterator<Item = &'static str> {
        let same = ASSETS.iter().filter(|asset| asset.content == self.content);
        same.map(|asset| asset.name)
    }

    fn media_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "json" => "application/json",
            "svg" => "image/svg+xml",
            _ => "application/octet-stream",
        }
    }

    /// The file for who sent these headers, packed if he can unpack it.
    pub(crate) fn respond(&self, asked: &HeaderMap, cache_control: &'static str) -> Response {
        let headers = [
            (header::CONTENT_TYPE, self.media_type()),
            (header::CACHE_CONTROL, cache_control),
            (header::VARY, "accept-encoding"),
        ];
        if self.packed.is_empty() || !accepts_brotli(asked) {
            return (headers, self.content).into_response();
        }
        let mut response = (headers, self.packed).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response
    }
}

/// Whether `Accept-Encoding` names brotli, and not to refuse it.
fn accepts_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| match coding.split_once(';') {
            None => coding.trim() == "br",
            Some((coding, weight)) => {
                let weight = weight
                    .trim()
                    .strip_prefix("q=")
                    .and_then(|weight| weight.parse().ok());
                coding.trim() == "br" && weight.is_some_and(|weight: f32| weight > 0.0)
            }
        })
}

/// The address of a file; none when it is not there.
pub(crate) fn path(name: &str) -> Option<&'static str> {
    Asset::named(name).map(|asset| asset.path.as_str())
}

/// `/assets/{file}`
pub(crate) async fn file(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(&file))
        .ok_or(Problem::NotFound)?;
    Ok(asset.respond(&headers, IMMUTABLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_unpack_brotli_says_so() {
        for (value, accepts) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5", true),
            ("gzip, br; q=1.0", true),
            ("br;q=0", false),
            ("gzip", false),
            ("brr", false),
            ("", false),
        ] {
            let headers = [(header::ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap())];
            assert_eq!(accepts_brotli(&headers.into_iter().collect()), accepts, "{value}");
        }
    }
}
