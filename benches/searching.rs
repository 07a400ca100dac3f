//! Measured: one query in process, over 100,000 generated offerings (`nabij_sample`, seed 1), page cache warm.
//! Queries come from 64 postcodes drawn evenly from the table. `cargo bench --bench searching`.

#![expect(clippy::expect_used, reason = "a bench that cannot run should stop")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
#[path = "classes/corpus.rs"]
mod corpus;

use nabij_atlas::{Atlas, Position};
use nabij_engine::{Area, Facets, Query, Sort};

const OFFERINGS: usize = 100_000;

fn searching(criterion: &mut Criterion) {
    let atlas = Atlas::shipped().expect("the shipped tables");
    let (_folder, index) = corpus::index(&atlas, OFFERINGS, |offering| offering.into());
    let origins: Vec<Position> = atlas.postcodes().step_by(64).map(|area| area.position).collect();
    let circle = |origin, radius_m| Query {
        origin: Some(origin),
        area: Area::Circle {
            centre: origin,
            radius_m,
        },
        limit: 20,
        total: true,
        ..Query::default()
    };
    let facets = Facets {
        kind: true,
        theme: true,
        feature: false,
    };
    let mut measure = |name: &str, query: &dyn Fn(Position) -> Query| {
        let mut at = 0;
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                at = (at + 1) % origins.len();
                black_box(index.search(&query(origins[at])).expect("a readable index"))
            });
        });
    };
    measure("radius 5 km", &|origin| circle(origin, 5_000.0));
    measure("radius 5 km with facets", &|origin| Query {
        facets,
        ..circle(origin, 5_000.0)
    });
    measure("radius 10 km and a word", &|origin| Query {
        text: "taal".to_owned(),
        ..circle(origin, 10_000.0)
    });
    measure("radius 10 km and two words by relevance", &|origin| Query {
        text: "nederlands leren".to_owned(),
        sort: Sort::Relevance,
        ..circle(origin, 10_000.0)
    });
    measure("nearest 20", &|origin| Query {
        area: Area::Anywhere,
        ..circle(origin, 0.0)
    });
    measure("nearest 20 with a word", &|origin| Query {
        area: Area::Anywhere,
        text: "fietsen".to_owned(),
        ..circle(origin, 0.0)
    });
}

criterion_group!(benches, searching);
criterion_main!(benches);
