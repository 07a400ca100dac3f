//! What people and programs read, word for word. A change here is a change for them: look at it before accepting it with
//! `INSTA_UPDATE=always cargo test --test end_to_end golden`.

use std::{fmt::Write, fs};

use serde_json::Value;

use crate::harness::{Server, index, nabij, text};

const ROWS: &str = "id,title,kind,postcode,service_area,lat,lon,cost,colour\n\
    a,Taalcafé Kralingen,informal,3061AB,,,,free,\n\
    b,Rekenen voor je werk,formal,3011AD,,,,,\n\
    c,Bellen met een vrijwilliger,practical_help,,national|telephone,,,,\n\
    d,Spreekuur geld,practical_help,3012,municipality:Rotterdam,,,,\n\
    a,Nog een keer,informal,3011AD,,,,,\n\
    e,,informal,3011AD,,,,,\n\
    f,Zonder soort,cursus,3011AD,,,,,\n\
    g,Ver weg,informal,3011AD,,53.2,6.57,,\n\
    h,Omgekeerd,informal,,,4.48,51.92,,\n\
    i,Rijksdriehoek,informal,,,437000,92000,,\n\
    j,Nergens,informal,1001AA,,,,,\n\
    k,Te kort\n\
    l,Rood,informal,3011,municipality:Weesp,,,,red\n";

struct Indexed {
    folder: tempfile::TempDir,
    summary: String,
}

impl Indexed {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rows = folder.path().join("rows.csv");
        fs::write(&rows, ROWS).unwrap();
        let output = index(folder.path(), &[&rows], &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let summary = text(&output.stdout).replace(folder.path().to_str().unwrap(), "FOLDER");
        Self { folder, summary }
    }
}

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn the_summary_of_a_bad_file() {
    insta::assert_snapshot!(Indexed::new().summary);
}

#[test]
fn the_table_of_a_search() {
    let indexed = Indexed::new();
    let folder = indexed.folder.path().to_str().unwrap();
    let output = nabij(&[
        "search",
        "--index",
        folder,
        "--postcode",
        "3011 AD",
        "--within",
        "25km",
    ]);
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn the_problems_of_wrong_requests() {
    let indexed = Indexed::new();
    let server = Server::start(indexed.folder.path());
    let mut problems = String::new();
    for path in [
        "/v1/offerings?postcode=0011AA",
        "/v1/offerings?postcode=1001AA",
        "/v1/offerings?place=Beek",
        "/v1/offerings?lat=152&lon=5",
        "/v1/offerings?bbox=4,52,5,51",
        "/v1/offerings?radius=5000",
        "/v1/offerings?limit=1000&kind=cursus&colour=red",
        "/v1/offerings/none",
        "/v1/locations",
        "/v1/nowhere",
    ] {
        let (status, kind, body) = server.get(path);
        writeln!(problems, "GET {path}\n{status} {kind}\n{}\n", pretty(&body)).unwrap();
    }
    insta::assert_snapshot!(problems);
}

#[test]
fn the_description_of_the_api() {
    let indexed = Indexed::new();
    let (_, _, body) = Server::start(indexed.folder.path()).get("/v1/openapi.json");
    insta::assert_snapshot!(pretty(&body));
}
