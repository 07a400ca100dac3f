//! What strangers ask a server: query strings, and addresses of pages.

use std::{
    fmt::Write as _,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use nabij_atlas::Atlas;
use nabij_engine::{Index, Store};
use nabij_language::Lexicon;
use nabij_search_server::{Problem, answer, parse};
use proptest::prelude::*;

use super::{Corpus, Outcome, fuzz};
use crate::harness::{Folder, Server, index};

const SEEDS: [&str; 8] = [
    "postcode=3011AD&q=taalcaf%C3%A9&radius=5000&limit=20&offset=5",
    "place=Rotterdam&kind=formal,informal&theme=language&feature=free&sort=relevance&q=les",
    "lat=51.92&lon=4.48&radius=1000&facets=kind,theme,feature&total=none",
    "bbox=3,50,8,54&limit=0&explain=true&words=understood&q=computer+cursus+utrecht",
    "bbox=179,-90,-179,90&q=taal",
    "q=%F0%9F%98%80&format=geojson",
    "postcode=1012&half_distance=1000&sort=relevance&q=hulp&texts=nl",
    "lat=90&lon=180&radius=20040000",
];
const WORDS: [&str; 22] = [
    "&",
    "=",
    "%",
    "%00",
    "%ff",
    "+",
    ",",
    "q=",
    "limit=100",
    "offset=10000",
    "radius=",
    "lat=",
    "NaN",
    "inf",
    "1e308",
    "words=understood",
    "sort=relevance",
    "bbox=-180,-90,180,90",
    "kind=",
    "taal",
    "computercursus",
    "nederlands leren",
];

fn small_index(folder: &Folder) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl");
    let text = std::fs::read_to_string(sample).unwrap();
    let lines: Vec<&str> = text.lines().take(300).collect();
    let rows = folder.file("rows.jsonl", lines.join("\n"));
    assert!(index(&folder.out(), &[&rows], &[]).status.success());
}

/// Whether what comes of a query string keeps to what was asked.
fn holds(query: &str, atlas: &Atlas, lexicon: &Lexicon, index: &Index) -> Outcome {
    let mut search = match parse(query, atlas) {
        Ok(search) => search,
        Err(Problem::InvalidParams(problems)) if !problems.is_empty() => return Ok(()),
        Err(_) => return Err(TestCaseError::fail("refused, but not for its parameters")),
    };
    search.understand(lexicon, atlas, index);
    let limit = search.query.limit;
    let hits = index
        .search(&search.query)
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert!(hits.hits.len() <= limit && hits.area_wide.len() <= limit);
    if let Some(total) = hits.total {
        prop_assert!(hits.hits.len() as u64 <= total);
    }
    let json: Result<serde_json::Value, _> = serde_json::from_slice(&answer(index, &search, &hits, None));
    prop_assert!(json.is_ok());
    Ok(())
}

#[test]
fn query_strings() {
    let (atlas, lexicon) = (Atlas::shipped().unwrap(), Lexicon::shipped().unwrap());
    let folder = Folder::new();
    small_index(&folder);
    let index = Store::new(folder.out()).open_current().unwrap();
    fuzz("query-strings", Corpus::new(SEEDS, &WORDS), |input| {
        holds(&String::from_utf8_lossy(&input.bytes), &atlas, &lexicon, &index)
    });
}

/// Bytes as they may stand in an address.
fn in_address(bytes: &[u8]) -> String {
    let mut address = String::from("/");
    for byte in bytes.iter().take(3_000) {
        match byte {
            b'!'..=b'~' if *byte != b'#' => address.push(char::from(*byte)),
            byte => write!(address, "%{byte:02X}").unwrap(),
        }
    }
    address
}

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
fn addresses_of_pages() {
    let folder = Folder::new();
    small_index(&folder);
    let server = Server::start(&folder.out());
    let pages = [
        "zoek?postcode=3011AD&q=taal&within=5",
        "plek/voorbeeld-0000001?lang=ar",
        "p/0000000",
        "lijst?list=voorbeeld-0000001",
        "v1/suggestions?q=ta&postcode=3011",
        "v1/locations?q=rott",
        "kaart.svg?postcode=3011AD",
        "plek/voorbeeld-0000002/agenda.ics",
        "v/gorinchem/zoek?q=a",
        "tegels/grijs/12/2105/1354.png",
        "inbed?q=taal",
        "widget/1/nabij-zoeker.js",
        "kies?postcode=rotterdam",
        "v1/profiles/a",
        "plek/voorbeeld-0000003/kaartje",
        "plaats?postcode=Bergen",
    ];
    let seeds = pages
        .iter()
        .map(|page| (*page).to_owned())
        .chain(SEEDS.iter().map(|query| format!("v1/offerings?{query}")));
    let mut words = WORDS.to_vec();
    words.extend([
        "/",
        "..",
        "%2e%2e%2f",
        "?",
        "//",
        "zoek",
        "plek/",
        "lang=uk",
        "page=",
        "theme=",
        "kind=",
    ]);
    fuzz("addresses", Corpus::new(seeds, &words), |input| {
        let address = in_address(&input.bytes);
        match status(&server, &address) {
            Some(status) if status < 500 => Ok(()),
            other => Err(TestCaseError::fail(format!("{address} is answered by {other:?}"))),
        }
    });
}
