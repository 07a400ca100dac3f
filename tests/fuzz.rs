//! Input from everywhere, made wrong in every way: whatever stands in it, nothing panics, nothing hangs, nothing is answered
//! that was not asked.
//!
//! Each target starts from good input (the samples) and changes it at random: see [`edits`]. `FUZZ_SECONDS` says how long a
//! target runs; `make fuzz` gives each two minutes. It runs on the stable compiler, and what it finds is made small by proptest.

mod edits;
mod queries;
mod sources;
mod tables;
mod texts;

use std::{
    cell::Cell,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use edits::{Corpus, Input};

/// What a target says of an input.
type Outcome = Result<(), TestCaseError>;

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
    said.and_then(|said| said.parse().ok()).unwrap_or(2)
}

/// Tries changed inputs until the time is up.
fn fuzz(name: &str, corpus: Corpus, target: impl Fn(&Input) -> Outcome) {
    let strategy = corpus.inputs();
    // What ends the process leaves its input here.
    let last = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}"));
    let executions = Cell::new(0_u64);
    let end = Instant::now() + Duration::from_secs(seconds());
    while Instant::now() < end {
        let outcome = round().run(&strategy, |input| {
            executions.set(executions.get() + 1);
            fs::write(&last, &input.bytes).unwrap();
            let clock = Instant::now();
            target(&input)?;
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
