//! Queries within a selection: what a profile may see of an index, and nothing else.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use nabij_atlas::{Atlas, Position, Territory, TerritoryPart};
use nabij_engine::{Area, Criteria, Facets, Pass, Query, SearchError};
use nabij_offering::{Draft, Field, Kind, Offering, Place, Precision, Theme};
use proptest::prelude::*;

use crate::{
    corpus,
    exactness::{check_seen, ids, index},
    oracle::Seen,
};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::shipped().unwrap());

const EVERY_FACET: Facets = Facets {
    kind: true,
    theme: true,
    feature: true,
};

/// Offerings with criteria on some of their ids.
fn profiled() -> impl Strategy<Value = (Vec<Offering>, Criteria)> {
    corpus::offerings(90).prop_flat_map(|offerings| {
        let ids = offerings.iter().map(|offering| offering.id.clone());
        let ids: Vec<String> = ids.chain(["unknown".to_owned()]).collect();
        (Just(offerings), corpus::criteria(&ATLAS, &ids))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_answer_within_a_selection_is_that_of_the_oracle(
        (offerings, criteria) in profiled(),
        queries in prop::collection::vec(corpus::query(), 15),
    ) {
        let (_folder, index) = index(&offerings);
        let seen = Seen::new(&ATLAS, &offerings, &criteria);
        let selection = Arc::new(index.select(&ATLAS, &criteria).unwrap());
        prop_assert_eq!(
            (selection.placed() + selection.area_wide()) as usize,
            seen.ids.as_ref().map_or(0, HashSet::len)
        );
        for query in queries {
            let query = Query { selection: Some(Arc::clone(&selection)), ..query };
            check_seen(&offerings, &index, &query, &seen)?;
        }
    }

    #[test]
    fn no_answer_holds_an_id_outside_its_selection(
        (offerings, criteria) in profiled(),
        query in corpus::query(),
    ) {
        let (_folder, index) = index(&offerings);
        let selection = Arc::new(index.select(&ATLAS, &criteria).unwrap());
        let query = Query { limit: 100, offset: 0, selection: Some(Arc::clone(&selection)), ..query };
        let hits = index.search(&query).unwrap();
        for hit in hits.hits.iter().chain(&hits.area_wide) {
            prop_assert!(selection.contains(hit.doc));
        }
        for id in ids(&index, &hits.hits) {
            prop_assert!(!criteria.blocked.contains(&id), "{} is blocked", id);
        }
    }

    /// The counts of a frequent word are kept when it is first asked for: also from who asked for fewer facets.
    #[test]
    fn facets_of_a_word_are_exact_each_time_they_are_asked_for(
        (offerings, criteria) in profiled(),
        asked in prop::collection::vec((corpus::word(), any::<bool>(), any::<bool>()), 6),
        origin in prop::option::of(corpus::position()),
    ) {
        let (_folder, index) = index(&offerings);
        let seen = Seen::new(&ATLAS, &offerings, &criteria);
        let selection = Arc::new(index.select(&ATLAS, &criteria).unwrap());
        for (word, some, total) in asked {
            let facets = Facets { kind: some, theme: some, feature: false };
            let selection = Some(Arc::clone(&selection));
            let less = Query { text: word.to_owned(), origin, facets, total, limit: 3, selection, ..Query::default() };
            index.search(&less).unwrap();
            let all = Query { facets: EVERY_FACET, total: true, ..less };
            check_seen(&offerings, &index, &all, &seen)?;
            check_seen(&offerings, &index, &all, &seen)?;
        }
    }

    #[test]
    fn open_criteria_change_nothing(offerings in corpus::offerings(60), query in corpus::query()) {
        let (_folder, index) = index(&offerings);
        let selection = Arc::new(index.select(&ATLAS, &Criteria::default()).unwrap());
        let within = Query { selection: Some(selection), ..query.clone() };
        prop_assert_eq!(index.search(&within).unwrap(), index.search(&query).unwrap());
    }
}

fn offering(at: usize, lat: f64, lon: f64) -> Offering {
    let mut draft = Draft::default();
    draft.set(Field::Id, &format!("o{at:04}"));
    draft.set(Field::Title, if at.is_multiple_of(2) { "taal" } else { "hulp" });
    draft.set(Field::Kind, Kind::ALL[at % Kind::ALL.len()].name());
    draft.set_list(Field::Themes, [Theme::ALL[at % Theme::ALL.len()]]);
    draft.set(Field::ServiceArea, "national");
    let mut offering = draft.check().offering.unwrap();
    offering.place = Some(Place {
        position: Position::new(lat, lon).unwrap(),
        precision: Precision::Point,
    });
    offering
}

/// So many rows from south to north of 60 each.
fn grid(rows: u32) -> Vec<Offering> {
    let at = |row: u32, column: u32| (52.0 + f64::from(row) * 0.006, 4.9 + f64::from(column) * 0.004);
    let places = (0..rows).flat_map(|row| (0..60).map(move |column| at(row, column)));
    let numbered = places.enumerate();
    numbered
        .map(|(number, (lat, lon))| offering(number, lat, lon))
        .collect()
}

/// Long runs, of which the facets are differences, and a frequent word, of which they are kept.
#[test]
fn facets_of_nearly_everything_are_exact() {
    let offerings = grid(40);
    let (_folder, index) = index(&offerings);
    let criteria = Criteria {
        blocked: (100..2_300).step_by(7).map(|at| format!("o{at:04}")).collect(),
        ..Criteria::default()
    };
    let seen = Seen::new(&ATLAS, &offerings, &criteria);
    let selection = Arc::new(index.select(&ATLAS, &criteria).unwrap());
    for text in ["", "taal"] {
        let query = Query {
            origin: Position::new(52.1, 5.0).ok(),
            text: text.to_owned(),
            limit: 10,
            total: true,
            facets: EVERY_FACET,
            selection: Some(Arc::clone(&selection)),
            ..Query::default()
        };
        check_seen(&offerings, &index, &query, &seen).unwrap();
        let ways = index.search_every_way(&query).unwrap();
        let counts = |pass: Pass| ways.iter().any(|(plan, _)| plan.pass == Some(pass));
        assert!(counts(Pass::Ranks) || counts(Pass::Sums), "{text}: {ways:?}");
    }
}

/// Enough documents that a selection leaves out whole words of 64, before, between and behind its own.
#[test]
fn a_selection_of_many_words_is_exact() {
    let offerings = grid(25);
    let (_folder, index) = index(&offerings);
    let centre = Position::new(52.07, 5.0).unwrap();
    let territory = Territory::new(
        &ATLAS,
        &[TerritoryPart::Circle {
            centre,
            radius_m: 3_000.0,
        }],
    );
    let criteria = Criteria {
        territory: Some(territory),
        pinned: vec!["o1499".into(), "o0000".into(), "o0700".into()],
        blocked: (0..1_500).step_by(3).map(|at| format!("o{at:04}")).collect(),
        ..Criteria::default()
    };
    let seen = Seen::new(&ATLAS, &offerings, &criteria);
    let selection = Arc::new(index.select(&ATLAS, &criteria).unwrap());
    assert_eq!(selection.pinned().len(), 2);
    for origin in [centre, Position::new(52.0, 4.9).unwrap()] {
        for (area, text, offset, limit) in [
            (Area::Anywhere, "", 0, 10),
            (Area::Anywhere, "taal", 3, 500),
            (
                Area::Circle {
                    centre: origin,
                    radius_m: 2_500.0,
                },
                "",
                0,
                20,
            ),
            (
                Area::Circle {
                    centre: origin,
                    radius_m: 25_000.0,
                },
                "hulp",
                0,
                0,
            ),
        ] {
            let query = Query {
                origin: Some(origin),
                area,
                text: text.to_owned(),
                offset,
                limit,
                total: true,
                facets: EVERY_FACET,
                selection: Some(Arc::clone(&selection)),
                ..Query::default()
            };
            check_seen(&offerings, &index, &query, &seen).unwrap();
            let uncounted = Query {
                facets: Facets::default(),
                ..query.clone()
            };
            assert_eq!(
                index.search(&uncounted).unwrap().total,
                index.search(&query).unwrap().total
            );
        }
    }
}

#[test]
fn a_selection_of_another_generation_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = nabij_engine::Store::new(folder.path());
    let publish = |id: usize| {
        let mut build = nabij_engine::Build::start(&store).unwrap();
        build
            .add(&nabij_engine::Document::from(&offering(id, 52.0, 5.0)))
            .unwrap();
        build.publish("test", 0, Vec::new(), |_| {}).unwrap();
        store.open_current().unwrap()
    };
    let selection = publish(1).select(&ATLAS, &Criteria::default()).unwrap();
    let query = Query {
        selection: Some(Arc::new(selection)),
        ..Query::default()
    };
    assert!(matches!(publish(2).search(&query), Err(SearchError::Stale(_))));
}
