use std::collections::BTreeSet;

use fluent_bundle::FluentResource;

use super::{Messages, SOURCES};
use crate::pages::language::Language;

fn keys(source: &str) -> BTreeSet<&str> {
    let lines = source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    lines
        .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
        .collect()
}

#[test]
fn every_file_is_fluent_without_mistakes() {
    for (language, source) in Language::ALL.into_iter().zip(SOURCES) {
        let errors = FluentResource::try_new(source.to_owned())
            .err()
            .map(|(_, errors)| errors);
        assert_eq!(errors, None, "{language:?}");
    }
}

#[test]
fn every_language_says_what_dutch_says() {
    let dutch = keys(SOURCES[0]);
    for (language, source) in Language::ALL.into_iter().zip(SOURCES) {
        let own = keys(source);
        let lacking: Vec<_> = dutch.difference(&own).collect();
        let left_over: Vec<_> = own.difference(&dutch).collect();
        assert!(
            lacking.is_empty() && left_over.is_empty(),
            "{language:?} lacks {lacking:?}, has {left_over:?} too many"
        );
    }
}

#[test]
fn what_is_filled_in_has_its_place_in_every_language() {
    let filled = |line: &str| {
        let names = line.split("$").skip(1);
        names
            .filter_map(|rest| {
                rest.split(|c: char| !c.is_ascii_lowercase())
                    .next()
                    .map(str::to_owned)
            })
            .collect::<BTreeSet<_>>()
    };
    let message = |source: &str, key: &str| {
        let mut lines = source
            .lines()
            .skip_while(|line| !line.starts_with(&format!("{key} =")));
        let mut text = lines.next().unwrap_or_default().to_owned();
        text.extend(lines.take_while(|line| line.starts_with([' ', '}'])));
        filled(&text)
    };
    for key in keys(SOURCES[0]) {
        for (language, source) in Language::ALL.into_iter().zip(SOURCES) {
            assert_eq!(
                message(source, key),
                message(SOURCES[0], key),
                "{key} in {language:?}"
            );
        }
    }
}

#[test]
fn a_plural_is_that_of_the_language() {
    let plekken = |language, n: usize| {
        Messages(language).fill("results-heading", &[("n", n.into()), ("place", "3011".into())])
    };
    assert_eq!(plekken(Language::Dutch, 1), "1 plek bij 3011");
    assert_eq!(plekken(Language::Dutch, 2), "2 plekken bij 3011");
    assert_eq!(plekken(Language::Polish, 3), "3 miejsca w pobliżu 3011");
    assert_eq!(plekken(Language::Polish, 5), "5 miejsc w pobliżu 3011");
    assert_ne!(
        plekken(Language::Arabic, 3),
        plekken(Language::Arabic, 11).replace("11", "3")
    );
}

/// Sentences that residents read are short: at most twelve words.
#[test]
fn no_dutch_sentence_is_long() {
    for line in SOURCES[0]
        .lines()
        .filter(|line| line.contains(" = ") || line.starts_with(' '))
    {
        let text = line.split_once(" = ").map_or(line, |(_, text)| text);
        for sentence in text.split(['.', '?', '!', ':']) {
            let words = sentence
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .count();
            assert!(words <= 12, "{words} words: {sentence}");
        }
    }
}
