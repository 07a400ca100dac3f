//! What people set in TOML files: mappings of columns, and profiles of libraries.

use std::{fs, path::Path};

use nabij_atlas::Atlas;
use nabij_indexer::Mapping;
use nabij_profile::Profiles;
use proptest::prelude::*;

use super::{Corpus, fuzz};

fn read(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn mappings() {
    let seeds = [
        "data/sample/formats/tabel.toml",
        "data/sample/formats/punten.toml",
        "data/mappings/duo-schools.toml",
    ];
    let words = [
        "[fields]",
        "[values.kind]",
        "[separators]",
        "= \"\"",
        "title",
        "\"\"\"",
        "[[",
        "{",
        "1979-05-27",
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mapping.toml");
    let table = "naam,soort,postcode\nTaalcafé,Buurtkamer,3011AD\n";
    let rows = folder.path().join("rijen.csv");
    fs::write(&rows, table).unwrap();
    fuzz("mappings", Corpus::new(seeds.map(read), &words), |input| {
        fs::write(&path, &input.bytes).unwrap();
        match Mapping::read(&path) {
            Ok(mapping) => super::sources::read(&rows, Some(mapping)),
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                Ok(())
            }
        }
    });
}

#[test]
fn profiles() {
    let atlas = Atlas::shipped().unwrap();
    let seeds = [
        "profiles/gorinchem.toml",
        "profiles/amsterdam-taal.toml",
        "profiles/landelijk.toml",
    ];
    let words = [
        "[region]",
        "municipalities",
        "circle",
        "radius_km = 1e300",
        "based_on = \"fuzz\"",
        "polygon",
        "[[",
        "{",
        "accent = \"#",
        "hosts = [\"",
        "[texts.ar]",
        "pinned = [",
        "9999-12-31",
    ];
    let folder = tempfile::tempdir().unwrap();
    fuzz("profiles", Corpus::new(seeds.map(read), &words), |input| {
        fs::write(folder.path().join("fuzz.toml"), &input.bytes).unwrap();
        let (profiles, findings) = Profiles::load(folder.path(), &atlas, &Profiles::default()).unwrap();
        prop_assert!(
            profiles.len() == 1 || !findings.is_empty(),
            "refused without a word"
        );
        for finding in findings {
            prop_assert!(finding.line >= 1 && !finding.to_string().is_empty());
        }
        Ok(())
    });
}
