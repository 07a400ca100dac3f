//! What is promised of input from everywhere, whatever stands in it: nothing panics, nothing hangs, nothing is refused without
//! a word, and what is read comes back as it was.
//!
//! A [`Target`] is one sort of input. Two drivers give it bytes: `tests/fuzz.rs` changes good input at random, in every test
//! run; libFuzzer follows what the program does with it (`make fuzz-coverage`).

mod archives;
mod bundle;
mod files;
mod index;
pub(crate) mod queries;
mod settings;
mod sources;
mod tables;
mod values;
mod web;
mod whole;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Makes a target ready.
type Prepare = fn() -> Target;
/// Tries an input.
type Try = dyn Fn(&[u8]);

/// Every target by its name.
pub(crate) const ALL: [(&str, Prepare); 31] = [
    ("values", values::values),
    ("positions", values::positions),
    ("opening_hours", values::opening_hours),
    ("recurrences", values::recurrences),
    ("drafts", values::drafts),
    ("query_strings", queries::query_strings),
    ("questions", queries::questions),
    ("addresses", queries::addresses),
    ("json_lines", sources::json_lines),
    ("csv", sources::csv),
    ("gids_xml", sources::gids_xml),
    ("gids_json", sources::gids_json),
    ("hsds_json", sources::hsds_json),
    ("geojson", sources::geojson),
    ("icalendar", sources::icalendar),
    ("json_ld", sources::json_ld),
    ("proposals", sources::proposals),
    ("hsds_tables", archives::hsds_tables),
    ("xlsx", archives::xlsx),
    ("ods", archives::ods),
    ("zips", archives::zips),
    ("mappings", settings::mappings),
    ("profiles", settings::profiles),
    ("logos", settings::logos),
    ("postcode_import", tables::postcode_import),
    ("postcode_table", tables::postcode_table),
    ("analysis_files", tables::analysis_files),
    ("storages", tables::storages),
    ("answers", web::answers),
    ("index_files", index::index_files),
    ("whole_way", whole::whole_way),
];

/// One sort of input.
pub(crate) struct Target {
    /// Good inputs, a few kilobytes each.
    pub(crate) seeds: Vec<Vec<u8>>,
    /// What means something in them.
    pub(crate) words: Vec<Vec<u8>>,
    /// Tries an input; panics if a promise is broken.
    pub(crate) run: Box<Try>,
}

impl Target {
    pub(crate) fn new<S: AsRef<[u8]>>(
        seeds: impl IntoIterator<Item = S>,
        words: &[&str],
        run: impl Fn(&[u8]) + 'static,
    ) -> Self {
        Self {
            seeds: seeds.into_iter().map(|seed| seed.as_ref().to_vec()).collect(),
            words: words.iter().map(|word| word.as_bytes().to_vec()).collect(),
            run: Box::new(run),
        }
    }
}

/// The text of an input; what is no UTF-8 in it is replaced.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A file of the project, whichever package this is compiled into.
fn project(path: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package
        .ancestors()
        .find(|folder| folder.join("data/sample").is_dir());
    root.unwrap().join(path)
}

/// The beginning of a file of the project, to a line end.
fn beginning(path: &str) -> Vec<u8> {
    let mut bytes = fs::read(project(path)).unwrap();
    if bytes.len() > 6_000 {
        bytes.truncate(6_000);
        let end = bytes.iter().rposition(|byte| *byte == b'\n');
        bytes.truncate(end.unwrap_or(bytes.len()));
    }
    bytes
}
