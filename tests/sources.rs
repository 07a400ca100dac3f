//! Every format on its way in, and the settings that list sources.

mod formats;
mod proposal;
mod registers;
mod settings;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::harness::{Folder, index, text};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/sample")
        .join(name)
}

fn str(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Data of others, which lie beside the project or are not there.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    if path.exists() {
        return Some(path);
    }
    println!("left out: {} is not there", path.display());
    None
}

/// Rows, indexed and rejected.
fn counts(report: &Value) -> (u64, u64, u64) {
    let count = |name: &str| report[name].as_u64().unwrap();
    (count("rows"), count("indexed"), count("rejected"))
}

/// The problems of a report, as `source:line problem`.
fn problems(report: &Value) -> Vec<String> {
    let entry = |entry: &Value| {
        let [source, problem] = ["source", "problem"].map(|name| entry[name].as_str().unwrap());
        format!("{source}:{} {problem}", entry["line"])
    };
    report["entries"].as_array().unwrap().iter().map(entry).collect()
}

/// A native row.
const ANCHOR: &str = "id,title,kind,postcode\nanker,Anker,informal,3011AD\n";

/// The counts and problems of one source, without those of the anchor.
fn taken_in(source: &Path, extra: &[&str]) -> ((u64, u64, u64), Vec<String>) {
    let folder = Folder::new();
    let anchor = folder.file(
        "anchor.jsonl",
        r#"{"id":"anker","title":"Anker","kind":"informal","postcode":"3011AD"}"#,
    );
    // Foreign data: most of it is not in the Netherlands.
    let extra = [extra, &["--max-rejected", "100"]].concat();
    let output = index(&folder.out(), &[&anchor, source], &extra);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = folder.report();
    let (rows, indexed, rejected) = counts(&report);
    ((rows - 1, indexed - 1, rejected), problems(&report))
}

fn assert_said(problems: &[String], expected: &[&str]) {
    for wanted in expected {
        assert!(
            problems.iter().any(|said| said.contains(wanted)),
            "{wanted}: {problems:#?}"
        );
    }
}

/// What the command makes of the sources in a settings file whose paths are seen from the folder of the project.
fn index_from_project(settings: &Path, extra: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["index", "--config", str(settings)])
        .args(extra)
        .output()
        .unwrap()
}

/// The table of sources in a summary.
fn table(summary: &str) -> String {
    let rows = summary.lines().filter(|line| line.starts_with('|'));
    rows.collect::<Vec<_>>().join("\n")
}

/// The documentation holds a table as the command prints it.
fn assert_documented(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats/sources.md");
    assert!(
        fs::read_to_string(path).unwrap().contains(table),
        "docs/formats/sources.md should hold\n{table}"
    );
}
