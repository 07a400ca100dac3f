//! Measured: the six classes of queries, in process, one thread, page cache warm, each with and without facets.
//! Corpus: generated offerings (`nabij_sample`, seed 1) of the sizes given, or an index that is there already.
//! Queries: drawn around postcodes with a fixed seed, or read from a JSON Lines file with the fields `class`, `lat`,
//! `lon`, `radius_m`, `bbox` (south, west, north, east), `terms`, `filters` and `limit`.
//!
//! `cargo bench --bench classes -- --sizes 100000,1000000 --profile`
//! `cargo bench --bench classes -- --index DIR --queries FILE --warm OTHER`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot run should stop, and prints a table"
)]

mod classes {
    pub(crate) mod corpus;
    pub(crate) mod queries;
}

use std::{collections::BTreeMap, hint::black_box, path::PathBuf, sync::Arc, time::Instant};

use clap::Parser;
use nabij_analysis::Times;
use nabij_atlas::Atlas;
use nabij_engine::{Criteria, Facets, Index, Query, Selection, Store};

use classes::{corpus, queries};

/// What the program allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Other queries to put to it first, until it is warm.
    #[arg(long)]
    warm: Option<PathBuf>,
    /// Ask all of it again within the selection of a profile that blocks one offering: what a profile costs.
    #[arg(long)]
    profile: bool,
    /// How often to ask each query; the fastest time counts.
    #[arg(long, default_value_t = 1)]
    rounds: usize,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let atlas = Atlas::shipped().expect("the shipped tables");
    let read = |path: &Option<PathBuf>, seed| match path {
        Some(path) => queries::read(path),
        None => queries::draw(&atlas, 2_000, seed),
    };
    let (asked, warm) = (read(&arguments.queries, 1), read(&arguments.warm, 2));
    println!(
        "| offerings | class | queries | p50 µs | p99 µs | mean µs | with facets p50 | p99 | ratio of p50 |"
    );
    println!("|--:|---|--:|--:|--:|--:|--:|--:|--:|");
    let measure = |index: &Index| {
        for _ in 0..5 {
            times(index, &warm, None, false, 1);
        }
        let offerings = index.manifest().counts.offerings();
        let mut selections = vec![("", None)];
        if arguments.profile {
            selections.push((" in a profile", Some(all_but_one(&atlas, index))));
        }
        for (name, selection) in selections {
            // What a selection counts once, it keeps.
            times(index, &warm, selection.as_ref(), true, 1);
            let [plain, faceted] = [false, true]
                .map(|facets| times(index, &asked, selection.as_ref(), facets, arguments.rounds));
            table(offerings, name, &plain, &faceted);
        }
    };
    match &arguments.index {
        Some(path) => measure(&Store::new(path).open_current().expect("an index")),
        None => {
            for size in &arguments.sizes {
                let (_folder, index) = corpus::index(&atlas, *size, |offering| offering.into());
                measure(&index);
            }
        }
    }
}

/// The selection of everything but one offering: as many answers as without, through every step of a selection.
fn all_but_one(atlas: &Atlas, index: &Index) -> Arc<Selection> {
    let mut card = Vec::new();
    index.push_card(0, &mut card);
    let card: nabij_offering::Card<'_> = serde_json::from_slice(&card).expect("a card");
    let criteria = Criteria {
        blocked: vec![card.id.into_owned()],
        ..Criteria::default()
    };
    Arc::new(index.select(atlas, &criteria).expect("a readable index"))
}

/// By class.
type ByClass<'a> = BTreeMap<&'a str, Times>;

/// Asks all queries in their order, as often as there are rounds, and keeps the fastest time of each. The classes
/// are mixed, so that none finds its own data in the nearest cache.
fn times<'a>(
    index: &Index,
    asked: &'a [(String, Query)],
    selection: Option<&Arc<Selection>>,
    facets: bool,
    rounds: usize,
) -> ByClass<'a> {
    let facets = Facets {
        kind: facets,
        theme: facets,
        feature: false,
    };
    let with_facets = |(_, query): &(String, Query)| Query {
        facets,
        selection: selection.cloned(),
        ..query.clone()
    };
    let queries: Vec<Query> = asked.iter().map(with_facets).collect();
    let mut best = vec![f64::INFINITY; queries.len()];
    for _ in 0..rounds.max(1) {
        for (best, query) in best.iter_mut().zip(&queries) {
            let start = Instant::now();
            black_box(index.search(query).expect("a readable index"));
            *best = best.min(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let mut by_class: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((class, _), time) in asked.iter().zip(best) {
        by_class.entry(class).or_default().push(time);
    }
    by_class
        .into_iter()
        .map(|(class, times)| (class, times.into_iter().collect()))
        .collect()
}

/// A row a class.
fn table(offerings: usize, name: &str, plain: &ByClass<'_>, faceted: &ByClass<'_>) {
    for (class, plain) in plain {
        let at = |times: &Times, percent| times.percentile(percent).unwrap_or(f64::NAN);
        let faceted = &faceted[class];
        println!(
            "| {offerings} | {class}{name} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} |",
            plain.len(),
            at(plain, 50.0),
            at(plain, 99.0),
            plain.mean().unwrap_or(f64::NAN),
            at(faceted, 50.0),
            at(faceted, 99.0),
            at(faceted, 50.0) / at(plain, 50.0),
        );
    }
}
