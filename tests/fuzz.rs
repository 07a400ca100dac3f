//! Input from everywhere, made wrong in every way: whatever stands in it, nothing panics, nothing hangs, nothing is answered
//! that was not asked.
//!
//! What is promised of each sort of input stands in `fuzz/src/targets`; this driver changes good input at random: see [`edits`].
//! `FUZZ_SECONDS` says how long a target runs; `make fuzz` gives each two minutes. It runs on the stable compiler, and what it
//! finds is made small by proptest. `make fuzz-coverage` gives the same targets to libFuzzer.

mod edits;
mod over_http;
#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use std::{
    cell::Cell,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use edits::Corpus;
use targets::{ALL, Target};

/// Inputs between two looks at the clock.
const ROUND: u32 = 16;
/// No input takes longer, in a build without optimisation, on a machine that does other things too.
const SLOWEST: Duration = Duration::from_secs(20);

fn round() -> TestRunner {
    TestRunner::new(Config {
        cases: ROUND,
        failure_persistence: None,
        ..Config::default()
    })
}

fn seconds() -> u64 {
    let said = std::env::var("FUZZ_SECONDS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(1)
}

/// Tries changed inputs until the time is up.
fn fuzz(name: &str, target: Target) {
    let run = target.run;
    let strategy = Corpus::new(target.seeds, target.words).inputs();
    // What ends the process leaves its input here.
    let last = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}"));
    let executions = Cell::new(0_u64);
    let end = Instant::now() + Duration::from_secs(seconds());
    while Instant::now() < end {
        let outcome = round().run(&strategy, |input| {
            executions.set(executions.get() + 1);
            fs::write(&last, &input.0).unwrap();
            let clock = Instant::now();
            run(&input.0);
            if clock.elapsed() < SLOWEST {
                Ok(())
            } else {
                Err(TestCaseError::fail(format!("took {:?}", clock.elapsed())))
            }
        });
        if let Err(error) = outcome {
            panic!("{name}, after {} executions: {error}", executions.get());
        }
    }
    println!("{name}: {} executions, no finding", executions.get());
}

/// A test for every target.
macro_rules! tests {
    ($($name:ident)*) => {
        const HERE: &[&str] = &[$(stringify!($name)),*];

        $(#[test]
        fn $name() {
            let name = stringify!($name);
            let (_, target) = ALL.iter().find(|(known, _)| *known == name).unwrap();
            fuzz(name, target());
        })*
    };
}

tests! {
    values
    positions
    opening_hours
    recurrences
    drafts
    query_strings
    questions
    addresses
    json_lines
    csv
    gids_xml
    gids_json
    hsds_json
    geojson
    icalendar
    json_ld
    proposals
    hsds_tables
    xlsx
    ods
    zips
    mappings
    profiles
    logos
    postcode_import
    postcode_table
    analysis_files
    storages
    answers
    index_files
    whole_way
}

#[test]
fn every_target_is_run_by_both_drivers() {
    let mut named: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, HERE);
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let programs = fs::read_dir(programs).unwrap().map(|entry| entry.unwrap().path());
    let mut programs: Vec<String> = programs
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    named.sort_unstable();
    programs.sort_unstable();
    assert_eq!(named, programs);
}
