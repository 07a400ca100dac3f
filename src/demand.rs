//! `nabij demand`: what was asked for, and what of that was not found, from the daily totals of `nabij serve --demand`.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;
use fs_err as fs;
use nabij_analysis::demand::{DailyTotal, Level, summed, write};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The file of daily totals.
    file: PathBuf,
    /// The first day: `2026-11-01`.
    #[arg(long)]
    from: Option<NaiveDate>,
    /// The last day.
    #[arg(long)]
    to: Option<NaiveDate>,
    /// How many rows to print; the file that is written has all.
    #[arg(long, default_value_t = 30)]
    limit: usize,
    /// Write all rows as CSV.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let (totals, rejected) = DailyTotal::read(fs::File::open(&arguments.file)?);
    for (line, reason) in &rejected {
        writeln!(
            std::io::stderr(),
            "{}, line {line}: {reason}",
            arguments.file.display()
        )?;
    }
    let asked_for = |total: &&DailyTotal| {
        arguments.from.is_none_or(|from| from <= total.day) && arguments.to.is_none_or(|to| total.day <= to)
    };
    let sums = summed(totals.iter().filter(asked_for));
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{:<40} {:<12} {:>9} {:>9} {:>6}",
        "region", "theme", "asked", "not found", "%"
    )?;
    for sum in sums.iter().take(arguments.limit) {
        let region = match sum.level {
            Level::Pc4 => sum.region.clone(),
            Level::Municipality | Level::Province | Level::Country => format!("rest of {}", sum.region),
        };
        writeln!(
            out,
            "{region:<40} {:<12} {:>9} {:>9} {:>6}",
            sum.theme,
            sum.asked,
            sum.not_found,
            sum.not_found * 100 / sum.asked.max(1)
        )?;
    }
    if let Some(path) = &arguments.out {
        write(&sums, fs::File::create(path)?).context("the table cannot be written")?;
    }
    Ok(())
}
