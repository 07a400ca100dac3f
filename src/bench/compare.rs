//! `nabij bench compare`: what changed from one measurement to another.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use fs_err as fs;
use nabij_analysis::{BenchReport, Comparison};

#[derive(Args)]
pub(super) struct Arguments {
    /// The report of `nabij bench --json` to compare with.
    before: PathBuf,
    /// The report to look at.
    after: PathBuf,
    /// Fail if a percentile became slower by more than so many per cent, at the lower end of its interval.
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    threshold: f64,
    /// Fail if queries found something else.
    #[arg(long)]
    same_answers: bool,
    /// Write the comparison as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let (before, after) = (read(&arguments.before)?, read(&arguments.after)?);
    let comparison = Comparison::new(&before, &after)?;
    let mut out = std::io::stdout().lock();
    for other in &comparison.other_circumstances {
        writeln!(out, "not the same: {other}")?;
    }
    writeln!(
        out,
        "{:<12} {:<3} {:>10} {:>10}     ratio (95 of 100 resamples)",
        "class", "", "before", "after"
    )?;
    for change in &comparison.changes {
        writeln!(out, "{change}")?;
    }
    writeln!(out, "answers a second × {:.2}", comparison.throughput_ratio)?;
    if !comparison.not_in_both.is_empty() {
        writeln!(out, "only in one of them: {}", comparison.not_in_both.join(", "))?;
    }
    if !comparison.other_answers.is_empty() {
        writeln!(out, "other answers: {}", comparison.other_answers.join(", "))?;
    }
    if let Some(path) = &arguments.json {
        fs::write(path, serde_json::to_vec_pretty(&comparison)?)?;
    }
    let slower: Vec<String> = comparison
        .slower_than(arguments.threshold)
        .into_iter()
        .map(|change| format!("{} {}", change.class, change.percentile))
        .collect();
    if !slower.is_empty() {
        bail!(
            "slower by more than {} %: {}",
            arguments.threshold,
            slower.join(", ")
        );
    }
    if arguments.same_answers && !comparison.other_answers.is_empty() {
        bail!(
            "queries found something else: {}",
            comparison.other_answers.join(", ")
        );
    }
    Ok(())
}

fn read(path: &Path) -> Result<BenchReport> {
    BenchReport::read(&fs::read(path)?)
        .map_err(|reason| anyhow!(reason))
        .with_context(|| format!("{} cannot be compared", path.display()))
}
