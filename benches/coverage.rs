//! Measured: coverage from all four-digit postcodes, of every theme with every kind (and all together: 65 selections),
//! and of one theme from 470,000 made-up streets; with as many threads as run at the same time.
//! Beside it the naive ways, for a share of the postcodes and scaled up: two queries for each postcode and selection
//! in process, and the same over HTTP with one connection.
//! Corpus: generated offerings (`nabij_sample`, seed 1) of the sizes given.
//!
//! `cargo bench --bench coverage -- --sizes 100000,1000000`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot run should stop, and prints a table"
)]

#[path = "classes/corpus.rs"]
mod corpus;

use std::{
    hint::black_box,
    io::{BufRead, BufReader},
    num::NonZero,
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use clap::Parser;
use nabij_analysis::coverage::{Coverage, Origin, Selection, by_pc4};
use nabij_atlas::{Atlas, Position};
use nabij_engine::{Area, Facets, Index, Query};
use nabij_offering::Theme;

/// Coverage, and the naive ways to it.
#[derive(Parser)]
struct Arguments {
    /// How many offerings to generate.
    #[arg(long, value_delimiter = ',', default_value = "100000")]
    sizes: Vec<usize>,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

const RADIUS_M: f64 = 5_000.0;
const STREETS: usize = 470_000;
/// The naive ways are measured from one postcode in so many.
const SHARE_IN_PROCESS: usize = 40;
const SHARE_OVER_HTTP: usize = 400;

fn main() {
    let arguments = Arguments::parse();
    let atlas = Atlas::shipped().expect("the shipped tables");
    let origins = by_pc4(&atlas, None);
    println!(
        "| offerings | 65 selections, all postcodes, s | one theme, {STREETS} streets, s | queries in process, s | over HTTP, s |"
    );
    println!("|--:|--:|--:|--:|--:|");
    for size in arguments.sizes {
        let (folder, index) = corpus::index(&atlas, size, |offering| offering.into());
        let every = seconds(|| measure(&index, origins.clone(), Selection::every()));
        let language = Selection {
            theme: Some(Theme::Language),
            kind: None,
        };
        let streets = seconds(|| measure(&index, streets(&origins), vec![language]));
        let in_process = naive_in_process(&index, &origins);
        let over_http = naive_over_http(folder.path(), &origins);
        println!("| {size} | {every:.2} | {streets:.2} | {in_process:.1} | {over_http:.1} |");
    }
}

fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64()
}

fn measure(index: &Index, origins: Vec<Origin>, selections: Vec<Selection>) -> Coverage {
    let threads = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    Coverage::measure(index, origins, selections, RADIUS_M, threads)
}

/// Streets in a square of about 2 km around each postcode.
fn streets(origins: &[Origin]) -> Vec<Origin> {
    let each = STREETS.div_ceil(origins.len());
    let street = |origin: &Origin, number: usize| {
        let off = |step: usize| f64::from(u32::try_from(number * step % 101).unwrap_or(0)) / 101.0 - 0.5;
        let (lat, lon) = (
            origin.position.lat() + off(37) * 0.02,
            origin.position.lon() + off(61) * 0.03,
        );
        Origin {
            position: Position::new(lat, lon).expect("near a postcode"),
            ..origin.clone()
        }
    };
    let all = origins
        .iter()
        .flat_map(|origin| (0..each).map(move |number| street(origin, number)));
    all.take(STREETS).collect()
}

/// The nearest five, and how many are within the radius, by theme and kind.
fn queries(origin: &Origin, selection: Selection) -> [Query; 2] {
    let nearest = Query {
        origin: Some(origin.position),
        kinds: selection.kind.into_iter().collect(),
        themes: selection.theme.into_iter().collect(),
        limit: 5,
        ..Query::default()
    };
    let within = Query {
        area: Area::Circle {
            centre: origin.position,
            radius_m: RADIUS_M,
        },
        limit: 0,
        total: true,
        facets: Facets {
            feature: true,
            ..Facets::default()
        },
        ..nearest.clone()
    };
    [nearest, within]
}

fn share(origins: &[Origin], share: usize) -> (Vec<&Origin>, f64) {
    let some: Vec<&Origin> = origins.iter().step_by(share).collect();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let factor = count(origins.len()) / count(some.len());
    (some, factor)
}

fn naive_in_process(index: &Index, origins: &[Origin]) -> f64 {
    let (some, factor) = share(origins, SHARE_IN_PROCESS);
    let ask = || {
        for origin in some {
            for query in Selection::every()
                .into_iter()
                .flat_map(|selection| queries(origin, selection))
            {
                black_box(index.search(&query).expect("a readable index"));
            }
        }
    };
    factor * seconds(ask)
}

/// A server that stops when the measurement ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn naive_over_http(index: &Path, origins: &[Origin]) -> f64 {
    let mut server = Server(
        Command::new(env!("CARGO_BIN_EXE_nabij"))
            .args(["serve", "--listen", "127.0.0.1:0", "--index"])
            .arg(index)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server"),
    );
    let mut base = String::new();
    let out = server.0.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut base).expect("its address");
    let agent = ureq::Agent::new_with_defaults();
    let (some, factor) = share(origins, SHARE_OVER_HTTP);
    let ask = || {
        for origin in some {
            for selection in Selection::every() {
                let theme = selection.theme.map(|theme| format!("&theme={}", theme.name()));
                let kind = selection.kind.map(|kind| format!("&kind={}", kind.name()));
                let filter = theme.unwrap_or_default() + &kind.unwrap_or_default();
                for rest in ["limit=5&total=none", "limit=0&radius=5000&facets=feature"] {
                    let address = format!(
                        "{}/v1/offerings?postcode={}{filter}&{rest}",
                        base.trim(),
                        origin.postcode
                    );
                    let mut response = agent.get(address).call().expect("an answer");
                    black_box(response.body_mut().read_to_vec().expect("a whole answer"));
                }
            }
        }
    };
    factor * seconds(ask)
}
