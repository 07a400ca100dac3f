//! What is in `deploy` fits the program: its settings are settings, and what it names is there.

use std::{fs, path::Path};

use crate::harness::{Folder, nabij, text};

fn project(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_setting_that_is_shipped_or_proposed_is_one() {
    for name in ["deploy/nabij.toml", "deploy/container.toml"] {
        let shipped = fs::read_to_string(project(name)).unwrap();
        // A line such as `#demand = "…"` is a proposal; one with a space after `#` is a remark.
        let proposed: Vec<&str> = shipped
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(proposal) if !proposal.starts_with(' ') => proposal,
                _ => line,
            })
            .collect();
        let folder = Folder::new();
        for settings in [shipped.clone(), proposed.join("\n")] {
            let file = folder.file("nabij.toml", &settings);
            let output = nabij(&["doctor", "--config", file.to_str().unwrap()]);
            // There is no index here, so something is wrong; with settings that do not hold it would not come that far.
            assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output.stderr));
            assert!(text(&output.stdout).starts_with("ok     settings"), "{name}");
        }
    }
}

#[test]
fn the_units_start_what_there_is_with_the_settings_that_are_packed() {
    let help = text(&nabij(&["--help"]).stdout);
    for (unit, command) in [("nabij", "serve"), ("nabij-index", "index")] {
        let unit = fs::read_to_string(project(&format!("deploy/{unit}.service"))).unwrap();
        let start = format!("ExecStart=/usr/bin/nabij {command} --config /etc/nabij/nabij.toml");
        assert!(unit.lines().any(|line| line == start), "{unit}");
        assert!(help.contains(&format!("  {command} ")), "{help}");
    }
}

#[test]
fn every_file_of_the_package_is_there() {
    let manifest: toml::Table = fs::read_to_string(project("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let assets = manifest["package"]["metadata"]["deb"]["assets"]
        .as_array()
        .unwrap();
    let mut looked_at = 0;
    for asset in assets {
        let source = asset[0].as_str().unwrap();
        // Made by `make deb` itself.
        if source.starts_with("target/") {
            continue;
        }
        let (folder, name) = source.rsplit_once('/').unwrap();
        let ending = name.trim_start_matches('*');
        let found = fs::read_dir(project(folder)).unwrap();
        let mut found = found.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(found.any(|found| found.ends_with(ending)), "{source}");
        looked_at += 1;
    }
    assert!(looked_at > 3);
}
