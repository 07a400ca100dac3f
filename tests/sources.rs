//! Every format on its way in, and the settings that list sources.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::harness::{Folder, Server, index, nabij, text};

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

/// A native row, so that there is something to publish beside a source of which nothing can be shown.
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

fn index_by_settings(folder: &Folder, settings: &str) -> Output {
    folder.file("nabij.toml", settings);
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(folder.path())
        .args(["index", "--out", str(&folder.out())])
        .output()
        .unwrap()
}

#[test]
fn six_sources_of_six_formats_make_one_index_and_one_report() {
    let folder = Folder::new();
    folder.file("eigen.csv", ANCHOR);
    let path = |name: &str| format!("{:?}", str(&sample(name)));
    let settings = format!(
        "[[source]]\nname = \"Eigen aanbod\"\npath = \"eigen.csv\"\npriority = 10\n\
         [[source]]\nname = \"G!DS\"\npath = {}\nformat = \"gids\"\ntrust = 90\n\
         [[source]]\nname = \"Open Referral\"\npath = {}\n\
         [[source]]\nname = \"Gemeente\"\npath = {}\nmapping = {}\nid_prefix = \"gem-\"\n\
         [[source]]\nname = \"Agenda\"\npath = {}\n\
         [[source]]\nname = \"Volksschool\"\npath = {}\n",
        path("gids"),
        path("formats/hsds"),
        path("formats/aanbod.xlsx"),
        path("formats/tabel.toml"),
        path("formats/agenda.ics"),
        path("formats/cursussen.jsonld"),
    );
    let output = index_by_settings(&folder, &settings);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        counts(&folder.report()),
        (1 + 6 + 5 + 4 + 4 + 5, 1 + 4 + 4 + 2 + 2 + 4, 2 + 1 + 2 + 2 + 1)
    );
    let number = fs::read_to_string(folder.out().join("CURRENT")).unwrap();
    let manifest = folder
        .out()
        .join("generations")
        .join(format!("{:0>7}", number.trim()))
        .join("manifest.json");
    let manifest: Value = serde_json::from_slice(&fs::read(manifest).unwrap()).unwrap();
    let sources = manifest["sources"].as_array().unwrap().iter();
    let sources: BTreeMap<&str, u64> = sources
        .map(|source| {
            (
                source["name"].as_str().unwrap(),
                source["indexed"].as_u64().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("Agenda", 2),
        ("Eigen aanbod", 1),
        ("G!DS", 4),
        ("Gemeente", 2),
        ("Open Referral", 4),
        ("Volksschool", 4),
    ];
    assert_eq!(sources, BTreeMap::from(expected));
    let server = Server::start(&folder.out());
    assert_eq!(server.json("/v1/offerings/gem-tabel-1")["title"], "Taalcafé");
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
fn every_service_of_a_large_dirty_package_is_indexed_or_in_the_report() {
    let Some(miami) = shared("hsds/miami-open211") else {
        return;
    };
    let ((rows, indexed, rejected), problems) = taken_in(&miami, &[]);
    assert_eq!(rows, 4_089);
    assert_eq!(indexed + rejected, rows);
    // Those with a position; the others are in towns that are not Dutch.
    assert_eq!(indexed, 2_260);
    let count = |part: &str| problems.iter().filter(|problem| problem.contains(part)).count();
    assert_eq!(
        count("data/services.csv"),
        problems.len(),
        "every problem names a service"
    );
    assert_eq!(
        problems
            .iter()
            .filter(|problem| problem.contains(" belongs to the organization `")
                && !problem.contains("its location"))
            .count(),
        447
    );
    assert_eq!(count("eligibility.csv, 2244 rows belong to nothing"), 1);
}

#[test]
fn the_examples_of_hsds_and_its_uk_profile_end_in_the_index_or_in_the_report() {
    for (source, rows) in [
        ("hsds/openreferral-specification-3.0/examples", 10),
        ("hsds/mock-hsds-api-3/data", 4),
        ("hsds/oruk-validator/Mocks/V3.0-UK-Default", 18),
        ("hsds/oruk-validator/Mocks/V3.0-UK-Fail", 11),
        ("hsds/oruk-validator/Mocks/V3.0-UK-Test", 7),
        ("hsds/oruk-validator/Mocks/V3.0-UK-Warn", 7),
    ] {
        let Some(source) = shared(source) else { continue };
        let ((read, indexed, rejected), problems) = taken_in(&source, &[]);
        assert_eq!(indexed + rejected, read, "{}", source.display());
        assert_eq!(read, rows, "{}: {problems:#?}", source.display());
        if source.ends_with("V3.0-UK-Test") {
            assert_said(&problems, &["` stands 128 times in V3.0-UK-Test/service_list"]);
        }
    }
}
