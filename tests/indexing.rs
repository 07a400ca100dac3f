//! `nabij index` on good input, and on everything that is wrong with input.

use std::process::{Command, Stdio};

use crate::harness::{Folder, Server, index, nabij, text};

const GOOD: &str = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";

#[test]
fn every_row_ends_in_the_index_or_in_the_report() {
    let folder = Folder::new();
    let rows = "id,title,kind,postcode,lat,lon,colour\n\
        a,Taalcafé,informal,3011AD,,,\n\
        a,Again,informal,3011AD,,,\n\
        b,,informal,3011AD,,,\n\
        c,Far,informal,3011AD,53.2,6.57,\n\
        d,Swapped,informal,,4.48,51.92,\n\
        e,Grid,informal,,437000,92000,\n\
        f,Scaled,informal,,5192000,448000,\n\
        g,Nowhere,informal,1001AA,,,\n\
        h,Short\n\
        i,Red,informal,3011,,,red\n";
    let output = index(&folder.out(), &[&folder.file("rows.csv", rows)], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = folder.report();
    assert_eq!(
        (&report["rows"], &report["indexed"], &report["rejected"]),
        (&10.into(), &6.into(), &4.into())
    );
    let problems: Vec<String> = report["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            format!(
                "{} {} {}",
                entry["line"],
                entry["field"].as_str().unwrap_or("-"),
                entry["problem"].as_str().unwrap()
            )
        })
        .collect();
    for expected in [
        "3 id `a` is the id of rows.csv:2 too",
        "4 title is missing",
        "5 postcode lies 2",
        "6 lat latitude and longitude had changed places",
        "7 lat coordinates were metres in the national grid",
        "8 lat coordinates were degrees times 10 to the power 5",
        "9 postcode no Dutch address has the postcode 1001 AA",
        "10 - is not a row of this table",
        "11 - `colour` is not a field",
    ] {
        assert!(
            problems.iter().any(|problem| problem.starts_with(expected)),
            "{expected}: {problems:#?}"
        );
    }
    assert_eq!(problems.len(), 9, "{problems:#?}");
}

#[test]
fn windows_1252_semicolons_and_a_byte_order_mark_are_read() {
    for (name, content) in [
        (
            "a.csv",
            b"id;title;kind;place\na;Taalcaf\xe9;informal;Rotterdam\n".to_vec(),
        ),
        (
            "b.csv",
            "\u{feff}id,title,kind,place\na,Taalcafé,informal,Rotterdam\n".into(),
        ),
        (
            "c.csv",
            "id\ttitle\tkind\tplace\na\tTaalcafé\tinformal\tRotterdam\n".into(),
        ),
        (
            "d.jsonl",
            "\n{\"id\":\"a\",\"title\":\"Taalcafé\",\"kind\":\"informal\",\"place\":\"Rotterdam\"}\n".into(),
        ),
    ] {
        let folder = Folder::new();
        let output = index(&folder.out(), &[&folder.file(name, content)], &[]);
        assert!(output.status.success(), "{name}: {}", text(&output.stdout));
        let output = nabij(&[
            "search",
            "--index",
            folder.out().to_str().unwrap(),
            "--place",
            "Rotterdam",
        ]);
        assert!(
            text(&output.stdout).contains("Taalcafé"),
            "{name}: {}",
            text(&output.stdout)
        );
    }
}

#[test]
fn what_cannot_be_used_is_said_and_the_old_index_stays() {
    let folder = Folder::new();
    assert!(
        index(&folder.out(), &[&folder.file("good.csv", GOOD)], &[])
            .status
            .success()
    );
    let broken = folder.file("broken.jsonl", "{\"id\": \"a\", \"title\n");
    for (source, status, message) in [
        (folder.path().join("missing.csv"), 1, "missing.csv"),
        (folder.file("empty.csv", ""), 1, "is empty"),
        (folder.file("table.xyz", "a"), 1, "unknown format"),
        (
            folder.file("names.csv", "naam,soort\na,b\n"),
            1,
            "has no column `id`",
        ),
        (folder.file("points.geojson", "{}"), 1, "needs a mapping"),
        (broken, 1, "not one of the 1 rows can be shown"),
    ] {
        let output = index(&folder.out(), &[&source], &[]);
        assert_eq!(output.status.code(), Some(status));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
        let found = nabij(&[
            "search",
            "--index",
            folder.out().to_str().unwrap(),
            "--postcode",
            "3011",
        ]);
        assert!(text(&found.stdout).contains("Taalcafé"));
    }
    assert_eq!(nabij(&["index"]).status.code(), Some(2));
}

#[test]
fn a_truncated_file_and_a_field_of_a_megabyte_lose_nothing_else() {
    let folder = Folder::new();
    let long = "x".repeat(1 << 20);
    let rows = format!(
        "id,title,kind,postcode\nlong,{long},informal,3011AD\na,Taalcafé,informal,3011AD\ncut,\"Taal"
    );
    let output = index(&folder.out(), &[&folder.file("rows.csv", rows)], &[]);
    assert!(output.status.success());
    assert_eq!(
        (&folder.report()["indexed"], &folder.report()["rejected"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn a_mapping_makes_geojson_points_into_offerings() {
    let folder = Folder::new();
    let mapping = folder.file(
        "m.toml",
        "[fields]\nid = \"nr\"\ntitle = \"naam\"\nkind = \"soort\"\nhouse_number = [\"nummer\", \"letter\"]\n\
         [prefixes]\nid = \"x-\"\n[values.kind]\nKamer = \"informal\"\n",
    );
    let points = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[4.48,51.92]},
         "properties":{"nr":1,"naam":"Huiskamer","soort":"Kamer","nummer":7,"letter":"b"}},
        {"type":"Feature","geometry":null,"properties":{"nr":2,"naam":"Weg","soort":"Straat"}}]}"#;
    let source = folder.file("points.geojson", points);
    let output = index(
        &folder.out(),
        &[&source],
        &["--mapping", mapping.to_str().unwrap()],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        (&folder.report()["indexed"], &folder.report()["rejected"]),
        (&1.into(), &1.into())
    );
    let server = Server::start(&folder.out());
    assert_eq!(server.json("/v1/offerings/x-1")["house_number"], "7 b");
}

#[test]
fn an_offering_for_a_municipality_is_found_from_its_villages_and_an_unknown_one_is_said() {
    let folder = Folder::new();
    let rows = "id,title,kind,service_area\n\
        a,Taalmaatje,informal,municipality:OUDEWATER\n\
        b,Buurthulp,informal,municipality:Nergenshuizen\n";
    assert!(
        index(&folder.out(), &[&folder.file("rows.csv", rows)], &[])
            .status
            .success()
    );
    let said = folder.report()["entries"][0]["problem"].clone();
    assert_eq!(said, "no Dutch municipality is called `Nergenshuizen`");
    let out = folder.out();
    let found = nabij(&[
        "search",
        "--index",
        out.to_str().unwrap(),
        "--place",
        "Snelrewaard",
    ]);
    let found = text(&found.stdout);
    assert!(
        found.contains("Taalmaatje") && !found.contains("Buurthulp"),
        "{found}"
    );
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let folder = Folder::new();
    assert!(
        index(&folder.out(), &[&folder.file("good.csv", GOOD)], &[])
            .status
            .success()
    );
    let mut process = Command::new(env!("CARGO_BIN_EXE_nabij"))
        .args(["search", "--postcode", "3011", "--index"])
        .arg(folder.out())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let output = process.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(0), "")
    );
}
