//! `nabij generate`: example offerings, as many as you like.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::Args;
use fs_err as fs;
use nabij_atlas::Atlas;

#[derive(Args)]
pub(crate) struct Arguments {
    /// How many.
    #[arg(long, default_value_t = 3_000)]
    count: usize,
    /// Another seed gives other examples.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file to write; JSON Lines.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let atlas = Atlas::shipped().context("the shipped postcode table cannot be read")?;
    let mut out = BufWriter::new(fs::File::create(&arguments.out)?);
    for draft in nabij_sample::drafts(&atlas, arguments.seed).take(arguments.count) {
        serde_json::to_writer(&mut out, &draft.to_json())?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
