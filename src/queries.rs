//! `nabij queries`: queries like those of residents, to measure with.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use fs_err as fs;
use nabij_analysis::{
    Population,
    queries::{QueryFile, QueryFormat, Weights, draw},
};
use nabij_atlas::Atlas;

#[derive(Args)]
pub(crate) struct Arguments {
    /// How many.
    #[arg(long, default_value_t = 2_000)]
    count: usize,
    /// Another seed gives other queries.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A CSV file with `postcode` and `inhabitants`: postcodes are drawn by how many live there. Without it each is
    /// drawn as often.
    #[arg(long, env = "NABIJ_POPULATION", value_name = "FILE")]
    population: Option<PathBuf>,
    /// A CSV file with `what` (class, theme, kind, text), `value` and `weight`, instead of ours.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// The file to write: `.jsonl` or `.csv`.
    #[arg(long)]
    out: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let atlas = Atlas::shipped().context("the shipped postcode table cannot be read")?;
    let path = &arguments.out;
    let format = match QueryFormat::of(path) {
        Some(QueryFormat::Trec) | None => {
            bail!("{}: name a file that ends in .jsonl or .csv", path.display())
        }
        Some(format) => format,
    };
    let weights = match &arguments.weights {
        Some(path) => Weights::read(fs::File::open(path)?).with_context(|| path.display().to_string())?,
        None => Weights::shipped()?,
    };
    let population = arguments
        .population
        .as_ref()
        .map(|path| read_population(path, &atlas))
        .transpose()?;
    let queries = draw(
        &atlas,
        population.as_ref(),
        &weights,
        arguments.count,
        arguments.seed,
    )?;
    let mut out = BufWriter::new(fs::File::create(path)?);
    QueryFile::write(&queries, format, &mut out)?;
    out.flush()?;
    Ok(())
}

/// How many rows that cannot be used are named.
const NAMED: usize = 20;

/// Reads how many live where; says on standard error what could not be used.
pub(crate) fn read_population(path: &PathBuf, atlas: &Atlas) -> Result<Population> {
    let file = Population::read(fs::File::open(path)?)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    let mut say = std::io::stderr().lock();
    for (line, reason) in file.rejected.iter().take(NAMED) {
        writeln!(say, "{}, line {line}: {reason}", path.display())?;
    }
    if file.rejected.len() > NAMED {
        writeln!(say, "and {} rows more", file.rejected.len() - NAMED)?;
    }
    let unknown = file.population.unknown(atlas);
    if let Some(first) = unknown.first() {
        writeln!(
            say,
            "{}: {} postcodes are not in our table and do not count, such as {first}",
            path.display(),
            unknown.len()
        )?;
    }
    Ok(file.population)
}
