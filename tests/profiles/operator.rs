//! What the operator and the editors see of profiles: the page of each, and in the report of a build.

use std::fs;

use serde_json::{Value, json};

use super::{ORIGIN, ask, licence, server, widget};
use crate::harness::{Folder, Server, index, index_by_settings, text};

/// The SHA-256 of `geheim`.
const TOKEN: &str = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";
/// What its owner sends.
const OPERATOR: (&str, &str) = ("authorization", "Bearer geheim");

#[test]
fn the_operator_sees_what_a_profile_selects_and_how_to_embed_it() {
    let (_folder, server) = server(
        &[],
        &[
            "--operator-token-sha256",
            TOKEN,
            "--public-url",
            "https://nabij.example",
        ],
    );
    assert_eq!(ask(&server, "/beheer/profiel/gorinchem", &[]).status, 401);
    ask(
        &server,
        "/v1/offerings?profile=gorinchem",
        &[("origin", "https://www.elders.example")],
    );
    let page = ask(&server, "/beheer/profiel/gorinchem", &[OPERATOR]);
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    for words in [
        "Bibliotheek Gorinchem",
        "De licentie geldt.",
        "Deze website staat niet in het profiel",
        "De webredacteur",
        "<svg",
        "https://nabij.example/widget/1/nabij-zoeker.js",
        "https://nabij.example/v/gorinchem/inbed",
        "/beheer/kwaliteit",
        "language",
    ] {
        assert!(page.body.contains(words), "{words} in {}", page.body);
    }
    assert!(!page.body.contains("key_sha256"));
    assert_eq!(
        ask(&server, "/beheer/profiel/bestaat-niet", &[OPERATOR]).status,
        404
    );
}

/// Offerings in and outside Gorinchem, one with a telephone number that is none.
const ROWS: &str = "id,title,kind,postcode,house_number,service_area,themes,organisation,phone
g1,Taalles bij de koffie,informal,4201,,,language,Bibliotheek De Merwe,=12
g2,=Samen koken op dinsdag,informal,4201 EB,7,,meeting,Bibliotheek De Merwe,0183 621854
a1,Taalles in Groningen,informal,9711,,,language,Buurthuis,
n1,Wandelen,informal,9711,,,meeting,,
w1,Bellen over taal,practical_help,,,national,language,,
";

/// `g2` once more, from somebody else.
const OTHERS: &str = "id,title,kind,postcode,house_number,themes,organisation,phone
x2,=Samen koken op dinsdag,informal,4201 EB,7,meeting,Bibliotheek De Merwe,0183 621854
";

/// An index of these with three profiles, one of them closed, and one that is wrong.
fn seen() -> Folder {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("profiles")).unwrap();
    let profile = |name: &str, rest: &str, until: &str| {
        let origins = format!("origins = [\"{ORIGIN}\"]");
        format!("name = \"{name}\"\n{origins}\n{rest}\n{}", licence(until, 1_000))
    };
    let region = "[region]\nmunicipalities = [\"Gorinchem\"]";
    for (file, text) in [
        (
            "gorinchem",
            profile("Bibliotheek Gorinchem", region, "2099-12-31"),
        ),
        (
            "taal",
            profile("Taal | overal", "themes = [\"language\"]", "2099-12-31"),
        ),
        ("oud", profile("Oude bieb", "", "2020-12-31")),
        ("fout", "name = 3".to_owned()),
    ] {
        folder.file(&format!("profiles/{file}.toml"), text);
    }
    let settings = "profiles = \"profiles\"\nsite = \"https://nabij.example/\"
[[source]]\npath = \"eigen.csv\"\npriority = 1\n[[source]]\npath = \"anders.csv\"\n";
    folder.file("eigen.csv", ROWS);
    folder.file("anders.csv", OTHERS);
    let output = index_by_settings(&folder, settings);
    let said = text(&output.stderr);
    assert!(
        output.status.success() && said.contains("fout.toml, line 1"),
        "{said}"
    );
    folder
}

/// The names of the profiles that show an offering, as the report has them.
fn shown_by(report: &Value, id: &str) -> Vec<String> {
    let visible = &report["visible"];
    let set = visible["offerings"][id].as_u64().unwrap();
    let set = visible["sets"][usize::try_from(set).unwrap()].as_array().unwrap();
    let name = |at: &Value| visible["profiles"][usize::try_from(at.as_u64().unwrap()).unwrap()]["id"].clone();
    set.iter()
        .map(|at| name(at).as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_report_says_what_each_profile_shows_and_the_server_shows_just_that() {
    let folder = seen();
    let report = folder.report();
    assert_eq!(report["merged"][0]["other"]["id"], "x2", "{}", report["merged"]);
    let profiles = folder.path().join("profiles");
    let server = Server::start_with(&folder.out(), &["--profiles", profiles.to_str().unwrap()]);
    for (id, by) in [
        ("g1", &["gorinchem", "taal"][..]),
        ("g2", &["gorinchem"]),
        ("x2", &["gorinchem"]),
        ("a1", &["taal"]),
        ("n1", &[]),
        ("w1", &["gorinchem", "taal"]),
    ] {
        assert_eq!(shown_by(&report, id), by, "{id}");
        for profile in ["gorinchem", "taal"] {
            let status = widget(&server, &format!("/v1/offerings/{id}?profile={profile}")).status;
            assert_eq!(status == 200, by.contains(&profile), "{profile} {id}: {status}");
        }
    }
    let visible = &report["visible"];
    assert_eq!(visible["shown_by_none"], 1);
    let closed = visible["profiles"].as_array().unwrap();
    let closed = closed.iter().find(|profile| profile["id"] == "oud").unwrap();
    assert_eq!(
        (&closed["closed"], &closed["offerings"]),
        (&json!("licence-expired"), &json!(5))
    );
}

#[test]
fn editors_read_in_page_and_table_where_their_offerings_are_seen() {
    let folder = seen();
    let page = fs::read_to_string(folder.out().join("report.html")).unwrap();
    for words in [
        "<a href=\"https://nabij.example/v/gorinchem/\">Bibliotheek Gorinchem</a>",
        "<a href=\"https://nabij.example/v/gorinchem/plek/g1\">Bibliotheek Gorinchem</a>",
        "Te zien bij: <a href=\"https://nabij.example/v/gorinchem/\">Bibliotheek Gorinchem</a> (2), <a",
        "De licentie geldt niet.",
        "1 staan bij geen bibliotheek.",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let table = fs::read_to_string(folder.out().join("report.visible.csv")).unwrap();
    let mut rows: Vec<&str> = table.lines().skip(1).collect();
    rows.sort_unstable();
    let library = "gorinchem (Bibliotheek Gorinchem)";
    assert_eq!(
        rows,
        [
            "a1,Taalles in Groningen,Buurthuis,https://nabij.example/plek/a1,taal (Taal / overal)",
            &format!(
                "g1,Taalles bij de koffie,Bibliotheek De Merwe,https://nabij.example/plek/g1,{library}|taal (Taal / overal)"
            ),
            &format!(
                "g2,'=Samen koken op dinsdag,Bibliotheek De Merwe,https://nabij.example/plek/g2,{library}"
            ),
            "n1,Wandelen,,https://nabij.example/plek/n1,",
            &format!("w1,Bellen over taal,,https://nabij.example/plek/w1,{library}|taal (Taal / overal)"),
        ]
    );
    let problems = fs::read_to_string(folder.out().join("report.csv")).unwrap();
    assert!(
        problems.lines().next().unwrap().ends_with(",link,profiles"),
        "{problems}"
    );
    let phone = problems.lines().find(|line| line.contains(",g1,phone,")).unwrap();
    assert!(phone.contains(library) && phone.contains(",'=12,"), "{phone}");
}

#[test]
fn the_page_of_a_profile_names_what_needs_care_of_what_it_shows() {
    let folder = seen();
    let profiles = folder.path().join("profiles");
    let server = Server::start_with(
        &folder.out(),
        &[
            "--profiles",
            profiles.to_str().unwrap(),
            "--operator-token-sha256",
            TOKEN,
        ],
    );
    let page = |id: &str| ask(&server, &format!("/beheer/profiel/{id}"), &[OPERATOR]).body;
    let care = |id: &str| {
        let page = page(id);
        let care = page.split("<h2>Vraagt aandacht</h2>").nth(1).unwrap();
        care.split("<h2>").next().unwrap().to_owned()
    };
    let own = care("gorinchem");
    assert!(
        own.contains("Taalles bij de koffie") && own.contains("href=\"/beheer/kwaliteit\""),
        "{own}"
    );
    assert!(!own.contains("Groningen"), "{own}");
    assert_eq!(ask(&server, "/beheer/kwaliteit", &[OPERATOR]).status, 200);
}

#[test]
fn profiles_that_cannot_be_read_stop_a_build_before_it_begins() {
    let folder = Folder::new();
    let rows = folder.file("rows.csv", ROWS);
    let output = index(&folder.out(), &[&rows], &["--profiles", "bestaat-niet"]);
    let said = text(&output.stderr);
    assert!(
        !output.status.success() && said.contains("the profiles in bestaat-niet cannot be read"),
        "{said}"
    );
    assert!(!folder.out().join("CURRENT").exists());
}
