//! Every format on its way in, and the settings that list sources.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::harness::{Folder, Server, index, index_by_settings, nabij, text};

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

#[test]
fn each_format_gives_its_rows_to_the_index_or_the_report() {
    let table = sample("formats/tabel.toml");
    let table = ["--mapping", str(&table)];
    let points = sample("formats/punten.toml");
    let points = ["--mapping", str(&points)];
    for (source, mapping, expected) in [
        ("gids", &[][..], (6, 4, 2)),
        ("formats/hsds", &[], (5, 4, 1)),
        ("formats/aanbod.csv", &table, (4, 2, 2)),
        ("formats/aanbod.xlsx", &table, (4, 2, 2)),
        ("formats/aanbod.ods", &table, (4, 2, 2)),
        ("formats/punten.geojson", &points, (2, 1, 1)),
        ("formats/agenda.ics", &[], (4, 2, 2)),
        ("formats/cursussen.jsonld", &[], (5, 4, 1)),
    ] {
        let (counts, problems) = taken_in(&sample(source), mapping);
        assert_eq!(counts, expected, "{source}: {problems:#?}");
    }
}

#[test]
fn a_gids_product_gets_its_organisation_its_kind_and_its_coming_dates() {
    let folder = Folder::new();
    let output = index(&folder.out(), &[&sample("gids")], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let server = Server::start(&folder.out());
    let help = server.json("/v1/offerings/gids-1001");
    assert_eq!(help["kind"], "practical_help");
    assert_eq!(help["themes"], serde_json::json!(["money", "government"]));
    assert_eq!(help["organisation"], "Bibliotheek Voorbeeldstad, vestiging Noord");
    // The branch has no telephone of its own, and an address of its own.
    assert_eq!(help["phone"], "010 000 00 00");
    assert_eq!(help["email"], "noord@bibliotheek.example");
    assert_eq!(help["opening_hours"], "Mo,We 10:00-12:00");
    assert_eq!(
        help["description"],
        "Heb je een brief of formulier dat je niet begrijpt?\n\nWij helpen je met invullen."
    );
    let course = server.json("/v1/offerings/gids-1002");
    assert_eq!(
        course["dates"],
        serde_json::json!(["2099-01-13T10:00/12:00", "2099-01-20T10:00/12:00"])
    );
    assert_eq!(course["cost"], "12.50");
    // The detail stands in another file and another format than the list.
    let meeting = server.json("/v1/offerings/gids-1003");
    assert_eq!(meeting["opening_hours"], "Th 13:30-15:00");
    assert_eq!(meeting["languages"], serde_json::json!(["nl", "ar"]));
    assert_said(
        &problems(&folder.report()),
        &[
            "gids/producten.xml:56 ended on 2019-05-07",
            "gids/producten.xml:64 belongs to the organisation `999`, which is not in the source",
            "gids/producten.xml:64 the aanbodsoort `Dierenarts aan huis` is not in the table; taken as practical_help",
            "gids/producten.xml:64 `huisdieren` is a field that is not read",
            "gids/product-1003.json:1 the organisation `903` is above itself",
        ],
    );
}

#[test]
fn another_table_of_aanbodsoorten_changes_the_kind() {
    let folder = Folder::new();
    let classes = folder.file(
        "soorten.csv",
        "term,kind,themes\nDierenarts aan huis,informal,meeting\n*,nonformal,\n",
    );
    let settings = format!(
        "[[source]]\npath = {:?}\nclasses = {:?}\n",
        sample("gids"),
        classes
    );
    let output = index_by_settings(&folder, &settings);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let server = Server::start(&folder.out());
    assert_eq!(server.json("/v1/offerings/gids-1005")["kind"], "informal");
    assert_eq!(server.json("/v1/offerings/gids-1001")["kind"], "nonformal");
}

#[test]
fn an_hsds_service_is_an_offering_at_each_of_its_locations() {
    let folder = Folder::new();
    let output = index(&folder.out(), &[&sample("formats/hsds")], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let server = Server::start(&folder.out());
    let cooking = server.json("/v1/offerings/svc-1@sal-2");
    assert_eq!(cooking["place"], "Eindhoven");
    assert_eq!(cooking["kind"], "informal");
    assert_eq!(cooking["opening_hours"], "Tu,Th 17:00-19:30");
    assert_eq!(cooking["registration"], "call");
    assert_eq!(cooking["target_groups"], serde_json::json!(["Vanaf 18 jaar"]));
    assert_eq!(cooking["phone"], "030 000 00 00");
    // Here it has times and a telephone of its own.
    let lunch = server.json("/v1/offerings/svc-1@sal-1");
    assert_eq!(lunch["opening_hours"], "Fr 12:00-13:30");
    assert_eq!(lunch["phone"], "030 000 00 02");
    let money = server.json("/v1/offerings/svc-2");
    assert_eq!(money["cost"], "free");
    assert_eq!(
        money["rrule"],
        "DTSTART:20260105T100000\nDURATION:PT120M\nRRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO"
    );
    assert_said(
        &problems(&folder.report()),
        &[
            "hsds/services.csv:4 belongs to the organization `org-9`, which is not in the package",
            "hsds/services.csv:2 of hsds/addresses.csv, 1 rows belong to nothing; the first is line 4 with location_id `loc-7`",
            "hsds/services.csv:2 of hsds/phones.csv, 1 rows belong to nothing; the first is line 3 with service_id `svc-8`",
            "hsds/services.csv:5 has the status `inactive`",
            "hsds/services.csv:4 the schedule ended on 2020-01-01",
        ],
    );
}

#[test]
fn a_zip_is_read_as_the_folder_that_was_packed() {
    let folder = Folder::new();
    let packed = folder.path().join("pakket.zip");
    let mut zip = zip::ZipWriter::new(fs_err::File::create(&packed).unwrap());
    for entry in fs::read_dir(sample("formats/hsds")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("data/{}", path.file_name().unwrap().to_str().unwrap());
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut zip, &fs::read(path).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let (counts, problems) = taken_in(&packed, &[]);
    assert_eq!(counts, (5, 4, 1), "{problems:#?}");
    assert_said(
        &problems,
        &["pakket.zip/data/services.csv:4 belongs to the organization `org-9`"],
    );
}

#[test]
fn a_spreadsheet_and_a_csv_give_the_same_offerings() {
    let mapping = sample("formats/tabel.toml");
    let offerings = ["aanbod.csv", "aanbod.xlsx", "aanbod.ods"].map(|name| {
        let folder = Folder::new();
        let output = index(
            &folder.out(),
            &[&sample("formats").join(name)],
            &["--mapping", str(&mapping)],
        );
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        let server = Server::start(&folder.out());
        [
            server.json("/v1/offerings/tabel-1"),
            server.json("/v1/offerings/tabel-2"),
        ]
    });
    assert_eq!(offerings[0], offerings[1]);
    assert_eq!(offerings[0], offerings[2]);
    let [talking, maths] = &offerings[0];
    assert_eq!(talking["title"], "Taalcafé");
    assert_eq!(talking["house_number"], "7 b");
    assert_eq!(talking["themes"], serde_json::json!(["language", "meeting"]));
    assert_eq!(
        (&talking["lat"], &talking["lon"]),
        (&52.5168.into(), &6.0919.into())
    );
    assert_eq!(talking["dates"], serde_json::json!(["2099-01-12"]));
    assert_eq!(talking["last_checked"], "2026-10-01");
    assert_eq!(
        (&maths["cost"], &maths["last_checked"]),
        (&"12.50".into(), &"2026-09-15".into())
    );
}

#[test]
fn a_calendar_gives_its_coming_events_in_dutch_time() {
    let folder = Folder::new();
    let output = index(&folder.out(), &[&sample("formats/agenda.ics")], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let server = Server::start(&folder.out());
    let meeting = server.json("/v1/offerings/agenda-1@bibliotheek.example");
    assert_eq!(
        meeting["description"],
        "Je praat met andere mensen.\nEr is koffie, thee en limonade."
    );
    assert_eq!(meeting["postcode"], "3011 HN");
    assert_eq!(meeting["place"], "Rotterdam");
    assert_eq!(meeting["street"], "Librijesteeg 4");
    assert_eq!(meeting["organisation"], "Bibliotheek Voorbeeldstad");
    // An occurrence that was moved leaves its old day and has its new one.
    assert_eq!(meeting["dates"], serde_json::json!(["2099-01-08T10:00/11:30"]));
    assert!(
        meeting["rrule"]
            .as_str()
            .unwrap()
            .contains("EXDATE;TZID=Europe/Amsterdam:20990107T100000")
    );
    let workshop = server.json("/v1/offerings/agenda-2@bibliotheek.example");
    assert_eq!(workshop["dates"], serde_json::json!(["2099-01-10T19:30/21:00"]));
    assert_eq!(workshop["kind"], "nonformal");
    assert_eq!(workshop["organisation"], "Bibliotheek Zuid");
    assert_said(
        &problems(&folder.report()),
        &[
            "agenda.ics:38 ended on 2020-01-10",
            "agenda.ics:44 has the status `CANCELLED`",
        ],
    );
}

#[test]
fn a_course_at_two_places_is_found_at_both() {
    let folder = Folder::new();
    let output = index(&folder.out(), &[&sample("formats/cursussen.jsonld")], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let server = Server::start(&folder.out());
    for (place, title) in [
        ("Groningen", "Nederlands voor beginners"),
        ("Assen", "Nederlands voor beginners"),
    ] {
        let found = server.json(&format!("/v1/offerings?place={place}&radius=5000"));
        let titles: Vec<&str> = found["offerings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["title"].as_str().unwrap())
            .collect();
        assert!(titles.contains(&title), "{place}: {titles:?}");
    }
    let found = server.json("/v1/offerings?place=Assen&radius=5000");
    let course = &found["offerings"][0];
    assert_eq!(course["cost"], "25.00");
    assert_eq!(course["organisation"], "Volksschool Voorbeeld");
    assert_eq!(course["summary"], "Je leert Nederlands spreken.");
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

#[test]
fn check_proposes_a_mapping_that_works_and_makes_no_index() {
    let folder = Folder::new();
    for name in ["aanbod.csv", "aanbod.xlsx"] {
        let table = sample("formats").join(name);
        let output = nabij(&["check", str(&table)]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let proposal = text(&output.stdout);
        for line in [
            "postcode = \"Postcode\"",
            "house_number = [\"Huisnr\"",
            "Spreekuur = \"practical_help\"  # a guess",
            "# Sport = \"\"  # say which",
            "themes = \",\"",
        ] {
            assert!(
                proposal.contains(line)
                    || proposal.contains(
                        &line
                            .replace("Spreekuur", "\"Spreekuur\"")
                            .replace("Sport", "\"Sport\"")
                    ),
                "{line}: {proposal}"
            );
        }
        let mapping = folder.file("voorstel.toml", &proposal);
        let output = nabij(&["check", str(&table), "--mapping", str(&mapping)]);
        assert!(
            output.status.success(),
            "{} {}",
            text(&output.stdout),
            text(&output.stderr)
        );
        let report = text(&output.stdout);
        assert!(
            report.starts_with("4 rows read, 2 offerings in the index, 2 rows rejected"),
            "{report}"
        );
    }
    assert!(!folder.out().exists());
}

#[test]
fn every_service_of_registers_of_others_is_indexed_or_in_the_report() {
    let mut settings = String::new();
    for (name, path) in [
        ("Open211 Miami", "hsds/miami-open211"),
        (
            "HSDS 3.0 examples",
            "hsds/openreferral-specification-3.0/examples",
        ),
        ("mock HSDS 3 API", "hsds/mock-hsds-api-3/data"),
        ("UK mock Default", "hsds/oruk-validator/Mocks/V3.0-UK-Default"),
        ("UK mock Fail", "hsds/oruk-validator/Mocks/V3.0-UK-Fail"),
        ("UK mock Test", "hsds/oruk-validator/Mocks/V3.0-UK-Test"),
        ("UK mock Warn", "hsds/oruk-validator/Mocks/V3.0-UK-Warn"),
    ] {
        let Some(path) = shared(path) else { return };
        writeln!(settings, "[[source]]\nname = {name:?}\npath = {:?}", str(&path)).unwrap();
    }
    let folder = Folder::new();
    let settings = folder.file("vreemd.toml", settings);
    let output = index_from_project(&settings, &["--out", str(&folder.out()), "--max-rejected", "100"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_documented(&table(&text(&output.stdout)));
    let report = folder.report();
    let (rows, indexed, rejected) = counts(&report);
    assert_eq!(
        rows,
        indexed + rejected + report["merged"].as_array().unwrap().len() as u64
    );
    let problems = problems(&report);
    assert_said(&problems, &["` stands 128 times in V3.0-UK-Test/service_list"]);
    // Of the large package, every problem names a service.
    let miami = problems
        .iter()
        .filter(|problem| problem.starts_with("miami-open211/"));
    assert!(miami.clone().all(|problem| problem.contains("data/services.csv")));
    let count = |part: &str| miami.clone().filter(|problem| problem.contains(part)).count();
    assert_eq!(
        count(" belongs to the organization `") - count("its location"),
        447
    );
    assert_eq!(count("eligibility.csv, 2244 rows belong to nothing"), 1);
}

#[test]
fn what_is_no_offering_is_counted_as_what_it_is() {
    let folder = Folder::new();
    let output = index(&folder.out(), &[&folder.file("register.json", REGISTER)], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = folder.report();
    assert_eq!(counts(&report), (3, 1, 2));
    assert_eq!(
        report["sources"][0]["others"],
        serde_json::json!({"a location": 1, "a taxonomy": 2, "an organisation": 1, "the description of an API": 1})
    );
    assert_said(
        &problems(&report),
        &[
            "register.json:6 is a record without a name",
            "register.json:8 is a value that is no object",
        ],
    );
    assert!(
        text(&output.stdout).contains("5 records are no offerings, such as taxonomies"),
        "{}",
        text(&output.stdout)
    );
    let page = fs::read_to_string(folder.out().join("report.html")).unwrap();
    assert!(
        page.contains("In register.json staan ook 5 stukken die geen aanbod zijn."),
        "{page}"
    );
}

/// A list with all that HSDS has a record for.
const REGISTER: &str = r#"{"contents": [
    {"id": "s1", "name": "Taalcafé", "status": "active", "service_at_locations": [{"location": {
        "id": "l1", "latitude": 51.92, "longitude": 4.48}}]},
    {"id": "t1", "name": "Thema's", "term_uri": "https://voorbeeld.example", "taxonomy": "thema"},
    {"id": "t2", "name": "Soorten", "uri": "https://voorbeeld.example", "version": "1"},
    {"id": "o1", "name": "Bibliotheek", "legal_status": "stichting"},
    {"id": "l1", "name": "Plein", "location_type": "physical"},
    {"id": "s2", "status": "active"},
    {"version": "HSDS-3.0", "openapi_url": "https://voorbeeld.example/openapi.json"},
    7
], "total_items": 8}"#;
