//! Nothing that a visitor sends can be read back: not in the log, not in a file, not in what the operator is shown.
//!
//! A server lives in a folder of its own and is asked for everything it has, in every wrong way too. Each way in carries
//! a word that is found nowhere else. When the server has stopped, everything that it wrote is searched for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
};

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

/// Sent along with every request.
const HEADERS: [(&str, &str); 7] = [
    ("user-agent", "Vosbruin/1.0 (203.0.113.77)"),
    ("referer", "https://elders.example/muisgrijs?postcode=3011XZ"),
    ("cookie", "visitor=zwaanwit"),
    ("x-forwarded-for", "203.0.113.77, 2001:db8::77"),
    ("forwarded", "for=\"[2001:db8::77]\""),
    ("x-real-ip", "203.0.113.77"),
    ("if-none-match", "W/\"zwaanwit\""),
];

/// The token of the operator, and what the server knows of it.
const TOKEN: &str = "Bearer geheim";
const TOKEN_SHA256: &str = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";

/// Pages of residents, which each variant of a library has too.
const PAGES: [&str; 22] = [
    "/",
    "/zoek?postcode=3011XZ",
    "/zoek?postcode=3011+xz&q=zeehondgrijs&theme=language&lang=ar",
    "/zoek?postcode=3011%20XZ&within=1&page=2&list=mierenrood",
    "/zoek?postcode=kikkergroen",
    "/zoek?postcode=8601AB&q=zeehondgrijs",
    "/zoek?postcode=3011XZ9",
    "/zoek?pauwblauw=1&postcode=3011",
    "/kaart.svg?postcode=3011XZ&q=zeehondgrijs",
    "/kies?postcode=3011XZ&theme=language&kind=any",
    "/plaats?begin=kikkergroen",
    "/lijst?list=mierenrood&postcode=3011XZ",
    "/plek/voorbeeld-0000001?postcode=3011XZ&q=zeehondgrijs",
    "/plek/voorbeeld-0000001/kaartje?postcode=3011XZ",
    "/plek/voorbeeld-0000001/kaart.svg?postcode=3011XZ",
    "/plek/voorbeeld-0000001/agenda.ics?postcode=3011XZ",
    "/plek/voorbeeld-0000001/meld?postcode=3011XZ&q=zeehondgrijs",
    "/plek/roodborst?postcode=3011XZ",
    "/p/roodborst?postcode=3011XZ",
    "/inbed?postcode=3011XZ&q=zeehondgrijs",
    "/toegankelijkheid?postcode=3011XZ",
    "/privacy?postcode=3011XZ",
];

/// What there is once, and what there is not.
const OTHERS: [&str; 34] = [
    "/v1/offerings?postcode=3011XZ&radius=5000&facets=kind,theme&q=zeehondgrijs&words=understood&texts=nl",
    "/v1/offerings?postcode=3011XZ&explain=true&format=csv",
    "/v1/offerings?postcode=3011XZ&format=geojson",
    "/v1/offerings?lat=51.92345&lon=4.48&radius=1000",
    "/v1/offerings?lat=51.92345x&lon=4.48",
    "/v1/offerings?bbox=4.4,51.92345,4.5,52",
    "/v1/offerings?place=kikkergroen",
    "/v1/offerings?pauwblauw=3011XZ",
    "/v1/offerings?q=%00%ff%F0zeehondgrijs",
    "/v1/offerings?postcode=3011XZ&profile=gorinchem",
    "/v1/offerings?postcode=4201AB&profile=gorinchem&q=zeehondgrijs",
    "/v1/offerings?postcode=3011XZ&profile=roodborst",
    "/v1/offerings/roodborst",
    "/v1/offerings/voorbeeld-0000001?postcode=3011XZ",
    "/v1/locations?q=3011XZ",
    "/v1/locations?q=kikkergroen",
    "/v1/suggestions?q=zeehondgrijs&postcode=3011XZ",
    "/v1/suggestions?q=taa&postcode=3011XZ",
    "/v1/profiles/gorinchem?postcode=3011XZ",
    "/v1/profiles/roodborst",
    "/v1/problems/roodborst",
    "/v1/roodborst/3011XZ?q=zeehondgrijs",
    "/v1/docs?q=zeehondgrijs",
    "/analyse/dekking?q=zeehondgrijs&theme=language",
    "/analyse/dekking.csv?theme=language&pauwblauw=1",
    "/widget?profile=gorinchem&postcode=3011XZ",
    "/widget/1/nabij-zoeker.js?postcode=3011XZ",
    "/profielen/gorinchem/roodborst",
    "/assets/roodborst.css?q=zeehondgrijs",
    "/beheer/kwaliteit?q=zeehondgrijs",
    "/beheer/profiel/gorinchem?q=zeehondgrijs",
    "/metrics?q=zeehondgrijs",
    "/%2e%2e/roodborst/3011XZ/%00",
    "/v/roodborst/zoek?postcode=3011XZ",
];

/// What no client library would send.
const MALFORMED: [&str; 4] = [
    "GET /zoek?q=zeehondgrijs HTTP/1.1\r\nkraaizwart\r\n\r\n",
    "GET /zoek?q=zeehond grijs&postcode=3011XZ HTTP/1.1\r\n\r\n",
    "ZEEHONDGRIJS /roodborst HTTP/9.9\r\n\r\n",
    "POST /plek/voorbeeld-0000001/meld HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\nmessage=raafzwart",
];

struct Visitor<'a> {
    server: &'a Server,
    /// Whether the server believes what comes along: then a proxy would give the identifier of a request.
    is_trusted: bool,
    agent: ureq::Agent,
    statuses: BTreeSet<u16>,
}

impl<'a> Visitor<'a> {
    fn new(server: &'a Server, is_trusted: bool) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build();
        Self {
            server,
            is_trusted,
            agent: agent.into(),
            statuses: BTreeSet::new(),
        }
    }

    /// Asks with everything a browser or a proxy may send along, and gives the answer's text.
    fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server.base()));
        for (name, value) in HEADERS.iter().chain(headers) {
            request = request.header(*name, *value);
        }
        if !self.is_trusted {
            request = request.header("x-request-id", "uilwit");
        }
        let answer = self.agent.run(request.body(body.to_owned()).unwrap());
        let mut answer = answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("set-cookie"), None, "{path}");
        assert_eq!(header("referrer-policy"), Some("same-origin"), "{path}");
        self.statuses.insert(answer.status().as_u16());
        answer.body_mut().read_to_string().unwrap_or_default()
    }

    /// Uses everything, as visitors do and as they should not.
    fn visit(&mut self) {
        let variants = ["", "/v/gorinchem"];
        for (variant, path) in variants
            .iter()
            .flat_map(|variant| PAGES.map(|path| (variant, path)))
        {
            self.ask("GET", &format!("{variant}{path}"), &[], "");
        }
        let key = ("authorization", "Bearer kraaizwart");
        let origin = ("origin", "https://muisgrijs.example");
        for path in OTHERS {
            self.ask("GET", path, &[], "");
            self.ask("GET", path, &[key], "");
            self.ask("GET", path, &[origin], "");
            self.ask("OPTIONS", path, &[origin], "");
            self.ask("HEAD", path, &[], "");
            self.ask("PUT", path, &[], "raafzwart");
        }
        self.ask("GET", &format!("/zoek?q={}", "zeehondgrijs".repeat(400)), &[], "");
        self.ask("GET", &format!("/zoek?q={}", "zeehondgrijs".repeat(20)), &[], "");
        // Often enough to be counted.
        for _ in 0..12 {
            self.ask("GET", "/v1/offerings?postcode=3011XZ", &[], "");
        }
        let form = ("content-type", "application/x-www-form-urlencoded");
        let (here, none) = (
            "/plek/voorbeeld-0000001/meld?postcode=3011XZ",
            "/plek/roodborst/meld",
        );
        self.ask(
            "POST",
            here,
            &[form],
            "message=De+tijd+klopt+niet.&contact=sneeuwuil",
        );
        self.ask(
            "POST",
            here,
            &[form],
            "message=raafzwart&website=http://raafzwart",
        );
        self.ask("POST", here, &[form], "message=&contact=raafzwart");
        self.ask(
            "POST",
            here,
            &[form, ("sec-fetch-site", "cross-site")],
            "message=raafzwart",
        );
        self.ask("POST", here, &[form], &"raafzwart".repeat(3_000));
        self.ask("POST", none, &[form], "message=raafzwart");
        for request in MALFORMED {
            let mut stream = TcpStream::connect(self.server.base().trim_start_matches("http://")).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            // Whether there is an answer does not matter here.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    }
}

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
