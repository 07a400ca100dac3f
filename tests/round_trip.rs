//! What goes out natively or as HSDS comes in again as the same offerings, whatever they say: `import(export(x)) = x`,
//! where the import is all that `nabij index` does.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use chrono::NaiveDate;
use nabij_atlas::Atlas;
use nabij_engine::Store;
use nabij_export::{Export, Format, TabularPackage, from_detail};
use nabij_indexer::{Guard, IndexError, Job, Source, index};
use nabij_language::Lexicon;
use nabij_offering::{Draft, Field, Offering};
use proptest::prelude::*;
use serde_json::Value;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::shipped().unwrap());
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::shipped().unwrap());

/// What an index of this source holds, by identifier; nothing if there is nothing to show.
fn imported(source: &Path) -> BTreeMap<String, Offering> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("index"));
    let job = Job {
        atlas: &ATLAS,
        lexicon: &LEXICON,
        sources: &[Source::open(source).unwrap()],
        guard: Guard {
            rejected: 1.0,
            gone: 1.0,
        },
        now: 0,
        today: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
    };
    match index(&job, &store, |_| {}).1 {
        Ok(_) => {}
        Err(IndexError::Nothing(_)) => return BTreeMap::new(),
        Err(error) => panic!("{error}"),
    }
    let index = store.open_current().unwrap();
    (0..)
        .take(index.manifest().counts.offerings())
        .map(|doc| {
            let offering = from_detail(&index.detail(doc).unwrap().unwrap()).unwrap();
            (offering.id.clone(), offering)
        })
        .collect()
}

/// Writes offerings in every format that is read again; gives where.
fn exported(folder: &Path, offerings: &BTreeMap<String, Offering>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for (format, name) in [
        (Format::JsonLines, "uit.jsonl"),
        (Format::Csv, "uit.csv"),
        (Format::Hsds, "uit.json"),
    ] {
        let path = folder.join(name);
        let mut export = Export::begin(format, fs_err::File::create(&path).unwrap()).unwrap();
        for offering in offerings.values() {
            export.write(offering).unwrap();
        }
        export.finish().unwrap();
        paths.push(path);
    }
    let tables = folder.join("tabellen");
    fs_err::create_dir(&tables).unwrap();
    let mut package = TabularPackage::begin(|name| fs_err::File::create(tables.join(name))).unwrap();
    for offering in offerings.values() {
        package.write(offering).unwrap();
    }
    package.finish().unwrap();
    paths.push(tables);
    paths
}

/// A value of each sort of field, and texts that a format might take for something else.
fn any_value() -> impl Strategy<Value = String> {
    const SAID: [&str; 35] = [
        "language|money",
        "formal",
        "national|online",
        "municipality:Súdwest-Fryslân",
        "pc4:3011-3016,3021",
        "Mo,We 10:00-12:00; PH off",
        "week 01-53/2 We 10:00-12:00",
        "2026-12-01T10:00/12:00|2027-11-01",
        "DTSTART:20270101T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO",
        "true",
        "free",
        "12,50",
        "€ 5 per keer",
        "walk_in",
        "www.voorbeeld.nl",
        "info@voorbeeld.nl",
        "2027-02-28",
        "+31 6 12345678",
        "\"0515\" 412345",
        "nl|ar|ar|en",
        "3011 AD",
        "8601",
        "Sneek",
        "Nergenshuizen",
        "-",
        "a,b;c\"d\ne",
        "C:\\nieuw\\rood",
        "<p>Kom <b>langs</b>.</p>",
        "Koffie &amp; thee &lt;3",
        "Jansen & Zn",
        "'s-Gravenhage",
        "'=1+1",
        "@SUM(1)",
        "52.123456789012345",
        "437000",
    ];
    prop_oneof![
        "[=+@'|\\\\-]{0,2}\\PC{0,20}",
        (50.0..54.0_f64).prop_map(|degrees| degrees.to_string()),
        (3.0..8.0_f64).prop_map(|degrees| degrees.to_string()),
        prop::sample::select(SAID.as_slice()).prop_map(str::to_owned),
    ]
}

/// A row that can be shown, with some of its values changed.
fn any_row() -> impl Strategy<Value = Draft> {
    const USUAL: [(Field, &str); 9] = [
        (Field::Title, "Taalcafé"),
        (Field::Description, "Je praat met andere mensen.\nEr is koffie."),
        (Field::Kind, "nonformal"),
        (Field::Organisation, "Bibliotheek Sneek"),
        (Field::Postcode, "8601 AB"),
        (Field::Place, "Sneek"),
        (Field::Lat, "53.033"),
        (Field::Lon, "5.658"),
        (Field::Phone, "0515 412 345"),
    ];
    prop::collection::vec((0..Field::ALL.len(), any_value()), 0..20).prop_map(|values| {
        let mut draft = Draft::default();
        for (field, value) in USUAL {
            draft.set(field, value);
        }
        for (field, value) in values {
            draft.set(Field::ALL[field], &value);
        }
        draft
    })
}

proptest! {
    // Each case builds five indexes of up to 40 offerings.
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_goes_out_natively_or_as_hsds_comes_in_the_same(rows in prop::collection::vec(any_row(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let lines = rows.into_iter().enumerate().map(|(number, mut row)| {
            let id = format!("{}{number}", row.get(Field::Id).unwrap_or("a"));
            row.set(Field::Id, &id);
            Value::Object(row.to_json()).to_string() + "\n"
        });
        let source = folder.path().join("in.jsonl");
        fs_err::write(&source, lines.collect::<String>()).unwrap();
        let offerings = imported(&source);
        if !offerings.is_empty() {
            for path in exported(folder.path(), &offerings) {
                let again = imported(&path);
                for (id, offering) in &offerings {
                    prop_assert_eq!(again.get(id), Some(offering), "{}", path.display());
                }
                prop_assert_eq!(again.len(), offerings.len());
            }
        }
    }
}
