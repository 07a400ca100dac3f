//! What analysts run: queries, measurements, coverage, demand; over the real command and real HTTP.

mod coverage;
mod demand;
mod queries;

use std::{path::Path, process::Output};

use crate::harness::{nabij, text};

fn run(arguments: &[&str]) -> Output {
    let output = nabij(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    output
}

fn fails(arguments: &[&str], why: &str) {
    let output = nabij(arguments);
    let said = text(&output.stderr);
    assert!(
        !output.status.success() && said.contains(why),
        "{arguments:?}: {said}"
    );
}

/// The index of the sample, made by [`sample_server`].
fn index_of(folder: &tempfile::TempDir) -> String {
    folder.path().to_str().unwrap().to_owned()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}
