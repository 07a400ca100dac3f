//! Whatever stands in a file: a reader comes to an end, does not panic, and gives every row a line.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

const SAMPLES: [&str; 9] = [
    "offerings.jsonl",
    "gids/producten.xml",
    "gids/product-1003.json",
    "formats/aanbod.csv",
    "formats/aanbod.xlsx",
    "formats/aanbod.ods",
    "formats/punten.geojson",
    "formats/agenda.ics",
    "formats/cursussen.jsonld",
];

fn sample_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../data/sample")
        .join(name)
}

/// The rows of a file with this content, or none if it is refused.
fn rows_of(name: &str, content: &[u8]) -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(Path::new(name).file_name().unwrap());
    fs::write(&path, content).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let Ok(mut source) = Source::open(&path) else {
        return Vec::new();
    };
    source.mapping = match name {
        "formats/punten.geojson" => Some(Mapping::read(&sample_path("formats/punten.toml")).unwrap()),
        name if name.contains("aanbod") => Some(Mapping::read(&sample_path("formats/tabel.toml")).unwrap()),
        _ => None,
    };
    match source.rows(today) {
        Ok(rows) => rows.map_while(Result::ok).collect(),
        Err(_) => Vec::new(),
    }
}

/// At most so much of a sample is read.
const MOST: usize = 20_000;

fn content(name: &str) -> Vec<u8> {
    let mut content = fs::read(sample_path(name)).unwrap();
    content.truncate(MOST);
    content
}

#[test]
fn the_samples_themselves_have_rows() {
    for name in SAMPLES {
        assert!(!rows_of(name, &content(name)).is_empty(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn damaged_files_harm_nobody(at in any::<prop::sample::Index>(), length in 0_usize..40, with in prop::collection::vec(any::<u8>(), 0..40), cut in any::<bool>()) {
        for name in SAMPLES {
            let mut content = content(name);
            let at = at.index(content.len());
            let end = if cut { content.len() } else { (at + length).min(content.len()) };
            content.splice(at..end, with.iter().copied());
            for row in rows_of(name, &content) {
                prop_assert!(row.line >= 1, "{name}");
                let _ = row.draft.map(|draft| draft.check());
            }
        }
    }
}
