//! Sources on the web, against a server that a test starts.

use std::{
    fs,
    process::Output,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};

use crate::{
    harness::{Folder, index_by_settings, nabij, text},
    web::{Authority, Web, answer},
};

const ROWS: &str = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";
const ALLOWED: &str = "allow_http = true\nallow_private = true\npause_ms = 0\n";

fn index(folder: &Folder, source: &str) -> Output {
    index_by_settings(folder, &format!("[[source]]\n{source}"))
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
fn what_an_api_gave_and_was_refused_is_asked_for_again() {
    let wrong = Mutex::new(vec!["{\"error\":\"busy\"}", "[{\"id\":"]);
    let web = Web::start(move |request| {
        let body = match wrong.lock().unwrap().pop() {
            Some(wrong) => wrong.to_owned(),
            None if request.path.contains('?') => json!([service(1, true)]).to_string(),
            None => service(1, true).to_string(),
        };
        Some(answer("200 OK", "", &body))
    });
    let folder = Folder::new();
    let source = format!("api = \"{}\"\n{ALLOWED}", web.url("o/v3"));
    for run in 1..=2 {
        let output = index(&folder, &source);
        assert_eq!(output.status.code(), Some(1), "run {run}");
        assert!(text(&output.stderr).contains("does not answer as an HSDS API"));
    }
    let output = index(&folder, &source);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(is_indexed(&folder));
}

#[test]
fn an_api_gives_no_more_than_it_may_and_is_read_when_it_does() {
    let endless = Arc::new(Mutex::new(true));
    let is_endless = Arc::clone(&endless);
    let web = Web::start(move |request| {
        let number = request
            .path
            .split("page=")
            .nth(1)
            .unwrap_or("1&")
            .split('&')
            .next()
            .unwrap();
        let number: u64 = number.parse().unwrap();
        let mut service = service(number, true);
        let last = !*is_endless.lock().unwrap();
        if !last {
            service["description"] = "x".repeat(300_000).into();
        }
        let body = if request.path.contains('?') {
            json!({"contents": [service], "last_page": last})
        } else {
            service
        };
        Some(answer("200 OK", "", &body.to_string()))
    });
    let folder = Folder::new();
    let source = format!("api = \"{}\"\n{ALLOWED}largest_mb = 1\n", web.url("o/v3"));
    let output = index(&folder, &source);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("has more than 1048576 bytes; raise largest_mb"),
        "{said}"
    );
    assert!(web.asked().len() < 6);
    *endless.lock().unwrap() = false;
    let output = index(&folder, &source);
    assert!(output.status.success(), "{}", text(&output.stderr));
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

/// A server with a certificate for `localhost`, and a folder with the file of the authority that signed it.
fn secure(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> (Web, Folder) {
    let folder = Folder::new();
    let authority = Authority::new();
    folder.file("ca.pem", authority.pem());
    let web = Web::start_tls(&authority, "localhost", move |request| {
        Some(answer(&request.path))
    });
    (web, folder)
}

const PRIVATE: &str = "allow_private = true\npause_ms = 0\n";
const TRUSTED: &str = "allow_private = true\npause_ms = 0\nca_file = \"ca.pem\"\n";

#[test]
fn over_tls_a_file_and_an_api_are_fetched_from_whom_the_authority_file_vouches_for() {
    let (web, folder) = secure(|path| match path {
        "/aanbod.csv" => answer("200 OK", "ETag: \"v1\"\r\n", ROWS),
        "/services?page=1&per_page=100" => answer("200 OK", "", &json!([service(1, false)]).to_string()),
        _ => answer("200 OK", "", &service(1, true).to_string()),
    });
    for source in [
        format!("url = \"{}\"\n", web.secure_url("aanbod.csv")),
        format!("api = \"{}\"\n", web.secure_url("")),
    ] {
        let output = index(&folder, &(source + TRUSTED));
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(is_indexed(&folder));
    }
}

#[test]
fn over_tls_too_nothing_is_fetched_that_may_not_be() {
    let (web, folder) = secure(|path| match path {
        "/onveilig.csv" => answer("302 Found", "Location: http://localhost:1/aanbod.csv\r\n", ""),
        "/elders.csv" => answer("302 Found", "Location: https://127.0.0.1:1/aanbod.csv\r\n", ""),
        "/rond.csv" => answer("302 Found", "Location: /rond.csv\r\n", ""),
        // The connection is closed without a word, as one is that somebody cuts.
        "/afgebroken.csv" => b"HTTP/1.1 200 OK\r\n\r\nid,title,kind,postcode\n".to_vec(),
        "/brokken.csv" => {
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n17\r\nid,title,kind,postcode\n\r\n"
                .to_vec()
        }
        _ => answer("200 OK", "", ROWS),
    });
    folder.file("leeg.pem", "geen certificaat");
    let by_address = format!("https://127.0.0.1:{}/aanbod.csv", web.port());
    for (url, settings, message) in [
        (web.secure_url("aanbod.csv"), PRIVATE, "UnknownIssuer"),
        (by_address, TRUSTED, "certificate not valid for name"),
        (
            web.secure_url("aanbod.csv"),
            "ca_file = \"ca.pem\"\n",
            "leads to a private address; set allow_private",
        ),
        (web.secure_url("onveilig.csv"), TRUSTED, "is not https"),
        (
            web.secure_url("elders.csv"),
            TRUSTED,
            "another host; give that address",
        ),
        (web.secure_url("rond.csv"), TRUSTED, "sends on without an end"),
        (
            web.secure_url("afgebroken.csv"),
            TRUSTED,
            "does not say where its answer ends",
        ),
        (web.secure_url("brokken.csv"), TRUSTED, "cannot be fetched"),
        (
            web.secure_url("aanbod.csv"),
            "ca_file = \"leeg.pem\"\n",
            "leeg.pem is no PEM file of certificate authorities",
        ),
        (web.secure_url("aanbod.csv"), "ca_file = \"weg.pem\"\n", "weg.pem"),
    ] {
        let output = index(&folder, &format!("url = \"{url}\"\n{settings}"));
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{url} {settings}");
        assert!(said.contains(message), "{url} {settings}: {said}");
        assert!(!folder.out().join("CURRENT").exists());
    }
}
