//! Registers of others, which come in whole, and what in them is no offering.

use std::{fmt::Write, fs};

use super::{assert_documented, assert_said, counts, index_from_project, problems, shared, str, table};
use crate::harness::{Folder, index, text};

#[test]
fn every_service_of_registers_of_others_is_indexed_or_in_the_report() {
    let mut settings = String::new();
    for (name, path) in [
        ("Open211 Miami", "hsds/miami-open211"),
        (
            "HSDS 3.0 examples",
            "hsds/openreferral-specification-3.0/examples",
        ),
        ("mock HSDS 3 API", "hsds/mock-hsds-api-3/data"),
        ("UK mock Default", "hsds/oruk-validator/Mocks/V3.0-UK-Default"),
        ("UK mock Fail", "hsds/oruk-validator/Mocks/V3.0-UK-Fail"),
        ("UK mock Test", "hsds/oruk-validator/Mocks/V3.0-UK-Test"),
        ("UK mock Warn", "hsds/oruk-validator/Mocks/V3.0-UK-Warn"),
    ] {
        let Some(path) = shared(path) else { return };
        writeln!(settings, "[[source]]\nname = {name:?}\npath = {:?}", str(&path)).unwrap();
    }
    let folder = Folder::new();
    let settings = folder.file("vreemd.toml", settings);
    let output = index_from_project(&settings, &["--out", str(&folder.out()), "--max-rejected", "100"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_documented(&table(&text(&output.stdout)));
    let report = folder.report();
    let (rows, indexed, rejected) = counts(&report);
    assert_eq!(
        rows,
        indexed + rejected + report["merged"].as_array().unwrap().len() as u64
    );
    let problems = problems(&report);
    assert_said(&problems, &["` stands 128 times in V3.0-UK-Test/service_list"]);
    // Of the large package, every problem names a service.
    let miami = problems
        .iter()
        .filter(|problem| problem.starts_with("miami-open211/"));
    assert!(miami.clone().all(|problem| problem.contains("data/services.csv")));
    let count = |part: &str| miami.clone().filter(|problem| problem.contains(part)).count();
    assert_eq!(
        count(" belongs to the organization `") - count("its location"),
        447
    );
    assert_eq!(count("eligibility.csv, 2244 rows belong to nothing"), 1);
}

#[test]
fn what_is_no_offering_is_counted_as_what_it_is() {
    let folder = Folder::new();
    let output = index(&folder.out(), &[&folder.file("register.json", REGISTER)], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = folder.report();
    assert_eq!(counts(&report), (3, 1, 2));
    assert_eq!(
        report["sources"][0]["others"],
        serde_json::json!({"a location": 1, "a taxonomy": 2, "an organisation": 1, "the description of an API": 1})
    );
    assert_said(
        &problems(&report),
        &[
            "register.json:6 is a record without a name",
            "register.json:8 is a value that is no object",
        ],
    );
    assert!(
        text(&output.stdout).contains("5 records are no offerings, such as taxonomies"),
        "{}",
        text(&output.stdout)
    );
    let page = fs::read_to_string(folder.out().join("report.html")).unwrap();
    assert!(
        page.contains("In register.json staan ook 5 stukken die geen aanbod zijn."),
        "{page}"
    );
}

/// A list with all that HSDS has a record for.
const REGISTER: &str = r#"{"contents": [
    {"id": "s1", "name": "Taalcafé", "status": "active", "service_at_locations": [{"location": {
        "id": "l1", "latitude": 51.92, "longitude": 4.48}}]},
    {"id": "t1", "name": "Thema's", "term_uri": "https://voorbeeld.example", "taxonomy": "thema"},
    {"id": "t2", "name": "Soorten", "uri": "https://voorbeeld.example", "version": "1"},
    {"id": "o1", "name": "Bibliotheek", "legal_status": "stichting"},
    {"id": "l1", "name": "Plein", "location_type": "physical"},
    {"id": "s2", "status": "active"},
    {"version": "HSDS-3.0", "openapi_url": "https://voorbeeld.example/openapi.json"},
    7
], "total_items": 8}"#;
