//! Questions that are understood: every plan gives the answer of looking at every offering.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use nabij_engine::{Area, Build, Document, Hits, Index, Plan, Query, Sort, Store, terms};
use nabij_language::{Lexicon, TermField, Wish};
use nabij_offering::{Offering, Theme};
use proptest::prelude::*;

use crate::corpus;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::shipped().unwrap());

/// The terms of an offering in both fields.
fn terms_of(offering: &Offering) -> HashSet<(TermField, String)> {
    let text = terms(&format!("{} {}", offering.title, offering.description));
    let themes = offering.themes.iter().map(Theme::name);
    // As documents do: the name of the town is no part of what the title means.
    let town = offering.town.as_deref().filter(|town| !town.is_empty());
    let title = town.map_or_else(|| offering.title.clone(), |town| offering.title.replace(town, ""));
    let meanings = LEXICON.meanings(&title, &offering.description, themes).terms;
    let meanings = meanings
        .split_whitespace()
        .map(|term| (TermField::Meaning, term.to_owned()));
    text.into_iter()
        .map(|term| (TermField::Text, term))
        .chain(meanings)
        .collect()
}

fn matches(offering: &Offering, query: &Query) -> bool {
    let Some(understood) = query
        .understood
        .as_ref()
        .filter(|understood| !understood.wishes.is_empty())
    else {
        return true;
    };
    let terms = terms_of(offering);
    let field = |field| match field {
        TermField::Text => TermField::Text,
        TermField::Meaning | TermField::Concept => TermField::Meaning,
    };
    let met = |wish: &Wish| {
        wish.terms
            .iter()
            .any(|term| terms.contains(&(field(term.field), term.term.to_string())))
    };
    let mut wishes = understood.wishes.iter();
    if query.loosely {
        wishes.any(met)
    } else {
        wishes.filter(|wish| wish.required).all(met)
    }
}

fn index(offerings: &[Offering]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let mut build = Build::start(&store).unwrap();
    for offering in offerings {
        build.add(&Document::new(offering, &LEXICON)).unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    let index = store.open_current().unwrap();
    (folder, index)
}

/// The words of the corpus, and what people type for them.
fn question() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "taal",
        "talen",
        "leren",
        "leer",
        "computer",
        "computerles",
        "samen",
        "hulp",
        "cursus",
        "cursussen",
        "okumak",
        "ik",
    ]);
    prop::collection::vec(words, 0..4).prop_map(|words| words.join(" "))
}

/// The answers by every plan, which must be the same.
fn agreeing(index: &Index, query: &Query) -> Result<Vec<(Plan, Hits)>, TestCaseError> {
    let answers = index.search_every_way(query).unwrap();
    let found = |hits: &Hits| hits.hits.iter().map(|hit| hit.doc).collect::<Vec<_>>();
    for (plan, hits) in &answers {
        prop_assert_eq!(hits.total, answers[0].1.total, "{}", plan);
        prop_assert_eq!(&hits.facets, &answers[0].1.facets, "{}", plan);
        prop_assert_eq!(found(hits), found(&answers[0].1), "{}", plan);
    }
    Ok(answers)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_plan_finds_what_is_meant(
        offerings in corpus::offerings(60),
        mut query in corpus::query(),
        question in question(),
        loosely in any::<bool>(),
        half in prop::option::of(Just(5_000.0)),
    ) {
        let understood = LEXICON.understand(&question);
        query.text.clear();
        query.sort = if understood.wishes.is_empty() { Sort::Distance } else { query.sort };
        query.understood = Some(understood.into());
        query.loosely = loosely;
        query.half_distance_m = half;
        let (_folder, index) = index(&offerings);
        let everywhere = query.area == Area::Anywhere && query.features.is_empty() && query.kinds.is_empty() && query.themes.is_empty();
        if everywhere {
            let expected = offerings.iter().filter(|o| o.place.is_some() && matches(o, &query)).count() as u64;
            prop_assert_eq!(index.search(&query).unwrap().total, Some(expected));
        }
        let answers = agreeing(&index, &query)?;
        let cards: HashMap<String, &Offering> = offerings.iter().map(|o| (o.id.clone(), o)).collect();
        for hit in &answers[0].1.hits {
            let mut json = Vec::new();
            index.push_card(hit.doc, &mut json);
            let card: serde_json::Value = serde_json::from_slice(&json).unwrap();
            prop_assert!(matches(cards[card["id"].as_str().unwrap()], &query), "{card}");
        }
    }
}

#[test]
fn a_misspelt_word_is_found_by_those_that_are_like_it() {
    let json = r#"{"id": "a", "title": "Computercursus in de bibliotheek", "kind": "informal", "service_area": ["national"]}"#;
    let draft: nabij_offering::Draft = serde_json::from_str(json).unwrap();
    let (_folder, index) = index(&[draft.check().offering.unwrap()]);
    let near = |word| {
        index
            .words_near(&nabij_language::automaton(word, 2), 5)
            .into_iter()
            .map(|near| (near.edits, near.word))
            .collect::<Vec<_>>()
    };
    assert_eq!(near("bibliotheek"), [(0, "bibliotheek".to_owned())]);
    assert_eq!(near("biblotheek"), [(1, "bibliotheek".to_owned())]);
    assert_eq!(near("kompjutercursus"), [(2, "computercursus".to_owned())]);
    assert_eq!(near("kompjoetercursus"), []);
    assert!(index.knows_word("computercursus") && !index.knows_word("computer"));
    assert!(index.can_find("computer") && index.can_find("cursussen") && !index.can_find("fiets"));
    let beginning: Vec<String> = index
        .words_beginning("b", 5)
        .into_iter()
        .map(|word| word.word)
        .collect();
    assert_eq!(beginning, ["bibliotheek"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// One plan scores every match; the other passes over those too far away to be among the best.
    #[test]
    fn what_lies_too_far_is_counted_all_the_same(
        offerings in corpus::offerings(1_200),
        mut query in corpus::query(),
        question in question(),
        literal in any::<bool>(),
        half in prop::sample::select(vec![300.0, 1_000.0, 5_000.0]),
        limit in 1..6_usize,
    ) {
        let understood = LEXICON.understand(&question);
        query.text = question;
        query.understood = Some(understood.into()).filter(|_| !literal);
        query.sort = Sort::Relevance;
        query.half_distance_m = Some(half);
        query.kinds = [].into_iter().collect();
        query.themes = [].into_iter().collect();
        query.offset = 0;
        query.limit = limit;
        let (_folder, index) = index(&offerings);
        agreeing(&index, &query)?;
    }

    /// What is asked for again and again is joined, and found as it was before.
    #[test]
    fn what_is_asked_for_often_is_answered_the_same(
        offerings in corpus::offerings(1_200),
        mut query in corpus::query(),
        question in question(),
        loosely in any::<bool>(),
        half in prop::option::of(Just(1_000.0)),
        (by_relevance, limit) in prop_oneof![(Just(true), 1..6_usize), (Just(false), 0..30_usize)],
    ) {
        query.text.clear();
        query.understood = Some(LEXICON.understand(&question).into());
        query.loosely = loosely;
        query.half_distance_m = half;
        if by_relevance {
            query.sort = Sort::Relevance;
            query.limit = limit;
            query.offset = 0;
        }
        let (_folder, index) = index(&offerings);
        let first = index.search(&query).unwrap();
        // One wish is joined at a time.
        for _ in 0..50 {
            let again = index.search(&query).unwrap();
            prop_assert_eq!(&again, &first);
        }
        prop_assert_eq!(&agreeing(&index, &query)?[0].1, &first);
    }
}

/// Of three things that are asked for, the third decides: what has all of them is best, though it lies further away.
#[test]
fn what_has_most_of_what_is_asked_for_is_found_among_many() {
    let offering = |id: usize, title: &str, lat: f64| {
        let json = format!(
            r#"{{"id": "{id}", "title": "{title}", "kind": "informal", "lat": {lat}, "lon": 5.1, "postcode": "3511"}}"#
        );
        let draft: nabij_offering::Draft = serde_json::from_str(&json).unwrap();
        draft.check().offering.unwrap()
    };
    let mut offerings: Vec<Offering> = (0..120)
        .map(|id| offering(id, "Fietsen en zwemmen", 52.0))
        .collect();
    offerings.extend((120..240).map(|id| offering(id, "Schaken", 52.0)));
    offerings.push(offering(240, "Fietsen, zwemmen en schaken", 52.022));
    // Words that are in every third title would be worth nothing.
    offerings.extend((241..1_500).map(|id| offering(id, "Gitaar", 53.0)));
    let (_folder, index) = index(&offerings);
    let centre = offerings[0].place.as_ref().unwrap().position;
    let query = Query {
        origin: Some(centre),
        understood: Some(LEXICON.understand("fietsen zwemmen schaken").into()),
        sort: Sort::Relevance,
        loosely: true,
        half_distance_m: Some(5_000.0),
        area: Area::Circle {
            centre,
            radius_m: 5_000.0,
        },
        limit: 1,
        ..Query::default()
    };
    let best = || index.search(&query).unwrap().hits[0].doc;
    let first = best();
    assert!((0..50).all(|_| best() == first));
    let mut card = Vec::new();
    index.push_card(first, &mut card);
    let card = String::from_utf8(card).unwrap();
    assert!(card.contains("schaken"), "{card}");
}

#[test]
fn a_word_that_documents_have_in_many_ways_is_found_as_before() {
    let offering = |often: usize| {
        let json = format!(
            r#"{{"id": "{often}", "title": "Les", "description": "{}", "kind": "informal", "lat": 52.0, "lon": 5.1, "postcode": "3511"}}"#,
            "gitaar ".repeat(often)
        );
        let draft: nabij_offering::Draft = serde_json::from_str(&json).unwrap();
        draft.check().offering.unwrap()
    };
    let offerings: Vec<Offering> = (0..60).map(offering).collect();
    let (_folder, index) = index(&offerings);
    let query = Query {
        understood: Some(LEXICON.understand("gitaar").into()),
        sort: Sort::Relevance,
        limit: 10,
        ..Query::default()
    };
    let first = index.search(&query).unwrap();
    assert_eq!(first.hits.len(), 10);
    assert!((0..20).all(|_| index.search(&query).unwrap() == first));
}
