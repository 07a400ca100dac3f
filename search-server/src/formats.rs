//! In which format a client wants its answer: by `format=`, else by `Accept`, else JSON.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use nabij_engine::{Hits, Index};
use nabij_export::{Export, Format, from_detail};

use crate::problem::{ParamProblem, Problem};

/// What a client wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The JSON of the API.
    Json,
    /// A format for others to read.
    Export(Format),
}

/// The format that the header asks for: the first media type in it that is one of ours. JSON if there is none.
pub(crate) fn accepted(headers: &HeaderMap) -> Wanted {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    let mut media_types = accept.unwrap_or_default().split(',');
    let wanted = |media_type: &str| match media_type.split(';').next().unwrap_or_default().trim() {
        "application/json" => Some(Wanted::Json),
        "application/geo+json" => Some(Wanted::Export(Format::GeoJson)),
        "text/csv" => Some(Wanted::Export(Format::Csv)),
        "application/ld+json" => Some(Wanted::Export(Format::JsonLd)),
        "application/jsonl" | "application/x-ndjson" => Some(Wanted::Export(Format::JsonLines)),
        _ => None,
    };
    media_types.find_map(wanted).unwrap_or(Wanted::Json)
}

/// What `format=` names.
pub(crate) fn named(name: &str) -> Result<Wanted, ParamProblem> {
    match name.parse::<Format>() {
        _ if name == "json" => Ok(Wanted::Json),
        Ok(format) => Ok(Wanted::Export(format)),
        Err(unknown) => Err(ParamProblem {
            name: "format".to_owned(),
            reason: format!("{unknown}, and json"),
            code: "unknown_value",
        }),
    }
}

/// The documents of an answer, those near first, then those without a place.
pub(crate) fn documents(hits: &Hits) -> impl Iterator<Item = u32> {
    hits.hits.iter().chain(&hits.area_wide).map(|hit| hit.doc)
}

/// A document whose fields are not an offering.
#[derive(Debug, thiserror::Error)]
#[error("document {0} of the index is not an offering")]
struct UnreadableDocument(u32);

/// The documents in a format.
pub(crate) fn respond(
    index: &Index,
    format: Format,
    documents: impl Iterator<Item = u32>,
) -> Result<Response, Problem> {
    let mut export = Export::begin(format, Vec::new()).map_err(|error| Problem::internal(&error))?;
    for doc in documents {
        let detail = index.detail(doc).map_err(|error| Problem::internal(&error))?;
        let offering = detail.as_deref().and_then(from_detail);
        let offering = offering.ok_or_else(|| Problem::internal(&UnreadableDocument(doc)))?;
        export
            .write(&offering)
            .map_err(|error| Problem::internal(&error))?;
    }
    let body = export.finish().map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, format.media_type())], body).into_response())
}

/// Says to caches that the answer depends on `Accept`.
pub(crate) fn vary(mut response: Response) -> Response {
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("accept"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_media_type_counts() {
        for (accept, format) in [
            ("application/geo+json", Wanted::Export(Format::GeoJson)),
            ("text/html, text/csv;q=0.9", Wanted::Export(Format::Csv)),
            ("application/json, text/csv", Wanted::Json),
            ("*/*", Wanted::Json),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
            assert_eq!(accepted(&headers), format, "{accept}");
        }
    }
}
