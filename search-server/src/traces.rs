//! Traces of requests, told to a collector as `OpenTelemetry` says it: OTLP over HTTP, in Protocol Buffers.
//!
//! A request is one span, made when its answer is there, of what the gate knows of it then. So a span can hold nothing
//! that the log may not hold: no path, no query, no address. A thread of its own sends them; while the collector is away
//! it drops them, and no request waits.
//!
//! The standard variables set it (<https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/>).

use std::{
    env,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use axum::http::{HeaderMap, Method};
use opentelemetry::{
    Context, Key, KeyValue,
    propagation::TextMapPropagator,
    trace::{Span, SpanKind, Status, Tracer, TracerProvider},
};
use opentelemetry_http::{Bytes, HeaderExtractor, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider},
};

use crate::gate::Answered;

/// How long the collector may take for one attempt to send. All attempts together: `OTEL_EXPORTER_OTLP_TIMEOUT`.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long the end of the server waits for the last spans to be sent.
const LAST_WAIT: Duration = Duration::from_secs(2);
/// The most that is read of an answer of the collector, in bytes.
const LARGEST_ANSWER: u64 = 1 << 16;

/// Traces of requests; none unless the environment names a collector.
#[derive(Debug)]
pub struct Traces(Option<Told>);

#[derive(Debug)]
struct Told {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

/// Why traces cannot be told.
#[derive(Debug, thiserror::Error)]
#[error("traces cannot be sent; look at the variables OTEL_EXPORTER_OTLP_*")]
pub struct TracesError(#[from] ExporterBuildError);

/// The span of somebody else of which a request is a part.
#[derive(Debug)]
pub(crate) struct Parent(Context);

impl Traces {
    /// No traces.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Traces to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` names, or none.
    pub fn open() -> Result<Self, TracesError> {
        if !is_wanted() {
            return Ok(Self::none());
        }
        let collector = SpanExporter::builder().with_http();
        let collector = collector.with_http_client(Collector::new()).build()?;
        let provider = SdkTracerProvider::builder()
            .with_resource(resource())
            .with_batch_exporter(collector)
            .build();
        tracing::info!("traces of requests are sent");
        Ok(Self(Some(Told {
            tracer: provider.tracer("nabij"),
            provider,
        })))
    }

    /// Of which span a request says that it is a part (`traceparent`), if who says so is trusted.
    pub(crate) fn parent(&self, headers: &HeaderMap, is_trusted: bool) -> Parent {
        let none = Context::new();
        Parent(if self.0.is_some() && is_trusted {
            TraceContextPropagator::new().extract_with_context(&none, &HeaderExtractor(headers))
        } else {
            none
        })
    }

    /// Tells of a request that was answered just now.
    pub(crate) fn tell(&self, parent: &Parent, answered: &Answered) {
        let Some(Told { tracer, .. }) = &self.0 else {
            return;
        };
        #[expect(clippy::disallowed_methods, reason = "a span has the time of day")]
        let end = SystemTime::now();
        let method = known(answered.method);
        let name = match answered.route() {
            Some(route) => format!("{method} {route}"),
            None => method.to_owned(),
        };
        let span = tracer
            .span_builder(name)
            .with_kind(SpanKind::Server)
            .with_start_time(end.checked_sub(answered.took).unwrap_or(end));
        let mut span = tracer.build_with_context(span, &parent.0);
        if span.is_recording() {
            span.set_attributes(attributes(method, answered));
            if answered.status.is_server_error() {
                span.set_status(Status::error(""));
            }
        }
        span.end_with_timestamp(end);
    }

    /// Sends what is left, and waits for that no longer than a little while.
    pub(crate) fn finish(&self) {
        if let Some(Told { provider, .. }) = &self.0
            && let Err(error) = provider.shutdown_with_timeout(LAST_WAIT)
        {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Whether the environment asks for traces. The standard has an address for who names none; here that means no.
fn is_wanted() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let says = |name, word| env::var(name).is_ok_and(|value| value.eq_ignore_ascii_case(word));
    (is_set("OTEL_EXPORTER_OTLP_ENDPOINT") || is_set("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        && !says("OTEL_SDK_DISABLED", "true")
        && !says("OTEL_TRACES_EXPORTER", "none")
}

/// Who sends: the name and what else the environment says, and the version.
fn resource() -> Resource {
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let said = Resource::builder().with_attribute(version.clone()).build();
    let name = said.get(&Key::from_static_str("service.name"));
    // What the library makes up when nobody named it.
    if name.is_some_and(|name| name.as_str().starts_with("unknown_service")) {
        Resource::builder()
            .with_service_name("nabij")
            .with_attribute(version)
            .build()
    } else {
        said
    }
}

/// What a span holds, by the names of the semantic conventions for HTTP where they have one. The path and the query,
/// which they ask for too, hold what visitors look for.
fn attributes(method: &'static str, answered: &Answered) -> Vec<KeyValue> {
    let status = i64::from(answered.status.as_u16());
    let mut attributes = vec![
        KeyValue::new("http.request.method", method),
        KeyValue::new("http.response.status_code", status),
        KeyValue::new("nabij.request_id", answered.id.to_owned()),
    ];
    attributes.extend(
        answered
            .route()
            .map(|route| KeyValue::new("http.route", route.to_owned())),
    );
    if let Some((plan, took)) = answered.noted.slowest {
        let micros = i64::try_from(took.as_micros()).unwrap_or(i64::MAX);
        attributes.push(KeyValue::new("nabij.query.plan", plan.to_string()));
        attributes.push(KeyValue::new("nabij.query.micros", micros));
    }
    attributes
}

/// A method as the conventions say it: one that is none of HTTP may be anything.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::CONNECT => "CONNECT",
        Method::OPTIONS => "OPTIONS",
        Method::TRACE => "TRACE",
        Method::PATCH => "PATCH",
        _ => "_OTHER",
    }
}

/// The way to the collector. That it is away is said once, and that it is back.
#[derive(Debug)]
struct Collector {
    agent: ureq::Agent,
    is_away: AtomicBool,
}

impl Collector {
    fn new() -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("nabij/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self {
            agent,
            is_away: AtomicBool::new(false),
        }
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ureq::Error> {
        let (head, body) = request.into_parts();
        let response = self.agent.run(Request::from_parts(head, body.as_ref()))?;
        let (head, body) = response.into_parts();
        let body = body.into_with_config().limit(LARGEST_ANSWER).read_to_vec()?;
        Ok(Response::from_parts(head, body.into()))
    }
}

#[async_trait]
impl HttpClient for Collector {
    /// Blocks: the thread that sends has nothing else to do.
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let response = self.send(request);
        let trouble = match &response {
            Ok(response) if response.status().is_success() => None,
            Ok(response) => Some(response.status().to_string()),
            Err(error) => Some(error.to_string()),
        };
        let was_away = self.is_away.swap(trouble.is_some(), Ordering::Relaxed);
        match trouble {
            Some(trouble) if !was_away => {
                tracing::warn!(
                    error = trouble,
                    "the collector takes no traces; they are dropped until it does"
                );
            }
            None if was_away => tracing::info!("the collector takes traces again"),
            Some(_) | None => {}
        }
        Ok(response?)
    }
}
