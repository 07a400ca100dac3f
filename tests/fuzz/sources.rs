//! Files of sources in every format, and the whole way from a file to an index.

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use nabij_atlas::Atlas;
use nabij_engine::Store;
use nabij_indexer::{Guard, Job, Mapping, Source, index};
use nabij_language::Lexicon;
use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{Corpus, Outcome, fuzz};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/sample")
        .join(name)
}

/// The beginning of a sample, to a line end.
fn beginning(name: &str) -> Vec<u8> {
    let mut bytes = fs::read(sample(name)).unwrap();
    if bytes.len() > 6_000 {
        bytes.truncate(6_000);
        let end = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .unwrap_or(bytes.len());
        bytes.truncate(end);
    }
    bytes
}

fn mapping(name: &str) -> Option<Mapping> {
    match name {
        name if name.ends_with("geojson") => Some(Mapping::read(&sample("formats/punten.toml")).unwrap()),
        name if name.contains("aanbod") => Some(Mapping::read(&sample("formats/tabel.toml")).unwrap()),
        _ => None,
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// Reads a source to its end and checks every row.
pub(super) fn read(path: &Path, mapping: Option<Mapping>) -> Outcome {
    let Ok(mut source) = Source::open(path) else {
        return Ok(());
    };
    source.mapping = mapping;
    let Ok(rows) = source.rows(today()) else {
        return Ok(());
    };
    for row in rows {
        let Ok(row) = row else { return Ok(()) };
        prop_assert!(row.line >= 1);
        match row.draft {
            Ok(draft) => drop(draft.check()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
    Ok(())
}

/// Fuzzes one file, named as the sample from which it is made.
fn file(target: &str, name: &str, words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(Path::new(name).file_name().unwrap());
    fuzz(target, Corpus::new([beginning(name)], words), |input| {
        fs::write(&path, &input.bytes).unwrap();
        read(&path, mapping(name))
    });
}

#[test]
fn json_lines() {
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
    file("json-lines", "offerings.jsonl", &words);
}

#[test]
fn csv() {
    file(
        "csv",
        "formats/aanbod.csv",
        &[
            ";", ",", "\t", "\"", "\r\n", "\"\"", "|", "\u{feff}", "=cmd|", "\0",
        ],
    );
}

#[test]
fn gids_xml() {
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
    file("gids-xml", "gids/producten.xml", &words);
}

#[test]
fn gids_json() {
    file(
        "gids-json",
        "gids/product-1003.json",
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
    );
}

#[test]
fn geojson() {
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
    file("geojson", "formats/punten.geojson", &words);
}

#[test]
fn icalendar() {
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
    file("icalendar", "formats/agenda.ics", &words);
}

#[test]
fn json_ld() {
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
    file("json-ld", "formats/cursussen.jsonld", &words);
}

/// The files of a folder, by name.
fn members_of(folder: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(sample(folder)).unwrap();
    let mut members: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    members.sort();
    members
}

/// The files of an archive, by name.
fn members_in(archive: &str) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(fs::read(sample(archive)).unwrap())).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut member = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Fuzzes the files of an archive, one at a time; the last seed is the archive itself.
fn archive(target: &str, members: &[(String, Vec<u8>)], name: &str, words: &[&str]) {
    let whole = packed(members);
    let seeds = members.iter().map(|(_, bytes)| bytes).chain([&whole]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fuzz(target, Corpus::new(seeds, words), |input| {
        let bytes = if input.seed == members.len() {
            input.bytes.clone()
        } else {
            let mut changed = members.to_vec();
            input.bytes.clone_into(&mut changed[input.seed].1);
            packed(&changed)
        };
        fs::write(&path, bytes).unwrap();
        read(&path, mapping(name))
    });
}

#[test]
fn hsds_zip() {
    let words = [
        "\"",
        ",",
        "\n",
        "id",
        "service_id",
        "freq",
        "WEEKLY",
        "byday",
        "opens_at",
        "latitude",
    ];
    archive("hsds-zip", &members_of("formats/hsds"), "hsds.zip", &words);
}

#[test]
fn spreadsheets() {
    let words = [
        "<row r=\"1\">",
        "<c r=\"ZZZ9999999\" t=\"s\">",
        "<v>",
        "</v>",
        "1048577",
        "t=\"d\"",
        "<is><t>",
        "s=\"99999\"",
        "table:number-columns-repeated=\"16384\"",
        "office:value-type=\"date\"",
        "r:id=\"rId9\"",
    ];
    archive("xlsx", &members_in("formats/aanbod.xlsx"), "aanbod.xlsx", &words);
    archive("ods", &members_in("formats/aanbod.ods"), "aanbod.ods", &words);
}

#[test]
fn hsds_json() {
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
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hsds.json");
    fuzz("hsds-json", Corpus::new([seed], &words), |input| {
        fs::write(&path, &input.bytes).unwrap();
        read(&path, None)
    });
}

/// Every row ends in the index or in the report, and what was published opens.
#[test]
fn the_whole_way() {
    let (atlas, lexicon) = (Atlas::shipped().unwrap(), Lexicon::shipped().unwrap());
    let names = [
        "offerings.jsonl",
        "formats/aanbod.csv",
        "formats/agenda.ics",
        "formats/cursussen.jsonld",
        "gids/producten.xml",
    ];
    let words = [
        "<b>",
        "&amp;lt;",
        "\u{202e}",
        "\u{0}",
        "Straße",
        "ǅ",
        "0031",
        "Mo-Su 24/7",
        "pc4:1000-9999",
        "{",
        "<",
    ];
    let folder = tempfile::tempdir().unwrap();
    fuzz("whole-way", Corpus::new(names.map(beginning), &words), |input| {
        let name = names[input.seed];
        let path = folder.path().join(Path::new(name).file_name().unwrap());
        fs::write(&path, &input.bytes).unwrap();
        let Ok(mut source) = Source::open(&path) else {
            return Ok(());
        };
        source.mapping = mapping(name);
        let store = Store::new(folder.path().join("index"));
        let job = Job {
            atlas: &atlas,
            lexicon: &lexicon,
            sources: &[source],
            guard: Guard {
                rejected: 1.0,
                gone: 1.0,
            },
            now: 1_795_000_000,
            today: today(),
        };
        let (report, outcome) = index(&job, &store, |_| {});
        if outcome.is_ok() {
            let opened = store.open_current().unwrap();
            prop_assert_eq!(opened.manifest().counts.offerings() as u64, report.indexed);
            prop_assert_eq!(report.rows, report.indexed + report.rejected);
        }
        Ok(())
    });
}
