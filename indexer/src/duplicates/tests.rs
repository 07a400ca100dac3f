use std::path::Path;

use nabij_atlas::Atlas;
use nabij_offering::{Draft, Field};
use serde::Deserialize;

use super::*;
use crate::place::place;

#[derive(Deserialize)]
struct Pair {
    same: bool,
    half: String,
    a: Draft,
    b: Draft,
}

fn offering(atlas: &Atlas, draft: &Draft) -> Offering {
    let mut offering = draft.check().offering.unwrap();
    place(atlas, &mut offering).unwrap();
    offering
}

/// What the candidates and the score make of a pair, as two sources of one offering each.
fn verdict(a: Offering, b: Offering) -> Resolved {
    let mut candidates = Candidates::default();
    candidates.add(0, &a);
    candidates.add(1, &b);
    let held = |source: u16, offering: Offering| {
        let origin = Origin::new(["first", "second"][usize::from(source)], 1, &offering);
        (
            u32::from(source),
            Held {
                offering,
                origin,
                source,
                trust: 50,
            },
        )
    };
    resolve(BTreeMap::from([held(0, a), held(1, b)]), &candidates.pairs())
}

#[test]
fn what_is_merged_is_the_same_and_most_of_what_is_the_same_is_found() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/duplicates/pairs.jsonl");
    let pairs: Vec<Pair> = fs_err::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(pairs.len() >= 300);
    let atlas = Atlas::shipped().unwrap();
    for half in ["development", "test"] {
        let (mut merged, mut right, mut asked, mut same) = (0, 0, 0, 0);
        for pair in pairs.iter().filter(|pair| pair.half == half) {
            let titles = format!(
                "{} / {}",
                pair.a.get(Field::Title).unwrap(),
                pair.b.get(Field::Title).unwrap()
            );
            let (a, b) = (offering(&atlas, &pair.a), offering(&atlas, &pair.b));
            let points = score(&a, &b);
            let resolved = verdict(a, b);
            let (is_merged, is_possible) = (!resolved.merged.is_empty(), !resolved.possible.is_empty());
            merged += u32::from(is_merged);
            right += u32::from(is_merged && pair.same);
            asked += u32::from(is_possible && pair.same);
            same += u32::from(pair.same);
            if half == "development" && is_merged != pair.same {
                eprintln!(
                    "{points:4} {} {titles}",
                    if pair.same { "missed" } else { "wrong" }
                );
            }
        }
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
        let (precision, recall) = (share(right, merged), share(right, same));
        let found = share(right + asked, same);
        eprintln!(
            "{half}: {same} same, {merged} merged; precision {precision:.3}, recall {recall:.3}, merged or asked about {found:.3}"
        );
        assert!(precision >= 0.97 && recall >= 0.75 && found >= 0.9, "{half}");
    }
}

#[test]
fn a_description_that_names_all_that_a_house_offers_makes_them_no_one() {
    let text = (
        Field::Description,
        "Wij hebben een taalcafé, computerhulp en een leesclub.",
    );
    let held = [
        at("1", "a", &[text, (Field::Title, "Leesclub")]),
        at("2", "b", &[text, (Field::Title, "Computerhulp")]),
    ];
    let resolved = resolve((0..).zip(held).collect(), &[(0, 1)]);
    assert_eq!((resolved.offerings.len(), resolved.merged.len()), (2, 0));
}

fn at(id: &str, source: &str, extra: &[(Field, &str)]) -> Held {
    let mut draft = Draft::default();
    let same = [
        (Field::Title, "Taalcafé"),
        (Field::Kind, "informal"),
        (Field::Organisation, "Bibliotheek"),
        (Field::Street, "Kerkstraat"),
        (Field::HouseNumber, "7"),
        (Field::Postcode, "8601 AB"),
        (Field::OpeningHours, "We 10:00-12:00"),
    ];
    for (field, value) in same.iter().chain(extra).chain(&[(Field::Id, id)]) {
        draft.set(*field, value);
    }
    let offering = offering(&Atlas::shipped().unwrap(), &draft);
    let origin = Origin::new(source, 1, &offering);
    Held {
        offering,
        origin,
        source: u16::from(source.as_bytes()[0] - b'a'),
        trust: 50,
    }
}

#[test]
fn three_sources_make_one_offering_and_what_the_first_says_stands() {
    let held = [
        at("1", "a", &[(Field::Cost, "free")]),
        at("2", "b", &[(Field::Cost, "5"), (Field::Phone, "0515 412 345")]),
        at("3", "c", &[(Field::Phone, "0515 000 000"), (Field::Level, "A2")]),
    ];
    let resolved = resolve((0..).zip(held).collect(), &[(0, 1), (0, 2), (1, 2)]);
    assert_eq!(
        (
            resolved.absorbed.len(),
            resolved.merged.len(),
            resolved.possible.len()
        ),
        (2, 2, 0)
    );
    let [(origin, offering)] = resolved.offerings.as_slice() else {
        panic!("{:?}", resolved.offerings)
    };
    assert_eq!((origin.source.as_str(), offering.id.as_str()), ("a", "1"));
    assert_eq!(offering.other_ids, ["2", "3"]);
    assert_eq!(offering.cost, Some(nabij_offering::Cost::Free));
    assert_eq!(offering.contact.phone.as_deref(), Some("0515 412 345"));
    assert_eq!(offering.level.as_deref(), Some("A2"));
}

#[test]
fn priority_says_whose_it_is_and_trust_whose_word_stands() {
    let held = [(10, "1", "a"), (90, "2", "b"), (90, "3", "c")].map(|(trust, id, source)| Held {
        trust,
        ..at(id, source, &[(Field::Phone, &format!("0515 412 34{id}"))])
    });
    let resolved = resolve((0..).zip(held).collect(), &[(0, 1), (0, 2), (1, 2)]);
    let [(origin, offering)] = resolved.offerings.as_slice() else {
        panic!("{:?}", resolved.offerings)
    };
    assert_eq!((origin.source.as_str(), offering.id.as_str()), ("a", "1"));
    assert_eq!(offering.other_ids, ["2", "3"]);
    assert_eq!(offering.contact.phone.as_deref(), Some("0515 412 342"));
}

#[test]
fn two_rows_of_one_source_are_never_made_one() {
    let held = [at("1", "a", &[]), at("2", "b", &[]), at("3", "b", &[])];
    let resolved = resolve((0..).zip(held).collect(), &[(0, 1), (0, 2)]);
    assert_eq!(
        (
            resolved.offerings.len(),
            resolved.merged.len(),
            resolved.possible.len()
        ),
        (2, 1, 1)
    );
}
