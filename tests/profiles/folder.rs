//! A folder of profiles: made by the command, read again when it changes, with many in it.

use std::{fs, time::Instant};

use super::{ORIGIN, licence, server, shipped, wait_for, widget};
use crate::harness::{Folder, Server, index, nabij, text};

#[test]
fn a_wrong_profile_is_refused_while_the_last_good_one_stays() {
    let good = format!("name = \"Goed\"\n{}", licence("2099-12-31", 60));
    let (folder, server) = server(&[("x.toml", &good), ("fout.toml", "name = 3")], &[]);
    let file = folder.path().join("profiles/x.toml");
    assert!(server.get("/v/x/").2.contains("Goed"));
    assert_eq!(server.get("/v/fout/").0, 404);
    fs::write(&file, good.replace("Goed", "Fout\\nFout")).unwrap();
    fs::write(
        folder.path().join("profiles/y.toml"),
        good.replace("Goed", "Nieuw"),
    )
    .unwrap();
    wait_for(|| server.get("/v/y/").2.contains("Nieuw").then_some(()));
    assert!(server.get("/v/x/").2.contains("Goed"));
    fs::write(&file, good.replace("Goed", "Beter")).unwrap();
    wait_for(|| server.get("/v/x/").2.contains("Beter").then_some(()));
    fs::remove_file(&file).unwrap();
    wait_for(|| (server.get("/v/x/").0 == 404).then_some(()));
}

#[test]
fn new_makes_a_profile_that_check_finds_good_and_preview_shows() {
    let folder = Folder::new();
    let profiles = folder.path().join("profiles");
    let profiles = profiles.to_str().unwrap();
    let made = nabij(&[
        "profile",
        "new",
        "--municipality",
        "gorinchem",
        "--profiles",
        profiles,
    ]);
    let said = text(&made.stdout);
    assert!(made.status.success() && said.contains("gorinchem.toml"), "{said}");
    let key = said
        .split("shown once: ")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    assert!(
        key.len() == 48
            && !fs::read_to_string(format!("{profiles}/gorinchem.toml"))
                .unwrap()
                .contains(key)
    );
    let again = nabij(&[
        "profile",
        "new",
        "--municipality",
        "Gorinchem",
        "--profiles",
        profiles,
    ]);
    assert!(
        !again.status.success() && text(&again.stderr).contains("there already"),
        "{}",
        text(&again.stderr)
    );
    let unknown = nabij(&[
        "profile",
        "new",
        "--municipality",
        "Gorkum aan Zee",
        "--profiles",
        profiles,
    ]);
    assert!(text(&unknown.stderr).contains("`Gorkum aan Zee` is not a Dutch municipality"));
    let good = nabij(&["profile", "check", "--profiles", profiles]);
    assert!(
        good.status.success() && text(&good.stdout).contains("good: gorinchem, Bibliotheek Gorinchem"),
        "{}",
        text(&good.stdout)
    );
    assert!(
        index(&folder.out(), &[&shipped("data/sample/offerings.jsonl")], &[])
            .status
            .success()
    );
    let preview = nabij(&[
        "profile",
        "preview",
        "gorinchem",
        "--profiles",
        profiles,
        "--index",
        folder.out().to_str().unwrap(),
    ]);
    let said = text(&preview.stdout);
    assert!(
        preview.status.success() && said.contains("region: Gorinchem") && said.contains("kind informal"),
        "{said}"
    );
    fs::write(
        format!("{profiles}/fout.toml"),
        "name = \"x\"\n[look]\naccent = \"#ffff00\"\n",
    )
    .unwrap();
    let bad = nabij(&["profile", "check", "--profiles", profiles]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        text(&bad.stdout).contains("fout.toml, line 3: `look.accent`: #ffff00 has a contrast of 1.07"),
        "{}",
        text(&bad.stdout)
    );
    let examples = nabij(&[
        "profile",
        "check",
        "--profiles",
        shipped("profiles").to_str().unwrap(),
    ]);
    assert!(examples.status.success(), "{}", text(&examples.stdout));
}

/// Prints how long a start with so many takes and what memory it uses; speed is measured elsewhere.
#[test]
fn five_hundred_profiles_are_served() {
    let towns = ["Gorinchem", "Rotterdam", "Groningen", "Maastricht", "Zwolle"];
    let others: Vec<(String, String)> = (0..500)
        .map(|at| {
            let town = towns[at % towns.len()];
            let text = format!(
                "name = \"Bibliotheek {at}\"\norigins = [\"{ORIGIN}\"]\n[region]\nmunicipalities = [\"{town}\"]\ncircle = {{ postcode = \"4201\", radius_km = {} }}\n{}",
                1 + at % 50,
                licence("2099-12-31", 60)
            );
            (format!("bieb-{at}.toml"), text)
        })
        .collect();
    let others: Vec<(&str, &str)> = others.iter().map(|(name, text)| (&**name, &**text)).collect();
    let (folder, first) = server(&others, &[]);
    drop(first);
    let profiles = folder.path().join("profiles");
    for count in [0, 500] {
        let extra = ["--profiles", profiles.to_str().unwrap()];
        let start = Instant::now();
        let server = Server::start_with(&folder.out(), if count == 0 { &[] } else { &extra });
        let started = start.elapsed();
        let before = server.resident_kb();
        let asked = Instant::now();
        for at in 0..count {
            let answer = widget(
                &server,
                &format!("/v1/offerings?profile=bieb-{at}&postcode=4201&limit=1"),
            );
            assert_eq!(
                (
                    answer.status,
                    answer.json()["total"].as_u64().is_some_and(|total| total > 0)
                ),
                (200, true)
            );
        }
        println!(
            "{count} profiles: started in {started:?} with {before} kB; all asked once in {:?}, then {} kB",
            asked.elapsed(),
            server.resident_kb()
        );
    }
}
