//! Queries of the six classes, each named: read from a file, or drawn.

use std::path::Path;

use nabij_atlas::{Atlas, Position};
use nabij_engine::{Area, BoundingBox, Query, Sort};
use nabij_offering::{Kind, Theme};
use serde::Deserialize;

/// A query as it stands in a file.
#[derive(Deserialize)]
struct Asked {
    class: String,
    lat: f64,
    lon: f64,
    radius_m: Option<f64>,
    /// South, west, north, east.
    bbox: Option<[f64; 4]>,
    terms: Vec<String>,
    filters: Filters,
    sort: String,
    limit: usize,
}

#[derive(Deserialize)]
struct Filters {
    kind: Option<Kind>,
    theme: Option<Theme>,
}

/// Reads queries. Q5 asks for no total, as its name says: the nearest, wherever they are.
pub(crate) fn read(path: &Path) -> Vec<(String, Query)> {
    let text = fs_err::read_to_string(path).expect("a file of queries");
    text.lines()
        .map(|line| serde_json::from_str::<Asked>(line).expect("a query a line"))
        .map(|asked| (asked.class.clone(), query(&asked)))
        .collect()
}

fn position(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).expect("a position on earth")
}

fn query(asked: &Asked) -> Query {
    let origin = position(asked.lat, asked.lon);
    let area = match (asked.radius_m, asked.bbox) {
        (Some(radius_m), _) => Area::Circle {
            centre: origin,
            radius_m,
        },
        (None, Some([south, west, north, east])) => Area::Box(BoundingBox {
            south_west: position(south, west),
            north_east: position(north, east),
        }),
        (None, None) => Area::Anywhere,
    };
    Query {
        origin: Some(origin),
        area,
        text: asked.terms.join(" "),
        kinds: asked.filters.kind.into_iter().collect(),
        themes: asked.filters.theme.into_iter().collect(),
        sort: if asked.sort == "relevance" {
            Sort::Relevance
        } else {
            Sort::Distance
        },
        limit: asked.limit,
        total: asked.class != "Q5",
        ..Query::default()
    }
}

/// Words that generated offerings have, rare ones among them.
const WORDS: [&str; 8] = [
    "taal", "computer", "hulp", "leren", "geld", "fietsen", "koken", "samen",
];

/// Draws queries around postcodes, in an order that the seed gives.
pub(crate) fn draw(atlas: &Atlas, count: usize, seed: u64) -> Vec<(String, Query)> {
    let origins: Vec<Position> = atlas.postcodes().map(|area| area.position).collect();
    let mut state = seed;
    let mut next = |below: usize| {
        // A linear congruential generator: the constants of Knuth's MMIX.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let draw = |_| {
        let origin = origins[next(origins.len())];
        let class = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"][next(6)];
        let words = [WORDS[next(WORDS.len())], WORDS[next(WORDS.len())]];
        let (kind, theme) = (
            Kind::ALL[next(Kind::ALL.len())],
            Theme::ALL[next(Theme::ALL.len())],
        );
        let half = [0.01, 0.02, 0.04, 0.08][next(4)];
        let (lat, lon) = (origin.lat(), origin.lon());
        let asked = Asked {
            class: class.to_owned(),
            lat,
            lon,
            radius_m: match class {
                "Q1" | "Q2" => Some(5_000.0),
                "Q3" | "Q4" => Some(10_000.0),
                _ => None,
            },
            bbox: (class == "Q6").then_some([lat - half, lon - 2.56 * half, lat + half, lon + 2.56 * half]),
            terms: match class {
                "Q3" | "Q5" => vec![words[0].to_owned()],
                "Q4" => words.map(str::to_owned).into(),
                _ => Vec::new(),
            },
            filters: Filters {
                kind: (class == "Q2").then_some(kind),
                theme: (class == "Q6").then_some(theme),
            },
            sort: if class == "Q4" { "relevance" } else { "distance" }.to_owned(),
            limit: if class == "Q6" { 0 } else { 20 },
        };
        (class.to_owned(), query(&asked))
    };
    (0..count).map(draw).collect()
}
