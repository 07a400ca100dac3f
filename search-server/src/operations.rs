//! What the operator's programs ask, on a port of its own: does it live, is it ready, how does it go.
//!
//! `/livez` and `/readyz` say 200 or 503; `/metrics` speaks `OpenMetrics`, which Prometheus reads.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::SystemTime,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use fs_err as fs;
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::{
    gate::Gate, metrics::tell, problem::Problem, process::tell_process, state::App, tls::Certificate,
};

/// What the operator's programs ask.
#[derive(Debug)]
pub(crate) struct Operations {
    app: Arc<App>,
    gate: Arc<Gate>,
    report: PathBuf,
    certificate: Option<Arc<Certificate>>,
    /// When the server started, in seconds since 1970.
    started_at: i64,
    /// What the report said, and when it was written.
    reported: Mutex<(Option<SystemTime>, Reported)>,
}

/// What is told of the report of the last build.
#[derive(Debug, Clone, Default, Deserialize)]
struct Reported {
    sources: Vec<Source>,
}

#[derive(Debug, Clone, Deserialize)]
struct Source {
    #[serde(rename = "source")]
    name: String,
    rows: u64,
    rejected: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BySource {
    source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByProfile {
    profile: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Program {
    version: &'static str,
}

impl Operations {
    pub(crate) fn new(
        app: Arc<App>,
        gate: Arc<Gate>,
        report: PathBuf,
        certificate: Option<Arc<Certificate>>,
    ) -> Self {
        Self {
            started_at: app.site.moment().timestamp(),
            app,
            gate,
            report,
            certificate,
            reported: Mutex::default(),
        }
    }

    /// Answers for as long as the server runs.
    pub(crate) async fn serve(self, listener: TcpListener) {
        let router = Router::new()
            .route("/livez", get(|| async { "alive\n" }))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics))
            .with_state(Arc::new(self));
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the port for operations is closed");
        }
    }

    /// All metrics as text.
    fn text(&self) -> Result<String, std::fmt::Error> {
        let mut registry = Registry::default();
        self.gate.metrics.register(&mut registry);
        let program = Family::<Program, Gauge>::default();
        let version = env!("CARGO_PKG_VERSION");
        program.get_or_create(&Program { version }).set(1);
        registry.register("nabij_build_info", "The version of the program", program);
        tell_process(&mut registry, self.started_at);
        self.tell_certificate(&mut registry);
        self.tell_index(&mut registry);
        self.tell_report(&mut registry);
        self.tell_profiles(&mut registry);
        let mut out = String::new();
        text::encode(&mut out, &registry)?;
        Ok(out)
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
    fn tell_certificate(&self, registry: &mut Registry) {
        let ends = self.certificate.as_ref();
        if let Some(ends) = ends.and_then(|certificate| certificate.expires_at()) {
            tell(
                registry,
                "nabij_tls_certificate_expires_timestamp_seconds",
                "When the certificate in use ends",
                ends as f64,
            );
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
    fn tell_index(&self, registry: &mut Registry) {
        let index = self.app.index();
        let manifest = index.manifest();
        let mut tell = |name, help, value| tell(registry, name, help, value);
        tell(
            "nabij_index_generation",
            "The generation of the index in use",
            index.number() as f64,
        );
        // Where CURRENT cannot be read there is none, and the alert for it goes off.
        let published = self.app.published().unwrap_or(0);
        tell(
            "nabij_index_published_generation",
            "The generation that is published; another than the one in use for long means that it was refused",
            published as f64,
        );
        tell(
            "nabij_index_built_timestamp_seconds",
            "When the index in use was built",
            manifest.built_at as f64,
        );
        let age = self.app.site.moment().timestamp() - manifest.built_at;
        tell(
            "nabij_index_age_seconds",
            "How old the index in use is",
            age as f64,
        );
        tell(
            "nabij_index_offerings",
            "Offerings in the index in use",
            manifest.counts.offerings() as f64,
        );
    }

    fn tell_report(&self, registry: &mut Registry) {
        let rows = Family::<BySource, Gauge>::default();
        let rejected = Family::<BySource, Gauge>::default();
        let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
        for Source {
            name: source,
            rows: read,
            rejected: lost,
        } in self.reported().sources
        {
            let source = BySource { source };
            rows.get_or_create(&source).set(number(read));
            rejected.get_or_create(&source).set(number(lost));
        }
        registry.register("nabij_report_rows", "Rows that the last build read", rows);
        registry.register(
            "nabij_report_rejected",
            "Rows that the last build rejected",
            rejected,
        );
    }

    /// What the report says; read again when it was written again. A report that is not there or not whole says nothing.
    fn reported(&self) -> Reported {
        // Nothing is half done when a thread that held it ended.
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let written = fs::metadata(&self.report).and_then(|about| about.modified()).ok();
        if reported.0 != written {
            let text = fs::read(&self.report).unwrap_or_default();
            *reported = (written, serde_json::from_slice(&text).unwrap_or_default());
        }
        reported.1.clone()
    }

    fn tell_profiles(&self, registry: &mut Registry) {
        let requests = Family::<ByProfile, Counter>::default();
        let profiles = self.app.variants.profiles();
        let accounts: BTreeMap<_, _> = self.app.variants.accounts.all().into_iter().collect();
        for (profile, account) in accounts {
            for (outcome, count) in account.outcomes().filter(|(_, count)| *count > 0) {
                let profile = profile.clone();
                requests
                    .get_or_create(&ByProfile { profile, outcome })
                    .inc_by(count);
            }
        }
        registry.register(
            "nabij_profile_requests",
            "Requests for profiles, by what came of their licence",
            requests,
        );
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
        tell(
            registry,
            "nabij_profiles",
            "Profiles in use",
            profiles.len() as f64,
        );
    }
}

async fn ready(State(operations): State<Arc<Operations>>) -> Response {
    if operations.gate.stopping.load(Ordering::Relaxed) {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response()
    } else {
        "ready\n".into_response()
    }
}

async fn metrics(State(operations): State<Arc<Operations>>) -> Result<Response, Problem> {
    // The report and CURRENT are read from disk.
    let text = tokio::task::spawn_blocking(move || operations.text()).await;
    let text = text.map_err(|error| Problem::internal(&error))?;
    let text = text.map_err(|error| Problem::internal(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
