//! `nabij coverage`: how near the offerings are to everybody, and where there are none.

mod outputs;

use std::{io::Write, num::NonZero, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use fs_err as fs;
use nabij_analysis::{
    IndexInfo, Population,
    coverage::{
        AccessChange, Areas, Changes, Coverage, Extras, Method, NewPlace, Origin, Selection, Summary, by_pc4,
        by_pc6, changes, new_places,
    },
};
use nabij_atlas::Atlas;
use nabij_engine::{GenerationNumber, Index, Store};
use nabij_offering::{Kind, Theme};

use crate::{queries::read_population, search::metres, tables::Tables};
use outputs::Format;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    tables: Tables,
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX", default_value = "index")]
    index: PathBuf,
    /// Only these themes, each apart; several by comma. Without it all together.
    #[arg(long, value_delimiter = ',')]
    theme: Vec<Theme>,
    /// Only these kinds, each apart; several by comma. Without it all together.
    #[arg(long, value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Every theme with every kind, and all together.
    #[arg(long, conflicts_with_all = ["theme", "kind"])]
    all: bool,
    /// What counts as near: `500m`, `5km`, or a number of metres.
    #[arg(long, value_parser = metres, default_value = "5km")]
    within: f64,
    /// From six-character postcodes (of `--pc6`) instead of four-digit ones.
    #[arg(long, requires = "pc6")]
    streets: bool,
    /// A CSV file with `postcode` and `inhabitants`. Without it every postcode weighs the same.
    #[arg(long, env = "NABIJ_POPULATION", value_name = "FILE")]
    population: Option<PathBuf>,
    /// A GeoJSON file with the outline of each four-digit postcode, for the maps. Without it they show dots.
    #[arg(long, value_name = "FILE")]
    areas: Option<PathBuf>,
    /// Say where so many new places would help most, for the first selection.
    #[arg(long, value_name = "K", default_value_t = 0, hide_default_value = true)]
    new: usize,
    /// Say what changed since this generation of the index.
    #[arg(long, value_name = "GENERATION")]
    since: Option<GenerationNumber>,
    /// The folder to write to; it is made if it is not there. Without it a summary is printed, and nothing written.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write there; several by comma.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv,html")]
    formats: Vec<Format>,
    /// How many threads measure; as many as run at the same time if absent.
    #[arg(long)]
    threads: Option<NonZero<usize>>,
}

/// Half the circumference of the earth, in metres.
const LARGEST_RADIUS_M: f64 = 20_040_000.0;

/// All that was found.
struct Found {
    coverage: Coverage,
    info: IndexInfo,
    new: Vec<(NewPlace, Origin)>,
    since: Option<Since>,
}

/// What changed.
struct Since {
    generation: GenerationNumber,
    before: Coverage,
    changes: Changes,
    access: Vec<AccessChange>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if !(0.0..=LARGEST_RADIUS_M).contains(&arguments.within) {
        bail!("--within must be from 0 m to half around the earth");
    }
    let atlas = arguments.tables.open()?;
    let population = arguments.population.as_ref();
    let population = population.map(|path| read_population(path, &atlas)).transpose()?;
    let areas = arguments.areas.as_ref().map(read_areas).transpose()?;
    let store = Store::new(&arguments.index);
    let index = store
        .open_current()
        .with_context(|| format!("{} cannot be read", arguments.index.display()))?;
    let found = arguments.measure(&store, &index, &atlas, population.as_ref())?;
    if let Some(folder) = &arguments.out {
        fs::create_dir_all(folder)?;
        let extras = found.extras();
        let method = Method {
            made: outputs::today(),
            program: format!("nabij {}", env!("CARGO_PKG_VERSION")),
            index: &found.info,
            population: arguments
                .population
                .as_ref()
                .map(|path| path.display().to_string()),
            areas: areas.as_ref(),
        };
        outputs::write(folder, &arguments.formats, &found, &method, &extras)?;
    }
    // Last: whoever reads only the beginning has the files all the same.
    arguments.print(&found)
}

fn read_areas(path: &PathBuf) -> Result<Areas> {
    let areas = Areas::read(fs::File::open(path)?).with_context(|| path.display().to_string())?;
    if let Some((number, reason)) = areas.rejected.first() {
        let count = areas.rejected.len();
        writeln!(
            std::io::stderr(),
            "{}: {count} features cannot be used; feature {number}: {reason}",
            path.display()
        )?;
    }
    Ok(areas)
}

impl Arguments {
    fn measure(
        &self,
        store: &Store,
        index: &Index,
        atlas: &Atlas,
        population: Option<&Population>,
    ) -> Result<Found> {
        let origins = if self.streets {
            by_pc6(atlas, population)
        } else {
            by_pc4(atlas, population)
        };
        if origins.is_empty() {
            bail!("the table of six-character postcodes is empty");
        }
        let selections = if self.all {
            Selection::every()
        } else {
            Selection::of_each(&self.theme, &self.kind)
        };
        let threads = std::thread::available_parallelism();
        let threads = self.threads.or(threads.ok()).unwrap_or(NonZero::<usize>::MIN);
        let coverage = |index: &Index| {
            Coverage::measure(index, origins.clone(), selections.clone(), self.within, threads)
        };
        let now = coverage(index);
        let candidates = by_pc4(atlas, population);
        let new = new_places(&now, 0, &candidates, self.new)?;
        let new = new.into_iter().filter_map(|place| {
            let origin = candidates.get(place.candidate)?.clone();
            Some((place, origin))
        });
        let since = self.since.map(|generation| {
            let then = store
                .open(generation)
                .with_context(|| format!("generation {generation} cannot be read"))?;
            let before = coverage(&then);
            let access = (0..selections.len()).map(|at| AccessChange::new(&before, &now, at));
            anyhow::Ok(Since {
                generation,
                changes: changes(&then, index, &selections),
                access: access.collect(),
                before,
            })
        });
        Ok(Found {
            since: since.transpose()?,
            new: new.collect(),
            info: IndexInfo::new(index.number(), index.manifest()),
            coverage: now,
        })
    }

    fn print(&self, found: &Found) -> Result<()> {
        let mut out = std::io::stdout().lock();
        let people = if self.population.is_some() {
            "inhabitants"
        } else {
            "postcodes"
        };
        let coverage = &found.coverage;
        writeln!(
            out,
            "{} postcodes, within {} km; weighed by {people}",
            coverage.origins.len(),
            coverage.radius_m / 1_000.0
        )?;
        writeln!(
            out,
            "{:<12} {:<14} {:>9} {:>9} {:>12} {:>9} {:>8} {:>6}",
            "theme", "kind", "offerings", "% without", "without", "median km", "mean", "Gini"
        )?;
        for (at, (selection, total)) in coverage.selections.iter().zip(&coverage.totals).enumerate() {
            let summary = Summary::new(coverage, at);
            writeln!(
                out,
                "{:<12} {:<14} {total:>9} {:>9.1} {:>12.0} {:>9} {:>8.1} {:>6}",
                selection.theme_name(),
                selection.kind_name(),
                summary.percent_without(),
                summary.weight_without,
                summary
                    .median_nearest_m
                    .map_or_else(|| "–".to_owned(), |metres| format!("{:.1}", metres / 1_000.0)),
                summary.mean_within,
                summary
                    .gini
                    .map_or_else(|| "–".to_owned(), |gini| format!("{gini:.2}")),
            )?;
        }
        for (number, (place, origin)) in (1..).zip(&found.new) {
            writeln!(
                out,
                "new place {number}: {} {} ({}), for {:.0} {people}; {:.0} left without",
                origin.postcode, origin.place, origin.municipality, place.gained, place.left_without
            )?;
        }
        if found.new.len() < self.new {
            writeln!(out, "no other place gains anything")?;
        }
        if let Some(since) = &found.since {
            let Changes {
                opened,
                closed,
                moved,
            } = &since.changes;
            writeln!(
                out,
                "since generation {}: {} opened, {} closed, {} moved",
                since.generation,
                opened.len(),
                closed.len(),
                moved.len()
            )?;
            for (selection, change) in coverage.selections.iter().zip(&since.access) {
                writeln!(
                    out,
                    "{selection}: {:.0} {people} gained access, {:.0} lost it; nearer for {:.0}, further for {:.0}",
                    change.gained, change.lost, change.nearer, change.further
                )?;
            }
        }
        Ok(())
    }
}

impl Found {
    fn extras(&self) -> Extras<'_> {
        Extras {
            new_places: self
                .new
                .iter()
                .map(|(place, origin)| (place.clone(), origin))
                .collect(),
            changes: self
                .since
                .as_ref()
                .map(|since| (since.generation, &since.changes, since.access.clone())),
        }
    }
}
