use proptest::prelude::*;

use super::*;
use crate::Contact;

fn draft(values: &[(Field, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (field, value) in [
        (Field::Id, "a"),
        (Field::Title, "Taalcafé"),
        (Field::Kind, "informal"),
    ] {
        draft.set(field, value);
    }
    for (field, value) in values {
        draft.set(*field, value);
    }
    draft
}

fn messages(checked: &Checked) -> Vec<String> {
    checked
        .problems
        .iter()
        .map(|problem| format!("{} {}", problem.field, problem.kind))
        .collect()
}

#[test]
fn id_title_kind_and_a_where_are_enough() {
    for (field, value) in [
        (Field::Postcode, "3011AD"),
        (Field::Place, "Rotterdam"),
        (Field::ServiceArea, "national"),
    ] {
        let checked = draft(&[(field, value)]).check();
        assert_eq!(messages(&checked), Vec::<String>::new());
        assert!(checked.offering.is_some());
    }
}

#[test]
fn everything_wrong_with_a_required_field_is_said_at_once() {
    let checked = draft(&[(Field::Id, ""), (Field::Title, " "), (Field::Kind, "cursus")]).check();
    assert_eq!(checked.offering, None);
    assert_eq!(
        messages(&checked),
        [
            "id is missing",
            "title is missing",
            "kind `cursus` is not a kind; known are formal, nonformal, informal, practical_help",
            "postcode says nowhere where it is: no coordinates, postcode, place or service area",
        ]
    );
}

#[test]
fn a_mistake_in_another_field_drops_that_value_only() {
    let checked = draft(&[
        (Field::Place, "Rotterdam"),
        (Field::Postcode, "30115"),
        (Field::Themes, "language|talen"),
        (Field::Lat, "north"),
        (Field::Lon, "4.5"),
        (Field::OpeningHours, "elke dag"),
        (Field::Rrule, "FREQ=SOMETIMES"),
        (Field::Website, "javascript:alert(1)"),
        (Field::Email, "piet"),
        (Field::ValidTo, "31-12-2026"),
        (Field::Dates, "2026-12-01|morgen"),
        (Field::Registration, "bellen"),
    ])
    .check();
    let offering = checked.offering.clone().unwrap();
    assert_eq!(checked.problems.len(), 10, "{:#?}", messages(&checked));
    assert_eq!(offering.themes.len(), 1);
    assert_eq!(offering.schedule.dates.len(), 1);
    assert_eq!(offering.contact, Contact::default());
    assert_eq!(offering.place, None);
}

#[test]
fn coordinates_in_other_notations_are_converted_and_said() {
    let checked = draft(&[(Field::Lat, "487420"), (Field::Lon, "120700")]).check();
    assert_eq!(
        messages(&checked),
        ["lat coordinates were metres in the national grid (RD New)"]
    );
    let checked = draft(&[(Field::Lat, "51,9225"), (Field::Lon, "4,47917")]).check();
    assert_eq!(
        checked.offering.unwrap().place.unwrap().position,
        Position::new(51.9225, 4.47917).unwrap()
    );
}

#[test]
fn a_website_gets_its_scheme() {
    let checked = draft(&[(Field::Place, "Sneek"), (Field::Website, "www.voorbeeld.nl/taal")]).check();
    assert_eq!(
        checked.offering.unwrap().contact.website.as_deref(),
        Some("https://www.voorbeeld.nl/taal")
    );
}

#[test]
fn a_field_of_a_megabyte_rejects_the_row_and_names_the_field() {
    let checked = draft(&[
        (Field::Place, "Sneek"),
        (Field::Description, &"x".repeat(1 << 20)),
    ])
    .check();
    assert_eq!(checked.offering, None);
    assert_eq!(
        messages(&checked),
        ["description has 1048576 characters, more than the 20000 that fit"]
    );
}

#[test]
fn control_characters_are_removed_and_said() {
    let checked = draft(&[(Field::Place, "Sneek"), (Field::Title, "Taal\u{0}ca\u{7}fé")]).check();
    assert_eq!(checked.offering.as_ref().unwrap().title, "Taalcafé");
    assert_eq!(messages(&checked), ["title held control characters"]);
}

#[test]
fn what_is_doubtful_is_said_and_kept() {
    let checked = draft(&[
        (Field::Place, "Sneek"),
        (Field::Phone, "030-123456"),
        (Field::Level, "A3 en 2F"),
        (Field::ValidFrom, "2026-12-01"),
        (Field::ValidTo, "2026-11-01"),
    ])
    .check();
    assert_eq!(
        messages(&checked),
        [
            "level `A3` is not a level",
            "phone `030-123456` is not a Dutch telephone number",
            "valid_to is before valid_from",
        ]
    );
    let offering = checked.offering.unwrap();
    assert_eq!(offering.contact.phone.as_deref(), Some("030-123456"));
    assert_eq!(offering.level.as_deref(), Some("A3 en 2F"));
    assert_eq!(
        draft(&[(Field::Place, "Sneek"), (Field::Phone, "bel ons")])
            .check()
            .offering
            .unwrap()
            .contact
            .phone,
        None
    );
}

proptest! {
    #[test]
    fn any_draft_gets_an_answer_and_what_is_accepted_comes_back_the_same(
        values in prop::collection::vec((0..Field::ALL.len(), any_value()), 0..20)
    ) {
        let mut draft = draft(&[(Field::Place, "Sneek")]);
        for (field, value) in values {
            draft.set(Field::ALL[field], &value);
        }
        if let Some(offering) = draft.check().offering {
            let again = offering.to_draft().check();
            let doubtful = |problem: &Problem| {
                matches!(problem.kind, ProblemKind::Phone(_) | ProblemKind::Level(_) | ProblemKind::Backwards)
            };
            prop_assert!(again.problems.iter().all(doubtful), "{:?}", again.problems);
            prop_assert_eq!(again.offering, Some(offering));
        }
    }
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[0-9]{4} ?[A-Z]{2}",
        (-400.0..400.0_f64).prop_map(|n| n.to_string()),
        prop::sample::select(vec![
            "language|money",
            "formal",
            "national|online",
            "pc4:3011-3016,3021",
            "Mo,We 10:00-12:00; PH off",
            "2026-12-01T10:00/12:00|2026-11-01",
            "true",
            "free",
            "12,50",
            "walk_in",
            "www.voorbeeld.nl",
            "info@voorbeeld.nl",
            "2026-02-28",
            "DTSTART:20260101T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO",
            "a\u{1}b",
        ])
        .prop_map(str::to_owned),
    ]
}
