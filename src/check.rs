//! `nabij check`: what would become of sources, without an index in the end.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use fs_err as fs;
use nabij_engine::Store;
use nabij_indexer::{Guard, Job, index, propose};
use nabij_offering::dutch_time;

use crate::{clock, settings::SettingsFile, sources::Given, tables::Tables};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    #[command(flatten)]
    sources: Given,
    /// Where to write the whole report as JSON.
    #[arg(long)]
    report: Option<PathBuf>,
}

/// Proposes a mapping for each table that has names of its own; if there is none, makes the report.
pub(crate) fn run(arguments: &Arguments, file: Option<&SettingsFile>) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let mut proposed = false;
    if !arguments.sources.has_mapping() {
        for path in arguments.sources.paths() {
            if let Some(proposal) = propose(path)? {
                write!(out, "{proposal}")?;
                proposed = true;
            }
        }
    }
    if proposed {
        return Ok(());
    }
    let sources = arguments.sources.open(file)?;
    let atlas = arguments.tables.open()?;
    let lexicon = arguments.tables.lexicon()?;
    let now = clock::now()?;
    // The same way as `nabij index`, into a folder that nobody reads.
    let scratch = tempfile::tempdir()?;
    let store = Store::new(scratch.path().join("index"));
    let job = Job {
        atlas: &atlas,
        lexicon: &lexicon,
        sources: &sources,
        guard: Guard::default(),
        now: now.timestamp(),
        today: dutch_time(now).date(),
    };
    let (report, outcome) = index(&job, &store, |_| {});
    write!(out, "{report}")?;
    if let Some(path) = &arguments.report {
        let json = serde_json::to_vec_pretty(&report)?;
        fs::write(path, json).context("the report cannot be written")?;
    }
    outcome.context("nothing would be published")?;
    Ok(())
}
