//! Limits: what is too large, too slow, too much at once or too often is refused, and costs nobody else anything.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    harness::{Server, index},
    raw::Raw,
};

/// A server over one offering, which takes corrections: a form whose body does not come holds a request open.
pub(crate) fn server(extra: &[&str]) -> (TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("x.csv");
    std::fs::write(&source, "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n").unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&source], &[]).status.success());
    let corrections = folder.path().join("corrections");
    let corrections = ["--corrections", corrections.to_str().unwrap()];
    let server = Server::start_with(&out, &[&corrections, extra].concat());
    (folder, server)
}

/// The head of a form, and its body, which is to follow.
pub(crate) const FORM: (&str, &str) = (
    "POST /plek/a/meld HTTP/1.1\r\nHost: nabij.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n",
    "message=x",
);

/// A connection with a request under way: the server has begun with it, and waits for its form.
pub(crate) fn under_way(server: &Server) -> Raw {
    let mut raw = Raw::open(server);
    raw.send(FORM.0.replacen("\r\n", "\r\nExpect: 100-continue\r\n", 1));
    assert_eq!(raw.answer().unwrap().status, 100);
    raw
}

#[test]
fn what_is_too_large_is_refused() {
    let (_folder, server) = server(&[]);
    let status = |request: String| {
        let mut raw = Raw::open(&server);
        raw.send(request);
        raw.answer().map(|answer| answer.status)
    };
    let get = |path: &str, headers: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
    assert_eq!(status(get("/", &"A: b\r\n".repeat(30))), Some(200));
    assert_eq!(status(get("/", &"A: b\r\n".repeat(70))), Some(431));
    assert_eq!(
        status(get("/", &format!("A: {}\r\n", "b".repeat(20_000)))),
        Some(431)
    );
    assert_eq!(status(get(&format!("/?q={}", "b".repeat(5_000)), "")), Some(414));
    let form = FORM.0.replace("Content-Length: 9", "Content-Length: 20000");
    assert_eq!(status(form + &"b".repeat(20_000)), Some(413));
    assert_eq!(server.get("/").0, 200);
}

#[test]
fn who_sends_a_head_by_the_drop_is_given_up_and_holds_up_nobody() {
    let (_folder, server) = server(&["--header-timeout", "1"]);
    let start = Instant::now();
    let mut slow: Vec<Raw> = (0..50).map(|_| Raw::open(&server)).collect();
    for raw in &mut slow {
        raw.send("GET / HTTP/1.1\r\n");
    }
    while start.elapsed() < Duration::from_millis(1_500) {
        for raw in &mut slow {
            raw.send("X-A: b\r\n");
        }
        let asked = Instant::now();
        assert_eq!(server.get("/v1/offerings?postcode=3011").0, 200);
        assert!(asked.elapsed() < Duration::from_secs(1), "others had to wait");
        sleep(Duration::from_millis(100));
    }
    for raw in &mut slow {
        let (_, waited) = raw.rest();
        assert!(waited < Duration::from_secs(3), "{waited:?}");
    }
}

#[test]
fn an_idle_connection_is_closed() {
    let (_folder, server) = server(&["--header-timeout", "1"]);
    let mut raw = Raw::open(&server);
    assert_eq!(raw.ask("/").status, 200);
    let (rest, waited) = raw.rest();
    assert_eq!(rest, "");
    assert!(waited < Duration::from_secs(5), "{waited:?}");
}

#[test]
fn a_body_that_nobody_reads_does_not_end_the_connection() {
    let (_folder, server) = server(&[]);
    let mut raw = Raw::open(&server);
    for _ in 0..3 {
        raw.send(FORM.0.replace("POST /plek/a/meld", "PUT /nergens"));
        // As through a slow network: the server has the head long before.
        sleep(Duration::from_millis(100));
        raw.send(FORM.1);
        assert_eq!(raw.answer().map(|answer| answer.status), Some(404));
    }
    assert_eq!(raw.ask("/").status, 200);
    // What is too large to be read to its end does, and the answer says so.
    raw.send(FORM.0.replace("Content-Length: 9", "Content-Length: 100000"));
    raw.send("b".repeat(65_537));
    let answer = raw.answer().unwrap();
    assert_eq!((answer.status, answer.header("connection")), (413, Some("close")));
}

#[test]
fn a_body_that_does_not_come_is_given_up() {
    let (_folder, server) = server(&["--request-timeout", "1"]);
    let answer = under_way(&server).answer().unwrap();
    assert!(answer.is_problem(503), "{answer:?}");
    assert_eq!(answer.header("connection"), Some("close"));
}

#[test]
fn one_connection_too_many_is_told_to_come_back() {
    let (_folder, server) = server(&["--connections", "8"]);
    let idle: Vec<Raw> = (0..6).map(|_| Raw::open(&server)).collect();
    let mut seventh = Raw::open(&server);
    let answer = seventh.ask("/");
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    drop(seventh);
    let more: Vec<Raw> = (0..2).map(|_| Raw::open(&server)).collect();
    let mut surplus = Raw::open(&server);
    let answer = surplus.ask("/v1/offerings?postcode=3011");
    assert!(answer.is_problem(503), "{answer:?}");
    assert_eq!(surplus.rest().0, "", "it is closed");
    drop((idle, more));
    let start = Instant::now();
    while Raw::open(&server).ask("/").status != 200 {
        assert!(start.elapsed() < Duration::from_secs(10), "no room again");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn one_client_cannot_take_all_connections() {
    let (_folder, server) = server(&["--connections-per-client", "3"]);
    let mut own: Vec<Raw> = (0..3).map(|_| Raw::open(&server)).collect();
    assert!(own.iter_mut().all(|raw| raw.ask("/").status == 200));
    assert_eq!(Raw::open(&server).rest().0, "", "the fourth is closed at once");
    drop(own);
    let start = Instant::now();
    loop {
        let mut raw = Raw::open(&server);
        raw.send("GET / HTTP/1.1\r\nHost: nabij.test\r\n\r\n");
        if raw.answer().is_some_and(|answer| answer.status == 200) {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "no room again");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn one_request_too_many_is_told_to_come_back_and_the_others_are_answered() {
    let (_folder, server) = server(&["--requests-at-once", "2"]);
    let mut held = [under_way(&server), under_way(&server)];
    let mut third = Raw::open(&server);
    let answer = third.ask("/v1/offerings?postcode=3011");
    assert!(answer.is_problem(503), "{answer:?}");
    third.send("GET /zoek HTTP/1.1\r\nHost: x\r\nAccept: text/html,*/*\r\n\r\n");
    let page = third.answer().unwrap();
    assert_eq!((page.status, page.header("retry-after")), (503, Some("5")));
    assert!(page.body.contains("<h1>Het is nu erg druk</h1>"), "{}", page.body);
    for raw in &mut held {
        raw.send(FORM.1);
        assert_eq!(raw.answer().unwrap().status, 200);
    }
    assert_eq!(third.ask("/").status, 200);
}

/// The statuses of requests that a proxy says it makes for somebody.
fn asked_for(server: &Server, client: &str, times: usize) -> Vec<u16> {
    let mut raw = Raw::open(server);
    let request =
        format!("GET /v1/locations?q=3011 HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {client}\r\n\r\n");
    let statuses = (0..times).map(|_| {
        raw.send(&request);
        let answer = raw.answer().unwrap();
        assert!(answer.status == 200 || answer.is_problem(429), "{answer:?}");
        answer.status
    });
    statuses.collect()
}

#[test]
fn who_asks_too_often_is_told_to_wait_and_nobody_else() {
    let (_folder, behind_proxy) = server(&["--requests-per-minute", "3", "--trusted-proxies", "127.0.0.0/8"]);
    assert_eq!(
        asked_for(&behind_proxy, "198.51.100.1", 5),
        [200, 200, 200, 429, 429]
    );
    assert_eq!(asked_for(&behind_proxy, "198.51.100.2", 1), [200]);
    // Whom the client names himself stands before the address that the proxy saw.
    assert_eq!(asked_for(&behind_proxy, "203.0.113.5, 198.51.100.1", 1), [429]);
    // Without trust nobody is believed.
    let (_folder, open) = server(&["--requests-per-minute", "3"]);
    assert_eq!(asked_for(&open, "198.51.100.1", 3), [200, 200, 200]);
    assert_eq!(asked_for(&open, "198.51.100.2", 1), [429]);
}

#[test]
fn without_a_limit_nobody_is_counted() {
    let (_folder, server) = server(&[]);
    assert!(
        asked_for(&server, "198.51.100.1", 200)
            .iter()
            .all(|status| *status == 200)
    );
}
