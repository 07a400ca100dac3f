//! Traces of requests, as a collector gets them (feature `otel`): what is in them, what is not, and a collector that is
//! silent or away. `make otel` runs these.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use crate::{
    harness::{Folder, Server, index},
    raw::Raw,
};

/// The trace and the span that a proxy says, and how it says them.
const TRACE: [u8; 16] = [0xa7; 16];
const SPAN: [u8; 8] = [0xb3; 8];
const TRACEPARENT: &str = "00-a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7-b3b3b3b3b3b3b3b3-01";

/// A collector that takes what is sent. Gives the heads and the bodies of the requests.
fn collector() -> (SocketAddr, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, received) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            while let Some(taken) = take(&mut stream) {
                let answer = stream
                    .get_mut()
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                if answer.is_err() || sender.send(taken).is_err() {
                    break;
                }
            }
        }
    });
    (address, received)
}

/// The head, in small letters, and the body of the next request of a connection; none at its end.
fn take(stream: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let head = head.to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?;
    let mut body = vec![0; length.parse().ok()?];
    stream.read_exact(&mut body).ok()?;
    Some((head, body))
}

/// A server with one offering that sends its traces to an address, and its log.
fn traced(folder: &Folder, collector: SocketAddr, variables: &[(&str, &str)]) -> Server {
    let source = folder.file("x.csv", "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n");
    assert!(index(&folder.out(), &[&source], &[]).status.success());
    let log = fs_err::File::create(folder.path().join("log")).unwrap();
    let extra = ["--trusted-proxies", "127.0.0.1", "--requests-at-once", "100000"];
    Server::start_by(&folder.out(), &extra, |command| {
        command
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://{collector}"))
            // A second, as the end of the server would be too late for some.
            .env("OTEL_BSP_SCHEDULE_DELAY", "1000")
            .envs(variables.iter().copied())
            .stderr(log.into_parts().0);
    })
}

fn logged(folder: &Folder, words: &str) -> usize {
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    log.lines().filter(|line| line.contains(words)).count()
}

fn holds(bytes: &[u8], wanted: impl AsRef<[u8]>) -> bool {
    let wanted = wanted.as_ref();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn a_collector_gets_a_span_for_each_request_without_what_was_asked() {
    let ((address, received), folder) = (collector(), Folder::new());
    let named = [("OTEL_EXPORTER_OTLP_HEADERS", "api-key=sesame")];
    let server = traced(&folder, address, &named);
    let mut raw = Raw::open(&server);
    raw.send(format!(
        "GET /v1/offerings?postcode=3011AD&q=schuldhulp HTTP/1.1\r\nHost: x\r\ntraceparent: {TRACEPARENT}\r\nX-Request-Id: abc-123\r\n\r\n"
    ));
    assert_eq!(raw.answer().unwrap().status, 200);
    raw.ask("/plek/a");
    raw.ask("/geheim/3012AB");
    raw.send("GEHEIM / HTTP/1.1\r\nHost: x\r\n\r\n");
    raw.answer().unwrap();
    let (head, mut spans) = received.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    assert!(head.contains("api-key: sesame"), "{head}");
    assert_eq!(server.terminate(), Some(0));
    spans.extend(received.try_iter().flat_map(|(_, body)| body));
    for told in [
        "GET /v1/offerings",
        "GET /plek/{id}",
        "http.response.status_code",
        "http.route",
        "nabij.query.plan",
        "abc-123",
        "_OTHER",
        "service.name",
        "nabij",
    ] {
        assert!(holds(&spans, told), "{told} is not told");
    }
    assert!(
        holds(&spans, TRACE) && holds(&spans, SPAN),
        "part of another span"
    );
    for secret in [
        "3011AD",
        "3012AB",
        "schuldhulp",
        "postcode",
        "eheim",
        "GEHEIM",
        "/plek/a",
        "127.0.0.1",
        "sesame",
    ] {
        assert!(!holds(&spans, secret), "{secret} is told");
    }
    assert_eq!(logged(&folder, "sesame"), 0);
}

#[test]
fn a_name_from_the_environment_is_told_and_a_foreign_span_is_not_believed() {
    let ((address, received), folder) = (collector(), Folder::new());
    let named = [
        ("OTEL_SERVICE_NAME", "bibliotheek"),
        ("NABIJ_TRUSTED_PROXIES", "10.0.0.1"),
    ];
    let source = folder.file("x.csv", "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n");
    assert!(index(&folder.out(), &[&source], &[]).status.success());
    let server = Server::start_by(&folder.out(), &[], |command| {
        command
            .env(
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                format!("http://{address}/own/path"),
            )
            .envs(named);
    });
    let mut raw = Raw::open(&server);
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: x\r\ntraceparent: {TRACEPARENT}\r\n\r\n"
    ));
    raw.answer().unwrap();
    // What is left is sent when the server ends.
    assert_eq!(server.terminate(), Some(0));
    let (head, spans) = received.recv_timeout(Duration::from_secs(1)).unwrap();
    assert!(head.starts_with("post /own/path http/1.1\r\n"), "{head}");
    assert!(holds(&spans, "bibliotheek"));
    assert!(!holds(&spans, TRACE), "who is no trusted proxy says nothing");
}

/// Many requests, more than are kept for the collector, then the end; how long each took.
fn under_load(folder: &Folder, collector: SocketAddr) -> (Duration, Duration) {
    let server = traced(folder, collector, &[]);
    let mut raw = Raw::open(&server);
    let start = Instant::now();
    for _ in 0..3_000 {
        assert_eq!(raw.ask("/assets/none").status, 404);
    }
    // It is being sent to by now.
    thread::sleep(Duration::from_millis(1_500).saturating_sub(start.elapsed()));
    let begin = Instant::now();
    for _ in 0..100 {
        raw.ask("/assets/none");
    }
    let (asking, end) = (begin.elapsed(), Instant::now());
    drop(raw);
    assert_eq!(server.terminate(), Some(0));
    (asking, end.elapsed())
}

#[test]
fn a_silent_collector_keeps_neither_a_request_nor_the_end_of_the_server() {
    let folder = Folder::new();
    // The system takes the connections, and nobody reads them.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let (asking, ending) = under_load(&folder, silent.local_addr().unwrap());
    assert!(asking < Duration::from_secs(1), "100 requests took {asking:?}");
    assert!(ending < Duration::from_secs(4), "the end took {ending:?}");
    assert_eq!(logged(&folder, "the last traces were not sent"), 1);
    drop(silent);
}

#[test]
fn a_collector_that_is_away_is_said_once() {
    let folder = Folder::new();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (asking, ending) = under_load(&folder, address);
    assert!(asking < Duration::from_secs(1), "100 requests took {asking:?}");
    assert!(ending < Duration::from_secs(4), "the end took {ending:?}");
    assert_eq!(logged(&folder, "the collector takes no traces"), 1);
}

#[test]
fn without_a_collector_nothing_is_traced() {
    let ((address, received), folder) = (collector(), Folder::new());
    let off = [("OTEL_SDK_DISABLED", "true")];
    let server = traced(&folder, address, &off);
    server.get("/");
    assert_eq!(server.terminate(), Some(0));
    assert!(received.try_recv().is_err());
    assert_eq!(logged(&folder, "traces of requests are sent"), 0);
}
