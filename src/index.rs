//! `nabij index`: sources in, a published index and a report out.

use std::{
    io::{BufWriter, IsTerminal, Write},
    num::NonZero,
    panic::resume_unwind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;
use fs_err as fs;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nabij_engine::{Index, KEPT_GENERATIONS, Store};
use nabij_indexer::{Guard, Job, Progress, Report, index};
use nabij_offering::dutch_time;

use crate::{clock, settings::SettingsFile, sources::Given, tables::Tables, visible};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    #[command(flatten)]
    sources: Given,
    /// The folder of the index; made if it is not there.
    #[arg(long, env = "NABIJ_INDEX")]
    out: PathBuf,
    /// Where to write the report; by default `report.json` in the folder of the index. The same as a table (.csv) and as a
    /// page (.html) beside it.
    #[arg(long, env = "NABIJ_REPORT")]
    report: Option<PathBuf>,
    /// The address of the site, such as <https://voorbeeld.nl>, for the links in the report.
    #[arg(long, env = "NABIJ_SITE", default_value = "")]
    site: String,
    #[command(flatten)]
    visible: visible::Viewed,
    /// Publish nothing if more than so many percent of the rows of a source are rejected.
    #[arg(long, env = "NABIJ_MAX_REJECTED", value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    max_rejected: u8,
    /// Publish nothing if more than so many percent of the offerings of the last index are gone.
    #[arg(long, env = "NABIJ_MAX_GONE", value_name = "PERCENT", default_value_t = 20, value_parser = clap::value_parser!(u8).range(0..=100))]
    max_gone: u8,
    /// How many generations to keep, the new one included. One that a server has open is never removed.
    #[arg(long, env = "NABIJ_KEEP", value_name = "N", default_value_t = KEPT_GENERATIONS)]
    keep: NonZero<usize>,
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
    let lexicon = arguments.tables.lexicon()?;
    let store = Store::new(&arguments.out).keeping(arguments.keep);
    let now = clock::now()?;
    let today = dutch_time(now).date();
    let viewpoints = arguments.visible.viewpoints(&atlas, today)?;
    let bar = progress_bar();
    let job = Job {
        atlas: &atlas,
        lexicon: &lexicon,
        sources: &sources,
        guard: Guard {
            rejected: f64::from(arguments.max_rejected) / 100.0,
            gone: f64::from(arguments.max_gone) / 100.0,
        },
        now: now.timestamp(),
        today,
    };
    let (mut report, outcome) = index(&job, &store, |progress| show(&bar, progress));
    bar.finish_and_clear();
    let mut out = std::io::stdout().lock();
    write!(out, "{report}")?;
    let path = arguments
        .report
        .clone()
        .unwrap_or_else(|| arguments.out.join("report.json"));
    let looked: Result<Option<Index>> = match (&outcome, viewpoints) {
        (Ok(number), Some(viewpoints)) => store.open(*number).map_err(Into::into).and_then(|index| {
            report.look(&index, &atlas, &viewpoints)?;
            Ok(Some(index))
        }),
        _ => Ok(None),
    };
    // Without a folder to write to, the summary above is all there is.
    let reported =
        looked.and_then(|index| write_report(&report, index.as_ref(), &path, &arguments.site, today));
    let number = outcome.context("nothing was published")?;
    reported.with_context(|| format!("generation {number} is in use, but its report cannot be written"))?;
    writeln!(
        out,
        "published as generation {number}; report in {}",
        path.display()
    )?;
    Ok(())
}

/// Writes the report for programs (JSON), for spreadsheets (CSV) and for people (HTML) beside each other; and where each
/// offering of an index is seen, if that was looked up. A bad source can fill gigabytes with what is wrong with it, so the
/// first two are written at once.
fn write_report(
    report: &Report,
    index: Option<&Index>,
    path: &Path,
    site: &str,
    today: NaiveDate,
) -> Result<()> {
    std::thread::scope(|scope| {
        let table = scope.spawn(|| -> Result<()> {
            let table = fs::File::create(path.with_extension("csv"))?;
            Ok(report.write_table(site, BufWriter::new(table))?)
        });
        let mut json = BufWriter::new(fs::File::create(path)?);
        serde_json::to_writer_pretty(&mut json, report)?;
        json.flush()?;
        table.join().unwrap_or_else(|panic| resume_unwind(panic))
    })?;
    fs::write(path.with_extension("html"), report.page(site, today)?)?;
    if let Some(index) = index {
        let table = fs::File::create(path.with_extension("visible.csv"))?;
        report.write_visible(index, site, BufWriter::new(table))?;
    }
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
