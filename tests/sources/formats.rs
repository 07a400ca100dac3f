//! What each format gives: its rows, its kinds, its times, its places.

use std::fs;

use super::{assert_said, problems, sample, str, taken_in};
use crate::harness::{Folder, Server, index, index_by_settings, text};

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
