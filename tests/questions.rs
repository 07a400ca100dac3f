//! Questions as people type them, and as nobody should: what the API and the pages make of the words.

use serde_json::Value;

use crate::{harness::Server, serving::sample_server};

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn asked(server: &Server, text: &str, parameters: &str) -> Value {
    server.json(&format!("/v1/offerings?q={}&{parameters}", encoded(text)))
}

#[test]
fn whatever_is_typed_is_answered() {
    let (_folder, server) = sample_server();
    let letters = "x".repeat(200);
    let typed = [
        "",
        " ",
        "a",
        "de het een en of",
        "ik wil",
        &letters,
        "\u{1f600}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "مساعدة في الديون",
        "\u{202e}netsruc\u{202c} \u{200f}",
        "\u{0}\u{1}\u{7}\u{1b}[31mtaal\u{7f}\n\r\t",
        "taal AND (les OR NOT cursus) title:taal^2 \"les\"~3 taal* /.*/ [a TO z] {!x}",
        "' OR 1=1; DROP TABLE offerings; --",
        "<script>alert(1)</script><b onmouseover=alert(2)>taal",
        "%00%ff ../../etc/passwd ${jndi:ldap://x} {{7*7}}",
        "e\u{301}\u{301}\u{301}\u{301} \u{feff}taal",
    ];
    for text in typed {
        let words = encoded(text);
        for how in ["literal", "understood", "plain"] {
            let path = format!("/v1/offerings?q={words}&words={how}&limit=3");
            assert_eq!(server.get(&path).0, 200, "{how}: {text:?}");
            let path = format!("{path}&sort=relevance&explain=true&postcode=3011");
            let blank = text.trim().is_empty();
            assert_eq!(
                server.get(&path).0,
                if blank { 400 } else { 200 },
                "{how}: {text:?}"
            );
        }
        let short: String = text.chars().take(100).collect();
        assert_eq!(
            server.get(&format!("/v1/suggestions?q={}", encoded(&short))).0,
            200,
            "{text:?}"
        );
        let (status, _, page) = server.get(&format!("/zoek?postcode=3011&q={words}"));
        assert_eq!(status, 200, "{text:?}: {page}");
        assert!(
            !page.contains("<script>alert") && !page.contains("<b onmouseover"),
            "{text:?}"
        );
    }
    assert_eq!(server.get(&format!("/v1/offerings?q={}", "x".repeat(201))).0, 400);
    assert_eq!(
        server.get(&format!("/v1/offerings?q={}", "x".repeat(10_000))).0,
        414
    );
}

#[test]
fn signs_of_query_languages_are_no_more_than_signs() {
    let (_folder, server) = sample_server();
    for how in ["literal", "understood", "plain"] {
        let total = |text: &str| asked(&server, text, &format!("words={how}"))["total"].clone();
        for text in [
            "\"samen\" koken*",
            "samen +koken",
            "(samen) koken~",
            "samen koken:",
        ] {
            assert_eq!(total(text), total("samen koken"), "{how}: {text}");
        }
    }
}

#[test]
fn plain_words_ask_for_any_of_them() {
    let (_folder, server) = sample_server();
    let total = |text: &str, words: &str| {
        let answer = asked(&server, text, &format!("words={words}"));
        answer["total"].as_u64().unwrap()
    };
    let (one, other) = (total("fietsles", "literal"), total("schulden", "literal"));
    assert!(one > 0 && other > 0);
    assert_eq!(total("fietsles schulden", "literal"), 0);
    assert_eq!(total("fietsles schulden", "plain"), one + other);
    assert_eq!(total("fietslez", "plain"), 0, "nothing is mended");
}

#[test]
fn a_score_is_what_its_reasons_come_to() {
    let (_folder, server) = sample_server();
    for text in [
        "computercursus",
        "brief belasting",
        "hulp bij schulden",
        "samen eten",
    ] {
        let answer = asked(
            &server,
            text,
            "words=understood&sort=relevance&postcode=3011&limit=50&explain=true",
        );
        let hits = answer["offerings"].as_array().unwrap();
        assert!(hits.len() > 3, "{text}");
        for hit in hits {
            let why = &hit["why"];
            let number = |value: &Value| value.as_f64().unwrap();
            let words = why["words"].as_array().unwrap().iter();
            let sum: f64 = words.map(|word| number(&word["adds"])).sum();
            let score = sum * number(&why["nearness"]) * number(&why["easy"]) * number(&why["fresh"]);
            assert!((score - number(&hit["score"])).abs() < 0.01, "{text}: {hit}");
        }
    }
    let short = asked(&server, "computercursus", "words=understood&sort=relevance");
    assert!(short["offerings"][0].get("why").is_none(), "only for who asks");
}

#[test]
fn what_is_made_of_known_parts_may_be_a_mistake_too() {
    let (_folder, server) = sample_server();
    for (typed, meant) in [("speltuin", "speeltuin"), ("fitsles", "fietsles")] {
        let answer = asked(&server, typed, "words=understood");
        assert_eq!(answer["query"]["understood"]["corrected"], meant);
    }
    let right = asked(&server, "computerclub", "words=understood");
    assert!(right["query"]["understood"]["corrected"].is_null());
}

#[test]
fn small_things_and_mistakes_in_compounds_find_the_same() {
    let (_folder, server) = sample_server();
    for (typed, word) in [
        ("telefoontje", "telefoon"),
        ("kursusje computer", "cursus computer"),
        ("naaikursus", "naaicursus"),
        ("schuldenhullp", "schuldenhulp"),
    ] {
        let parameters = "words=understood&sort=relevance&limit=3";
        let [small, plain] = [typed, word].map(|text| asked(&server, text, parameters));
        assert!(plain["total"].as_u64().unwrap() > 0, "{word}");
        assert_eq!(small["total"], plain["total"], "{typed}");
    }
}

#[test]
fn too_little_is_widened_step_by_step_and_marked() {
    let (_folder, server) = sample_server();
    let widened = |text: &str, parameters: &str| {
        let answer = asked(&server, text, &format!("words=understood&{parameters}"));
        (
            answer["query"]["widened"].as_str().map(str::to_owned),
            answer["total"].as_u64(),
        )
    };
    assert_eq!(widened("fietsles", "").0, None);
    assert_eq!(
        widened("fietsles", "postcode=3011&radius=1").0.as_deref(),
        Some("anywhere")
    );
    assert_eq!(widened("fietsles qwrtzp", "").0.as_deref(), Some("any_word"));
    // Nothing has the word: then whatever is about the theme.
    let (how, total) = widened("qwrtzp", "theme=digital");
    assert_eq!(how.as_deref(), Some("theme"));
    assert!(total > Some(10));
    assert_eq!(widened("qwrtzp", ""), (None, Some(0)));
    // Who asks for no total gets what was asked for.
    assert_eq!(widened("qwrtzp", "theme=digital&total=none"), (None, None));
}
