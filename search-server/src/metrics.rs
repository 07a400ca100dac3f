//! What is counted and measured, and told to who asks for `/metrics`. No label holds anything of a visitor.

use std::{
    fmt::Write as _,
    hash::{Hash, Hasher},
    sync::atomic::AtomicU64,
    time::Duration,
};

use axum::{extract::MatchedPath, http::StatusCode};
use nabij_engine::{Nearest, Pass, Plan};
use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use crate::note::Noted;

/// The upper ends of the classes of durations, in seconds: from a memory access to a timeout.
const CLASSES: [f64; 13] = [
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 10.0,
];

/// Why a request was refused before it came to a route, or given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Too many connections are open.
    Connections,
    /// Too many requests are under way.
    Busy,
    /// This client asked too much; when it may ask again.
    Rate(Duration),
    /// It took too long.
    Time,
}

impl Refused {
    const fn name(self) -> &'static str {
        match self {
            Self::Connections => "connections",
            Self::Busy => "busy",
            Self::Rate(_) => "rate",
            Self::Time => "time",
        }
    }
}

/// What is counted and measured while requests are answered.
#[derive(Debug)]
pub(crate) struct Metrics {
    answered: Family<Answered, Counter>,
    durations: Durations<ByRoute>,
    queries: Durations<ByPlan>,
    refused: Family<ByReason, Counter>,
    /// Requests under way.
    pub(crate) in_progress: Gauge,
    /// Open connections.
    pub(crate) connections: Gauge,
    /// Connections that were closed at once, because their client has too many.
    pub(crate) turned_away: Counter,
    /// Connections on which no TLS came about.
    pub(crate) handshakes_failed: Counter,
}

type Durations<Labels> = Family<Labels, Histogram, fn() -> Histogram>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: Route,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByRoute {
    route: Route,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByPlan {
    pass: &'static str,
    nearest: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByReason {
    reason: &'static str,
}

/// The pattern of an address; `none` for what has no route.
#[derive(Debug, Clone)]
struct Route(Option<MatchedPath>);

impl Route {
    fn name(&self) -> &str {
        self.0.as_ref().map_or("none", MatchedPath::as_str)
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Route {}

impl Hash for Route {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl EncodeLabelValue for Route {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        encoder.write_str(self.name())
    }
}

fn histogram() -> Histogram {
    Histogram::new(CLASSES)
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            answered: Family::default(),
            durations: Family::new_with_constructor(histogram),
            queries: Family::new_with_constructor(histogram),
            refused: Family::default(),
            in_progress: Gauge::default(),
            connections: Gauge::default(),
            turned_away: Counter::default(),
            handshakes_failed: Counter::default(),
        }
    }
}

impl Metrics {
    /// Counts a request that was answered, and how long it took.
    pub(crate) fn answered(&self, noted: &Noted, status: StatusCode, took: Duration) {
        let route = Route(noted.route.clone());
        let by_route = ByRoute { route: route.clone() };
        let status = class(status);
        self.answered.get_or_create(&Answered { route, status }).inc();
        self.durations
            .get_or_create(&by_route)
            .observe(took.as_secs_f64());
        if let Some((plan, query)) = noted.slowest {
            self.queries
                .get_or_create(&ByPlan::of(plan))
                .observe(query.as_secs_f64());
        }
    }

    /// Counts a request that was refused.
    pub(crate) fn refused(&self, refused: Refused) {
        let reason = refused.name();
        self.refused.get_or_create(&ByReason { reason }).inc();
    }

    /// Adds all of them to what is told.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register(
            "nabij_requests",
            "Requests that were answered, by route and class of status",
            self.answered.clone(),
        );
        registry.register(
            "nabij_request_duration_seconds",
            "From the head of a request to its answer",
            self.durations.clone(),
        );
        registry.register(
            "nabij_query_duration_seconds",
            "The slowest query of a request, by its plan",
            self.queries.clone(),
        );
        registry.register(
            "nabij_requests_refused",
            "Requests that were told to come back later, and why",
            self.refused.clone(),
        );
        registry.register(
            "nabij_requests_in_progress",
            "Requests under way",
            self.in_progress.clone(),
        );
        registry.register("nabij_connections", "Open connections", self.connections.clone());
        registry.register(
            "nabij_connections_turned_away",
            "Connections that were closed at once, because their client had too many",
            self.turned_away.clone(),
        );
        registry.register(
            "nabij_tls_handshakes_failed",
            "Connections on which no TLS came about",
            self.handshakes_failed.clone(),
        );
        // A reason that never occurred is told too: what is not there cannot be watched.
        for refused in [
            Refused::Connections,
            Refused::Busy,
            Refused::Rate(Duration::ZERO),
            Refused::Time,
        ] {
            let reason = refused.name();
            drop(self.refused.get_or_create(&ByReason { reason }));
        }
    }
}

const fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

impl ByPlan {
    const fn of(plan: Plan) -> Self {
        Self {
            pass: match plan.pass {
                None => "none",
                Some(Pass::Ranks) => "ranks",
                Some(Pass::Scan) => "scan",
                Some(Pass::Sought) => "sought",
                Some(Pass::Postings) => "postings",
                Some(Pass::Sums) => "sums",
            },
            nearest: match plan.nearest {
                None => "none",
                Some(Nearest::Walk) => "walk",
                Some(Nearest::Rings) => "rings",
            },
        }
    }
}

/// A gauge with one value, told once.
pub(crate) fn tell(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Gauge::<f64, AtomicU64>::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}
