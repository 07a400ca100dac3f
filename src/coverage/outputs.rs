//! The files that `nabij coverage` writes.

use std::{io::BufWriter, path::Path};

use anyhow::Result;
use clap::ValueEnum;
use fs_err as fs;
use nabij_analysis::coverage::{AccessChange, Extras, Method, RegionLevel};

use super::Found;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// `postcodes.csv`, `municipalities.csv`, `provinces.csv` and `summary.csv`.
    Csv,
    /// `coverage.geojson`: a feature a postcode.
    Geojson,
    /// `coverage.parquet`: the rows of `postcodes.csv`.
    Parquet,
    /// `report.html`: maps, tables and method, in Dutch.
    Html,
}

/// The day, as Dutch writes it.
pub(super) fn today() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge: the report says when it was made"
    )]
    let now = chrono::Local::now();
    now.format("%d-%m-%Y").to_string()
}

pub(super) fn write(
    folder: &Path,
    formats: &[Format],
    found: &Found,
    method: &Method<'_>,
    extras: &Extras<'_>,
) -> Result<()> {
    let file = |name: &str| fs::File::create(folder.join(name)).map(BufWriter::new);
    let coverage = &found.coverage;
    for format in formats {
        match format {
            Format::Csv => {
                coverage.csv(file("postcodes.csv")?)?;
                coverage.regions_csv(RegionLevel::Municipality, file("municipalities.csv")?)?;
                coverage.regions_csv(RegionLevel::Province, file("provinces.csv")?)?;
                coverage.summary_csv(file("summary.csv")?)?;
                if let Some(since) = &found.since {
                    since.changes.csv(file("changes.csv")?)?;
                    AccessChange::csv(&since.before, coverage, file("access.csv")?)?;
                }
            }
            Format::Geojson => coverage.geojson(method.areas, file("coverage.geojson")?)?,
            Format::Parquet => coverage.parquet(file("coverage.parquet")?)?,
            Format::Html => fs::write(folder.join("report.html"), coverage.html(method, extras)?)?,
        }
    }
    Ok(())
}
