//! Requests that a proxy and a server could read in two ways, and paths that lead outside.

use crate::{limits::server, raw::Raw};

/// What would be answered if the server read a second request in the bytes of the first.
const HIDDEN: &str = "GET /v1/locations?q=verborgen HTTP/1.1\r\nHost: x\r\n\r\n";

#[test]
fn what_can_be_read_in_two_ways_is_refused_or_the_last_of_its_connection() {
    let (_folder, server) = server(&[]);
    let long = "1".repeat(30);
    for (what, headers, body) in [
        (
            "two lengths",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "aaaaa",
        ),
        ("two lengths in one", "Content-Length: 5, 6\r\n", "aaaaa"),
        ("a length with a sign", "Content-Length: +5\r\n", "aaaaa"),
        ("a length in hexadecimal", "Content-Length: 0x5\r\n", "aaaaa"),
        (
            "a length that is too long",
            &format!("Content-Length: {long}\r\n"),
            "",
        ),
        (
            "length and chunks",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\n",
        ),
        (
            "chunks and length",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "0\r\n\r\n",
        ),
        (
            "chunks that are not last",
            "Transfer-Encoding: chunked, identity\r\n",
            "0\r\n\r\n",
        ),
        (
            "chunks by another name",
            "Transfer-Encoding: xchunked\r\n",
            "0\r\n\r\n",
        ),
        (
            "chunks after a tab",
            "Transfer-Encoding:\u{b}chunked\r\n",
            "0\r\n\r\n",
        ),
        (
            "space before the colon",
            "Transfer-Encoding : chunked\r\n",
            "0\r\n\r\n",
        ),
        ("a folded line", "X-A: b\r\n Transfer-Encoding: chunked\r\n", ""),
        (
            "a carriage return alone",
            "X-A: b\rTransfer-Encoding: chunked\r\n",
            "",
        ),
        ("a zero byte", "X-A: b\0c\r\n", ""),
        ("no name", ": b\r\n", ""),
        (
            "a chunk that is too long",
            "Transfer-Encoding: chunked\r\n",
            "fffffffffffffffff\r\n",
        ),
        ("a chunk of no length", "Transfer-Encoding: chunked\r\n", "x\r\n"),
        (
            "a chunk with a negative length",
            "Transfer-Encoding: chunked\r\n",
            "-1\r\n",
        ),
    ] {
        let mut raw = Raw::open(&server);
        raw.send(format!(
            "POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}{HIDDEN}"
        ));
        let (all, _) = raw.rest();
        assert!(all.matches("HTTP/1.1 ").count() <= 1, "{what}: {all}");
        assert!(
            !all.contains("HTTP/1.1 200") && !all.contains("locations"),
            "{what}: {all}"
        );
    }
    for line in [
        "GET / HTTP/1.1 HTTP/1.1",
        "GET /\tHTTP/1.1",
        "GET  / HTTP/1.1",
        "GET / HTTP/3.0",
        "G\0T / HTTP/1.1",
    ] {
        let mut raw = Raw::open(&server);
        raw.send(format!("{line}\r\nHost: x\r\n\r\n{HIDDEN}"));
        let (all, _) = raw.rest();
        assert!(
            all.starts_with("HTTP/1.1 400") && all.matches("HTTP/1.1 ").count() == 1,
            "{line}: {all}"
        );
    }
    assert_eq!(server.get("/").0, 200);
}

#[test]
fn a_body_that_nobody_reads_is_not_taken_for_a_request() {
    let (_folder, server) = server(&[]);
    let mut raw = Raw::open(&server);
    let length = HIDDEN.len();
    raw.send(format!(
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{HIDDEN}"
    ));
    assert_eq!(raw.answer().unwrap().status, 200);
    raw.send("GET /v1/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let (rest, _) = raw.rest();
    assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 404"), "{rest}");
    assert!(!rest.contains("locations"), "{rest}");
}

#[test]
fn no_path_leads_outside() {
    let (folder, server) = server(&["--operator-token-sha256", &"0".repeat(64)]);
    std::fs::write(folder.path().join("secret.txt"), "geheim").unwrap();
    let secret = folder.path().join("secret.txt");
    let secret = secret.to_str().unwrap();
    for room in [
        "/",
        "/assets/",
        "/widget/1/",
        "/profielen/x/",
        "/plek/",
        "/tegels/grijs/12/2106/",
        "/p/",
        "/v/",
        "/beheer/profiel/",
    ] {
        for way in [
            "../secret.txt",
            "../../../../../../etc/passwd",
            "..%2f..%2f..%2fetc%2fpasswd",
            "..%252f..%252fetc%252fpasswd",
            "%2e%2e/%2e%2e/etc/passwd",
            "..\\..\\secret.txt",
            "....//....//etc/passwd",
            "%c0%ae%c0%ae/etc/passwd",
            "a%00.png",
            &secret.replace('/', "%2f"),
            secret,
        ] {
            let mut raw = Raw::open(&server);
            let answer = raw.ask(&format!("{room}{way}"));
            assert!(
                (400..500).contains(&answer.status),
                "{room}{way}: {}",
                answer.status
            );
            assert!(
                !answer.body.contains("geheim") && !answer.body.contains("root:"),
                "{room}{way}"
            );
        }
    }
}

#[test]
fn a_whole_address_and_another_host_are_asked_of_this_server_only() {
    let (_folder, server) = server(&[]);
    for request in [
        "GET http://169.254.169.254/latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n",
        "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n",
        "GET /latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n",
    ] {
        let mut raw = Raw::open(&server);
        raw.send(request);
        let status = raw.answer().unwrap().status;
        assert!([400, 404, 405].contains(&status), "{request}: {status}");
    }
}
