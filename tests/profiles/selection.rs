//! What a profile may see: what is offered, what comes first, and nothing else.

use std::fs;

use serde_json::Value;

use super::{ORIGIN, licence, server, widget};
use crate::harness::Server;

fn ids(answer: &Value) -> Vec<String> {
    let lists = [&answer["offerings"], &answer["area_wide"]];
    let offerings = lists.iter().flat_map(|list| list.as_array().unwrap());
    offerings
        .map(|offering| offering["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_widget_sees_its_profile_and_nothing_else() {
    let (_folder, server) = server(&[], &[]);
    let public = widget(&server, "/v1/profiles/gorinchem");
    assert_eq!(
        (public.status, public.header("access-control-allow-origin")),
        (200, ORIGIN)
    );
    assert!(
        public.header("vary").contains("origin"),
        "{}",
        public.header("vary")
    );
    assert_eq!(public.header("access-control-allow-credentials"), "");
    let public = public.json();
    assert_eq!(public["name"], "Bibliotheek Gorinchem");
    assert_eq!(public["theme"]["accent"], "#7a1f3d");
    assert_eq!(public["kinds"].as_array().unwrap().len(), 4);
    assert_eq!(public["contact"], serde_json::json!({ "phone": "0183 00 00 00" }));
    assert!(public["pages"].as_str().unwrap().ends_with("/v/gorinchem/"));
    let whole = public.to_string();
    for private in ["webredacteur", "web@", "licence", "key"] {
        assert!(!whole.contains(private), "{private} in {whole}");
    }
    // Amsterdam offers no money matters; all that is seen lies in its region, whatever is asked.
    for query in [
        "postcode=1011",
        "postcode=1011&theme=money",
        "postcode=3011&radius=200000",
        "bbox=3,50,8,54",
        "q=taal",
        "",
    ] {
        let answer = widget(
            &server,
            &format!("/v1/offerings?profile=amsterdam-taal&limit=100&{query}"),
        );
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (200, ORIGIN)
        );
        for offering in answer.json()["offerings"].as_array().unwrap() {
            let themes = offering["themes"].to_string();
            assert!(
                ["language", "digital", "integration"]
                    .iter()
                    .any(|theme| themes.contains(theme)),
                "{offering}"
            );
            assert_ne!(offering["kind"], "formal");
            let postcode = offering["postcode"].as_str().unwrap_or_default();
            assert!(
                postcode.starts_with("10") || postcode.starts_with("11") || postcode.is_empty(),
                "{offering}"
            );
        }
    }
    let all = server.json("/v1/offerings?postcode=3011&limit=1&theme=money&kind=practical_help");
    let outside = all["offerings"][0]["id"].as_str().unwrap();
    assert_eq!(
        widget(
            &server,
            &format!("/v1/offerings/{outside}?profile=amsterdam-taal")
        )
        .status,
        404
    );
    assert_eq!(
        widget(&server, &format!("/v1/offerings/{outside}?profile=landelijk")).status,
        200
    );
}

#[test]
fn defaults_hold_for_who_chose_nothing_and_a_place_outside_is_said() {
    let (_folder, server) = server(&[], &[]);
    let near = widget(&server, "/v1/offerings?profile=gorinchem&postcode=4201&limit=100").json();
    let distances = near["offerings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offering| offering["distance_m"].as_f64().unwrap());
    assert!(distances.clone().count() > 0 && distances.fold(0.0, f64::max) <= 5_000.0);
    assert_eq!(near["query"]["outside_region"], false);
    let far = widget(&server, "/v1/offerings?profile=gorinchem&postcode=9711").json();
    assert_eq!(
        (far["query"]["outside_region"].as_bool(), far["total"].as_u64()),
        (Some(true), Some(0))
    );
    // What is suggested can be found in what the profile offers.
    let typed = "/v1/suggestions?q=taal&postcode=9711";
    assert_ne!(server.json(typed)["words"], serde_json::json!([]));
    let within = widget(&server, &format!("{typed}&profile=gorinchem"));
    assert_eq!(
        (within.status, &within.json()["words"]),
        (200, &serde_json::json!([]))
    );
    let without = server.json("/v1/offerings?postcode=9711");
    assert!(without["query"].get("outside_region").is_none());
}

#[test]
fn pinned_comes_first_and_blocked_never() {
    let (folder, plain) = server(&[], &[]);
    let found = ids(&plain.json("/v1/offerings?postcode=4201&radius=20000&limit=100"));
    let (pinned, blocked) = (&found[9], &found[0]);
    let profile = format!(
        "name = \"x\"\norigins = [\"{ORIGIN}\"]\npinned = [\"{pinned}\", \"bestaat-niet\"]\nblocked = [\"{blocked}\"]\n{}",
        licence("2099-12-31", 1_000)
    );
    fs::write(folder.path().join("profiles/eigen.toml"), profile).unwrap();
    drop(plain);
    let server = Server::start_with(
        &folder.out(),
        &["--profiles", folder.path().join("profiles").to_str().unwrap()],
    );
    let own = widget(
        &server,
        "/v1/offerings?profile=eigen&postcode=4201&radius=20000&limit=100",
    )
    .json();
    let own = ids(&own);
    assert_eq!(own[0], *pinned);
    assert!(!own.contains(blocked) && own.len() >= found.len() - 1);
    assert_eq!(
        widget(&server, &format!("/v1/offerings/{blocked}?profile=eigen")).status,
        404
    );
    let page = server.get("/v/eigen/zoek?postcode=4201&within=25").2;
    assert!(
        page.contains(&format!("/v/eigen/plek/{pinned}")) && !page.contains(&format!("/plek/{blocked}?"))
    );
    assert_eq!(server.get(&format!("/v/eigen/plek/{blocked}")).0, 404);
    assert_eq!(server.get(&format!("/plek/{blocked}")).0, 200);
}
