//! Addresses of pages and API, asked of a real server.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use super::{
    fuzz,
    targets::{
        Target,
        queries::{addresses, in_address},
    },
};
use crate::harness::{Folder, Server, index};

/// The status with which a server answers.
fn status(server: &Server, address: &str) -> Option<u16> {
    let host = server.base().strip_prefix("http://")?;
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let asked = format!("GET {address} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()
}

#[test]
fn addresses_over_http() {
    let folder = Folder::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl");
    let text = std::fs::read_to_string(sample).unwrap();
    let lines: Vec<&str> = text.lines().take(300).collect();
    let rows = folder.file("rows.jsonl", lines.join("\n"));
    assert!(index(&folder.out(), &[&rows], &[]).status.success());
    let server = Server::start(&folder.out());
    let run = move |input: &[u8]| {
        let address = in_address(input);
        let status = status(&server, &address);
        assert!(
            status.is_some_and(|status| status < 500),
            "{address} is answered by {status:?}"
        );
    };
    let target = Target {
        run: Box::new(run),
        ..addresses()
    };
    fuzz("addresses_over_http", target);
}
