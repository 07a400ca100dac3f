//! Measured: what the gate costs a request, in process, without a socket: identifier, room, time limit, headers, metrics.
//! Each figure is of a request to a route that does nothing, so the first one is what the others are beside.
//! `cargo bench --bench gate`.

#![expect(clippy::expect_used, reason = "a bench that cannot run should stop")]

use std::{
    hint::black_box,
    net::Ipv4Addr,
    num::NonZero,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{Request, Response},
    routing::get,
};
use criterion::{Criterion, criterion_group, criterion_main};
use nabij_search_server::{Gate, Limits, Peer, RequestLog, Traces, TrustedProxies};
use tower::ServiceExt;

fn router() -> Router {
    Router::new().route("/v1/offerings", get(|| async { "{}" }))
}

/// A request such as browsers send, by way of a proxy.
fn request() -> Request<Body> {
    Request::get("/v1/offerings?postcode=3011")
        .header("host", "nabij.example")
        .header(
            "user-agent",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101",
        )
        .header("accept", "application/json")
        .header("accept-encoding", "gzip, deflate, br")
        .header("accept-language", "nl")
        .header("x-forwarded-for", "192.0.2.7")
        .body(Body::empty())
        .expect("a request")
}

/// A gate before the route, with so many requests a minute for each client.
fn gate(per_minute: Option<NonZero<u32>>, proxies: TrustedProxies) -> Gate {
    let limits = Limits {
        connections: NonZero::<u32>::MIN.saturating_add(4_095),
        connections_per_client: None,
        requests_at_once: NonZero::<u32>::MIN.saturating_add(511),
        requests_per_minute: per_minute,
        header_time: Duration::from_secs(10),
        request_time: Duration::from_secs(10),
        drain_time: Duration::from_secs(10),
        hsts_seconds: Some(31_536_000),
    };
    let log = RequestLog {
        every: false,
        slow: Duration::from_millis(100),
    };
    Gate::new(router(), limits, proxies, log, Traces::none())
}

/// Times the answers to requests that are made beforehand.
fn measure<Answering: Future<Output = Response<Body>>>(
    criterion: &mut Criterion,
    name: &str,
    ask: impl Fn(Request<Body>) -> Answering,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    criterion.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            runtime.block_on(async {
                let mut took = Duration::ZERO;
                for _ in 0..times {
                    let request = request();
                    let start = Instant::now();
                    black_box(ask(request).await);
                    took += start.elapsed();
                }
                took
            })
        });
    });
}

fn passing(criterion: &mut Criterion) {
    let route = router();
    measure(criterion, "the route alone", |request| {
        let routed = route.clone().oneshot(request);
        async { routed.await.unwrap_or_else(|never| match never {}) }
    });
    let peer = Peer {
        address: Ipv4Addr::LOCALHOST.into(),
        is_surplus: false,
    };
    for (name, per_minute, proxies) in [
        ("through the gate", None, TrustedProxies::default()),
        (
            "through the gate, each client counted behind a proxy",
            Some(NonZero::<u32>::MAX),
            "127.0.0.1".parse().expect("a network"),
        ),
    ] {
        let gate = gate(per_minute, proxies);
        measure(criterion, name, |request| gate.answer(request, peer));
    }
}

criterion_group!(benches, passing);
criterion_main!(benches);
