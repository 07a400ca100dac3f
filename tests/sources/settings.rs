//! The settings that list sources: several of them in one index, and what is wrong with a table.

use std::fs;

use serde_json::Value;

use super::{
    ANCHOR, assert_documented, assert_said, counts, index_from_project, problems, sample, str, table,
};
use crate::harness::{Folder, Server, index_by_settings, text};

#[test]
fn seven_sources_of_seven_formats_make_one_index_and_the_table_in_the_documentation() {
    let folder = Folder::new();
    let output = index_from_project(&sample("nabij.toml"), &["--out", str(&folder.out())]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_documented(&table(&text(&output.stdout)));
    let report = folder.report();
    let sources = report["sources"].as_array().unwrap();
    let sum = |name: &str| {
        sources
            .iter()
            .map(|source| source[name].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(counts(&report), (sum("rows"), sum("indexed"), sum("rejected")));
    assert_eq!(sum("rows"), sum("indexed") + sum("rejected") + sum("merged"));
    assert_eq!(report["merged"].as_array().unwrap().len() as u64, sum("merged"));
    let manifest = fs::read(folder.out().join("generations/0000001/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let in_manifest = manifest["sources"].as_array().unwrap();
    assert_eq!(in_manifest.len(), 7);
    for (source, told) in in_manifest.iter().zip(sources) {
        assert_eq!(
            (&source["name"], &source["rows"], &source["indexed"]),
            (&told["source"], &told["rows"], &told["indexed"])
        );
    }
    let server = Server::start(&folder.out());
    let talking = server.json("/v1/offerings/tabel-1");
    assert_eq!(talking, server.json("/v1/offerings/bieb-tabel-1"));
    assert_eq!(talking["title"], "Taalcafé");
}

#[test]
fn of_two_sources_with_one_identifier_the_higher_priority_counts() {
    let folder = Folder::new();
    folder.file("laag.csv", "id,title,kind,postcode\na,Laag,informal,3011AD\n");
    folder.file("hoog.csv", "id,title,kind,postcode\na,Hoog,informal,3011AD\n");
    let settings = "[[source]]\npath = \"laag.csv\"\n[[source]]\npath = \"hoog.csv\"\npriority = 1\n";
    let output = index_by_settings(&folder, settings);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        Server::start(&folder.out()).json("/v1/offerings/a")["title"],
        "Hoog"
    );
    assert_said(
        &problems(&folder.report()),
        &["laag.csv:2 `a` is the id of hoog.csv:2 too"],
    );
}

#[test]
fn what_is_wrong_with_a_source_table_is_said_with_file_and_line() {
    for (settings, message) in [
        (
            "index = \"i\"\n[[source]]\npath = \"nergens.csv\"\n",
            "nabij.toml, line 2: the source cannot be used: ",
        ),
        ("[[source]]\npath = \"a.csv\"\nkleur = \"rood\"\n", "line 3"),
        (
            "[[source]]\npath = \"a.csv\"\nformat = \"word\"\n",
            "unknown variant `word`",
        ),
        (
            "[[source]]\nname = \"niets\"\n",
            "a source has one of path, url and api",
        ),
        (
            "[[source]]\npath = \"a.csv\"\nurl = \"https://b.example\"\n",
            "a source has one of path, url and api",
        ),
        (
            "[[source]]\npath = \"a.csv\"\ntrust = 101\n",
            "trust is a number from 0 to 100",
        ),
        (
            "[[source]]\nurl = \"http://b.example/a.csv\"\n",
            "is not https; use https, or set allow_http",
        ),
        (
            "[[source]]\nurl = \"file:///etc/passwd\"\n",
            "is no address of a web server",
        ),
        ("index = \"i\"\n", "there is nothing to read"),
    ] {
        let folder = Folder::new();
        folder.file("a.csv", ANCHOR);
        let output = index_by_settings(&folder, settings);
        assert_eq!(output.status.code(), Some(1), "{settings}");
        let said = text(&output.stderr);
        assert!(
            said.contains(message) && said.contains("nabij.toml"),
            "{settings}: {said}"
        );
    }
}
