//! Made-up queries, and how long they take: in process and over HTTP.

use std::fs;

use serde_json::Value;

use super::{fails, index_of, path, run};
use crate::{harness::text, serving::sample_server};

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
