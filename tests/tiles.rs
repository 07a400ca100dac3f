//! Map tiles through our own server, against a tile server that the test starts.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    harness::Server,
    serving::sample_server,
    web::{Web, answer},
};

/// The smallest beginning of a PNG.
const IMAGE: &[u8] = b"\x89PNG\r\n\x1a\nnot more than this";

/// A tile server that remembers what it was asked, and can fall silent.
pub(crate) struct Source {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    broken: Arc<AtomicBool>,
}

impl Source {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!(
            "http://{}/{{layer}}/{{z}}/{{x}}/{{y}}.png",
            listener.local_addr().unwrap()
        );
        let (asked, broken) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, is_broken) = (Arc::clone(&asked), Arc::clone(&broken));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let head: Vec<String> = BufReader::new(&stream)
                    .lines()
                    .map(Result::unwrap)
                    .take_while(|line| !line.is_empty())
                    .collect();
                log.lock().unwrap().push(head.join("\n"));
                let (status, body) = if is_broken.load(Ordering::SeqCst) {
                    ("503 Busy", b"no".as_slice())
                } else {
                    ("200 OK", IMAGE)
                };
                let length = body.len();
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
                )
                .unwrap();
                stream.write_all(body).unwrap();
            }
        });
        Self {
            address,
            asked,
            broken,
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

pub(crate) const TILE: &str = "/tegels/grijs/12/2106/1349.png";

#[test]
fn a_tile_is_fetched_once_without_anything_of_the_visitor() {
    let (folder, off) = sample_server();
    assert_eq!(off.get(TILE).0, 404, "tiles are off unless they are set");
    let source = Source::start();
    let cache = folder.path().join("tiles");
    let server = Server::start_with(
        folder.path(),
        &[
            "--tiles",
            &source.address,
            "--tile-cache",
            cache.to_str().unwrap(),
        ],
    );
    assert_eq!(server.header(TILE, "content-type"), "image/png");
    assert_eq!(server.header(TILE, "cache-control"), "public, max-age=604800");
    let asked = source.asked();
    assert_eq!(asked.len(), 1, "the second time it was kept: {asked:?}");
    assert!(
        asked[0].starts_with("GET /grijs/12/2106/1349.png HTTP/1.1"),
        "{asked:?}"
    );
    for secret in ["cookie", "referer", "forwarded", "accept-language"] {
        assert!(!asked[0].to_ascii_lowercase().contains(secret), "{asked:?}");
    }
    for trick in [
        "/tegels/grijs/5/16/10.png",
        "/tegels/luchtfoto/12/2106/1349.png",
        "/tegels/grijs/12/0/0.png",
        "/tegels/..%2f..%2fetc/12/2106/1349.png",
        "/tegels/grijs/12/2106/..%2f1349.png",
        "/tegels/grijs/12/2106/1349.png%00",
    ] {
        assert_eq!(server.get(trick).0, 404, "{trick}");
    }
    assert_eq!(source.asked().len(), 1, "none of these went on to the source");
    assert!(server.get("/zoek?postcode=3011").2.contains("data-tiles"));
}

#[test]
fn a_source_that_is_broken_costs_a_tile_and_nothing_else() {
    let (folder, _) = sample_server();
    let source = Source::start();
    source.broken.store(true, Ordering::SeqCst);
    let cache = folder.path().join("tiles");
    let server = Server::start_with(
        folder.path(),
        &[
            "--tiles",
            &source.address,
            "--tile-cache",
            cache.to_str().unwrap(),
        ],
    );
    assert_eq!(server.get(TILE).0, 404);
    assert_eq!(server.get("/").0, 200);
    source.broken.store(false, Ordering::SeqCst);
    assert_eq!(server.header(TILE, "content-type"), "image/png");
    source.broken.store(true, Ordering::SeqCst);
    assert_eq!(
        server.header(TILE, "content-type"),
        "image/png",
        "what was kept stays"
    );
    assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 1);
}

#[test]
fn a_source_cannot_send_the_server_elsewhere() {
    let inside = Web::start(|_| Some(answer("200 OK", "", "geheim")));
    let target = format!("Location: {}\r\n", inside.url("meta-data"));
    let source = Web::start(move |_| Some(answer("302 Found", &target, "")));
    let (folder, _) = sample_server();
    let cache = folder.path().join("tiles");
    let tiles = source.url("{layer}/{z}/{x}/{y}.png");
    let set = ["--tiles", &tiles, "--tile-cache", cache.to_str().unwrap()];
    let server = Server::start_with(folder.path(), &set);
    assert_eq!(server.get(TILE).0, 404);
    assert_eq!(source.asked(), ["/grijs/12/2106/1349.png"]);
    assert_eq!(inside.asked(), [""; 0]);
}
