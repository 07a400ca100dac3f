//! Coverage: as files, and as a page.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{fails, index_of, path, run};
use crate::{
    harness::{Folder, Server, index, text},
    serving::sample_server,
};

fn rows(csv: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(csv).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    // No cell of these tables holds a comma.
    lines
        .map(|line| {
            let cells = line.split(',').map(str::to_owned);
            names.iter().map(|name| (*name).to_owned()).zip(cells).collect()
        })
        .collect()
}

/// A population, outlines, and a table of streets, small and made up.
fn inputs(folder: &Path) -> [String; 3] {
    let write = |name: &str, content: &str| -> String {
        let path: PathBuf = folder.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let square = r#"{"type":"Polygon","coordinates":[[[4.4,51.9],[4.5,51.9],[4.5,51.95],[4.4,51.9]]]}"#;
    let feature = |code: &str| {
        format!(r#"{{"type":"Feature","properties":{{"postcode":"{code}"}},"geometry":{square}}}"#)
    };
    [
        write(
            "people.csv",
            "postcode,inhabitants\n3011,9000\n8601,5000\n9999,5\n9998ZZ,x\n4331,3000\n",
        ),
        write(
            "areas.geojson",
            &format!(
                r#"{{"type":"FeatureCollection","features":[{},{},{}]}}"#,
                feature("3011"),
                feature("1001"),
                feature("x")
            ),
        ),
        write(
            "streets.csv",
            "postcode,lat,lon\n3011AA,51.92,4.48\n3011AB,51.93,4.49\n8601AA,53.03,5.66\n",
        ),
    ]
}

#[test]
fn coverage_says_what_the_api_says_in_every_format() {
    let (folder, server) = sample_server();
    let (index, out) = (index_of(&folder), path(folder.path(), "out"));
    let [people, areas, _] = inputs(folder.path());
    let output = run(&[
        "coverage",
        "--index",
        &index,
        "--theme",
        "language",
        "--kind",
        "nonformal",
        "--within",
        "2km",
        "--population",
        &people,
        "--areas",
        &areas,
        "--new",
        "2",
        "--out",
        &out,
        "--formats",
        "csv,geojson,parquet,html",
    ]);
    let said = text(&output.stderr);
    assert!(
        said.contains("line 5: `x` is not a number") && said.contains("features cannot be used"),
        "{said}"
    );
    let out = Path::new(&out);
    let table = rows(&out.join("postcodes.csv"));
    assert_eq!(table.len(), 4_089);
    for code in ["3011", "8601", "4331", "1011"] {
        let row = table.iter().find(|row| row["postcode"] == code).unwrap();
        let query = format!("/v1/offerings?postcode={code}&theme=language&kind=nonformal");
        let near = server.json(&format!("{query}&radius=2000&facets=feature&limit=5"));
        assert_eq!(row["within"], near["total"].to_string(), "{code}");
        assert_eq!(row["free"], near["facets"]["feature"]["free"].to_string());
        let nearest = server.json(&format!("{query}&limit=5"));
        assert_eq!(
            row["nearest_m"],
            nearest["offerings"][0]["distance_m"].to_string()
        );
        assert_eq!(
            row["fifth_nearest_m"],
            nearest["offerings"][4]["distance_m"].to_string()
        );
    }
    let geojson: Value = serde_json::from_slice(&fs::read(out.join("coverage.geojson")).unwrap()).unwrap();
    let features = geojson["features"].as_array().unwrap();
    let polygons = features
        .iter()
        .filter(|feature| feature["geometry"]["type"] == "Polygon");
    assert_eq!((features.len(), polygons.count()), (4_089, 1));
    let parquet = fs::read(out.join("coverage.parquet")).unwrap();
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("Taal, non-formeel") && page.contains("Waar helpt een nieuwe plek het meest?"));
    assert!(
        !page.contains("<script") && !page.contains("NaN") && !page.contains("inf"),
        "{}",
        page.len()
    );
    // Those of 3011, 8601, 9999 and 4331 are all who count.
    let provinces = rows(&out.join("provinces.csv"));
    let weights: f64 = provinces
        .iter()
        .map(|row| row["weight"].parse::<f64>().unwrap())
        .sum();
    assert!((weights - 17_005.0).abs() < 1e-6);
}

#[test]
fn coverage_of_everything_from_streets_and_of_what_changed() {
    let folder = Folder::new();
    let [people, _, streets] = inputs(folder.path());
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl");
    let all = fs::read_to_string(sample).unwrap();
    let some: Vec<&str> = all.lines().take(400).collect();
    let first = folder.file("first.jsonl", some[..390].join("\n"));
    let second = folder.file("second.jsonl", some[5..].join("\n"));
    for source in [&first, &second] {
        let output = index(&folder.out(), &[source], &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let index = folder.out().to_str().unwrap().to_owned();
    let (codes, out) = (path(folder.path(), "codes.pc6"), path(folder.path(), "out"));
    run(&["postcodes", "import", &streets, "--out", &codes]);
    let output = run(&[
        "coverage",
        "--index",
        &index,
        "--pc6",
        &codes,
        "--streets",
        "--all",
        "--population",
        &people,
        "--since",
        "1",
        "--out",
        &out,
        "--formats",
        "csv,html",
    ]);
    let said = text(&output.stdout);
    assert!(
        said.contains("since generation 1: 10 opened, 5 closed, 0 moved"),
        "{said}"
    );
    let table = rows(&Path::new(&out).join("postcodes.csv"));
    assert_eq!(table.len(), 3 * 65);
    // The inhabitants of four digits are spread over their streets.
    assert_eq!(
        (table[0]["postcode"].as_str(), table[0]["inhabitants"].as_str()),
        ("3011 AA", "4500")
    );
    let changed = fs::read_to_string(Path::new(&out).join("changes.csv")).unwrap();
    assert_eq!(changed.lines().count(), 16);
    fails(
        &["coverage", "--index", &index, "--new", "5000"],
        "there are 4089 postcodes",
    );
    fails(
        &["coverage", "--index", &index, "--since", "7"],
        "generation 7 cannot be read",
    );
    let bad = folder.file("bad.geojson", "{}");
    fails(
        &["coverage", "--index", &index, "--areas", bad.to_str().unwrap()],
        "not a GeoJSON feature collection",
    );
}

#[test]
fn the_page_of_coverage_sorts_pages_and_leaves_out_small_numbers() {
    let (folder, _) = sample_server();
    let [people, _, _] = inputs(folder.path());
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let profiles = profiles.to_str().unwrap();
    let server = Server::start_with(folder.path(), &["--population", &people, "--profiles", profiles]);
    let (status, _, page) =
        server.get("/analyse/dekking?theme=digital&within=10&level=gemeente&sort=3&order=desc");
    assert_eq!(status, 200);
    assert!(page.contains("Computer en telefoon, alle soorten") && page.contains("aria-sort=\"descending\""));
    let first = page
        .split("<th scope=\"row\">")
        .filter(|part| !part.starts_with("verder"))
        .nth(1)
        .unwrap();
    assert!(first.starts_with("Rotterdam"), "{}", &first[..60]);
    let (_, kind, csv) = server.get("/analyse/dekking.csv?level=postcode&sort=4&order=desc");
    assert_eq!(kind, "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4_090);
    assert!(
        lines[1].starts_with("3011,Rotterdam,Rotterdam,9000,"),
        "{}",
        lines[1]
    );
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("9999,") && line.contains(",<10,"))
    );
    let (_, kind, map) = server.get("/analyse/dekking/kaart.svg?theme=digital");
    assert!(kind == "image/svg+xml" && map.matches("h0").count() == 2 * 4_089);
    for odd in [
        "?theme=x&within=7&level=&sort=99999&page=99999",
        "?%00=%ff&sort=-1&order=",
    ] {
        assert_eq!(server.get(&format!("/analyse/dekking{odd}")).0, 200, "{odd}");
    }
}
