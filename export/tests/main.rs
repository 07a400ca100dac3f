//! What goes out comes back the same, and is what the standards say.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on should stop, and one that leaves a part out should say so"
)]

mod package;

use nabij_export::{Export, Format};
use nabij_offering::{Draft, Field, Offering, Precision, from_spreadsheet};
use proptest::prelude::*;
use serde_json::{Value, json};

fn offering(values: &[(Field, &str)]) -> Offering {
    let mut draft = Draft::default();
    for (field, value) in values {
        draft.set(*field, value);
    }
    draft.check().offering.unwrap()
}

fn full() -> Offering {
    offering(&[
        (Field::Id, "bieb-12"),
        (Field::Title, "=Taalcafé, \"samen\""),
        (Field::Description, "Je praat met andere mensen.\nEr is koffie."),
        (Field::Kind, "nonformal"),
        (Field::Themes, "language|meeting"),
        (Field::TargetGroups, "Ouders|Ik leer Nederlands"),
        (Field::Organisation, "Bibliotheek Sneek"),
        (Field::Street, "Kerkstraat"),
        (Field::HouseNumber, "7 b"),
        (Field::Postcode, "8601 AB"),
        (Field::Place, "Sneek"),
        (Field::Municipality, "Súdwest-Fryslân"),
        (Field::Lat, "53.033"),
        (Field::Lon, "5.658"),
        (Field::Languages, "nl|ar"),
        (Field::Level, "A2"),
        (Field::Cost, "12.50"),
        (Field::Registration, "call"),
        (Field::OpeningHours, "Mo,We 10:00-12:00; PH off"),
        (Field::Dates, "2026-12-01T10:00/12:00"),
        (Field::Phone, "+31 515 412 345"),
        (Field::Email, "info@voorbeeld.nl"),
        (Field::Website, "https://voorbeeld.nl/taal"),
        (Field::Accessibility, "Rolstoeltoegankelijk"),
        (Field::ValidFrom, "2026-09-01"),
        (Field::ValidTo, "2027-06-30"),
        (Field::LastChecked, "2026-11-01"),
        (Field::Source, "G!DS"),
        (Field::OtherIds, "gids-7|sheet-3"),
        (Field::Example, "true"),
    ])
}

fn national() -> Offering {
    offering(&[
        (Field::Id, "n"),
        (Field::Title, "Alzheimer Telefoon"),
        (Field::Kind, "practical_help"),
        (Field::ServiceArea, "national|telephone"),
    ])
}

fn course_with_text_hours() -> Offering {
    offering(&[
        (Field::Id, "c"),
        (Field::Title, "Wandelen"),
        (Field::Kind, "informal"),
        (Field::Place, "Sneek"),
        (Field::OpeningHours, "week 01-53/2 We 10:00-12:00"),
        (
            Field::Rrule,
            "DTSTART:20260101T100000 RRULE:FREQ=MONTHLY;BYDAY=1TU",
        ),
        (Field::Cost, "€ 50 per jaar"),
    ])
}

fn written(format: Format, offerings: &[Offering]) -> String {
    let mut export = Export::begin(format, Vec::new()).unwrap();
    for offering in offerings {
        export.write(offering).unwrap();
    }
    String::from_utf8(export.finish().unwrap()).unwrap()
}

/// The offerings of native CSV.
fn from_csv(text: &str) -> Vec<Draft> {
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<Field> = table
        .headers()
        .unwrap()
        .iter()
        .map(|name| name.parse().unwrap())
        .collect();
    let draft = |record: csv::StringRecord| {
        let mut draft = Draft::default();
        for (field, value) in names.iter().zip(record.iter()) {
            draft.set(*field, from_spreadsheet(value));
        }
        draft
    };
    table.records().map(|record| draft(record.unwrap())).collect()
}

fn back(format: Format, offering: &Offering) -> Option<Offering> {
    let text = written(format, std::slice::from_ref(offering));
    let draft = match format {
        Format::JsonLines => serde_json::from_str(&text).unwrap(),
        Format::Csv => from_csv(&text).remove(0),
        other => panic!("{other:?} is not read"),
    };
    draft.check().offering
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'-]{0,2}\\PC{0,20}",
        "[0-9]{4} ?[A-Z]{2}",
        (-80.0..80.0_f64).prop_map(|n| n.to_string()),
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
            "a,b;c\"d\ne",
            "+31 6 12345678",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn what_goes_out_natively_comes_back_the_same(
        values in prop::collection::vec((0..Field::ALL.len(), any_value()), 0..25)
    ) {
        let mut draft = full().to_draft();
        for (field, value) in values {
            draft.set(Field::ALL[field], &value);
        }
        if let Some(offering) = draft.check().offering {
            for format in [Format::JsonLines, Format::Csv] {
                let again = back(format, &offering);
                prop_assert_eq!(again.as_ref(), Some(&offering), "{:?}", format);
            }
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let text = written(Format::Csv, &[full()]);
    assert!(
        text.contains("\"'=Taalcafé, \"\"samen\"\"\"") && text.contains(",'+31 515 412 345,"),
        "{text}"
    );
}

#[test]
fn geojson_has_a_point_where_there_is_a_place_and_longitude_first() {
    let collection: Value = serde_json::from_str(&written(Format::GeoJson, &[full(), national()])).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    let features = &collection["features"];
    assert_eq!(
        features[0]["geometry"],
        json!({"type": "Point", "coordinates": [5.658, 53.033]})
    );
    assert_eq!(features[0]["properties"]["title"], "=Taalcafé, \"samen\"");
    assert_eq!(features[1]["geometry"], Value::Null);
}

#[test]
fn json_ld_says_course_event_and_service() {
    let offerings = [full(), course_with_text_hours(), national()];
    let graph: Value = serde_json::from_str(&written(Format::JsonLd, &offerings)).unwrap();
    let types: Vec<&str> = (0..3)
        .map(|at| graph["@graph"][at]["@type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["Course", "Event", "Service"]);
    let instance = &graph["@graph"][0]["hasCourseInstance"];
    assert_eq!(
        instance["courseSchedule"][0]["byDay"],
        json!(["https://schema.org/Monday", "https://schema.org/Wednesday"])
    );
    assert_eq!(graph["@graph"][0]["offers"]["price"], "12.50");
}

#[test]
fn the_bulk_file_fits_its_mapping() {
    let text = written(Format::OpenSearch, &[full(), national()]);
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        lines[0],
        json!({"index": {"_index": "offerings", "_id": "bieb-12"}})
    );
    assert_eq!(lines[1]["location"], json!({"lat": 53.033, "lon": 5.658}));
    let mapping = nabij_export::mapping();
    let known = mapping["mappings"]["properties"].as_object().unwrap();
    for document in [&lines[1], &lines[3]] {
        assert!(
            document
                .as_object()
                .unwrap()
                .keys()
                .all(|name| known.contains_key(name)),
            "{document}"
        );
    }
}

#[test]
fn the_detail_of_an_index_becomes_the_offering_with_its_precision() {
    let mut detail = full().to_draft().to_json();
    detail.insert("precision".to_owned(), json!("pc6"));
    let offering = nabij_export::from_detail(&serde_json::to_vec(&detail).unwrap()).unwrap();
    assert_eq!(offering.place.unwrap().precision, Precision::Pc6);
    assert_eq!(offering.to_draft().get(Field::Lat), None);
    let detail = serde_json::to_vec(&national().to_draft().to_json()).unwrap();
    assert_eq!(nabij_export::from_detail(&detail), Some(national()));
}
