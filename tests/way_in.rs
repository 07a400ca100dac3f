//! What happens to rows on their way in: the same offering from two sources, and sources that broke.

use std::{fmt::Write, fs};

use serde_json::Value;

use crate::harness::{Folder, Server, index, index_by_settings, text};

const FIRST: &str = "id,title,kind,organisation,street,house_number,postcode,place,opening_hours,source\n\
    g1,Taalcafé,informal,Bibliotheek Sneek,Kerkstraat,7,8601 AB,Sneek,We 10:00-12:00,G!DS\n\
    g2,Repair Café,informal,Buurthuis Sneek,Kerkstraat,9,8601 AB,Sneek,,G!DS\n\
    g3,Voorlezen,informal,Bibliotheek Sneek,Kerkstraat,7,8601 AB,Sneek,Mo 10:00-12:00,G!DS\n";
const SECOND: &str = "id,title,kind,organisation,street,house_number,postcode,place,opening_hours,phone,cost,source\n\
    m1,Taalcafe Sneek,informal,Bibliotheek,Kerkstraat,7,8601 AB,Sneek,We 10:00-12:00; PH off,0515 412 345,free,Gemeente\n\
    m2,Repair Café,informal,Gemeente Sneek,Kerkstraat,11,8601 AB,Sneek,,,,Gemeente\n\
    m3,Samen koken,informal,Buurthuis Sneek,Kerkstraat,9,8601 AB,Sneek,Th 17:00-19:00,,,Gemeente\n";

#[test]
fn the_same_offering_from_two_sources_is_one_result_with_both_identifiers() {
    let folder = Folder::new();
    let sources = [folder.file("gids.csv", FIRST), folder.file("sheet.csv", SECOND)];
    let output = index(&folder.out(), &[&sources[0], &sources[1]], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = folder.report();
    assert_eq!((&report["rows"], &report["indexed"]), (&6.into(), &5.into()));
    let pairs = |name: &str| -> Vec<[String; 2]> {
        let id = |origin: &Value| origin["id"].as_str().unwrap().to_owned();
        report[name]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| [id(&pair["kept"]), id(&pair["other"])])
            .collect()
    };
    assert_eq!(pairs("merged"), [["g1", "m1"]]);
    assert_eq!(pairs("possible_duplicates"), Vec::<[String; 2]>::new());
    let server = Server::start(&folder.out());
    let offering = server.json("/v1/offerings/g1");
    assert_eq!(offering, server.json("/v1/offerings/m1"));
    for (field, value) in [
        ("title", "Taalcafé"),
        ("opening_hours", "We 10:00-12:00"),
        ("phone", "0515 412 345"),
        ("cost", "free"),
        ("source", "G!DS; Gemeente"),
    ] {
        assert_eq!(offering[field], value, "{field}");
    }
    assert_eq!(
        server.json("/v1/offerings?postcode=8601AB&radius=1000")["total"],
        5
    );
}

#[test]
fn priority_decides_whose_offering_it_is_and_trust_whose_word_stands() {
    for (of_gids, of_sheet, id, title, hours) in [
        // Without any of the two, the source that is named first.
        ("", "", "g1", "Taalcafé", "We 10:00-12:00"),
        (
            "",
            "priority = 1",
            "m1",
            "Taalcafe Sneek",
            "We 10:00-12:00; PH off",
        ),
        ("", "trust = 90", "g1", "Taalcafe Sneek", "We 10:00-12:00; PH off"),
        ("trust = 60", "priority = 1", "m1", "Taalcafé", "We 10:00-12:00"),
        (
            "priority = 2\ntrust = 0",
            "trust = 1",
            "g1",
            "Taalcafe Sneek",
            "We 10:00-12:00; PH off",
        ),
    ] {
        let folder = Folder::new();
        folder.file("gids.csv", FIRST);
        folder.file("sheet.csv", SECOND);
        let settings = format!(
            "[[source]]\npath = \"gids.csv\"\n{of_gids}\n[[source]]\npath = \"sheet.csv\"\n{of_sheet}\n"
        );
        let output = index_by_settings(&folder, &settings);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let merged = &folder.report()["merged"][0];
        assert_eq!(merged["kept"]["id"], id, "{settings}");
        assert_eq!(merged["disagree"], serde_json::json!(["opening_hours"]));
        let server = Server::start(&folder.out());
        for asked in ["g1", "m1"] {
            let offering = server.json(&format!("/v1/offerings/{asked}"));
            let of = |field: &str| offering[field].as_str().unwrap().to_owned();
            assert_eq!(
                [of("id"), of("title"), of("opening_hours")],
                [id, title, hours],
                "{settings}"
            );
            // What only one of them says stands in any case.
            assert_eq!(of("phone"), "0515 412 345");
        }
    }
}

#[test]
fn editors_see_what_came_through_and_what_did_not() {
    let folder = Folder::new();
    let rows = "id,title,kind,organisation,place,phone,valid_to,description\n\
        a/1,Taalcafé & meer,informal,Bibliotheek Sneek,Sneek,030-123456,2099-01-01,Kom langs indien je wilt.\n\
        b,=HYPERLINK(1),informal,=2+5,Nergenshuizen,,,\n";
    let source = folder.file("rows.csv", rows);
    let output = index(
        &folder.out(),
        &[&source],
        &["--site", "https://voorbeeld.example/"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = fs::read_to_string(folder.out().join("report.html")).unwrap();
    for expected in [
        "<strong>2</strong> regels gelezen",
        "<strong>1</strong> staan niet op de kaart",
        "We weten niet waar het is: 1 keer",
        "Dit lijkt geen Nederlands telefoonnummer: 1 keer",
        "<a href=\"https://voorbeeld.example/plek/a%2F1\">Taalcafé &#38; meer</a>",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("src="), "{page}");
    let table = fs::read_to_string(folder.out().join("report.csv")).unwrap();
    assert!(
        table.contains("\nnot shown,rows.csv,3,'=2+5,b,postcode,"),
        "{table}"
    );
    assert!(
        table.contains("shown,rows.csv,2,Bibliotheek Sneek,a/1,phone,030-123456,"),
        "{table}"
    );
    let tally = &folder.report()["quality"]["organisations"]["Bibliotheek Sneek"];
    assert_eq!(
        (&tally["shown"], &tally["without_times"], &tally["without_phone"]),
        (&1.into(), &1.into(), &0.into())
    );
}

#[test]
fn ten_thousand_errors_stay_readable() {
    let folder = Folder::new();
    let mut rows = "id,title,kind,place,phone\n".to_owned();
    for number in 0..10_000 {
        writeln!(
            rows,
            "a{number},Taalcafé,{},Sneek,12",
            if number % 2 == 0 { "informal" } else { "cursus" }
        )
        .unwrap();
    }
    let source = folder.file("rows.csv", &rows);
    let output = index(&folder.out(), &[&source], &["--max-rejected", "100"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).lines().count() < 40);
    let page = fs::read_to_string(folder.out().join("report.html")).unwrap();
    assert!(
        page.contains("Dit woord staat niet op de lijst: 5000 keer"),
        "{page}"
    );
    assert!(page.len() < 100_000, "{} bytes", page.len());
    assert_eq!(folder.report()["entries"].as_array().unwrap().len(), 15_000);
}

#[test]
fn the_report_is_served_to_who_has_the_token_and_is_off_unless_set() {
    let folder = Folder::new();
    assert!(
        index(&folder.out(), &[&folder.file("rows.csv", hundred(0))], &[])
            .status
            .success()
    );
    let without = Server::start(&folder.out());
    assert_eq!(without.get("/beheer/kwaliteit").0, 404);
    // The SHA-256 of `geheim`.
    let hash = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";
    let server = Server::start_with(&folder.out(), &["--operator-token-sha256", hash]);
    assert_eq!(server.get("/beheer/kwaliteit").0, 401);
    let url = format!("{}/beheer/kwaliteit", server.base());
    let asked = |token: &str| {
        ureq::get(&url)
            .header("authorization", format!("Bearer {token}"))
            .call()
    };
    assert!(asked("geheim2").is_err());
    let mut response = asked("geheim").unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(
        response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    assert!(
        response
            .body_mut()
            .read_to_string()
            .unwrap()
            .contains("<strong>100</strong> staan op de kaart")
    );
}

/// A hundred rows, of which some have no title.
fn hundred(broken: usize) -> String {
    let mut rows = "id,title,kind,place\n".to_owned();
    for number in 0..100 {
        let title = if number < broken { "" } else { "Taalcafé" };
        writeln!(rows, "a{number},{title},informal,Sneek").unwrap();
    }
    rows
}

#[test]
fn a_source_of_which_much_fails_is_not_published_unless_that_is_allowed() {
    let folder = Folder::new();
    let broken = folder.file("broken.csv", hundred(11));
    let output = index(&folder.out(), &[&broken], &[]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(
        message.contains("11 of the 100 rows of broken.csv were rejected, more than 10 %"),
        "{message}"
    );
    assert!(!folder.out().join("CURRENT").exists());
    assert_eq!(folder.report()["rejected"], 11);
    let output = index(&folder.out(), &[&broken], &["--max-rejected", "11"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn an_index_that_loses_many_offerings_is_not_published_unless_that_is_allowed() {
    let folder = Folder::new();
    let whole = folder.file("whole.csv", hundred(0));
    assert!(index(&folder.out(), &[&whole], &[]).status.success());
    let half: String = hundred(0)
        .lines()
        .take(51)
        .fold(String::new(), |text, line| text + line + "\n");
    let half = folder.file("half.csv", &half);
    let output = index(&folder.out(), &[&half], &[]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(
        message.contains("there would be 50 offerings where there are 100"),
        "{message}"
    );
    assert_eq!(
        Server::start(&folder.out()).json("/v1/offerings?place=Sneek")["total"],
        100
    );
    let output = index(&folder.out(), &[&half], &["--max-gone", "50"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}
