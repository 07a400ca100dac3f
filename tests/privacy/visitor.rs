//! Somebody who asks a server for everything it has, in every wrong way too.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpStream,
};

use crate::harness::Server;

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

pub(super) struct Visitor<'a> {
    server: &'a Server,
    /// Whether the server believes what comes along: then a proxy would give the identifier of a request.
    is_trusted: bool,
    agent: ureq::Agent,
    pub(super) statuses: BTreeSet<u16>,
}

impl<'a> Visitor<'a> {
    pub(super) fn new(server: &'a Server, is_trusted: bool) -> Self {
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
    pub(super) fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
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
    pub(super) fn visit(&mut self) {
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
