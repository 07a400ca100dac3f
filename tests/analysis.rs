//! What analysts run: queries, measurements, coverage, demand; over the real command and real HTTP.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::Value;

use crate::{
    harness::{Folder, Server, index, nabij, text},
    serving::sample_server,
};

fn run(arguments: &[&str]) -> Output {
    let output = nabij(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    output
}

fn fails(arguments: &[&str], why: &str) {
    let output = nabij(arguments);
    let said = text(&output.stderr);
    assert!(
        !output.status.success() && said.contains(why),
        "{arguments:?}: {said}"
    );
}

/// The index of the sample, made by [`sample_server`].
fn index_of(folder: &tempfile::TempDir) -> String {
    folder.path().to_str().unwrap().to_owned()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

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

fn report(path: &str) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn fingerprints(report: &Value) -> Vec<String> {
    let classes = report["classes"].as_array().unwrap().iter();
    classes
        .map(|class| format!("{} {}", class["class"], class["fingerprint"]))
        .collect()
}

#[test]
fn queries_are_measured_in_process_and_over_http_with_the_same_answers() {
    let (folder, server) = sample_server();
    let file = |name: &str| path(folder.path(), name);
    let (queries, table, index) = (file("q.jsonl"), file("q.csv"), index_of(&folder));
    run(&["queries", "--count", "60", "--seed", "4", "--out", &queries]);
    run(&["queries", "--count", "60", "--seed", "4", "--out", &table]);
    let (a, b, c) = (file("a.json"), file("b.json"), file("c.json"));
    let measure = ["--count", "120", "--warm-up", "0s", "--queries"];
    let bench = |rest: &[&str]| run(&[&["bench"], &measure[..], rest].concat());
    let said = text(&bench(&[&queries, "--index", &index, "--json", &a, "--clients", "2"]).stdout);
    assert!(
        said.contains("120 answers, 0 not answered") && said.contains("relevance"),
        "{said}"
    );
    bench(&[
        &table,
        "--url",
        server.base(),
        "--json",
        &b,
        "--rate",
        "300",
        "--clients",
        "4",
    ]);
    let (html, csv) = (file("c.html"), file("c.csv"));
    bench(&[
        &queries, "--index", &index, "--json", &c, "--html", &html, "--csv", &csv,
    ]);
    let (in_process, over_http) = (report(&a), report(&b));
    assert_eq!(fingerprints(&in_process), fingerprints(&over_http));
    assert_eq!(over_http["all"]["answered"], 120);
    assert_eq!(in_process["environment"]["index"]["generation"], 1);
    let page = fs::read_to_string(&html).unwrap();
    assert_eq!(page.matches("<svg").count(), 3);
    assert!(!page.contains("<script") && !page.contains("NaN"));
    assert!(
        fs::read_to_string(&csv)
            .unwrap()
            .starts_with("class,answered,errors,")
    );

    // A thousand per cent slower is slower than anything; a threshold of minus 100 % is passed by anything.
    run(&[
        "bench",
        "compare",
        &a,
        &c,
        "--threshold",
        "100000",
        "--same-answers",
    ]);
    fails(
        &["bench", "compare", &a, &c, "--threshold=-100"],
        "slower by more than -100 %",
    );
    fails(
        &["bench", "compare", &a, &queries],
        "not a report of `nabij bench --json`",
    );
}

#[test]
fn broken_queries_are_told_and_passed_over_or_stop_the_run() {
    let (folder, _server) = sample_server();
    let file = folder.path().join("q.jsonl");
    fs::write(
        &file,
        "{\"postcode\":\"3011\"}\nnot json\n{\"postcode\":\"1001\"}\n{\"colour\":\"red\"}\n",
    )
    .unwrap();
    let (file, index) = (file.to_str().unwrap(), index_of(&folder));
    let arguments = [
        "bench",
        "--queries",
        file,
        "--index",
        &index,
        "--count",
        "5",
        "--warm-up",
        "0s",
    ];
    let output = run(&arguments);
    let said = text(&output.stderr);
    for line in ["line 2: not an object", "line 3: postcode:", "line 4: colour:"] {
        assert!(said.contains(line), "{said}");
    }
    fails(&[&arguments[..], &["--strict"]].concat(), "line 2: not an object");
    let nothing = path(folder.path(), "nothing.csv");
    fs::write(&nothing, "class,q\n").unwrap();
    fails(
        &["bench", "--queries", &nothing, "--index", &index],
        "holds no query that can be asked",
    );
    fails(
        &[
            "bench",
            "--queries",
            file,
            "--url",
            "http://127.0.0.1:1",
            "--count",
            "1",
        ],
        "the first query was not answered",
    );
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

#[test]
fn demand_is_counted_only_when_asked_for_and_only_in_large_numbers() {
    let (folder, _) = sample_server();
    let file = path(folder.path(), "demand.csv");
    let server = Server::start_with(folder.path(), &["--demand", &file]);
    for number in 0..12 {
        server.get(&format!(
            "/v1/offerings?postcode=3011&theme=language&radius=5000&limit={number}"
        ));
    }
    for _ in 0..4 {
        server.get("/zoek?postcode=8601&theme=money&within=5&q=bestaatniet");
    }
    server.get("/zoek?postcode=3011&theme=language&page=2");
    assert_eq!(server.terminate(), Some(0));
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), 2, "{written}");
    assert!(written.contains(",pc4,3011,language,true,12"), "{written}");
    let output = run(&["demand", &file]);
    assert!(text(&output.stdout).contains("3011"));
}
