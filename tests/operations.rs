//! What the operator sees: the port for operations, the metrics, the log. Nothing of it says what a visitor asked.

#![expect(clippy::float_cmp, reason = "counts are whole numbers")]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    harness::{Server, index},
    limits::{FORM, under_way},
    raw::Raw,
};

/// A server whose log is in a file, and what its port for operations says.
struct Operated {
    folder: TempDir,
    server: Server,
}

impl Operated {
    fn start(extra: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("x.csv");
        let rows = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\nb,,informal,3011AD\nc,Rekenen,formal,3011AD\n";
        fs::write(&source, rows).unwrap();
        let out = folder.path().join("index");
        assert!(
            index(&out, &[&source], &["--max-rejected", "100"])
                .status
                .success()
        );
        let corrections = folder.path().join("corrections");
        let set = [
            "--operations-listen",
            "127.0.0.1:0",
            "--log-format",
            "json",
            "--corrections",
            corrections.to_str().unwrap(),
        ];
        let server = Server::start_with_log(&out, &[&set, extra].concat(), &folder.path().join("log"));
        Self { folder, server }
    }

    /// The lines of the log that say a message.
    fn logged(&self, message: &str) -> Vec<Value> {
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap();
        let lines = log
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let fields = lines.map(|line| line["fields"].clone());
        fields.filter(|fields| fields["message"] == message).collect()
    }

    /// Status and text of a path of the port for operations.
    fn ask(&self, path: &str) -> (u16, String) {
        let opened = self.logged("port for operations open");
        let address = opened[0]["address"].as_str().unwrap();
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut answer = agent.get(format!("http://{address}{path}")).call().unwrap();
        (
            answer.status().as_u16(),
            answer.body_mut().read_to_string().unwrap(),
        )
    }

    /// The value of a metric with its labels.
    fn metric(&self, name: &str) -> f64 {
        let (_, text) = self.ask("/metrics");
        let value = text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value
            .unwrap_or_else(|| panic!("no {name} in {text}"))
            .parse()
            .unwrap()
    }
}

#[test]
fn metrics_say_how_it_goes_by_route_and_plan() {
    let operated = Operated::start(&["--requests-per-minute", "12"]);
    let server = &operated.server;
    for path in [
        "/v1/offerings?postcode=3011",
        "/v1/offerings?postcode=3011&q=taal",
        "/v1/offerings/a",
        "/v1/offerings/none",
        "/v1/offerings?postcode=x",
        "/zoek?postcode=3011",
        "/nergens",
    ] {
        server.get(path);
    }
    for (name, value) in [
        (
            "nabij_requests_total{route=\"/v1/offerings\",status=\"2xx\"}",
            2.0,
        ),
        (
            "nabij_requests_total{route=\"/v1/offerings\",status=\"4xx\"}",
            1.0,
        ),
        (
            "nabij_requests_total{route=\"/v1/offerings/{id}\",status=\"4xx\"}",
            1.0,
        ),
        ("nabij_requests_total{route=\"none\",status=\"4xx\"}", 1.0),
        ("nabij_request_duration_seconds_count{route=\"/zoek\"}", 1.0),
        ("nabij_requests_refused_total{reason=\"rate\"}", 0.0),
        ("nabij_requests_in_progress", 0.0),
        ("nabij_index_generation", 1.0),
        ("nabij_index_published_generation", 1.0),
        ("nabij_index_offerings", 2.0),
        ("nabij_report_rows{source=\"x.csv\"}", 3.0),
        ("nabij_report_rejected{source=\"x.csv\"}", 1.0),
    ] {
        assert_eq!(operated.metric(name), value, "{name}");
    }
    let (_, text) = operated.ask("/metrics");
    assert!(
        text.contains("nabij_query_duration_seconds_count{pass="),
        "{text}"
    );
    let age = operated.metric("nabij_index_age_seconds");
    assert!((0.0..600.0).contains(&age), "{age}");
    for secret in ["postcode", "taal", "127.0.0.1"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert_eq!(server.get("/metrics").0, 404, "visitors do not see them");
    for _ in 0..10 {
        server.get("/v1/offerings?postcode=3011");
    }
    // Twelve and what has come in since: a request in five seconds.
    let refused = operated.metric("nabij_requests_refused_total{reason=\"rate\"}");
    assert!((1.0..=6.0).contains(&refused), "{refused}");
}

#[test]
fn requests_and_connections_under_way_are_told() {
    let operated = Operated::start(&[]);
    let mut held = under_way(&operated.server);
    let patience = Instant::now();
    while operated.metric("nabij_requests_in_progress") != 1.0 {
        assert!(patience.elapsed() < Duration::from_secs(5));
        sleep(Duration::from_millis(20));
    }
    assert_eq!(operated.metric("nabij_connections"), 1.0);
    held.send(FORM.1);
    assert_eq!(held.answer().unwrap().status, 200);
    assert_eq!(operated.metric("nabij_requests_in_progress"), 0.0);
}

#[test]
fn it_is_alive_and_ready_until_it_is_to_stop() {
    let operated = Operated::start(&[]);
    assert_eq!(operated.ask("/livez"), (200, "alive\n".to_owned()));
    assert_eq!(operated.ask("/readyz"), (200, "ready\n".to_owned()));
    let mut held = under_way(&operated.server);
    operated.server.ask_to_stop();
    let patience = Instant::now();
    while operated.ask("/readyz").0 != 503 {
        assert!(patience.elapsed() < Duration::from_secs(5));
        sleep(Duration::from_millis(20));
    }
    assert_eq!(operated.ask("/livez").0, 200);
    held.send(FORM.1);
    assert_eq!(held.answer().unwrap().status, 200);
}

#[test]
fn requests_are_logged_without_what_was_asked() {
    let operated = Operated::start(&["--log-requests", "--slow-query", "0"]);
    let mut raw = Raw::open(&operated.server);
    let answer = raw.ask("/v1/offerings?postcode=3011AD&q=taalcaf%C3%A9");
    raw.ask("/plek/a");
    raw.ask("/geheim/3011AD");
    let lines = operated.logged("request");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[0]["route"], "/v1/offerings");
    assert_eq!(lines[0]["method"], "GET");
    assert_eq!(lines[0]["status"], 200);
    assert_eq!(lines[0]["id"].as_str(), answer.header("x-request-id"));
    assert!(lines[0]["micros"].as_u64().is_some());
    assert_eq!(
        (&lines[1]["route"], &lines[2]["route"]),
        (&"/plek/{id}".into(), &"none".into())
    );
    let slow = operated.logged("slow query");
    assert!(!slow[0]["plan"].as_str().unwrap().is_empty(), "{slow:?}");
    assert_eq!(slow[0]["id"], lines[0]["id"]);
    let log = fs::read_to_string(operated.folder.path().join("log")).unwrap();
    for secret in ["3011AD", "postcode", "taalcaf", "geheim", "/plek/a"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    let quiet = Operated::start(&[]);
    quiet.server.get("/v1/offerings?postcode=3011");
    assert!(quiet.logged("request").is_empty(), "off unless set");
}

#[test]
fn the_process_and_the_end_of_its_certificate_are_told() {
    let (folder, ends) = (tempfile::tempdir().unwrap(), date_time_ymd(2031, 5, 17));
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.not_after = ends;
    let paths = ["chain.pem", "key.pem"].map(|name| folder.path().join(name));
    fs::write(&paths[0], params.self_signed(&key).unwrap().pem()).unwrap();
    fs::write(&paths[1], key.serialize_pem()).unwrap();
    let [chain, key] = paths.each_ref().map(|path| path.to_str().unwrap());
    let operated = Operated::start(&["--tls-cert", chain, "--tls-key", key]);
    assert_eq!(
        operated.metric("nabij_tls_certificate_expires_timestamp_seconds"),
        1_936_742_400.0,
        "2031-05-17"
    );
    let megabytes = operated.metric("process_resident_memory_bytes") / 1e6;
    assert!((5.0..2_000.0).contains(&megabytes), "{megabytes} MB");
    let files = operated.metric("process_open_fds");
    assert!((5.0..100.0).contains(&files), "{files}");
    assert!(operated.metric("process_max_fds") > files);
    let started = operated.metric("process_start_time_seconds");
    let built = operated.metric("nabij_index_built_timestamp_seconds");
    assert!((0.0..600.0).contains(&(started - built)), "{started} {built}");
    let (_, told) = Operated::start(&[]).ask("/metrics");
    assert!(!told.contains("certificate"), "only with TLS: {told}");
}

/// The names of metrics in a text, as dashboards and rules write them.
fn named(text: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = text.split(|c| !is_name(c));
    words
        .filter(|word| word.starts_with("nabij_") || word.starts_with("process_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_dashboard_and_the_alerts_ask_for_what_is_told() {
    let operated = Operated::start(&["--profiles", concat!(env!("CARGO_MANIFEST_DIR"), "/profiles")]);
    operated.server.get("/v1/offerings?postcode=3011");
    operated.server.get("/v/gorinchem/");
    let (_, told) = operated.ask("/metrics");
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy");
    for file in ["grafana-dashboard.json", "alerts.yml"] {
        let text = fs::read_to_string(deploy.join(file)).unwrap();
        let mut names = named(&text);
        // Told where there is TLS only: see the test of it above.
        names.remove("nabij_tls_certificate_expires_timestamp_seconds");
        assert!(names.len() >= 5, "{file}: {names:?}");
        for name in names {
            let is_told = told.lines().any(|line| {
                line.strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.starts_with(['{', ' ']))
            });
            assert!(is_told, "{file}: no {name}");
        }
    }
    let dashboard = fs::read_to_string(deploy.join("grafana-dashboard.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&dashboard).unwrap()["panels"].is_array());
}
