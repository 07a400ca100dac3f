//! Nothing that a visitor sends can be read back: not in the log, not in a file, not in what the operator is shown.
//!
//! A server lives in a folder of its own and is asked for everything it has, in every wrong way too. Each way in carries
//! a word that is found nowhere else. When the server has stopped, everything that it wrote is searched for them.

mod visitor;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use visitor::Visitor;

use crate::{
    harness::{Folder, Server, index, text},
    tiles::{Source, TILE},
};

/// What must be nowhere, and how it came in. Compared without capitals and spaces.
const TRACES: [(&str, &str); 19] = [
    ("3011xz", "the letters of a postcode"),
    ("8601ab", "the letters of a postcode that is asked seldom"),
    ("51.92345", "a position"),
    ("zeehondgrijs", "the words of a question"),
    ("kikkergroen", "the name of a place"),
    ("pauwblauw", "the name of a parameter"),
    ("roodborst", "a path"),
    ("mierenrood", "an identifier in a list"),
    ("vosbruin", "the browser"),
    ("muisgrijs", "the page that a visitor came from"),
    ("zwaanwit", "a cookie"),
    ("kraaizwart", "a key"),
    ("uilwit", "an identifier of a request that no proxy gave"),
    ("raafzwart", "a form that was not taken"),
    ("203.0.113.77", "an address that a proxy passed on"),
    ("2001:db8::77", "an address that a proxy passed on"),
    ("127.0.0.1", "the visitor's own address"),
    ("2106/1349", "where on the map a visitor looked"),
    ("2106-1349", "where on the map a visitor looked"),
];

/// The token of the operator, and what the server knows of it.
const TOKEN: &str = "Bearer geheim";
const TOKEN_SHA256: &str = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";

/// Every file below a folder, with its content.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let content = fs::read(&path).unwrap();
            found.insert(path, content);
        }
    }
    found
}

/// What of [`TRACES`] is in a text, and how it came in.
fn traces(content: &str) -> Vec<&'static str> {
    let plain = content.replace("%20", " ").replace('+', " ");
    let plain: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    TRACES
        .iter()
        .filter(|(trace, _)| plain.contains(trace))
        .map(|(_, way)| *way)
        .collect()
}

/// What the port for operations tells, whose address stands in the log.
fn metrics(log: &str) -> String {
    let address = "127.0.0.2:";
    let port = log.split(address).nth(1).unwrap();
    let port: String = port.chars().take_while(char::is_ascii_digit).collect();
    let url = format!("http://{address}{port}/metrics");
    ureq::get(url)
        .call()
        .unwrap()
        .body_mut()
        .read_to_string()
        .unwrap()
}

#[test]
fn a_trace_is_found_however_it_is_written() {
    assert_eq!(
        traces("GET /zoek?postcode=3011%20xz"),
        ["the letters of a postcode"]
    );
    assert_eq!(traces("postcode 3011 Xz"), ["the letters of a postcode"]);
    assert!(traces("3011 and what was published").is_empty());
}

#[test]
fn nothing_that_a_visitor_sends_is_kept() {
    let source = Source::start();
    // Once as it is by itself, once behind a proxy that it trusts.
    for (log_format, is_trusted) in [("text", false), ("json", true)] {
        let folder = Folder::new();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl");
        let indexed = index(&folder.out(), &[&sample], &[]);
        assert!(indexed.status.success(), "{}", text(&indexed.stderr));
        let before = files(&folder.out());
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
        let extra = [
            ["--log-format", log_format],
            ["--corrections", "corrections"],
            ["--demand", "demand.csv"],
            ["--tile-cache", "tiles"],
            ["--tiles", &source.address],
            ["--profiles", profiles.to_str().unwrap()],
            ["--operator-token-sha256", TOKEN_SHA256],
            ["--public-url", "https://nabij.example"],
            // Another address than that of the visitors, which is 127.0.0.1.
            ["--operations-listen", "127.0.0.2:0"],
            ["--slow-query", "0"],
            ["--requests-per-minute", "1000000"],
            [
                "--trusted-proxies",
                if is_trusted { "127.0.0.1" } else { "192.0.2.1" },
            ],
        ]
        .concat();
        let extra = [&extra[..], &["--log-requests"]].concat();
        let server = Server::start_at_home(&home, &folder.out(), &extra);
        let mut visitor = Visitor::new(&server, is_trusted);
        // Where tiles cannot be kept, the log says so, and not which.
        fs::remove_dir(home.join("tiles")).unwrap();
        visitor.ask("GET", TILE, &[], "");
        visitor.visit();
        for path in ["/beheer/kwaliteit", "/beheer/profiel/gorinchem"] {
            let page = visitor.ask("GET", path, &[("authorization", TOKEN)], "");
            assert_eq!(traces(&page), [""; 0], "{path} shows it");
        }
        let metrics = metrics(&fs::read_to_string(home.join("log")).unwrap());
        assert!(metrics.contains("# TYPE"), "{metrics}");
        assert_eq!(traces(&metrics), [""; 0], "{metrics}");
        let suggested = visitor.ask("GET", "/v1/suggestions?q=zeehon&postcode=3011", &[], "");
        assert_eq!(traces(&suggested), [""; 0], "questions teach others nothing");
        let statuses = [200, 400, 401, 403, 404, 405, 413, 414];
        assert!(
            statuses.iter().all(|status| visitor.statuses.contains(status)),
            "{:?}",
            visitor.statuses
        );
        assert_eq!(server.terminate(), Some(0));
        assert_eq!(
            files(&folder.out()),
            before,
            "serving changes nothing of an index"
        );
        let written = files(&home);
        let names: Vec<String> = written
            .keys()
            .map(|path| path.strip_prefix(&home).unwrap().display().to_string())
            .collect();
        let [correction, demand, log] = &names[..] else {
            panic!("{names:?}");
        };
        assert!(correction.starts_with("corrections/") && demand == "demand.csv" && log == "log");
        for (path, content) in &written {
            assert_eq!(
                traces(&text(content)),
                [""; 0],
                "{}: {}",
                path.display(),
                text(content)
            );
        }
        let read = |name: &str| text(&written[&home.join(name)]);
        assert!(
            read("log").contains("a map tile cannot be kept") && read("log").contains("stopped"),
            "{}",
            read("log")
        );
        // What was asked often is counted by its four digits; what was asked twice is not.
        assert!(
            read("demand.csv").contains(",pc4,3011,") && !read("demand.csv").contains("8601"),
            "{}",
            read("demand.csv")
        );
        // What a visitor wrote to the editor is all that is kept, and only that.
        let kept: serde_json::Value = serde_json::from_str(&read(correction)).unwrap();
        let fields: Vec<&String> = kept.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["at", "contact", "message", "offering", "title"]);
    }
}

#[test]
fn the_page_about_privacy_says_what_this_server_does_and_no_more() {
    let (folder, quiet) = crate::serving::sample_server();
    let (status, _, page) = quiet.get("/privacy");
    assert_eq!(status, 200);
    assert!(page.contains("We weten niet wie je bent."), "{page}");
    assert!(
        quiet.get("/").2.contains("href=\"/privacy\""),
        "every page leads to it"
    );
    let spoken_of = ["Wat tellen we wel?", "Schrijf je ons", "Wij halen de kaart"];
    for words in spoken_of {
        assert!(!page.contains(words), "{words}");
    }
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    let tiles = "http://127.0.0.1:1/{layer}/{z}/{x}/{y}.png";
    let extra = [
        ["--demand", "demand.csv"],
        ["--corrections", "corrections"],
        ["--tiles", tiles],
        ["--tile-cache", "tiles"],
        ["--contact", "Bel 010 123 45 67."],
    ]
    .concat();
    let server = Server::start_at_home(&home, folder.path(), &extra);
    let (_, _, page) = server.get("/privacy");
    for words in spoken_of.into_iter().chain(["Bel 010 123 45 67."]) {
        assert!(page.contains(words), "{words} in {page}");
    }
}
