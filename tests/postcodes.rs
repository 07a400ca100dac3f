//! `nabij postcodes`, and the table that it makes in use by the other commands.

use std::fs;

use crate::harness::{Server, index, nabij, text};

#[test]
fn an_imported_table_places_what_it_knows_and_the_rest_falls_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (codes, table, rows, out) = (
        path("codes.csv"),
        path("codes.pc6"),
        path("rows.csv"),
        path("index"),
    );
    fs::write(
        &codes,
        "postcode,lat,lon\n3011AD,51.92100,4.49000\n3011XX,north,4.5\n",
    )
    .unwrap();
    let output = nabij(&["postcodes", "import", &codes, "--out", &table]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("1 postcodes in "));
    assert!(text(&output.stderr).contains("line 3: a latitude or longitude is not a number"));

    let show = |code: &str| text(&nabij(&["postcodes", "show", code, "--pc6", &table]).stdout);
    assert_eq!(
        show("3011ad"),
        "3011 AD: 51.92100, 4.49000 (pc6) Rotterdam, Zuid-Holland\n"
    );
    assert!(show("3011AE").contains("(pc4) Rotterdam"), "{}", show("3011AE"));

    fs::write(&rows, "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n").unwrap();
    assert!(
        index(out.as_ref(), &[rows.as_ref()], &["--pc6", &table])
            .status
            .success()
    );
    let near = |extra: &[&str]| {
        let base = [
            "search",
            "--index",
            &out,
            "--postcode",
            "3011AD",
            "--within",
            "1m",
        ];
        text(&nabij(&[&base[..], extra].concat()).stdout)
    };
    assert!(near(&["--pc6", &table]).starts_with("1 offerings"));
    assert!(
        near(&[]).starts_with("0 offerings"),
        "without the table it looks from the middle of 3011"
    );
}

#[test]
fn a_server_with_a_table_answers_from_it_and_its_pages_have_other_tags() {
    let folder = tempfile::tempdir().unwrap();
    let [codes, table, rows, out] =
        ["codes.csv", "codes.pc6", "rows.csv", "index"].map(|name| folder.path().join(name));
    let table = table.to_str().unwrap();
    fs::write(&codes, "postcode,lat,lon\n3011AD,51.92100,4.49000\n").unwrap();
    assert!(
        nabij(&["postcodes", "import", codes.to_str().unwrap(), "--out", table])
            .status
            .success()
    );
    fs::write(&rows, "id,title,kind,lat,lon\na,Taalcafé,informal,51.921,4.49\n").unwrap();
    assert!(index(&out, &[&rows], &[]).status.success());
    let (without, with) = (Server::start(&out), Server::start_with(&out, &["--pc6", table]));

    let near = "/v1/offerings?postcode=3011AD&radius=1";
    assert_eq!(
        (&without.json(near)["total"], &with.json(near)["total"]),
        (&0.into(), &1.into())
    );
    assert_ne!(
        without.tag(near),
        with.tag(near),
        "a copy made without the table would pass for right"
    );
    assert_eq!(
        with.tag(near),
        Server::start_with(&out, &["--pc6", table]).tag(near)
    );

    let typed = |server: &Server| server.json("/v1/locations?q=3011ad")["locations"][0].clone();
    assert_eq!(
        (&typed(&with)["label"], &typed(&with)["precision"]),
        (&"3011 AD Rotterdam".into(), &"pc6".into())
    );
    assert_eq!(typed(&without)["precision"], "pc4");
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codes.csv");
    fs::write(&file, "postcode,lat,lon\n").unwrap();
    let file = file.to_str().unwrap();
    let output = nabij(&["postcodes", "import", file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not one row"));
    let output = nabij(&["postcodes", "show", "3011", "--pc6", file]);
    assert!(
        text(&output.stderr).contains("make one with `nabij postcodes import`"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn of_many_rows_that_cannot_be_used_the_first_are_named_and_the_rest_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (file, table) = (folder.path().join("codes.csv"), folder.path().join("codes.pc6"));
    let rows = "3011AD;north;4.49\n".repeat(25);
    fs::write(&file, format!("postcode;lat;lon\n3011AE;51.921;4.49\n{rows}")).unwrap();
    let paths = [&file, &table].map(|path| path.to_str().unwrap());
    let output = nabij(&["postcodes", "import", paths[0], "--out", paths[1]]);
    assert!(
        text(&output.stdout).starts_with("1 postcodes in "),
        "{}",
        text(&output.stdout)
    );
    let said = text(&output.stderr);
    assert_eq!(said.matches("is not a number").count(), 20, "{said}");
    assert!(said.contains("… and 5 more rows"), "{said}");
}

#[test]
fn the_nearest_postcode_to_a_point_is_named() {
    let output = nabij(&["postcodes", "nearest", "51.9244", "4.4777"]);
    assert!(
        text(&output.stdout).contains("Rotterdam, Zuid-Holland"),
        "{}",
        text(&output.stdout)
    );
}
