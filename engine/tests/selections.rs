//! Queries within a selection: what a profile may see of an index, and nothing else.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use nabij_atlas::{Atlas, Position, Territory, TerritoryPart};
use nabij_engine::{Area, Criteria, Query, SearchError};
use nabij_offering::{Draft, Field, Offering, Place, Precision};
use proptest::prelude::*;

use crate::{
    corpus,
    exactness::{check_seen, ids, index},
    oracle::Seen,
};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::shipped().unwrap());

/// Offerings with criteria on some of their ids.
fn profiled() -> impl Strategy<Value = (Vec<Offering>, Criteria)> {
    corpus::offerings(90).prop_flat_map(|offerings| {
        let ids = offerings.iter().map(|offering| offering.id.clone());
        let ids = ids.chain(["unknown".to_owned()]).collect();
        (Just(offerings), corpus::criteria(&ATLAS, ids))
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
    draft.set(Field::Kind, "informal");
    draft.set(Field::ServiceArea, "national");
    let mut offering = draft.check().offering.unwrap();
    offering.place = Some(Place {
        position: Position::new(lat, lon).unwrap(),
        precision: Precision::Point,
    });
    offering
}

/// Enough documents that a selection leaves out whole words of 64, before, between and behind its own.
#[test]
fn a_selection_of_many_words_is_exact() {
    let at = |at: usize| (52.0 + (at / 60) as f64 * 0.006, 4.9 + (at % 60) as f64 * 0.004);
    let offerings: Vec<Offering> = (0..1_500)
        .map(|number| offering(number, at(number).0, at(number).1))
        .collect();
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
    let facets = nabij_engine::Facets {
        kind: true,
        theme: true,
        feature: true,
    };
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
                facets,
                selection: Some(Arc::clone(&selection)),
                ..Query::default()
            };
            check_seen(&offerings, &index, &query, &seen).unwrap();
            let uncounted = Query {
                facets: nabij_engine::Facets::default(),
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
