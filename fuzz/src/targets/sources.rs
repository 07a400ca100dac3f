//! Files of sources in every format that is one file.

use std::path::Path;

use chrono::NaiveDate;
use nabij_indexer::{Mapping, Source, propose};

use super::{Target, beginning, files::Scratch, project};

/// The mapping that goes with a sample.
pub(super) fn mapping(name: &str) -> Option<Mapping> {
    match name {
        name if name.ends_with("geojson") => Some(project("data/sample/formats/punten.toml")),
        name if name.contains("aanbod") => Some(project("data/sample/formats/tabel.toml")),
        _ => None,
    }
    .map(|path| Mapping::read(&path).unwrap())
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// Reads a source to its end and checks every row; nothing is refused without a word.
pub(super) fn read(path: &Path, mapping: Option<Mapping>) {
    let mut source = match Source::open(path) {
        Ok(source) => source,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    source.mapping = mapping;
    let rows = match source.rows(today()) {
        Ok(rows) => rows,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    for row in rows {
        let row = match row {
            Ok(row) => row,
            Err(error) => return assert!(!error.to_string().is_empty()),
        };
        assert!(row.line >= 1);
        match row.draft {
            Ok(draft) => {
                let checked = draft.check();
                assert!(
                    checked.offering.is_some() || !checked.problems.is_empty(),
                    "refused without a word"
                );
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// One file, named as the sample from which it is made.
fn file(sample: &str, words: &[&str]) -> Target {
    let name = sample.rsplit('/').next().unwrap_or(sample).to_owned();
    let scratch = Scratch::new(&name);
    let mapping = mapping(&name);
    Target::new([beginning(sample)], words, move |input| {
        read(scratch.write(input), mapping.clone());
    })
}

/// Our own format.
pub(crate) fn json_lines() -> Target {
    let words = [
        "{",
        "}",
        "[",
        "\"",
        ":",
        "null",
        "\\u0000",
        "\\ud800",
        "\n",
        "\"id\":",
        "\"schedule\":",
        "\u{feff}",
    ];
    file("data/sample/offerings.jsonl", &words)
}

/// A table with its mapping, and what is proposed for one without.
pub(crate) fn csv() -> Target {
    file(
        "data/sample/formats/aanbod.csv",
        &[
            ";", ",", "\t", "\"", "\r\n", "\"\"", "|", "\u{feff}", "=cmd|", "\0",
        ],
    )
}

/// Products of G!DS, as XML.
pub(crate) fn gids_xml() -> Target {
    let words = [
        "<product>",
        "</product>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "&lt;",
        "&#x110000;",
        "<!DOCTYPE a [",
        "<?xml",
        "<locatie>",
        "xmlns:a=\"b\"",
        "/>",
    ];
    file("data/sample/gids/producten.xml", &words)
}

/// A product of G!DS, as JSON.
pub(crate) fn gids_json() -> Target {
    file(
        "data/sample/gids/product-1003.json",
        &[
            "{",
            "}",
            "[",
            "]",
            "null",
            "\"locaties\":",
            "\"productId\":",
            "1e400",
        ],
    )
}

/// Points with a mapping.
pub(crate) fn geojson() -> Target {
    let words = [
        "\"coordinates\":",
        "[",
        "]",
        "null",
        "\"Polygon\"",
        "\"GeometryCollection\"",
        "1e309",
        "\"features\":",
    ];
    file("data/sample/formats/punten.geojson", &words)
}

/// A calendar.
pub(crate) fn icalendar() -> Target {
    let words = [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "\r\n ",
        "RRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:",
        "TZID=",
        "EXDATE:",
        "\\n",
        "DURATION:PT",
        "BEGIN:VALARM",
        "RECURRENCE-ID:",
        "SUMMARY;LANGUAGE=nl:",
    ];
    file("data/sample/formats/agenda.ics", &words)
}

/// Courses and events of schema.org.
pub(crate) fn json_ld() -> Target {
    let words = [
        "\"@graph\":",
        "\"@id\":",
        "\"@type\":",
        "\"@context\":",
        "{",
        "[",
        "]",
        "}",
        "null",
        "\"openingHoursSpecification\":",
        "\"eventSchedule\":",
        "\"PT1H\"",
    ];
    file("data/sample/formats/cursussen.jsonld", &words)
}

/// Services of HSDS, as an API gives them.
pub(crate) fn hsds_json() -> Target {
    let seed = r#"{"contents":[{"id":"s1","name":"Taalles","description":"<p>Leer</p>","organization":{"id":"o","name":"Bieb"},
        "service_at_locations":[{"location":{"id":"l","latitude":51.9,"longitude":4.4,"addresses":[{"postal_code":"3011AD","city":"Rotterdam"}]}}],
        "schedules":[{"freq":"WEEKLY","byday":"MO","opens_at":"10:00","closes_at":"12:00","valid_from":"2026-01-01"}],
        "taxonomy_terms":["taal"],"phones":[{"number":"010"}]}],"total_items":1}"#;
    let words = [
        "{",
        "[",
        "null",
        "\"schedules\":",
        "\"interval\":",
        "\"bymonthday\":",
        "\"byday\":",
        "-5FR",
        "\"locations\":",
    ];
    let scratch = Scratch::new("hsds.json");
    Target::new([seed], &words, move |input| read(scratch.write(input), None))
}

/// A table without a mapping: what is proposed for it is read as one.
pub(crate) fn proposals() -> Target {
    let words = [
        ";", ",", "\t", "\"", "\r\n", "|", "\u{feff}", "postcode", "lat", "x", "3011AD", "\0", "€",
    ];
    let (scratch, proposed) = (Scratch::new("aanbod.csv"), Scratch::new("mapping.toml"));
    let seeds = [
        beginning("data/sample/formats/aanbod.csv"),
        b"x,y,naam,adres\n155000,463000,Taalles,Kade 1 3011AD Rotterdam\n".to_vec(),
    ];
    Target::new(seeds, &words, move |input| {
        let path = scratch.write(input);
        if let Ok(Some(proposal)) = propose(path) {
            let mapping = Mapping::read(proposed.write(proposal.to_string())).unwrap();
            read(path, Some(mapping));
        }
    })
}
