//! The API over real HTTP.

use std::path::Path;

use serde_json::Value;

use crate::harness::{Server, index, nabij, text};

pub(crate) fn sample_server() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl");
    assert!(index(folder.path(), &[&sample], &[]).status.success());
    let server = Server::start(folder.path());
    (folder, server)
}

#[test]
fn a_postcode_gives_what_is_near_nearest_first_with_totals_and_facets() {
    let (_folder, server) = sample_server();
    let answer = server.json("/v1/offerings?postcode=3011AD&radius=5000&facets=kind,theme&limit=100");
    assert_eq!(answer["query"]["location"]["label"], "3011 AD");
    assert_eq!(answer["query"]["location"]["precision"], "pc4");
    let offerings = answer["offerings"].as_array().unwrap();
    let distances: Vec<f64> = offerings
        .iter()
        .map(|offering| offering["distance_m"].as_f64().unwrap())
        .collect();
    assert!(
        distances.is_sorted() && distances.iter().all(|distance| *distance <= 5_000.0),
        "{distances:?}"
    );
    assert_eq!(answer["total"].as_u64(), Some(offerings.len() as u64));
    let kinds: u64 = answer["facets"]["kind"]
        .as_object()
        .unwrap()
        .values()
        .map(|n| n.as_u64().unwrap())
        .sum();
    assert_eq!(kinds, offerings.len() as u64);
    let only = server.json("/v1/offerings?postcode=3011+ad&radius=5000&kind=informal&limit=100");
    assert_eq!(only["total"], answer["facets"]["kind"]["informal"]);
    assert!(
        only["offerings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|offering| offering["kind"] == "informal")
    );
    let id = offerings[0]["id"].as_str().unwrap();
    assert_eq!(
        server.json(&format!("/v1/offerings/{id}"))["title"],
        offerings[0]["title"]
    );
}

#[test]
fn national_offerings_come_in_a_group_of_their_own() {
    let (_folder, server) = sample_server();
    let answer = server.json("/v1/offerings?postcode=3011AD&limit=100");
    let wide = answer["area_wide"].as_array().unwrap();
    assert!(!wide.is_empty());
    assert!(wide.iter().all(|offering| offering.get("distance_m").is_none()));
    let reaches = |area: &Value| {
        let here = [
            "national",
            "online",
            "telephone",
            "province:Zuid-Holland",
            "municipality:Rotterdam",
            "pc4:3011",
        ];
        here.contains(&area.as_str().unwrap())
    };
    for offering in wide {
        assert!(
            offering["service_area"].as_array().unwrap().iter().any(reaches),
            "{offering}"
        );
    }
    assert_eq!(answer["area_wide_total"].as_u64(), Some(wide.len() as u64));
}

#[test]
fn every_wrong_parameter_is_named() {
    let (_folder, server) = sample_server();
    for (query, names) in [
        ("postcode=0011AA", vec!["postcode"]),
        ("postcode=3011SA", vec!["postcode"]),
        ("postcode=1001AA", vec!["postcode"]),
        ("place=Nergenshuizen", vec!["place"]),
        ("lat=52", vec!["lat"]),
        ("lat=152&lon=5", vec!["lat"]),
        ("bbox=1,2,3", vec!["bbox"]),
        ("bbox=4,52,5,51", vec!["bbox"]),
        ("radius=5000", vec!["radius"]),
        (
            "limit=1000&kind=cursus&colour=red",
            vec!["limit", "kind", "colour"],
        ),
        ("postcode=3011&place=Sneek", vec!["postcode"]),
        ("sort=relevance", vec!["sort"]),
    ] {
        let (status, kind, body) = server.get(&format!("/v1/offerings?{query}"));
        assert_eq!(
            (status, kind.as_str()),
            (400, "application/problem+json"),
            "{query}: {body}"
        );
        let body: Value = serde_json::from_str(&body).unwrap();
        let found: Vec<&str> = body["invalid_params"]
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["name"].as_str().unwrap())
            .collect();
        assert_eq!(found, names, "{query}");
    }
    assert_eq!(server.get("/v1/offerings/none").0, 404);
    assert_eq!(
        server.get(&format!("/v1/offerings?q={}", "x".repeat(5_000))).0,
        414
    );
}

#[test]
fn locations_and_the_description_of_the_api_are_there() {
    let (_folder, server) = sample_server();
    assert_eq!(
        server.json("/v1/locations?q=snits")["locations"][0]["label"],
        "Sneek"
    );
    assert_eq!(
        server.json("/v1/locations?q=3011")["locations"][0]["label"],
        "3011 Rotterdam"
    );
    let description = server.json("/v1/openapi.json");
    let paths: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    let described = [
        "/v1/locations",
        "/v1/offerings",
        "/v1/offerings/{id}",
        "/v1/profiles/{id}",
        "/v1/suggestions",
    ];
    assert_eq!(paths, described);
    let (status, _, page) = server.get("/v1/docs");
    assert!(status == 200 && page.contains("postcode") && !page.contains("//cdn"));
}

#[test]
fn a_new_index_is_served_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.csv");
    let out = folder.path().join("index");
    std::fs::write(&file, "id,title,kind,postcode\na,Een,informal,3011AD\n").unwrap();
    assert!(index(&out, &[&file], &[]).status.success());
    let server = Server::start(&out);
    std::fs::write(
        &file,
        "id,title,kind,postcode\na,Een,informal,3011AD\nb,Twee,informal,3011AD\n",
    )
    .unwrap();
    assert!(index(&out, &[&file], &[]).status.success());
    let patience = std::time::Instant::now();
    while server.json("/v1/offerings?postcode=3011")["total"] != 2 {
        assert!(
            patience.elapsed().as_secs() < 30,
            "the new index was not picked up"
        );
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn a_port_in_use_and_a_missing_index_are_said() {
    let (folder, server) = sample_server();
    let taken = server.base().trim_start_matches("http://");
    let output = nabij(&[
        "serve",
        "--index",
        folder.path().to_str().unwrap(),
        "--listen",
        taken,
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("choose another with --listen"));
    let output = nabij(&["serve", "--index", "/nonexistent", "--listen", "127.0.0.1:0"]);
    assert!(
        text(&output.stderr).contains("there is no index in /nonexistent"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_damaged_generation_is_passed_over_and_rollback_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.csv");
    let out = folder.path().join("index");
    let rows = "id,title,kind,postcode\na,Een,informal,3011AD\n";
    std::fs::write(&file, rows).unwrap();
    assert!(index(&out, &[&file], &[]).status.success());
    std::fs::write(&file, format!("{rows}b,Twee,informal,3011AD\n")).unwrap();
    assert!(index(&out, &[&file], &[]).status.success());
    let server = Server::start(&out);
    let total = || server.json("/v1/offerings?postcode=3011")["total"].as_u64();
    assert_eq!(total(), Some(2));
    let cards = out.join("generations/0000001/records.cards");
    let good = std::fs::read(&cards).unwrap();
    std::fs::write(&cards, vec![0; good.len()]).unwrap();
    assert!(
        nabij(&["rollback", "--index", out.to_str().unwrap()])
            .status
            .success()
    );
    // Longer than the server waits between two looks.
    std::thread::sleep(std::time::Duration::from_secs(5));
    assert_eq!(total(), Some(2), "the damaged generation was taken into use");
    std::fs::write(&cards, good).unwrap();
    let patience = std::time::Instant::now();
    while total() != Some(1) {
        assert!(
            patience.elapsed().as_secs() < 30,
            "the mended generation was not picked up"
        );
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn asked_to_stop_the_server_stops_without_an_error() {
    let (_folder, server) = sample_server();
    assert_eq!(server.get("/").0, 200);
    assert_eq!(server.terminate(), Some(0));
}

#[test]
fn every_page_of_a_widened_answer_is_of_that_answer() {
    let (_folder, server) = sample_server();
    // Nobody teaches both in one place, so one of the words is enough.
    let page = |offset: u32| {
        let path = format!("/v1/offerings?q=fietsles%20schuldhulp&words=understood&limit=5&offset={offset}");
        server.json(&path)
    };
    let (first, second) = (page(0), page(5));
    assert_eq!(first["query"]["widened"], "any_word");
    assert_eq!(second["query"]["widened"], "any_word");
    assert_eq!(first["total"], second["total"]);
    assert_eq!(second["offerings"].as_array().unwrap().len(), 5);
    assert_ne!(first["offerings"], second["offerings"]);
}
