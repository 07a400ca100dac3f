//! `nabij index`: sources in, a published index and a report out.

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::Args;
use fs_err as fs;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nabij_engine::Store;
use nabij_indexer::{Progress, index};

use crate::{settings::SettingsFile, sources::Given, tables::Tables};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    #[command(flatten)]
    sources: Given,
    /// The folder of the index; made if it is not there.
    #[arg(long, env = "NABIJ_INDEX")]
    out: PathBuf,
    /// Where to write the report; by default `report.json` in the folder of the index.
    #[arg(long, env = "NABIJ_REPORT")]
    report: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct RollbackArguments {
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX")]
    index: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, file: Option<&SettingsFile>) -> Result<()> {
    let sources = arguments.sources.open(file)?;
    let atlas = arguments.tables.open()?;
    let store = Store::new(&arguments.out);
    #[expect(clippy::disallowed_methods, reason = "a command's edge reads the clock, once")]
    let now = chrono::Utc::now();
    let bar = progress_bar();
    let today = now.date_naive();
    let (report, outcome) = index(&atlas, &sources, &store, now.timestamp(), today, |progress| {
        show(&bar, progress);
    });
    bar.finish_and_clear();
    let mut out = std::io::stdout().lock();
    write!(out, "{report}")?;
    let path = arguments
        .report
        .clone()
        .unwrap_or_else(|| arguments.out.join("report.json"));
    let reported = serde_json::to_vec_pretty(&report)
        .map_err(Into::into)
        .and_then(|json| fs::write(&path, json));
    // Without a folder to write to, the summary above is all there is.
    let number = outcome.context("nothing was published")?;
    reported.with_context(|| format!("generation {number} is in use, but its report cannot be written"))?;
    writeln!(
        out,
        "published as generation {number}; report in {}",
        path.display()
    )?;
    Ok(())
}

pub(crate) fn rollback(arguments: &RollbackArguments) -> Result<()> {
    let number = Store::new(&arguments.index).rollback()?;
    writeln!(std::io::stdout(), "generation {number} is in use")?;
    Ok(())
}

/// A bar on a terminal; nothing elsewhere, where [`show`] writes lines.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn show(bar: &ProgressBar, progress: Progress) {
    let message = match progress {
        Progress::Read(rows) => format!("read {rows} rows"),
        Progress::Written(done, of) => {
            bar.set_length(of);
            bar.set_position(done);
            format!("written {done} of {of} offerings")
        }
    };
    let (Progress::Read(count) | Progress::Written(count, _)) = progress;
    if std::io::stderr().is_terminal() {
        bar.set_message(message);
    } else if count.is_multiple_of(100_000) {
        // A closed standard error is no reason to stop.
        let _ = writeln!(std::io::stderr(), "{message}");
    }
}
