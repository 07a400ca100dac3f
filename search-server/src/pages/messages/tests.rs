use std::collections::BTreeSet;

use fluent_bundle::FluentResource;

use super::{ANALYSIS, Messages, SOURCES};
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
    let analysis = (Language::Dutch, ANALYSIS);
    for (language, source) in Language::ALL.into_iter().zip(SOURCES).chain([analysis]) {
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
        let names = line.split('$').skip(1);
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

/// Flesch's reading ease with the weights for Dutch of W. H. Douma (1960): 206.84 − 0.93 words a sentence − 77 syllables
/// a word. He calls 90 and more very easy, for who is about ten years old.
#[test]
fn what_residents_read_in_dutch_is_very_easy() {
    let lines = SOURCES[0].lines().filter_map(|line| line.split_once(" = "));
    let sentences: Vec<Vec<String>> = lines
        .filter(|(key, text)| !key.starts_with("professional") && text.ends_with(['.', '?']))
        .flat_map(|(_, text)| text.split(['.', '?', '!', ':']))
        .map(|sentence| sentence.split(|c: char| !c.is_alphabetic()))
        .map(|words| {
            words
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect()
        })
        .filter(|words: &Vec<String>| !words.is_empty())
        .collect();
    let words: Vec<&String> = sentences.iter().flatten().collect();
    let vowels = |word: &&String| {
        let is_vowel = |c: char| "aeiouyéëïöü".contains(c);
        word.split(|c| !is_vowel(c))
            .filter(|part| !part.is_empty())
            .count()
            .max(1)
    };
    let syllables: usize = words.iter().map(vowels).sum();
    let share = |part: usize, whole: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
    };
    let ease = 206.84 - 0.93 * share(words.len(), sentences.len()) - 77.0 * share(syllables, words.len());
    assert!(ease >= 90.0, "{ease}");
}
