//! Measured: what it costs that words are understood, in process, one thread, page cache warm.
//!
//! First the classes with words (Q3 to Q5), as they stand and understood; then the worst questions of 200 characters; then
//! suggestions, at each letter of some words. A query is asked as often as there are rounds, and its fastest time counts. All
//! of them were asked before, as of a server that has been asked them for a while; `--warm 0` shows what they cost at first.
//! Corpus: generated offerings (`nabij_sample`, seed 1) of the sizes given, or an index that is there already.
//!
//! `cargo bench --bench understanding -- --sizes 100000,1000000`
//! `cargo bench --bench understanding -- --index DIR --queries FILE`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot run should stop, and prints a table"
)]

mod classes {
    pub(crate) mod corpus;
    pub(crate) mod queries;
}

use std::{hint::black_box, path::PathBuf, time::Instant};

use clap::Parser;
use nabij_analysis::Times;
use nabij_atlas::{Atlas, Location};
use nabij_engine::{Area, Document, Index, Query, Sort, Store};
use nabij_language::Lexicon;
use nabij_search_server::{Near, Search, Words};

use classes::{corpus, queries};

/// What the program allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What it costs that words are understood.
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
    /// How often to ask each query of the classes before.
    #[arg(long, default_value_t = 10)]
    warm: usize,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let (atlas, lexicon) = (
        Atlas::shipped().expect("the shipped tables"),
        Lexicon::shipped().expect("the shipped tables"),
    );
    let asked = match &arguments.queries {
        Some(path) => queries::read(path),
        None => queries::draw(&atlas, 2_000, 1),
    };
    let measure = |index: &Index| {
        let bench = Bench {
            index,
            atlas: &atlas,
            lexicon: &lexicon,
            rounds: arguments.rounds.max(1),
        };
        bench.warm(&asked, arguments.warm);
        bench.classes(&asked);
        bench.worst();
        bench.suggestions();
    };
    match &arguments.index {
        Some(path) => measure(&Store::new(path).open_current().expect("an index")),
        None => {
            for size in &arguments.sizes {
                let (_folder, index) =
                    corpus::index(&atlas, *size, |offering| Document::new(offering, &lexicon));
                measure(&index);
            }
        }
    }
}

struct Bench<'a> {
    index: &'a Index,
    atlas: &'a Atlas,
    lexicon: &'a Lexicon,
    rounds: usize,
}

impl Bench<'_> {
    fn offerings(&self) -> usize {
        self.index.manifest().counts.offerings()
    }

    /// The fastest of all rounds, in microseconds.
    fn fastest(&self, mut work: impl FnMut()) -> f64 {
        let mut fastest = f64::INFINITY;
        for _ in 0..self.rounds {
            let start = Instant::now();
            work();
            fastest = fastest.min(start.elapsed().as_secs_f64() * 1e6);
        }
        fastest
    }

    /// Understanding a question and answering it, wider if need be.
    fn ask(&self, query: &Query, location: Option<Location>) -> u64 {
        let mut search = Search::default();
        search.query.clone_from(query);
        search.location = location;
        search.words = Words::Understood;
        search.understand(self.lexicon, self.atlas, self.index);
        let answered = search.carry_out(self.lexicon, self.index, |prepared| (prepared.answer(), None));
        let (hits, _) = black_box(answered).expect("a readable index");
        hits.total.unwrap_or(hits.hits.len() as u64)
    }

    /// Asks the queries with words so often, one after the other.
    fn warm(&self, asked: &[(String, Query)], times: usize) {
        for _ in 0..times {
            for (_, query) in asked.iter().filter(|(_, query)| !query.text.is_empty()) {
                self.ask(query, query.origin.map(|origin| self.atlas.here(origin)));
            }
        }
    }

    fn classes(&self, asked: &[(String, Query)]) {
        println!(
            "| offerings | class | queries | literal p50 µs | p99 | understood p50 | p99 | ratio of p50 |"
        );
        println!("|--:|---|--:|--:|--:|--:|--:|--:|");
        for class in ["Q3", "Q4", "Q5"] {
            let of_class: Vec<&Query> = asked
                .iter()
                .filter(|(of, _)| of == class)
                .map(|(_, query)| query)
                .collect();
            let literal: Times = of_class
                .iter()
                .map(|query| {
                    self.fastest(|| {
                        black_box(self.index.search(query).expect("a readable index"));
                    })
                })
                .collect();
            let here = |query: &Query| query.origin.map(|origin| self.atlas.here(origin));
            let understood: Times = of_class
                .iter()
                .map(|query| {
                    let location = here(query);
                    self.fastest(|| {
                        self.ask(query, location.clone());
                    })
                })
                .collect();
            let at = |times: &Times, percent| times.percentile(percent).unwrap_or(f64::NAN);
            println!(
                "| {} | {class} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} |",
                self.offerings(),
                of_class.len(),
                at(&literal, 50.0),
                at(&literal, 99.0),
                at(&understood, 50.0),
                at(&understood, 99.0),
                at(&understood, 50.0) / at(&literal, 50.0),
            );
        }
    }

    fn worst(&self) {
        println!("\n| offerings | question of 200 characters | hits | milliseconds |");
        println!("|--:|---|--:|--:|");
        for (name, text) in worst_questions() {
            let query = Query {
                text,
                sort: Sort::Relevance,
                area: Area::Anywhere,
                limit: 20,
                total: true,
                ..Query::default()
            };
            let hits = self.ask(&query, None);
            let time = self.fastest(|| {
                self.ask(&query, None);
            });
            println!("| {} | {name} | {hits} | {:.2} |", self.offerings(), time / 1e3);
        }
    }

    fn suggestions(&self) {
        let location = self.atlas.resolve_place("Utrecht").expect("a town");
        let near = Near {
            index: self.index,
            lexicon: self.lexicon,
            location: Some(&location),
            selection: None,
        };
        let typed = [
            "computercursus",
            "hulp bij schulden",
            "wandelen",
            "zzz",
            "nederlands leren praten",
        ];
        let beginnings = typed
            .iter()
            .flat_map(|text| (1..=text.len()).filter_map(|end| text.get(..end)));
        let times: Times = beginnings
            .map(|typed| {
                self.fastest(|| {
                    black_box(near.continued(typed).expect("a readable index"));
                })
            })
            .collect();
        let at = |percent| times.percentile(percent).unwrap_or(f64::NAN);
        println!("\n| offerings | suggestions p50 µs | p99 | slowest |\n|--:|--:|--:|--:|");
        println!(
            "| {} | {:.1} | {:.1} | {:.1} |",
            self.offerings(),
            at(50.0),
            at(99.0),
            at(100.0)
        );
    }
}

/// Questions that are made to be slow.
fn worst_questions() -> Vec<(&'static str, String)> {
    let repeated = |words: &str| -> String { words.chars().cycle().take(200).collect() };
    vec![
        (
            "long words, each misspelt",
            repeated(
                "schuldhulpverleenning inburgerringscursuss huiswerkbegeleidding belastingaangiftte sociaalraadslidden ",
            ),
        ),
        (
            "short words, each misspelt",
            repeated("taql hlup lrer getd bsief cunsus "),
        ),
        (
            "frequent words, all different",
            repeated(
                "taal les hulp computer samen leren geld werk koken wandelen lezen praten school kind brief huis ",
            ),
        ),
        (
            "frequent words, and one that nobody knows",
            repeated(
                "qwrtzpsdf taal les hulp computer samen leren geld werk koken wandelen lezen praten school kind ",
            ),
        ),
        (
            "compounds",
            repeated("taalcomputercursusles computertaalhulples werktaalcomputercursus "),
        ),
        ("one word", repeated("cursuscomputertaal")),
        (
            "letters",
            repeated("a b c d e f g h i j k l m n o p q r s t u v w x y z "),
        ),
        (
            "everyday phrases",
            repeated("brief belasting niet goed lezen hulp bij geld praten nederlands koffie drinken "),
        ),
        (
            "another script",
            repeated("مساعدة في الواجبات المدرسية курси нідерландської мови "),
        ),
    ]
}
