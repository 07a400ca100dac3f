//! Settings in layers: flag, variable, file, default.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::harness::text;

/// Runs the command in a folder that may hold a `nabij.toml`.
fn nabij_in(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(folder)
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
}

fn folder_with(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nabij.toml"), settings).unwrap();
    folder
}

#[test]
fn a_flag_beats_a_variable_beats_the_file_beats_the_default() {
    let folder = folder_with("index = \"from-file\"\n");
    let search = ["search", "--postcode", "3011"];
    let variable = [("NABIJ_INDEX", "from-variable")];
    let flag = [&search[..], &["--index", "from-flag"]].concat();
    let empty = tempfile::tempdir().unwrap();
    for (folder, variables, arguments, index) in [
        (folder.path(), &variable[..], &flag[..], "from-flag"),
        (folder.path(), &variable, &search, "from-variable"),
        (folder.path(), &[], &search, "from-file"),
        (empty.path(), &[], &search, "index"),
    ] {
        let output = nabij_in(folder, variables, arguments);
        let said = text(&output.stderr);
        assert!(said.contains(&format!("there is no index in {index};")), "{said}");
    }
}

#[test]
fn the_file_answers_for_every_subcommand_what_it_would_ask() {
    let folder = folder_with("index = \"made\"\nreport = \"said.json\"\nlisten = \"127.0.0.1:0\"\n");
    let rows = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";
    fs::write(folder.path().join("rows.csv"), rows).unwrap();
    let output = nabij_in(folder.path(), &[], &["index", "rows.csv"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(folder.path().join("said.json").exists());
    let output = nabij_in(folder.path(), &[], &["search", "--postcode", "3011"]);
    assert!(
        text(&output.stdout).contains("Taalcafé"),
        "{}",
        text(&output.stderr)
    );
    let output = nabij_in(folder.path(), &[], &["rollback"]);
    assert_eq!(output.status.code(), Some(1), "it has but one generation");
}

#[test]
fn the_file_is_the_one_that_the_flag_or_the_variable_names() {
    let folder = folder_with("index = \"nearby\"\n");
    fs::write(folder.path().join("other.toml"), "index = \"elsewhere\"\n").unwrap();
    let search = ["search", "--postcode", "3011"];
    for (variables, arguments) in [
        (&[("NABIJ_CONFIG", "other.toml")][..], search.to_vec()),
        (&[], [&["--config", "other.toml"], &search[..]].concat()),
        (&[], [&search[..], &["--config", "other.toml"]].concat()),
    ] {
        let said = text(&nabij_in(folder.path(), variables, &arguments).stderr);
        assert!(said.contains("there is no index in elsewhere"), "{said}");
    }
    let output = nabij_in(
        folder.path(),
        &[],
        &[&search[..], &["--config", "gone.toml"]].concat(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("gone.toml"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn what_is_wrong_in_the_file_is_said_with_its_line() {
    for (settings, said) in [
        (
            "# x\nlissten = \"a\"\n",
            "nabij.toml, line 2: `lissten` is no setting; known are cache, ",
        ),
        (
            "index = \"i\"\nlisten = \"here\"\n",
            "nabij.toml, line 2: `listen`: invalid value 'here' for '--listen <LISTEN>'",
        ),
        ("log_format = \"xml\"\n", "[possible values: text, json]"),
        (
            "listen = [\"a\"]\n",
            "nabij.toml, line 1: `listen` must be one text, number or boolean",
        ),
        (
            "[serve]\nlisten = \"a\"\n",
            "nabij.toml, line 1: `serve` is no setting",
        ),
        (
            "index = \"\"\n",
            "nabij.toml, line 1: `index`: a value is required",
        ),
        ("index\n", "nabij.toml cannot be read: TOML parse error at line 1"),
    ] {
        let folder = folder_with(settings);
        let output = nabij_in(folder.path(), &[], &["search", "--postcode", "3011"]);
        assert_eq!(output.status.code(), Some(2), "{settings}");
        assert!(
            text(&output.stderr).contains(said),
            "{settings}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn half_of_what_belongs_together_is_not_passed_over() {
    for (settings, said) in [
        ("tiles = \"pdok\"\n", "tiles are set and tile_cache is not"),
        ("tls_cert = \"x.pem\"\n", "one of tls_cert and tls_key is set"),
        ("tls_key = \"x.pem\"\n", "one of tls_cert and tls_key is set"),
    ] {
        let folder = folder_with(settings);
        let rows = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";
        fs::write(folder.path().join("rows.csv"), rows).unwrap();
        let indexed = nabij_in(folder.path(), &[], &["index", "rows.csv", "--out", "index"]);
        assert!(indexed.status.success(), "{}", text(&indexed.stderr));
        let serve = ["serve", "--index", "index", "--listen", "127.0.0.1:0"];
        let output = nabij_in(folder.path(), &[], &serve);
        assert_eq!(output.status.code(), Some(1), "{settings}");
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
}
