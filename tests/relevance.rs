//! Topics and judgements, put to a real index.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use crate::harness::{Folder, index, nabij, text};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The judgements as document and grade, by topic.
fn judgements(name: &str) -> HashMap<String, Vec<(String, i32)>> {
    let mut topics: HashMap<String, Vec<(String, i32)>> = HashMap::new();
    for line in fs::read_to_string(data(name)).unwrap().lines() {
        let columns: Vec<&str> = line.split(' ').collect();
        let [topic, "0", document, grade] = *columns.as_slice() else {
            panic!("{name}: {line}");
        };
        let judged = topics.entry(topic.to_owned()).or_default();
        judged.push((document.to_owned(), grade.parse().unwrap()));
    }
    topics
}

/// Runs `nabij relevance` on topics and judgements, with more arguments.
fn relevance(folder: &Folder, topics: &Path, judgements: &Path, extra: &[&str]) -> (bool, String, String) {
    let out = folder.out();
    let paths = [&out, topics, judgements].map(|path: &Path| path.to_str().unwrap());
    let [out, topics, judgements] = paths;
    let mut arguments = vec![
        "relevance",
        "--index",
        out,
        "--topics",
        topics,
        "--judgements",
        judgements,
    ];
    arguments.extend(extra);
    let ran = nabij(&arguments);
    (ran.status.success(), text(&ran.stdout), text(&ran.stderr))
}

fn sample() -> Folder {
    let folder = Folder::new();
    let built = index(&folder.out(), &[&data("sample/offerings.jsonl")], &[]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    folder
}

#[test]
fn every_judged_example_exists_and_every_topic_was_judged() {
    let examples: HashSet<String> = fs::read_to_string(data("sample/offerings.jsonl"))
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    for name in ["sample", "real"] {
        let judged = judgements(&format!("relevance/{name}.qrels"));
        let topics = fs::read_to_string(data(&format!("relevance/{name}.topics.xml"))).unwrap();
        let numbers: HashSet<&str> = topics
            .lines()
            .filter_map(|line| line.strip_prefix("<num>")?.strip_suffix("</num>"))
            .collect();
        assert_eq!(numbers, judged.keys().map(String::as_str).collect(), "{name}");
        for (topic, judged) in judged {
            assert!(
                judged.iter().any(|(_, grade)| *grade >= 2),
                "{name}, topic {topic}"
            );
            assert!(
                judged.iter().all(|(_, grade)| (1..=3).contains(grade)),
                "{name}, topic {topic}"
            );
            if name == "sample" {
                let strange = judged.iter().find(|(id, _)| !examples.contains(id));
                assert_eq!(strange, None, "topic {topic}");
            }
        }
    }
}

#[test]
fn the_topics_of_a_half_are_measured_and_a_run_gives_the_same_figures() {
    let folder = sample();
    let (topics, judged) = (
        data("relevance/sample.topics.xml"),
        data("relevance/sample.qrels"),
    );
    let (run, csv) = (folder.path().join("run.trec"), folder.path().join("measures.csv"));
    let files = ["--run", run.to_str().unwrap(), "--csv", csv.to_str().unwrap()];
    let (good, out, err) = relevance(
        &folder,
        &topics,
        &judged,
        &[&["--only", "tune", "--level", "2"], &files[..]].concat(),
    );
    assert!(good && err.is_empty(), "{err}");
    let all: Vec<&str> = out.lines().last().unwrap().split_whitespace().collect();
    assert_eq!(all[..2], ["all", "375"], "{out}");

    let mut ranked: HashMap<String, Vec<String>> = HashMap::new();
    for line in fs::read_to_string(run).unwrap().lines() {
        let columns: Vec<&str> = line.split(' ').collect();
        let ids = ranked.entry(columns[0].to_owned()).or_default();
        ids.push(columns[2].to_owned());
        assert_eq!(columns[3], ids.len().to_string(), "ranks count from 1: {line}");
    }
    let judged = judgements("relevance/sample.qrels");
    let rows = fs::read_to_string(csv).unwrap();
    let mut found = 0;
    for row in rows.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let relevant: HashSet<&str> = judged[cells[1]]
            .iter()
            .filter(|(_, grade)| *grade >= 2)
            .map(|(id, _)| id.as_str())
            .collect();
        let answer = ranked.get(cells[1]).map(Vec::as_slice).unwrap_or_default();
        let success = answer.iter().take(3).any(|id| relevant.contains(id.as_str()));
        assert_eq!(cells[9], if success { "1.000000" } else { "0.000000" }, "{row}");
        assert_eq!(cells[5], answer.len().to_string(), "{row}");
        found += usize::from(success);
    }
    assert!(found >= 10, "the plain words of titles find something");
}

#[test]
fn settings_are_compared_and_the_same_setting_differs_in_nothing() {
    let folder = sample();
    let (topics, judged) = (
        data("relevance/sample.topics.xml"),
        data("relevance/sample.qrels"),
    );
    let (good, out, _) = relevance(&folder, &topics, &judged, &["--against", "sort=relevance"]);
    assert!(good);
    let line = |out: &str| -> Vec<String> {
        let line = out.lines().rfind(|line| line.starts_with("nDCG@10")).unwrap();
        line.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(line(&out)[3..], ["+0.0000", "1.0000", "0", "0"], "{out}");
    // Three hits at most are never more than all.
    let (good, out, _) = relevance(&folder, &topics, &judged, &["--compare", "limit=3"]);
    let recall = out.lines().rfind(|line| line.starts_with("recall@20")).unwrap();
    let cells: Vec<&str> = recall.split_whitespace().collect();
    assert!(
        good && cells[3].starts_with('+') && cells[4] == "0.0001" && cells[6] == "0",
        "{recall}"
    );
}

#[test]
fn what_cannot_be_measured_is_said() {
    let folder = sample();
    let topics = folder.file(
        "topics.xml",
        format!(
            "<top><num>1<title>wandelen</top><top><num>2<title>{}</top><top><num>3<title>niets</top>",
            "lang ".repeat(60)
        ),
    );
    let judged = folder.file("qrels", "1 0 voorbeeld-0000001 1\n2 0 voorbeeld-0000001 1\n");
    let (good, out, err) = relevance(&folder, &topics, &judged, &[]);
    assert!(
        good && out.lines().last().unwrap().starts_with("all             2"),
        "{out}"
    );
    assert!(
        err.contains("topic 2 (`lang lang") && err.contains("at most 200 characters"),
        "{err}"
    );
    assert!(err.contains("these topics, which are left out: 3\n"), "{err}");

    let refused = |topics: &Path, judged: &Path, extra: &[&str]| {
        let (good, out, err) = relevance(&folder, topics, judged, extra);
        assert!(!good && out.is_empty(), "{out}");
        err
    };
    let broken = folder.file("broken", "1 0 voorbeeld-0000001\n");
    assert!(refused(&topics, &broken, &[]).contains("line 1: four columns are needed"));
    assert!(refused(&broken, &judged, &[]).contains("there is no topic"));
    assert!(refused(&topics, &judged, &["--only", "test"]).contains("<half>test</half>"));
    assert!(
        refused(&topics, &judged, &["--with", "colour=red"])
            .contains("colour: this parameter does not exist")
    );
    assert!(refused(&topics, &judged, &["--against", "q=taal"]).contains("`q` cannot be set"));
    assert!(
        refused(&topics, &judged, &["--level", "3"]).contains("do topics and judgements belong together")
    );
}
