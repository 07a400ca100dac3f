//! Whatever is asked of whatever corpus, the engine answers as the oracle does.

use nabij_engine::{Area, Build, Document, Index, Query, Sort, Store};
use nabij_offering::{Card, Draft, Field, Offering};
use proptest::prelude::*;

use crate::{
    corpus,
    oracle::{self, Answer, Seen},
};

pub(crate) fn index(offerings: &[Offering]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let mut build = Build::start(&store).unwrap();
    for offering in offerings {
        build.add(&Document::from(offering)).unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    let index = store.open_current().unwrap();
    (folder, index)
}

pub(crate) fn ids(index: &Index, hits: &[nabij_engine::Hit]) -> Vec<String> {
    hits.iter()
        .map(|hit| {
            let mut card = Vec::new();
            index.push_card(hit.doc, &mut card);
            serde_json::from_slice::<Card>(&card).unwrap().id.into_owned()
        })
        .collect()
}

/// The answers by every plan there is, named.
pub(crate) fn answers(index: &Index, query: &Query) -> Vec<(String, Answer)> {
    let chosen = index.search(query).unwrap();
    let every = index.search_every_way(query).unwrap();
    let named = every.into_iter().map(|(plan, hits)| (plan.to_string(), hits));
    let named = named.chain([("chosen".to_owned(), chosen)]);
    named
        .map(|(plan, hits)| {
            let answer = Answer {
                total: hits.total.unwrap(),
                ids: ids(index, &hits.hits),
                area_wide_total: hits.area_wide_total,
                area_wide: ids(index, &hits.area_wide),
                kind: hits.facets.kind.unwrap(),
                theme: hits.facets.theme.unwrap(),
                feature: hits.facets.feature.unwrap(),
            };
            (plan, answer)
        })
        .collect()
}

fn check(offerings: &[Offering], index: &Index, query: &Query) -> Result<(), TestCaseError> {
    check_seen(offerings, index, query, &Seen::default())
}

pub(crate) fn check_seen(
    offerings: &[Offering],
    index: &Index,
    query: &Query,
    seen: &Seen,
) -> Result<(), TestCaseError> {
    let expected = oracle::answer(offerings, query, seen);
    for (plan, answer) in answers(index, query) {
        prop_assert_eq!(&answer, &expected, "{}: {:#?}", plan, query);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_answer_is_that_of_the_oracle(
        offerings in corpus::offerings(90),
        queries in prop::collection::vec(corpus::query(), 25),
    ) {
        let (_folder, index) = index(&offerings);
        for query in queries {
            check(&offerings, &index, &query)?;
        }
    }

    #[test]
    fn the_edge_of_a_circle_belongs_to_it(
        offerings in corpus::offerings(15),
        origin in corpus::position(),
    ) {
        let (_folder, index) = index(&offerings);
        for offering in offerings.iter().filter_map(|offering| offering.place) {
            let radius_m = nabij_atlas::distance_m(origin, offering.position);
            for radius_m in [radius_m, radius_m.next_down(), radius_m.next_up()] {
                let area = Area::Circle { centre: origin, radius_m: radius_m.max(0.0) };
                let facets = nabij_engine::Facets { kind: true, theme: true, feature: true };
                let query = Query { area, origin: Some(origin), limit: 100, total: true, facets, ..Query::default() };
                check(&offerings, &index, &query)?;
            }
        }
    }

    #[test]
    fn two_pages_are_the_same_as_one_twice_as_long(
        offerings in corpus::offerings(80),
        query in corpus::query(),
        length in 1..20_usize,
    ) {
        let (_folder, index) = index(&offerings);
        let page = |offset, limit| {
            let hits = index.search(&Query { offset, limit, ..query.clone() }).unwrap();
            ids(&index, &hits.hits)
        };
        prop_assert_eq!([page(0, length), page(length, length)].concat(), page(0, 2 * length));
        let wide = |area_wide_offset, limit| {
            let hits = index.search(&Query { offset: 0, limit, area_wide_offset, ..query.clone() }).unwrap();
            ids(&index, &hits.area_wide)
        };
        prop_assert_eq!([wide(0, length), wide(length, length)].concat(), wide(0, 2 * length));
    }
}

#[test]
fn an_empty_index_has_no_answer_and_no_error() {
    let (_folder, index) = index(&[]);
    let hits = index
        .search(&Query {
            limit: 10,
            total: true,
            text: "taal".into(),
            ..Query::default()
        })
        .unwrap();
    assert_eq!((hits.total, hits.hits.len()), (Some(0), 0));
    assert_eq!(index.find("a").unwrap(), None);
    let mut card = Vec::new();
    index.push_card(7, &mut card);
    assert_eq!(card, b"");
}

/// A walk that went all the way round a band met the documents on the meridian of the origin twice.
#[test]
fn documents_on_the_meridian_of_the_origin_are_met_once() {
    for (lat, lon) in [(-0.001, 179.999), (-90.0, 17.0), (52.05, -180.0)] {
        let offering = |at: usize, lat: f64| {
            let mut draft = Draft::default();
            draft.set(Field::Id, &format!("o{at}"));
            draft.set(Field::Title, "taal");
            draft.set(Field::Kind, "informal");
            draft.set(Field::ServiceArea, "national");
            let mut offering = draft.check().offering.unwrap();
            offering.place = Some(nabij_offering::Place {
                position: nabij_offering::Position::new(lat, lon).unwrap(),
                precision: nabij_offering::Precision::Point,
            });
            offering
        };
        let offerings = [offering(2, lat), offering(1, lat), offering(0, lat + 1.0)];
        let (_folder, index) = index(&offerings);
        let facets = nabij_engine::Facets {
            kind: true,
            theme: true,
            feature: true,
        };
        for limit in 1..4 {
            let query = Query {
                origin: offerings[0].place.map(|place| place.position),
                limit,
                total: true,
                facets,
                ..Query::default()
            };
            check(&offerings, &index, &query).unwrap();
        }
    }
}

#[test]
fn thousands_at_one_address_are_counted_and_come_in_the_order_of_their_ids() {
    let position = nabij_offering::Position::new(51.92, 4.48).unwrap();
    let offering = |at: usize| {
        let mut draft = Draft::default();
        draft.set(Field::Id, &format!("o{}", at * 7_919 % 3_001));
        draft.set(
            Field::Title,
            if at.is_multiple_of(3) {
                "taal leren"
            } else {
                "taal"
            },
        );
        draft.set(
            Field::Kind,
            if at.is_multiple_of(5) {
                "formal"
            } else {
                "informal"
            },
        );
        draft.set(Field::Lat, &position.lat().to_string());
        draft.set(Field::Lon, &position.lon().to_string());
        draft.check().offering.unwrap()
    };
    let offerings: Vec<Offering> = (0..3_001).map(offering).collect();
    let (_folder, index) = index(&offerings);
    let facets = nabij_engine::Facets {
        kind: true,
        theme: true,
        feature: true,
    };
    let near = nabij_offering::Position::new(51.921, 4.481).unwrap();
    for area in [
        Area::Anywhere,
        Area::Circle {
            centre: position,
            radius_m: 0.0,
        },
        Area::Circle {
            centre: near,
            radius_m: 200_000.0,
        },
    ] {
        for (text, sort, offset) in [
            ("", Sort::Distance, 0),
            ("taal", Sort::Distance, 10),
            ("taal leren", Sort::Relevance, 990),
            ("leren", Sort::Distance, 5_000),
        ] {
            let query = Query {
                origin: Some(near),
                area,
                text: text.to_owned(),
                sort,
                offset,
                limit: 20,
                total: true,
                facets,
                ..Query::default()
            };
            check(&offerings, &index, &query).unwrap();
        }
    }
}
