//! `nabij doctor` says in plain words what is wrong with a host, and ends with status 1 if anything is.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

use crate::harness::{Folder, Server, index, text};

const SHA256: &str = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";

/// A folder with an index in it.
fn host() -> Folder {
    let folder = Folder::new();
    let file = folder.file("x.csv", "id,title,kind,postcode\na,Een,informal,3011AD\n");
    assert!(index(&folder.out(), &[&file], &[]).status.success());
    folder
}

fn doctor(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(folder)
        .args(["doctor", "--index", "index", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .output()
        .unwrap()
}

/// The lines about a subject.
fn about(output: &Output, subject: &str) -> Vec<String> {
    let lines = text(&output.stdout);
    let about = lines
        .lines()
        .filter(|line| line.get(7..).is_some_and(|rest| rest.starts_with(subject)));
    about.map(str::to_owned).collect()
}

#[test]
fn a_good_host_has_one_line_a_check_and_nothing_wrong() {
    let folder = host();
    let output = doctor(
        folder.path(),
        &[
            "--corrections",
            "corrections",
            "--demand",
            "demand.csv",
            "--operator-token-sha256",
            SHA256,
            "--public-url",
            "https://nabij.example",
            "--contact",
            "Bel ons.",
        ],
    );
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}{}", text(&output.stderr));
    for line in said.lines() {
        assert!(
            ["ok     ", "look   "]
                .iter()
                .any(|verdict| line.starts_with(verdict)),
            "{line}"
        );
    }
    for subject in [
        "settings",
        "postcodes",
        "words",
        "profiles",
        "operator",
        "address",
        "contact",
        "index",
        "age",
        "rollback",
        "memory",
        "disk",
        "report",
        "user",
        "corrections",
        "demand",
        "time",
        "open files",
        "port",
        "reach",
    ] {
        assert_eq!(about(&output, subject).len(), 1, "{subject} in {said}");
    }
    assert!(
        about(&output, "index")[0].contains("1 offerings, format"),
        "{said}"
    );
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "it leaves nothing behind: {left:?}");
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let folder = host();
    let card = folder.out().join("generations/0000001/records.cards");
    fs::write(&card, "damaged").unwrap();
    folder.file("profile", "a file where a folder should be");
    fs::create_dir(folder.path().join("profiles")).unwrap();
    folder.file("profiles/half.toml", "name = 1\n");
    folder.file("table.pc6", "no table");
    let outcome = doctor(
        folder.path(),
        &[
            "--profiles",
            "profiles",
            "--corrections",
            "profile/corrections",
            "--demand",
            "nowhere/demand.csv",
            "--tiles",
            "pdok",
            "--tile-cache",
            "profile",
            "--population",
            "nowhere.csv",
        ],
    );
    let said = text(&outcome.stdout);
    assert_eq!(outcome.status.code(), Some(1), "{said}");
    for (subject, words) in [
        (
            "index",
            "is damaged: its checksum is not that of the manifest; build the index again or roll back",
        ),
        ("profiles", "half.toml, line 1"),
        ("corrections", "profile"),
        ("demand", "the folder nowhere is not there"),
        ("tiles", "profile cannot be written"),
        ("population", "nowhere.csv"),
    ] {
        let lines = about(&outcome, subject);
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("wrong") && line.contains(words)),
            "{subject}: {said}"
        );
    }
    assert!(text(&outcome.stderr).contains("things are wrong"));
    let outcome = doctor(folder.path(), &["--pc6", "table.pc6"]);
    assert!(about(&outcome, "postcodes")[0].starts_with("wrong"));
    let outcome = doctor(folder.path(), &["--synonyms", "nowhere"]);
    assert!(about(&outcome, "words")[0].starts_with("wrong"));
}

#[test]
fn an_index_of_another_format_or_of_tomorrow_is_wrong() {
    let folder = host();
    let manifest = folder.out().join("generations/0000001/manifest.json");
    let right = fs::read_to_string(&manifest).unwrap();
    let with = |name: &str, value: u64| {
        let mut json: serde_json::Value = serde_json::from_str(&right).unwrap();
        json[name] = value.into();
        // As one of before, which has no checksum of its own.
        json.as_object_mut().unwrap().remove("xxh3");
        fs::write(&manifest, json.to_string()).unwrap();
        doctor(folder.path(), &[])
    };
    for (format, advice) in [
        (1, "build the index again"),
        (999, "install the version of nabij that wrote it"),
    ] {
        let line = about(&with("format", format), "index").join("");
        assert!(line.starts_with("wrong") && line.contains(advice), "{line}");
    }
    let line = about(&with("built_at", 4_000_000_000), "age").join("");
    assert!(
        line.starts_with("wrong") && line.contains("set the clock"),
        "{line}"
    );
    let line = about(&with("built_at", 1_000_000_000), "age").join("");
    assert!(line.starts_with("look") && line.contains("days ago"), "{line}");
    let empty = Folder::new();
    let line = about(&doctor(empty.path(), &[]), "index").join("");
    assert!(line.contains("make one with `nabij index`"), "{line}");
}

#[test]
fn the_settings_file_counts_and_its_sources_are_looked_for() {
    let folder = host();
    folder.file("nabij.toml", "[[source]]\npath = \"x.csv\"\n");
    let output = doctor(folder.path(), &[]);
    assert!(
        about(&output, "sources")[0].starts_with("ok     sources       1 in"),
        "{}",
        text(&output.stdout)
    );
    folder.file(
        "nabij.toml",
        "[[source]]\npath = \"gone.csv\"\nmapping = \"gone.toml\"\n",
    );
    let line = about(&doctor(folder.path(), &[]), "sources").join("");
    assert!(
        line.starts_with("wrong") && line.contains("gone.csv, gone.toml"),
        "{line}"
    );
    folder.file("nabij.toml", "[[source]]\ncolour = \"x.csv\"\n");
    let line = about(&doctor(folder.path(), &[]), "sources").join("");
    assert!(line.starts_with("wrong") && line.contains("colour"), "{line}");
    // A setting that wants another one beside it.
    folder.file("nabij.toml", "tiles = \"pdok\"\n");
    let line = about(&doctor(folder.path(), &[]), "tiles").join("");
    assert!(line.starts_with("wrong") && line.contains("tile_cache"), "{line}");
    for (settings, says) in [
        ("tls_cert = \"gone.pem\"\n", "set both, or none"),
        ("tls_cert = \"gone.pem\"\ntls_key = \"x.csv\"\n", "gone.pem"),
    ] {
        folder.file("nabij.toml", settings);
        let line = about(&doctor(folder.path(), &[]), "reach").join("");
        assert!(line.starts_with("wrong") && line.contains(says), "{line}");
    }
    folder.file("nabij.toml", "lissten = 1\n");
    let output = doctor(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("line 1: `lissten` is no setting"));
}

#[test]
fn what_visitors_wrote_is_not_for_everybody_and_a_running_server_is_seen() {
    let folder = host();
    let corrections = folder.path().join("corrections");
    fs::create_dir(&corrections).unwrap();
    for (mode, verdict) in [(0o755, "look"), (0o750, "ok")] {
        fs::set_permissions(&corrections, fs::Permissions::from_mode(mode)).unwrap();
        let line = about(
            &doctor(folder.path(), &["--corrections", "corrections"]),
            "corrections",
        )
        .join("");
        assert!(line.starts_with(verdict), "{line}");
    }
    let server = Server::start(&folder.out());
    let listen = server.base().trim_start_matches("http://");
    let output = Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(folder.path())
        .args(["doctor", "--index", "index", "--listen", listen])
        .output()
        .unwrap();
    let line = about(&output, "port").join("");
    assert!(line.starts_with("look") && line.contains("already"), "{line}");
    assert_eq!(output.status.code(), Some(0));
}
