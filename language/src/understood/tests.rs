use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::shipped().unwrap());

fn required(text: &str) -> Vec<String> {
    let wishes = LEXICON.understand(text).wishes;
    wishes
        .into_iter()
        .filter(|wish| wish.required)
        .map(|wish| wish.typed)
        .collect()
}

#[test]
fn words_that_say_nothing_are_left_out_unless_they_are_all() {
    assert_eq!(required("ik wil graag dansen"), ["dansen"]);
    assert!(!required("ik wil").is_empty());
    assert!(required("").is_empty());
}

#[test]
fn compounds_are_asked_for_by_their_parts() {
    assert_eq!(required("energieaangifte"), ["energie", "aangift"]);
    assert_eq!(required("fruitcursus"), ["fruit"], "the last part says little");
}

#[test]
fn words_that_nobody_knows_need_not_be_met_beside_those_that_are_known() {
    let understood = LEXICON.understand("qwertz fietsles");
    let of_known = understood.of_known_words().unwrap();
    let required = of_known.wishes.iter().filter(|wish| wish.required);
    assert!(required.map(|wish| wish.typed.as_str()).eq(["fietsles"]));
    assert_eq!(LEXICON.understand("fietsles").of_known_words(), None);
    assert_eq!(LEXICON.understand("qwertz").of_known_words(), None);
}

#[test]
fn words_of_a_phrase_may_stand_apart_and_the_other_way_about() {
    for (text, phrase) in [
        ("mijn telefoon is altijd kapot", "telefoon kapot"),
        (
            "ik kan mijn rekening deze maand niet betalen",
            "kan rekening niet betalen",
        ),
        ("kapotte telefoon", "kapotte telefoon"),
    ] {
        assert_eq!(required(text), [phrase], "{text}");
    }
    assert_eq!(
        required("telefoon fiets kapot"),
        ["telefoon", "fiets kapot"],
        "what stands between is another subject"
    );
}

#[test]
fn a_compound_that_nobody_knows_means_what_a_part_does() {
    let concepts = |text| {
        let wishes = LEXICON.understand(text).wishes.into_iter();
        let terms = wishes.flat_map(|wish| wish.terms);
        let concepts = terms.filter(|term| term.field == TermField::Concept);
        concepts.map(|term| term.term).collect::<Vec<_>>()
    };
    assert_eq!(concepts("zwangerschapsgriep"), concepts("zwangerschap"));
    assert_eq!(concepts("zakdoekgeld"), concepts("geld"));
    assert!(concepts("zwangerschapsqwertz").is_empty(), "the rest is no word");
}

#[test]
fn two_words_that_are_one_are_taken_as_that() {
    assert_eq!(required("nacht opvang"), ["nachtopvang"]);
    assert_eq!(required("buurt huis"), ["buurthuis"], "though both say little");
    assert_eq!(required("cursus geld"), ["geld"], "and is not paid by cursusgeld");
}

#[test]
fn a_word_that_nobody_knows_is_a_form_of_one_that_they_do() {
    assert_eq!(required("mijn telefoontje"), ["telefoon"]);
    assert_eq!(required("gefietst"), ["fiets"]);
    let terms = &LEXICON.understand("koortje").wishes[0].terms;
    let typed = form("koortje").stem;
    assert!(terms.iter().any(|term| term.term == typed), "it may be a name");
    assert_eq!(required("taallesje"), ["taalles"]);
    assert_eq!(required("gebed"), ["gebed"]);
    assert_eq!(required("waarden"), ["waarden"], "and no `waar`");
}

#[test]
fn what_says_little_and_means_nothing_is_no_answer_by_itself() {
    let understood = LEXICON.understand("gratis autorijles");
    assert!(understood.wishes.iter().any(|wish| wish.typed == "gratis"));
    let something = understood.of_what_says_something();
    assert!(something.wishes.iter().all(|wish| wish.typed != "gratis"));
}

#[test]
fn what_may_help_by_chance_tells_no_theme() {
    assert!(!LEXICON.understand("verdriet").themes.contains(&"work".to_owned()));
}

#[test]
fn a_phrase_is_taken_apart_where_it_finds_too_little() {
    let text = "mijn telefoon is altijd kapot";
    let apart = LEXICON.taken_apart(text, &LEXICON.understand(text)).unwrap();
    let required: Vec<&str> = apart
        .wishes
        .iter()
        .filter(|wish| wish.required)
        .map(|wish| wish.typed.as_str())
        .collect();
    assert_eq!(required, ["telefoon", "kapot"]);
    assert!(apart.wishes.iter().any(|wish| wish.typed == "telefoon kapot"));
    let plain = LEXICON.understand("huiswerk");
    assert_eq!(
        LEXICON.taken_apart("huiswerk", &plain),
        None,
        "there is no phrase"
    );
}

#[test]
fn dance_is_not_than() {
    let found: Vec<Box<str>> = own_terms(&form("dans"))
        .into_iter()
        .map(|term| term.term)
        .collect();
    assert!(!found.contains(&"dan".into()), "{found:?}");
    assert!(own_terms(&form("meten")).iter().all(|term| &*term.term != "met"));
}

#[test]
fn an_age_need_not_be_met() {
    assert_eq!(required("zwemles 12 jaar"), ["zwemles"]);
}

#[test]
fn what_stands_first_is_worth_most() {
    let understood = LEXICON.understand("huiswerk computer");
    let required = understood.wishes.iter().filter(|wish| wish.required);
    let worth: Vec<f32> = required.map(|wish| wish.worth).collect();
    assert!(worth[0] > worth[1], "{worth:?}");
}

#[test]
fn parents_are_not_the_elderly() {
    let terms = |text| {
        let wishes = LEXICON.understand(text).wishes.into_iter();
        let terms = wishes.flat_map(|wish| wish.terms);
        let own = terms.filter(|term| term.field != TermField::Concept);
        own.map(|term| term.term).collect::<Vec<_>>()
    };
    assert!(!terms("ouders").iter().any(|term| terms("ouderen").contains(term)));
}

#[test]
fn a_question_is_about_themes() {
    assert_eq!(LEXICON.understand("schuldhulp").themes, ["money"]);
    assert_eq!(LEXICON.understand("qwertz").themes, [""; 0]);
}

#[test]
fn plain_words_are_what_they_are() {
    let plain = Understood::plain(["taal", "les", "taal"].map(str::to_owned));
    assert_eq!(plain.wishes.len(), 2);
    assert!(!plain.wishes.iter().any(|wish| wish.required));
}

proptest! {
    #[test]
    fn anything_is_understood_somehow(text in "\\PC{0,300}") {
        let understood = LEXICON.understand(&text);
        prop_assert!(understood.wishes.iter().all(|wish| !wish.terms.is_empty()));
        prop_assert_eq!(understood.wishes.is_empty(), words(&text).is_empty());
    }
}

#[test]
fn what_only_may_help_is_left_out_where_more_is_asked_for() {
    let doubtful = |text: &str| {
        let wishes = LEXICON.understand(text).wishes;
        let terms = wishes
            .iter()
            .filter(|wish| wish.required)
            .flat_map(|wish| &wish.terms);
        terms
            .filter(|term| term.field == TermField::Concept && term.weight < SURE)
            .count()
    };
    assert!(doubtful("brieven") > 0 && doubtful("incasso") > 0);
    assert_eq!(doubtful("brieven van de incasso"), 0);
    assert!(!required("problemen met mijn puber").is_empty());
}

#[test]
fn what_is_just_meant_counts_first() {
    let wishes = LEXICON.understand("boete").wishes;
    let concepts = wishes[0]
        .terms
        .iter()
        .filter(|term| term.field == TermField::Concept);
    assert!(
        concepts
            .map(|term| term.weight)
            .is_sorted_by(|one, next| one >= next)
    );
}
