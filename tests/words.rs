//! The files that an editor changes: what a slip of the hand would break is said with its line.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

/// The languages of most who ask, and further ones with the most needed words only.
const LANGUAGES: [&str; 6] = ["nl", "en", "tr", "ar", "pl", "uk"];
const FURTHER_LANGUAGES: [&str; 11] = ["de", "fr", "es", "pt", "pap", "ro", "bg", "ru", "fa", "ti", "so"];

fn is_language(code: &str) -> bool {
    LANGUAGES.contains(&code) || FURTHER_LANGUAGES.contains(&code)
}

const EVERYDAY: [&str; 3] = ["everyday.csv", "languages.csv", "upl.csv"];

/// The rows of a file with their line numbers, in cells. None of these files needs quotes.
fn rows<const CELLS: usize>(name: &str, header: &str) -> Vec<(String, [String; CELLS])> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/synonyms")
        .join(name);
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines().zip(1..);
    assert_eq!(lines.next(), Some((header, 1)), "{name}");
    let cells = lines.map(|(line, number)| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let at = format!("{name}, line {number}: {line}");
        (at.clone(), cells.try_into().unwrap_or_else(|_| panic!("{at}")))
    });
    cells.collect()
}

fn is_as_typed(text: &str) -> bool {
    let edges = text.chars().next().into_iter().chain(text.chars().last());
    !text.is_empty()
        && text == text.to_lowercase()
        && text == text.split_whitespace().collect::<Vec<_>>().join(" ")
        && edges
            .into_iter()
            .all(|edge| edge.is_alphanumeric() || matches!(edge, '+' | '\''))
}

#[test]
fn everyday_words_lead_to_words_of_the_field() {
    let mut distinct = HashSet::new();
    for name in EVERYDAY {
        for (at, [everyday, field, weight, language]) in rows(name, "everyday,field,weight,language") {
            assert!(is_as_typed(&everyday), "{at}");
            assert!(field.split('|').all(is_as_typed), "{at}");
            assert_ne!(field, everyday, "leads to itself: {at}");
            assert_eq!(
                name == "languages.csv",
                language != "nl",
                "in the other file: {at}"
            );
            assert!((0.1..=1.0).contains(&weight.parse::<f64>().unwrap()), "{at}");
            assert!(is_language(&language), "{at}");
            let fields: HashSet<&str> = field.split('|').collect();
            assert_eq!(fields.len(), field.split('|').count(), "a word twice: {at}");
            let row = (name, everyday, language, field);
            assert!(distinct.insert(row), "twice: {at}");
        }
    }
    let words = |language: &str| {
        let words = distinct.iter().filter(|(_, _, of, _)| of == language);
        words
            .map(|(_, everyday, _, _)| everyday)
            .collect::<HashSet<_>>()
            .len()
    };
    assert!(words("nl") >= 400);
    assert!(LANGUAGES.iter().all(|language| words(language) >= 60));
}

#[test]
fn noise_is_no_subject() {
    let fields: HashSet<String> = EVERYDAY
        .iter()
        .flat_map(|name| rows(name, "everyday,field,weight,language"))
        .flat_map(|(_, [_, field, _, _])| field.split('|').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut distinct = HashSet::new();
    for (at, [word, language, use_]) in rows("noise.csv", "word,language,use") {
        assert!(is_language(&language), "{at}");
        assert!(word == word.to_lowercase() && !word.contains(' '), "{at}");
        assert!(distinct.insert((word.clone(), language)), "twice: {at}");
        match use_.as_str() {
            "drop" => assert!(!fields.contains(&word), "a word of the field: {at}"),
            "optional" => {}
            _ => panic!("{at}"),
        }
    }
}

#[test]
fn a_word_is_a_part_or_a_whole() {
    let mut uses = HashMap::new();
    for (at, [word, use_]) in rows("compounds.csv", "word,use") {
        assert!(is_as_typed(&word) && !word.contains(' '), "{at}");
        assert!(matches!(use_.as_str(), "part" | "whole"), "{at}");
        assert!(
            use_ == "whole" || word.chars().count() >= 3,
            "too short a part splits too much: {at}"
        );
        assert_eq!(uses.insert(word, use_), None, "twice: {at}");
    }
    assert!(uses.len() >= 300);
}

#[test]
fn a_word_of_names_says_which_sort_or_what() {
    let mut distinct = HashSet::new();
    for (at, [word, use_]) in rows("names.csv", "word,use") {
        assert!(is_as_typed(&word), "{at}");
        match use_.as_str() {
            "sort" => {}
            "says" => assert!(!word.contains(' '), "{at}"),
            _ => panic!("{at}"),
        }
        assert!(distinct.insert(word), "twice: {at}");
    }
    assert!(distinct.len() >= 100);
}
