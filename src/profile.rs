//! `nabij profile`: make a profile, check it, see what it selects.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, Result, bail};
use chrono::{Days, Months};
use clap::{Args, Subcommand};
use fs_err as fs;
use nabij_atlas::Atlas;
use nabij_engine::Store;
use nabij_offering::dutch_time;
use nabij_profile::{Blank, Profile, Profiles, blank};
use nabij_search_server::{Overview, Titled};

use crate::{clock, tables::Tables};

/// How many bytes of chance are in a key.
const KEY_BYTES: usize = 24;
/// How many titles are shown.
const SHOWN: usize = 10;
/// How long before its end a licence is mentioned.
const SOON: Days = Days::new(30);

#[derive(Subcommand)]
pub(crate) enum Arguments {
    /// Make a profile that works, for a municipality.
    New(NewArguments),
    /// Check every profile of a folder; ends with status 1 if one is wrong.
    Check(CheckArguments),
    /// See what a profile selects of an index.
    Preview(PreviewArguments),
}

#[derive(Args)]
pub(crate) struct Folder {
    /// The folder of profiles.
    #[arg(long, env = "NABIJ_PROFILES", default_value = "profiles")]
    profiles: PathBuf,
}

#[derive(Args)]
pub(crate) struct NewArguments {
    #[command(flatten)]
    folder: Folder,
    /// The municipality that it serves.
    #[arg(long)]
    municipality: String,
    /// The name of the library; by default `Bibliotheek` and the municipality.
    #[arg(long)]
    name: Option<String>,
    /// The website that will show the widget: `https://www.bibliotheek.nl`.
    #[arg(long)]
    origin: Option<String>,
}

#[derive(Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    tables: Tables,
}

#[derive(Args)]
pub(crate) struct PreviewArguments {
    /// The profile.
    id: String,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    tables: Tables,
    /// The folder of the index.
    #[arg(long, env = "NABIJ_INDEX")]
    index: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match arguments {
        Arguments::New(arguments) => new(arguments),
        Arguments::Check(arguments) => check(arguments),
        Arguments::Preview(arguments) => preview(arguments),
    }
}

fn new(arguments: &NewArguments) -> Result<()> {
    let atlas = Atlas::shipped()?;
    let mut chance = [0; KEY_BYTES];
    getrandom::fill(&mut chance)
        .map_err(|error| anyhow::anyhow!("the system gives no chance for a key: {error}"))?;
    let key = chance
        .iter()
        .fold(String::new(), |key, byte| format!("{key}{byte:02x}"));
    let today = dutch_time(clock::now()?).date();
    let until = today.checked_add_months(Months::new(12)).unwrap_or(today);
    let (id, text) = blank(
        &atlas,
        &Blank {
            municipality: &arguments.municipality,
            name: arguments.name.as_deref(),
            origin: arguments.origin.as_deref(),
            key: &key,
            period: (today, until),
        },
    )?;
    let folder = &arguments.folder.profiles;
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{id}.toml"));
    // Not over one that is there, also when two are made at once.
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .with_context(|| format!("no profile was made; is {} there already?", path.display()))?;
    file.write_all(text.as_bytes())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", path.display())?;
    writeln!(out, "key for the servers of the library, shown once: {key}")?;
    writeln!(out, "its pages, once the server reads this folder: /v/{id}/")?;
    Ok(())
}

fn check(arguments: &CheckArguments) -> Result<()> {
    let folder = &arguments.folder.profiles;
    let atlas = arguments.tables.open()?;
    let (profiles, findings) = Profiles::load(folder, &atlas, &Profiles::default())?;
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        let sort = if finding.is_note { "note" } else { "wrong" };
        writeln!(out, "{sort}: {finding}")?;
    }
    let today = dutch_time(clock::now()?).date();
    for profile in profiles.iter() {
        let licence = match &profile.licence {
            None => "no licence".to_owned(),
            Some(licence) if licence.until < today => format!("licence ended on {}", licence.until),
            Some(licence)
                if today
                    .checked_add_days(SOON)
                    .is_some_and(|soon| licence.until <= soon) =>
            {
                format!("licence ends soon, on {}", licence.until)
            }
            Some(licence) => format!("licence until {}", licence.until),
        };
        writeln!(out, "good: {}, {}; {licence}", profile.id, profile.name)?;
    }
    let wrong = findings.iter().filter(|finding| !finding.is_note).count();
    match wrong {
        0 => Ok(()),
        1 => bail!("1 thing is wrong in {}", folder.display()),
        wrong => bail!("{wrong} things are wrong in {}", folder.display()),
    }
}

fn preview(arguments: &PreviewArguments) -> Result<()> {
    let folder = &arguments.folder.profiles;
    let atlas = arguments.tables.open()?;
    let (profiles, findings) = Profiles::load(folder, &atlas, &Profiles::default())?;
    let id = &arguments.id;
    let file = folder.join(format!("{id}.toml"));
    let Some(profile) = profiles.get(id) else {
        let own = findings.iter().find(|finding| finding.file == file);
        match own {
            Some(finding) => bail!("{finding}"),
            None => bail!("there is no profile `{id}` in {}", folder.display()),
        }
    };
    let index = Store::new(&arguments.index).open_current()?;
    let overview = Overview::new(&index, &atlas, profile)?;
    write(&mut std::io::stdout().lock(), profile, &overview)
}

fn write(out: &mut impl Write, profile: &Profile, overview: &Overview) -> Result<()> {
    writeln!(out, "{} ({})", profile.name, profile.id)?;
    match &profile.region {
        None => writeln!(out, "region: the whole country")?,
        Some(region) => {
            let municipalities: Vec<&str> = region.municipalities().collect();
            let postcodes = region.postcodes().len();
            writeln!(
                out,
                "region: {}; {postcodes} postcodes",
                municipalities.join(", ")
            )?;
        }
    }
    writeln!(
        out,
        "selected: {} with a place, {} without",
        overview.placed, overview.area_wide
    )?;
    for (facet, counts) in [("kind", &overview.kinds), ("theme", &overview.themes)] {
        for (name, count) in counts.iter().filter(|(_, count)| *count > 0) {
            writeln!(out, "  {facet} {name}: {count}")?;
        }
    }
    for (heading, titled) in [
        ("pinned", &overview.pinned),
        ("blocked", &overview.blocked),
        ("the first", &overview.first),
    ] {
        list(out, heading, titled)?;
    }
    if !overview.unknown.is_empty() {
        writeln!(out, "not in the index: {}", overview.unknown.join(", "))?;
    }
    Ok(())
}

fn list(out: &mut impl Write, heading: &str, titled: &[Titled]) -> Result<()> {
    if titled.is_empty() {
        return Ok(());
    }
    writeln!(out, "{heading}:")?;
    for Titled { id, title, place, .. } in titled.iter().take(SHOWN) {
        writeln!(out, "  {id}  {title}, {place}")?;
    }
    if titled.len() > SHOWN {
        writeln!(out, "  and {} more", titled.len() - SHOWN)?;
    }
    Ok(())
}
