//! What a subset says from a point is what a query from there says.

use nabij_engine::{Area, Index, Query};
use nabij_offering::{Feature, FeatureSet, Kind, KindSet, Position, Theme, ThemeSet};
use proptest::prelude::*;

use crate::{corpus, exactness::index};

type Sets = (KindSet, ThemeSet, FeatureSet);

fn sets() -> impl Strategy<Value = Sets> {
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let theme = prop::sample::select(Theme::ALL.to_vec());
    let feature = prop::sample::select(vec![Feature::Free, Feature::WalkIn]);
    (
        prop::collection::vec(kind, 0..3),
        prop::collection::vec(theme, 0..3),
        prop::collection::vec(feature, 0..2),
    )
        .prop_map(|(kinds, themes, features)| {
            (
                kinds.into_iter().collect(),
                themes.into_iter().collect(),
                features.into_iter().collect(),
            )
        })
}

/// The total within the radius and the nearest five of all, by queries.
fn expected(
    index: &Index,
    (kinds, themes, features): Sets,
    from: Position,
    radius_m: f64,
) -> (u64, Vec<f64>) {
    let query = Query {
        origin: Some(from),
        kinds,
        themes,
        features,
        limit: 5,
        total: true,
        ..Query::default()
    };
    let near = Query {
        area: Area::Circle {
            centre: from,
            radius_m,
        },
        ..query.clone()
    };
    let nearest = index.search(&query).unwrap().hits;
    let distances = nearest.iter().map(|hit| hit.distance_m.unwrap()).collect();
    (index.search(&near).unwrap().total.unwrap(), distances)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// With 90 offerings every subset is looked at whole, with 900 the larger ones are walked to.
    #[test]
    fn a_subset_answers_as_queries_do(
        offerings in prop_oneof![corpus::offerings(90), corpus::offerings(900)],
        chosen in prop::collection::vec(sets(), 1..6),
        origins in prop::collection::vec((corpus::position(), prop_oneof![Just(0.0), 0.0..20_000.0_f64, 0.0..21_000_000.0_f64]), 8),
    ) {
        let (_folder, index) = index(&offerings);
        let subsets: Vec<_> = chosen.iter().map(|(kinds, themes, features)| index.subset(*kinds, *themes, *features)).collect();
        for (from, radius_m) in origins {
            let counts = index.count_within(from, radius_m, &subsets);
            for ((sets, subset), count) in chosen.iter().zip(&subsets).zip(counts) {
                let found = (count, subset.nearest_m(from, 5));
                prop_assert_eq!(found, expected(&index, *sets, from, radius_m));
            }
        }
    }
}
