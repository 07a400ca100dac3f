//! What strangers ask a server: query strings, questions in their own words, and addresses of pages.

use std::{fmt::Write as _, fs, sync::Arc};

use axum::{body::Body, http::Request};
use chrono::{DateTime, Utc};
use nabij_atlas::Atlas;
use nabij_engine::{Hits, Index, Store};
use nabij_indexer::{Guard, Job, Source, index};
use nabij_language::Lexicon;
use nabij_search_server::{App, Problem, Site, answer, parse, router};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{Target, files::Scratch, project, sources::today, text};

/// Query strings with everything in them.
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
/// What means something in an address.
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

/// An index of the first rows of the sample, and what it is asked with.
struct Small {
    atlas: Atlas,
    lexicon: Lexicon,
    store: Store,
    index: Index,
    /// Goes when this goes.
    folder: TempDir,
}

impl Small {
    fn new() -> Self {
        let (atlas, lexicon) = (Atlas::shipped().unwrap(), Lexicon::shipped().unwrap());
        let sample = fs::read_to_string(project("data/sample/offerings.jsonl")).unwrap();
        let lines: Vec<&str> = sample.lines().take(300).collect();
        let rows = Scratch::new("rows.jsonl");
        let source = Source::open(rows.write(lines.join("\n"))).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("index"));
        let job = Job {
            atlas: &atlas,
            lexicon: &lexicon,
            sources: &[source],
            guard: Guard {
                rejected: 1.0,
                gone: 1.0,
            },
            now: 1_795_000_000,
            today: today(),
        };
        index(&job, &store, |_| {}).1.unwrap();
        let index = store.open_current().unwrap();
        Self {
            atlas,
            lexicon,
            store,
            index,
            folder,
        }
    }

    /// Whether what comes of a query string keeps to what was asked.
    fn answers(&self, query: &str) {
        let mut search = match parse(query, &self.atlas) {
            Ok(search) => search,
            Err(Problem::InvalidParams(problems)) if !problems.is_empty() => return,
            Err(problem) => panic!("refused, but not for its parameters: {problem:?}"),
        };
        search.understand(&self.lexicon, &self.atlas, &self.index);
        let limit = search.query.limit;
        let hits = self.index.search(&search.query).unwrap();
        assert!(hits.hits.len() <= limit && hits.area_wide.len() <= limit);
        if let Some(total) = hits.total {
            assert!(hits.hits.len() as u64 <= total);
        }
        for (plan, others) in self.index.search_every_way(&search.query).unwrap() {
            assert_eq!(of_documents(&others), of_documents(&hits), "{plan}");
        }
        let (hits, explanation) = search
            .carry_out(&self.lexicon, &self.index, |prepared| {
                let (hits, explanation) = prepared.explain();
                (hits, Some(explanation))
            })
            .unwrap();
        let json = answer(&self.index, &search, &hits, explanation.as_ref());
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert!(json["offerings"].is_array());
    }
}

/// What every plan must say alike.
fn of_documents(hits: &Hits) -> impl PartialEq + std::fmt::Debug + use<> {
    let documents = |hits: &[nabij_engine::Hit]| hits.iter().map(|hit| hit.doc).collect::<Vec<_>>();
    (
        hits.total,
        documents(&hits.hits),
        documents(&hits.area_wide),
        hits.area_wide_total,
        hits.facets.clone(),
    )
}

/// Query strings: parsed, understood, and answered alike by every plan.
pub(crate) fn query_strings() -> Target {
    let small = Small::new();
    Target::new(SEEDS, &WORDS, move |input| small.answers(&text(input)))
}

/// Questions as residents type them.
pub(crate) fn questions() -> Target {
    let seeds = [
        "nederlands leren in rotterdam",
        "kompjoetercursus bij mij in de buurt",
        "hulp met de belasting 3011 ad",
        "taalcafé gratis utrecht zuid",
        "ik kan niet goed lezen en schrijven",
        "digid aanvragen Den Haag centrum, zonder afspraak!",
        "koken samen met anderen omgeving 's-Hertogenbosch",
    ];
    let words = [
        " in ",
        " bij ",
        "3011 AD",
        "rotterdam",
        "den haag",
        "cursus",
        "taal",
        "computer",
        "gratis",
        "é",
        "'s-",
        "ß",
        "İ",
        "\u{301}",
        "\u{200d}",
        "niet ",
        "nederland",
        "-",
        "schrijfvaardigheidscursus",
        "loket",
    ];
    let small = Small::new();
    let manners = [
        "words=understood",
        "words=understood&postcode=3011AD&radius=5000&sort=relevance",
        "words=plain",
    ];
    Target::new(seeds, &words, move |input| {
        let typed: String = text(input).chars().take(200).collect();
        let mut encoded = String::new();
        for byte in typed.bytes() {
            write!(encoded, "%{byte:02X}").unwrap();
        }
        for manner in manners {
            small.answers(&format!("q={encoded}&{manner}"));
        }
    })
}

/// Paths with good queries: one of each page.
const PAGES: [&str; 16] = [
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
    "v1/profiles/gorinchem",
    "plek/voorbeeld-0000003/kaartje",
    "plaats?postcode=Bergen",
];

/// Bytes as they may stand in an address.
pub(crate) fn in_address(bytes: &[u8]) -> String {
    let mut address = String::from("/");
    for byte in bytes.iter().take(3_000) {
        match byte {
            b'!'..=b'~' if *byte != b'#' => address.push(char::from(*byte)),
            byte => write!(address, "%{byte:02X}").unwrap(),
        }
    }
    address
}

/// Addresses of pages and API: the routes themselves, without a network between.
pub(crate) fn addresses() -> Target {
    let pages = PAGES.iter().map(|page| (*page).to_owned());
    let seeds: Vec<String> = pages
        .chain(SEEDS.iter().map(|query| format!("v1/offerings?{query}")))
        .collect();
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
        "list=",
        "voorbeeld-0000001",
        "v/gorinchem/",
        "format=csv",
        "format=hsds",
        "texts=pl",
        "analyse/dekking?theme=",
    ]);
    let small = Small::new();
    let site = Site {
        clock: || DateTime::<Utc>::from_timestamp(1_795_600_000, 0).unwrap_or_default(),
        public_url: None,
        tiles: None,
        contact: None,
        corrections: None,
        population: None,
        demand: None,
    };
    let app = App::new(small.atlas, small.lexicon, small.store, small.index, site);
    let router = router(Arc::new(app.with_profiles(Some(project("profiles")))));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let folder = small.folder;
    Target::new(seeds, &words, move |input| {
        let _ = &folder;
        let address = in_address(input);
        let Ok(request) = Request::get(&address).header("host", "a").body(Body::empty()) else {
            return;
        };
        let router = router.clone();
        let answered = runtime.block_on(async {
            let response = router
                .oneshot(request)
                .await
                .unwrap_or_else(|never| match never {});
            let status = response.status();
            axum::body::to_bytes(response.into_body(), 1 << 26)
                .await
                .map(|_| status)
        });
        let status = answered.unwrap();
        assert!(
            !status.is_server_error() || status.as_u16() == 503,
            "{address} is answered by {status}"
        );
    })
}
