//! Sources on the web, against a server that a test starts.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::{Command, Output},
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};

use crate::harness::{Folder, nabij, text};

/// What a client asked: the path, and the headers in small letters.
struct Request {
    path: String,
    headers: Vec<String>,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A server on a free port, and the paths that were asked of it.
struct Web {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    /// `answer` gives all bytes of an answer; none holds the connection open without one.
    fn start(answer: impl Fn(&Request) -> Option<Vec<u8>> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else { continue };
                log.lock().unwrap().push(request.path.clone());
                match answer(&request) {
                    Some(bytes) => drop((&stream).write_all(&bytes)),
                    None => held.push(stream),
                }
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
    let headers = headers.map(|line| {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        format!("{}: {}", name.to_lowercase(), value.trim())
    });
    Some(Request {
        path,
        headers: headers.collect(),
    })
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
        .into_bytes()
}

const ROWS: &str = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";
const ALLOWED: &str = "allow_http = true\nallow_private = true\npause_ms = 0\n";

fn index(folder: &Folder, source: &str) -> Output {
    folder.file("nabij.toml", format!("[[source]]\n{source}"));
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(folder.path())
        .args(["index", "--out", "index"])
        .output()
        .unwrap()
}

fn is_indexed(folder: &Folder) -> bool {
    let output = nabij(&[
        "search",
        "--index",
        folder.out().to_str().unwrap(),
        "--postcode",
        "3011",
    ]);
    text(&output.stdout).contains("Taalcafé")
}

#[test]
fn a_copy_that_is_still_right_is_not_fetched_again() {
    let web = Web::start(|request| {
        let known = request.header("if-none-match") == Some("\"v1\"");
        let since = request.header("if-modified-since") == Some("Mon, 02 Nov 2026 10:00:00 GMT");
        let tags = "ETag: \"v1\"\r\nLast-Modified: Mon, 02 Nov 2026 10:00:00 GMT\r\n";
        Some(if known && since {
            answer("304 Not Modified", tags, "")
        } else {
            answer("200 OK", tags, ROWS)
        })
    });
    let folder = Folder::new();
    let source = format!("url = \"{}\"\n{ALLOWED}", web.url("aanbod.csv"));
    for run in 1..=2 {
        let output = index(&folder, &source);
        assert!(output.status.success(), "run {run}: {}", text(&output.stderr));
        assert!(is_indexed(&folder));
    }
    assert_eq!(web.asked(), ["/aanbod.csv", "/aanbod.csv"]);
}

#[test]
fn when_the_server_fails_the_copy_of_before_is_used_and_the_report_says_so() {
    let first = Mutex::new(true);
    let web = Web::start(move |_| {
        let first = std::mem::replace(&mut *first.lock().unwrap(), false);
        Some(if first {
            answer("200 OK", "", ROWS)
        } else {
            answer("503 Service Unavailable", "", "")
        })
    });
    let folder = Folder::new();
    let source = format!("url = \"{}\"\n{ALLOWED}", web.url("aanbod.csv"));
    assert!(index(&folder, &source).status.success());
    let output = index(&folder, &source);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("answers 503 Service Unavailable; the copy of before was used"));
}

#[test]
fn a_download_that_breaks_off_is_refused_and_the_old_index_stays() {
    let whole = Mutex::new(true);
    let web = Web::start(move |_| {
        let whole = std::mem::replace(&mut *whole.lock().unwrap(), false);
        let mut bytes = answer("200 OK", "ETag: \"v1\"\r\n", ROWS);
        if !whole {
            bytes.truncate(bytes.len() - 10);
        }
        Some(bytes)
    });
    let folder = Folder::new();
    let source = format!("url = \"{}\"\n{ALLOWED}", web.url("aanbod.csv"));
    assert!(index(&folder, &source).status.success());
    // Without the copy of before there is nothing to fall back on.
    fs::remove_dir_all(folder.path().join("cache")).unwrap();
    let output = index(&folder, &source);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("cannot be fetched"),
        "{}",
        text(&output.stderr)
    );
    assert!(is_indexed(&folder));
    assert_eq!(
        fs::read_to_string(folder.out().join("CURRENT")).unwrap().trim(),
        "1"
    );
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let web = Web::start(|_| None);
    let folder = Folder::new();
    let output = index(
        &folder,
        &format!("url = \"{}\"\ntimeout_s = 1\n{ALLOWED}", web.url("aanbod.csv")),
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("timeout"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn what_is_not_allowed_is_refused_with_what_would_allow_it() {
    let web = Web::start(|request| {
        let to = format!(
            "Location: http://localhost:{}/aanbod.csv\r\n",
            request.header("host").unwrap().split(':').nth(1).unwrap()
        );
        Some(match request.path.as_str() {
            "/verhuisd.csv" => answer("302 Found", &to, ""),
            "/rond.csv" => answer("302 Found", "Location: /rond.csv\r\n", ""),
            "/groot.csv" => answer("200 OK", "", &ROWS.repeat(40_000)),
            "/aanbod.csv" => answer("200 OK", "", ROWS),
            _ => answer("404 Not Found", "", ""),
        })
    });
    for (path, settings, message) in [
        ("aanbod.csv", "", "is not https"),
        (
            "aanbod.csv",
            "allow_http = true\n",
            "leads to a private address; set allow_private",
        ),
        (
            "verhuisd.csv",
            ALLOWED,
            "another host; give that address, or set allow_other_hosts",
        ),
        ("rond.csv", ALLOWED, "sends on without an end"),
        (
            "groot.csv",
            &format!("{ALLOWED}largest_mb = 1\n"),
            "has more than 1048576 bytes",
        ),
        ("weg.csv", ALLOWED, "answers 404 Not Found"),
    ] {
        let folder = Folder::new();
        let output = index(&folder, &format!("url = \"{}\"\n{settings}", web.url(path)));
        assert_eq!(output.status.code(), Some(1), "{path}");
        assert!(
            text(&output.stderr).contains(message),
            "{path}: {}",
            text(&output.stderr)
        );
    }
    let folder = Folder::new();
    let allowed = format!(
        "url = \"{}\"\n{ALLOWED}allow_other_hosts = true\n",
        web.url("verhuisd.csv")
    );
    assert!(index(&folder, &allowed).status.success());
    assert!(is_indexed(&folder));
}

/// A service as an API lists it, and the same whole.
fn service(number: u64, whole: bool) -> Value {
    let mut service =
        json!({"id": format!("s{number}"), "name": format!("Taalcafé {number}"), "status": "active"});
    if whole {
        service["service_at_locations"] = json!([{"id": format!("l{number}"), "location": {
            "id": "l", "location_type": "physical", "latitude": 51.92, "longitude": 4.48,
            "addresses": [{"address_1": "Plein 1", "city": "Rotterdam", "postal_code": "3011 AD", "country": "NL"}]}}]);
    }
    service
}

#[test]
fn an_api_is_fetched_page_by_page_and_goes_on_where_it_was_broken_off() {
    let down = Arc::new(Mutex::new(true));
    let (is_down, busy) = (Arc::clone(&down), Mutex::new(true));
    let web = Web::start(move |request| {
        let page = |number: u64| {
            let contents: Vec<Value> = (1..=2).map(|at| service(number * 10 + at, false)).collect();
            json!({"total_items": 4, "total_pages": 2, "page_number": number, "contents": contents})
        };
        let (path, _) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let body = match path {
            "/o/v3/services" if request.path.contains("page=1&") => page(1),
            "/o/v3/services" if *is_down.lock().unwrap() => {
                return Some(answer("500 Internal Server Error", "", ""));
            }
            "/o/v3/services" => page(2),
            // Too busy, once.
            _ if std::mem::replace(&mut *busy.lock().unwrap(), false) => {
                return Some(answer("429 Too Many Requests", "Retry-After: 0\r\n", ""));
            }
            path => service(path.trim_start_matches("/o/v3/services/s").parse().unwrap(), true),
        };
        Some(answer(
            "200 OK",
            "Content-Type: application/json\r\n",
            &body.to_string(),
        ))
    });
    let folder = Folder::new();
    let source = format!("api = \"{}\"\n{ALLOWED}", web.url("o/v3"));
    let output = index(&folder, &source);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("answers 500"),
        "{}",
        text(&output.stderr)
    );
    let first = [
        "/o/v3/services?page=1&per_page=100",
        "/o/v3/services/s11",
        "/o/v3/services/s11",
        "/o/v3/services/s12",
        "/o/v3/services?page=2&per_page=100",
    ];
    assert_eq!(web.asked(), first);
    *down.lock().unwrap() = false;
    let output = index(&folder, &source);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        web.asked(),
        [
            "/o/v3/services?page=2&per_page=100",
            "/o/v3/services/s21",
            "/o/v3/services/s22"
        ]
    );
    let report = folder.report();
    assert_eq!((&report["rows"], &report["indexed"]), (&4.into(), &4.into()));
    // When all is there the next run asks anew, and a failing server leaves the copy of before.
    *down.lock().unwrap() = true;
    let output = index(&folder, &source);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("the copy of before was used"));
}
