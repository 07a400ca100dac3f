//! What every request passes before and after its route: who asks, is there room, how did it go.
//!
//! One pass does all of it, beside the routes and not as layers around them: counting is a few atomic operations, and
//! nothing is written unless the operator asked for it.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::{DefaultBodyLimit, FromRequest, MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;

use crate::{
    buckets::Buckets,
    clients::TrustedProxies,
    headers::secure,
    limits::{LARGEST_BODY, Limits, RETRY},
    metrics::{Metrics, Refused},
    note::{self, Noted},
    pages,
    problem::Problem,
    traces::Traces,
};

/// The identifier of a request: taken over from a trusted proxy, else made up.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest identifier that is taken over, in bytes.
const LONGEST_ID: usize = 64;

/// What is written about requests.
#[derive(Debug, Clone, Copy)]
pub struct RequestLog {
    /// Whether each request has a line.
    pub every: bool,
    /// A request with a query that takes longer than this has a line with its plan.
    pub slow: Duration,
}

/// What every request passes.
#[derive(Debug)]
pub struct Gate {
    router: Router,
    pub(crate) limits: Limits,
    pub(crate) proxies: TrustedProxies,
    log: RequestLog,
    buckets: Option<Buckets>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) traces: Traces,
    /// Whether the server is to stop.
    pub(crate) stopping: AtomicBool,
    started: Instant,
    first_id: u64,
    requests: AtomicU64,
}

/// From where a request came.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// The other end of the connection.
    pub address: IpAddr,
    /// Whether its connection is one too many.
    pub is_surplus: bool,
}

/// What is known of a request when its answer is there.
#[derive(Debug)]
pub(crate) struct Answered<'a> {
    pub(crate) method: &'a Method,
    pub(crate) status: StatusCode,
    pub(crate) noted: &'a Noted,
    pub(crate) id: &'a str,
    pub(crate) took: Duration,
}

impl Answered<'_> {
    /// The pattern of its address; none for what has no route.
    pub(crate) fn route(&self) -> Option<&str> {
        self.noted.route.as_ref().map(MatchedPath::as_str)
    }
}

impl Gate {
    /// A gate before some routes.
    pub fn new(
        router: Router,
        limits: Limits,
        proxies: TrustedProxies,
        log: RequestLog,
        traces: Traces,
    ) -> Self {
        Self {
            router,
            buckets: limits.requests_per_minute.map(Buckets::new),
            limits,
            proxies,
            log,
            metrics: Arc::default(),
            traces,
            stopping: AtomicBool::new(false),
            started: Instant::now(),
            first_id: RandomState::new().hash_one(()),
            requests: AtomicU64::new(0),
        }
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request, peer: Peer) -> Response {
        let start = Instant::now();
        let method = request.method().clone();
        let id = self.id(peer, request.headers());
        let is_trusted = self.proxies.trust(peer.address);
        let parent = self.traces.parent(request.headers(), is_trusted);
        let has_body = !request.body().is_end_stream();
        let (mut response, noted) = match self.admit(peer, request.headers()) {
            Ok(place) => {
                let answered = self.within_time(request, id.clone()).await;
                drop(place);
                answered
            }
            Err(refused) => {
                let mut response = self.refuse(refused, request.uri(), request.headers());
                if has_body {
                    close(&mut response);
                }
                (response, Noted::default())
            }
        };
        self.finish(&mut response, &id);
        let answered = Answered {
            method: &method,
            status: response.status(),
            noted: &noted,
            id: id.to_str().unwrap_or_default(),
            took: start.elapsed(),
        };
        self.metrics.answered(&noted, answered.status, answered.took);
        self.traces.tell(&parent, &answered);
        self.write(&answered);
        response
    }

    /// Whether there is room for a request, and keeps it until the place is dropped.
    fn admit(&self, peer: Peer, headers: &HeaderMap) -> Result<Place<'_>, Refused> {
        if peer.is_surplus {
            return Err(Refused::Connections);
        }
        if let Some(buckets) = &self.buckets {
            let client = self.proxies.client(peer.address, headers);
            let taken = buckets.take(client, self.started.elapsed());
            taken.map_err(Refused::Rate)?;
        }
        let place = Place::take(&self.metrics);
        if place.others < i64::from(self.limits.requests_at_once.get()) {
            Ok(place)
        } else {
            Err(Refused::Busy)
        }
    }

    async fn within_time(&self, request: Request, id: HeaderValue) -> (Response, Noted) {
        let (uri, accept) = (
            request.uri().clone(),
            request.headers().get(header::ACCEPT).cloned(),
        );
        let routed = async {
            match whole(request).await {
                Ok(request) => self.router.clone().oneshot(request).await,
                Err(refused) => Ok(refused),
            }
        };
        let work = tokio::time::timeout(self.limits.request_time, routed);
        let (outcome, noted) = note::along(id, work).await;
        let response = if let Ok(response) = outcome {
            response.into_response()
        } else {
            let headers = accept.map(|accept| (header::ACCEPT, accept));
            let mut response = self.refuse(Refused::Time, &uri, &headers.into_iter().collect());
            // Of its body some may be under way.
            close(&mut response);
            response
        };
        (response, noted)
    }

    /// Says to come back later: a page to people, problem details to programs.
    fn refuse(&self, refused: Refused, uri: &Uri, headers: &HeaderMap) -> Response {
        self.metrics.refused(refused);
        let (status, problem, retry) = match refused {
            Refused::Rate(wait) => (StatusCode::TOO_MANY_REQUESTS, Problem::TooMany, wait),
            Refused::Connections | Refused::Busy | Refused::Time => {
                (StatusCode::SERVICE_UNAVAILABLE, Problem::Busy, RETRY)
            }
        };
        let accept = headers.get(header::ACCEPT).map_or(&[][..], HeaderValue::as_bytes);
        let wants_page = !uri.path().starts_with("/v1/") && accept.starts_with(b"text/html");
        let mut response = if wants_page {
            pages::busy(&pages::Asked::read(uri.query()), status)
        } else {
            problem.into_response()
        };
        let headers = response.headers_mut();
        // Whole seconds, rounded up: who comes back then is answered.
        let seconds = retry.as_secs() + u64::from(retry.subsec_nanos() > 0);
        headers.insert(header::RETRY_AFTER, seconds.into());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// What every answer carries.
    fn finish(&self, response: &mut Response, id: &HeaderValue) {
        let headers = response.headers_mut();
        secure(headers);
        headers.insert(REQUEST_ID, id.clone());
        if let Some(seconds) = self.limits.hsts_seconds
            && let Ok(value) = HeaderValue::from_str(&format!("max-age={seconds}"))
        {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
        if self.is_crowded() {
            close(response);
        }
    }

    /// Whether so many connections are open that idle ones cannot be kept.
    fn is_crowded(&self) -> bool {
        self.metrics.connections.get() > i64::from(self.limits.connections.get()) * 3 / 4
    }

    /// The identifier of a request.
    fn id(&self, peer: Peer, headers: &HeaderMap) -> HeaderValue {
        let known = headers.get(REQUEST_ID).filter(|id| is_identifier(id.as_bytes()));
        if let Some(known) = known.filter(|_| self.proxies.trust(peer.address)) {
            return known.clone();
        }
        // An odd factor: every number has another identifier.
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let id = self
            .first_id
            .wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        HeaderValue::from_str(&format!("{id:016x}")).unwrap_or(HeaderValue::from_static("none"))
    }

    /// Writes what the operator wants to know. Neither the path nor the query: they hold what visitors look for.
    fn write(&self, answered: &Answered) {
        let &Answered { method, id, took, .. } = answered;
        let (route, status) = (answered.route().unwrap_or("none"), answered.status.as_u16());
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        if self.log.every {
            tracing::info!(%method, route, status, micros = micros(took), id, "request");
        }
        if took >= self.log.slow
            && let Some((plan, query)) = answered.noted.slowest
        {
            let (micros, query_micros) = (micros(took), micros(query));
            tracing::warn!(%method, route, status, micros, query_micros, %plan, id, "slow query");
        }
    }
}

/// A request with its body, which was read to its end: an answer before it would end the connection without a word,
/// and with it the next request of who keeps it. What is wrong with a body is answered here, and that answer says so.
async fn whole(request: Request) -> Result<Request, Response> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (head, body) = request.into_parts();
    let mut to_read = Request::new(body);
    DefaultBodyLimit::max(LARGEST_BODY).apply(&mut to_read);
    match Bytes::from_request(to_read, &()).await {
        Ok(bytes) => Ok(Request::from_parts(head, Body::from(bytes))),
        Err(refused) => {
            let mut refused = refused.into_response();
            close(&mut refused);
            Err(refused)
        }
    }
}

/// Ends the connection with its answer, and says so.
fn close(response: &mut Response) {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
}

/// Whether it can stand in a header and in a log as it is.
fn is_identifier(id: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=LONGEST_ID).contains(&id.len()) && id.iter().all(is_plain)
}

/// A place among the requests under way, until it is dropped.
#[derive(Debug)]
struct Place<'a> {
    metrics: &'a Metrics,
    /// How many other requests there were.
    others: i64,
}

impl<'a> Place<'a> {
    fn take(metrics: &'a Metrics) -> Self {
        Self {
            metrics,
            others: metrics.in_progress.inc(),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.metrics.in_progress.dec();
    }
}
