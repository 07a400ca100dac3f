//! `nabij export` and the formats of the API, over the real command and real HTTP.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::harness::{Server, index, nabij, text};

fn sample(folder: &Path) -> std::path::PathBuf {
    let all = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl"))
        .unwrap();
    let path = folder.join("sample.jsonl");
    let some: Vec<&str> = all.lines().take(200).collect();
    fs::write(&path, some.join("\n")).unwrap();
    path
}

fn export(index: &Path, format: &str, out: &Path) -> String {
    let (index, to) = (index.to_str().unwrap(), out.to_str().unwrap());
    let output = nabij(&["export", "--index", index, "--format", format, "--out", to]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    fs::read_to_string(out).unwrap_or_default()
}

fn lines(jsonl: &str) -> BTreeSet<String> {
    jsonl
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap().to_string())
        .collect()
}

#[test]
fn what_is_exported_and_imported_again_is_the_same_index() {
    let folder = tempfile::tempdir().unwrap();
    let (first, sample) = (folder.path().join("first"), sample(folder.path()));
    assert!(index(&first, &[&sample], &[]).status.success());
    let original = lines(&export(&first, "jsonl", &folder.path().join("first.jsonl")));
    assert_eq!(original.len(), 200);
    for format in ["jsonl", "csv"] {
        let (file, again) = (
            folder.path().join(format!("out.{format}")),
            folder.path().join(format),
        );
        export(&first, format, &file);
        let output = index(&again, &[&file], &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(
            lines(&export(&again, "jsonl", &folder.path().join("again.jsonl"))),
            original,
            "{format}"
        );
    }
}

#[test]
fn every_format_holds_the_whole_selection() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&sample(folder.path())], &[]).status.success());
    let json = |format: &str| -> Value {
        serde_json::from_str(&export(&out, format, &folder.path().join(format))).unwrap()
    };
    assert_eq!(json("geojson")["features"].as_array().unwrap().len(), 200);
    assert_eq!(json("jsonld")["@graph"].as_array().unwrap().len(), 200);
    assert_eq!(json("hsds")["total_items"], 200);
    assert_eq!(
        json("opensearch-mapping")["mappings"]["properties"]["location"]["type"],
        "geo_point"
    );
    assert_eq!(
        export(&out, "opensearch", &folder.path().join("bulk"))
            .lines()
            .count(),
        400
    );
    export(&out, "hsds-tables", &folder.path().join("tables"));
    let services = fs::read_to_string(folder.path().join("tables/services.csv")).unwrap();
    assert_eq!(csv_rows(&services), 200);
    let (index, format) = (out.to_str().unwrap(), "jsonl");
    let some = nabij(&["export", "--index", index, "--format", format, "--kind", "formal"]);
    let some = lines(&text(&some.stdout));
    assert!(!some.is_empty() && some.iter().all(|line| line.contains("\"kind\":\"formal\"")));
}

/// Rows after the header; no value in the sample has a line end.
fn csv_rows(table: &str) -> usize {
    table.lines().count() - 1
}

#[test]
fn the_api_answers_in_the_format_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&sample(folder.path())], &[]).status.success());
    let server = Server::start(&out);
    for (format, media_type) in [
        ("json", "application/json"),
        ("jsonl", "application/jsonl"),
        ("csv", "text/csv; charset=utf-8"),
        ("geojson", "application/geo+json"),
        ("jsonld", "application/ld+json"),
        ("hsds", "application/json"),
        ("opensearch", "application/x-ndjson"),
    ] {
        let (status, kind, body) = server.get(&format!("/v1/offerings?limit=5&format={format}"));
        assert_eq!((status, kind.as_str()), (200, media_type), "{body}");
        let (status, kind, _) = server.get(&format!("/v1/offerings/voorbeeld-0000001?format={format}"));
        assert_eq!((status, kind.as_str()), (200, media_type));
    }
    let near = server.json("/v1/offerings?postcode=3011AD&limit=5");
    let features = server.json("/v1/offerings?postcode=3011AD&limit=5&format=geojson");
    let ids = |list: &Value| -> Vec<String> {
        list.as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].to_string())
            .collect()
    };
    assert_eq!(ids(&features["features"])[..5], ids(&near["offerings"])[..]);
    let (status, _, body) = server.get("/v1/offerings?format=xml");
    assert_eq!(status, 400);
    assert!(
        body.contains("`xml` is not a format; known are jsonl, csv"),
        "{body}"
    );
    let url = format!("{}/v1/offerings?limit=1", server.base());
    let response = ureq::get(&url).header("accept", "text/csv").call().unwrap();
    assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
    let vary: Vec<&str> = response
        .headers()
        .get_all("vary")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert!(vary.contains(&"accept"), "{vary:?}");
}
