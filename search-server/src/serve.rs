//! Every route, and what holds for all of them.

use std::{future::Future, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};
use xxhash_rust::xxh3::xxh3_64;

use crate::{api, openapi, pages, problem::Problem, state::App};

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest path with query, in bytes.
const LONGEST_URI: usize = 4_096;
/// Nothing but what we serve ourselves: no script, no frame, no other host.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let header = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .route("/v1/offerings", get(api::offerings))
        .route("/v1/offerings/{id}", get(api::offering))
        .route("/v1/locations", get(api::locations))
        .route("/v1/openapi.json", get(openapi::json))
        .route("/v1/docs", get(openapi::page))
        .route("/", get(pages::start))
        .route("/zoek", get(pages::results))
        .route("/plek/{id}", get(pages::detail))
        .route("/stijl.css", get(pages::style))
        .fallback(|| async { Problem::NotFound })
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            TIMEOUT,
        ))
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header("api-version".parse().unwrap_or(header::SERVER), "1.0.0"))
        .with_state(app)
}

/// Refuses long addresses, and answers 304 to who has the page of this index already.
async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let uri = request
        .uri()
        .path_and_query()
        .map_or("", axum::http::uri::PathAndQuery::as_str);
    if uri.len() > LONGEST_URI {
        return Problem::UriTooLong.into_response();
    }
    // Weak: the same content may be compressed or not.
    let index = app.index();
    let (number, built_at, atlas) = (index.number(), index.manifest().built_at, app.atlas_version);
    let (program, page) = (env!("CARGO_PKG_VERSION"), xxh3_64(uri.as_bytes()));
    let tag = format!("W/\"{program}-{number:x}-{built_at:x}-{atlas:x}-{page:x}\"");
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok());
    let tag_value = HeaderValue::from_str(&tag).ok();
    if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        response
            .headers_mut()
            .extend(tag_value.map(|tag| (header::ETAG, tag)));
        return response;
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        response
            .headers_mut()
            .extend(tag_value.map(|tag| (header::ETAG, tag)));
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

/// Serves until `stop` is done, then lets requests under way finish.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), std::io::Error> {
    axum::serve(listener, router(app))
        .with_graceful_shutdown(stop)
        .await
}
