//! `nabij export`: what is in an index, in the formats that others read.

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use fs_err as fs;
use nabij_engine::{Index, Store};
use nabij_export::{Export, TabularPackage, from_detail, mapping};
use nabij_offering::{Kind, KindSet, Offering, Theme, ThemeSet};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX")]
    index: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    format: Format,
    /// Where to write it: a file, or for hsds-tables a folder; standard output if absent.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Only offerings of these kinds.
    #[arg(long, value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Only offerings with one of these themes.
    #[arg(long, value_delimiter = ',')]
    theme: Vec<Theme>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The native format, an object a line.
    Jsonl,
    /// The native format as a table.
    Csv,
    /// Points with their fields.
    Geojson,
    /// schema.org: courses, events and services.
    Jsonld,
    /// Open Referral HSDS 3.0, a list of services.
    Hsds,
    /// Open Referral HSDS 3.0, a tabular data package.
    HsdsTables,
    /// Bulk requests for `OpenSearch` or Elasticsearch.
    Opensearch,
    /// The mapping of the index that the bulk requests fill.
    OpensearchMapping,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let index = Store::new(&arguments.index)
        .open_current()
        .with_context(|| format!("{} cannot be read", arguments.index.display()))?;
    let out = arguments.out.as_deref();
    let format = match arguments.format {
        Format::Jsonl => nabij_export::Format::JsonLines,
        Format::Csv => nabij_export::Format::Csv,
        Format::Geojson => nabij_export::Format::GeoJson,
        Format::Jsonld => nabij_export::Format::JsonLd,
        Format::Hsds => nabij_export::Format::Hsds,
        Format::Opensearch => nabij_export::Format::OpenSearch,
        Format::OpensearchMapping => {
            writeln!(open(out)?, "{:#}", mapping())?;
            return Ok(());
        }
        Format::HsdsTables => return tables(arguments, &index),
    };
    let mut export = Export::begin(format, open(out)?)?;
    selected(arguments, &index, |offering| Ok(export.write(offering)?))?;
    export.finish()?;
    Ok(())
}

fn tables(arguments: &Arguments, index: &Index) -> Result<()> {
    let Some(folder) = &arguments.out else {
        bail!("a package of tables is a folder; name it with --out")
    };
    fs::create_dir_all(folder)?;
    let mut package = TabularPackage::begin(|name| fs::File::create(folder.join(name)).map(BufWriter::new))?;
    selected(arguments, index, |offering| Ok(package.write(offering)?))?;
    package.finish()?;
    Ok(())
}

/// Gives every offering that was asked for to `each`, in the order of the index.
fn selected(
    arguments: &Arguments,
    index: &Index,
    mut each: impl FnMut(&Offering) -> Result<()>,
) -> Result<()> {
    let kinds: KindSet = arguments.kind.iter().copied().collect();
    let themes: ThemeSet = arguments.theme.iter().copied().collect();
    for doc in (0..).take(index.manifest().counts.offerings()) {
        let detail = index.detail(doc)?;
        let offering = detail
            .as_deref()
            .and_then(from_detail)
            .with_context(|| format!("document {doc} cannot be read"))?;
        let wanted = (kinds.is_empty() || kinds.contains(offering.kind))
            && (themes.is_empty() || themes.intersects(offering.themes));
        if wanted {
            each(&offering)?;
        }
    }
    Ok(())
}

fn open(path: Option<&Path>) -> Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => Box::new(BufWriter::new(fs::File::create(path)?)),
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    })
}
