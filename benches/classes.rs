//! Measured: the six classes of queries, in process, one thread, page cache warm, each with and without facets.
//! Corpus: generated offerings (`nabij_sample`, seed 1) of the sizes given, or an index that is there already.
//! Queries: drawn around postcodes with a fixed seed, or read from a JSON Lines file with the fields `class`, `lat`,
//! `lon`, `radius_m`, `bbox` (south, west, north, east), `terms`, `filters` and `limit`.
//!
//! `cargo bench --bench classes -- --sizes 100000,1000000`
//! `cargo bench --bench classes -- --index DIR --queries FILE`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot run should stop, and prints a table"
)]

mod classes {
    pub(crate) mod corpus;
    pub(crate) mod queries;
}

use std::{collections::BTreeMap, hint::black_box, path::PathBuf, time::Instant};

use clap::Parser;
use nabij_atlas::Atlas;
use nabij_engine::{Facets, Index, Query, Store};

use classes::{corpus, queries};

/// The six classes of queries, in process.
#[derive(Parser)]
struct Arguments {
    /// How many offerings to generate.
    #[arg(long, value_delimiter = ',', default_value = "100000")]
    sizes: Vec<usize>,
    /// An index to measure instead.
    #[arg(long)]
    index: Option<PathBuf>,
    /// Queries to put to it.
    #[arg(long)]
    queries: Option<PathBuf>,
    /// How often to ask each query; the fastest time counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let atlas = Atlas::shipped().expect("the shipped tables");
    let asked = match &arguments.queries {
        Some(path) => queries::read(path),
        None => queries::draw(&atlas, 2_000),
    };
    println!(
        "| offerings | class | queries | p50 µs | p99 µs | mean µs | with facets p50 | p99 | ratio of p50 |"
    );
    println!("|--:|---|--:|--:|--:|--:|--:|--:|--:|");
    match &arguments.index {
        Some(path) => {
            let index = Store::new(path).open_current().expect("an index");
            table(&index, &asked, arguments.rounds);
        }
        None => {
            for size in &arguments.sizes {
                let (_folder, index) = corpus::index(&atlas, *size);
                table(&index, &asked, arguments.rounds);
            }
        }
    }
}

/// A row a class.
fn table(index: &Index, asked: &[(String, Query)], rounds: usize) {
    let mut classes: BTreeMap<&str, Vec<&Query>> = BTreeMap::new();
    for (class, query) in asked {
        classes.entry(class).or_default().push(query);
    }
    let offerings = index.manifest().counts.offerings();
    for (class, queries) in classes {
        let facets = |on: bool| -> Vec<Query> {
            let facets = Facets {
                kind: on,
                theme: on,
                feature: false,
            };
            queries
                .iter()
                .map(|query| Query {
                    facets,
                    ..(*query).clone()
                })
                .collect()
        };
        let [plain, faceted] = [false, true].map(|on| Times::of(index, &facets(on), rounds));
        println!(
            "| {offerings} | {class} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} |",
            queries.len(),
            plain.at(0.5),
            plain.at(0.99),
            plain.mean(),
            faceted.at(0.5),
            faceted.at(0.99),
            faceted.at(0.5) / plain.at(0.5),
        );
    }
}

/// Microseconds, sorted.
struct Times(Vec<f64>);

impl Times {
    /// Each query is timed in every round, all queries once a round, so that none finds its own data in the
    /// nearest cache; the fastest time of each is kept.
    fn of(index: &Index, queries: &[Query], rounds: usize) -> Self {
        let mut best = vec![f64::INFINITY; queries.len()];
        for _ in 0..rounds.max(1) {
            for (best, query) in best.iter_mut().zip(queries) {
                let start = Instant::now();
                black_box(index.search(query).expect("a readable index"));
                *best = best.min(start.elapsed().as_secs_f64() * 1e6);
            }
        }
        best.sort_by(f64::total_cmp);
        Self(best)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list of a few thousand"
    )]
    fn at(&self, share: f64) -> f64 {
        let place = (share * self.0.len() as f64) as usize;
        self.0
            .get(place.min(self.0.len().saturating_sub(1)))
            .copied()
            .unwrap_or(f64::NAN)
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }
}
