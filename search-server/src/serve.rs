//! Every route, and what holds for all of them.

use std::{future::Future, path::PathBuf, sync::Arc};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    api, assets,
    clients::TrustedProxies,
    connections,
    gate::{Gate, RequestLog},
    limits::Limits,
    note, openapi,
    operations::Operations,
    operator, overview, pages,
    problem::Problem,
    profiles,
    state::App,
    suggestions,
    tls::Tls,
    traces::Traces,
    variant, widget,
};

/// The largest form that is sent, in bytes.
const LARGEST_FORM: usize = 16_384;
/// The longest path with query, in bytes.
const LONGEST_URI: usize = 4_096;
/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let routes = Router::new()
        .route("/v1/offerings", get(api::offerings))
        .route("/v1/offerings/{id}", get(api::offering))
        .route("/v1/locations", get(api::locations))
        .route("/v1/suggestions", get(suggestions::suggestions))
        .route("/v1/profiles/{id}", get(profiles::profile))
        .route("/v1/problems/{name}", get(profiles::problem))
        .route("/v1/openapi.json", get(openapi::json))
        .route("/v1/docs", get(openapi::page))
        .route("/", get(pages::start))
        .route("/zoek", get(pages::results))
        .route("/plek/{id}", get(pages::detail))
        .route("/p/{code}", get(pages::short))
        .route("/kies", get(pages::choose))
        .route("/plaats", get(pages::places))
        .route("/lijst", get(pages::own_list))
        .route("/kaart.svg", get(pages::map_of_results))
        .route("/plek/{id}/kaart.svg", get(pages::map_of_offering))
        .route("/plek/{id}/kaartje", get(pages::referral))
        .route("/plek/{id}/agenda.ics", get(pages::calendar))
        .route(
            "/plek/{id}/meld",
            get(pages::correction)
                .post(pages::send_correction)
                .layer(DefaultBodyLimit::max(LARGEST_FORM)),
        )
        .route("/toegankelijkheid", get(pages::statement))
        .route("/privacy", get(pages::privacy))
        .route("/postcodes.txt", get(pages::postcodes))
        .route("/plaatsen.txt", get(pages::place_names))
        .route("/omtrek.txt", get(pages::outline))
        .route("/tegels/{layer}/{zoom}/{x}/{file}", get(pages::tile))
        .route("/analyse/dekking", get(pages::coverage))
        .route("/analyse/dekking.csv", get(pages::coverage_csv))
        .route("/analyse/dekking/kaart.svg", get(pages::coverage_map))
        .route("/inbed", get(pages::embedded))
        .route("/profielen/{id}/{file}", get(pages::look))
        .route("/assets/{file}", get(assets::file))
        .route("/widget", get(widget::trial))
        .route("/widget/{version}/{file}", get(widget::file))
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard))
        // After the guard: it changes without the index, and nobody keeps a copy.
        .merge(of_the_operator())
        .with_state(Arc::clone(&app));
    // Around the routes: whose pages are asked for is known before a route is chosen.
    Router::new()
        .fallback_service(routes)
        .layer(middleware::from_fn_with_state(app, variant::enter))
        .layer(CompressionLayer::new())
}

/// What only the operator may see.
fn of_the_operator() -> Router<Arc<App>> {
    let noted = |request: Request| {
        note::route(&request);
        std::future::ready(request)
    };
    Router::new()
        .route("/beheer/kwaliteit", get(operator::quality))
        .route("/beheer/profiel/{id}", get(overview::page))
        .layer(middleware::map_request(noted))
}

/// A page for people, problem details for programs.
async fn nothing_here(uri: Uri, asked: pages::Asked) -> Response {
    if uri.path().starts_with("/v1") {
        Problem::NotFound.into_response()
    } else {
        pages::missing(&asked)
    }
}

/// Refuses long addresses, and answers 304 to who has the page as it is now.
async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    note::route(&request);
    let uri = request
        .uri()
        .path_and_query()
        .map_or("", axum::http::uri::PathAndQuery::as_str);
    if uri.len() > LONGEST_URI {
        return Problem::UriTooLong.into_response();
    }
    if request.method() == Method::POST {
        return next.run(request).await;
    }
    let tag = tag(&app, uri, request.headers().get(header::ACCEPT));
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
        let headers = response.headers_mut();
        headers.extend(tag_value.map(|tag| (header::ETAG, tag)));
        headers
            .entry(header::CACHE_CONTROL)
            // Not for caches that people share: an address may hold a postcode.
            .or_insert(HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// What a copy of an answer is known by. Weak: the same content may be compressed or not.
fn tag(app: &App, uri: &str, accept: Option<&HeaderValue>) -> String {
    let index = app.index();
    let (number, built_at, atlas) = (index.number(), index.manifest().built_at, app.atlas_version);
    let profiles = app.variants.profiles().version();
    // What is open changes by the minute, and stands only in pages and where their words are asked for.
    let minute = if uri.starts_with("/v1/") && !uri.contains("texts=") {
        0
    } else {
        app.now().and_utc().timestamp() / 60
    };
    let accept = accept.map_or(&[][..], HeaderValue::as_bytes);
    let page = xxh3_64(&[uri.as_bytes(), accept].join(&b' '));
    let program = env!("CARGO_PKG_VERSION");
    format!("W/\"{program}-{number:x}-{built_at:x}-{atlas:x}-{profiles:x}-{minute:x}-{page:x}\"")
}

/// What stands between the network and the routes.
#[derive(Debug)]
pub struct Front {
    /// What is allowed, and for how long.
    pub limits: Limits,
    /// Who is believed about whom he asks for.
    pub proxies: TrustedProxies,
    /// TLS, unless a proxy sees to it.
    pub tls: Option<Tls>,
    /// What is written about requests.
    pub log: RequestLog,
    /// What a collector is told about requests.
    pub traces: Traces,
    /// Where the operator's programs ask how the server is, and where the report of the last build is.
    pub operations: Option<(TcpListener, PathBuf)>,
}

/// Serves until `stop` is done, then lets requests under way finish.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    front: Front,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let gate = Arc::new(Gate::new(
        router(Arc::clone(&app)),
        front.limits,
        front.proxies,
        front.log,
        front.traces,
    ));
    if let Some((listener, report)) = front.operations {
        let certificate = front.tls.as_ref().map(Tls::certificate);
        let operations = Operations::new(Arc::clone(&app), Arc::clone(&gate), report, certificate);
        tokio::spawn(operations.serve(listener));
    }
    connections::serve(listener, Arc::clone(&gate), front.tls, stop).await;
    app.finish_demand();
    tokio::task::block_in_place(|| gate.traces.finish());
}
