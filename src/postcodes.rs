//! `nabij postcodes`: look up a postcode, find the nearest, take in the six-character ones.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use nabij_atlas::{Pc6Table, Position, Postcode};

use crate::tables::Tables;

#[derive(Subcommand)]
pub(crate) enum Arguments {
    /// Make a table of six-character postcodes of a CSV file (postcode,lat,lon; commas or semicolons) or `GeoNames`' `NL_full.txt`.
    Import(Import),
    /// Where a postcode is, and how well that is known.
    Show(Show),
    /// The four-digit postcode nearest to a point.
    Nearest(Nearest),
}

#[derive(Args)]
pub(crate) struct Import {
    /// The file to read; the first row of a postcode counts.
    file: PathBuf,
    /// The table to write; give it to other commands as `--pc6`.
    #[arg(long, env = "NABIJ_PC6", default_value = "postcodes.pc6")]
    out: PathBuf,
}

#[derive(Args)]
pub(crate) struct Show {
    #[command(flatten)]
    tables: Tables,
    /// Four digits, with or without two letters.
    postcode: Postcode,
}

#[derive(Args)]
pub(crate) struct Nearest {
    #[command(flatten)]
    tables: Tables,
    /// Latitude in degrees.
    #[arg(allow_negative_numbers = true)]
    lat: f64,
    /// Longitude in degrees.
    #[arg(allow_negative_numbers = true)]
    lon: f64,
}

/// How many of the rows that could not be used are named.
const SHOWN: usize = 20;

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match arguments {
        Arguments::Import(arguments) => import(arguments),
        Arguments::Show(arguments) => show(arguments),
        Arguments::Nearest(arguments) => nearest(arguments),
    }
}

fn import(arguments: &Import) -> Result<()> {
    let import = Pc6Table::import(&arguments.file)?;
    let file = arguments.file.display();
    let mut error = std::io::stderr().lock();
    for row in import.rejected.iter().take(SHOWN) {
        writeln!(error, "{file}, {row}; mend the row and import again")?;
    }
    match import.rejected.len().saturating_sub(SHOWN) {
        0 => {}
        more => writeln!(error, "… and {more} more rows of {file} that could not be used")?,
    }
    if import.table.is_empty() {
        bail!("not one row of {file} can be used; nothing was written");
    }
    import.table.write(&arguments.out)?;
    writeln!(
        std::io::stdout(),
        "{} postcodes in {}; {} rows repeated a postcode, {} could not be used",
        import.table.len(),
        arguments.out.display(),
        import.repeated,
        import.rejected.len()
    )?;
    Ok(())
}

fn show(arguments: &Show) -> Result<()> {
    let location = arguments.tables.open()?.resolve(arguments.postcode)?;
    let municipality = location
        .municipality
        .filter(|name| Some(name) != location.place.as_ref());
    let municipality = municipality.map(|name| format!("municipality {name}"));
    let names = [location.place, municipality, location.province];
    writeln!(
        std::io::stdout(),
        "{}: {:.5}, {:.5} ({}) {}",
        location.label,
        location.position.lat(),
        location.position.lon(),
        location.precision.name(),
        names.into_iter().flatten().collect::<Vec<_>>().join(", ")
    )?;
    Ok(())
}

fn nearest(arguments: &Nearest) -> Result<()> {
    let atlas = arguments.tables.open()?;
    let position = Position::new(arguments.lat, arguments.lon)?;
    let (area, metres) = atlas
        .nearest_postcode(position)
        .context("there are no postcodes")?;
    writeln!(
        std::io::stdout(),
        "{} {}, {}: {metres:.0} m",
        area.pc4,
        area.places.join(", "),
        area.province
    )?;
    Ok(())
}
