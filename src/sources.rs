//! Sources: those given on the command line, or else the `[[source]]` tables of the settings file.

use std::{
    cmp::Reverse,
    ops::Range,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use nabij_indexer::{Classes, FetchPolicy, Format, Mapping, Source, fetch, fetch_api};
use serde::Deserialize;
use toml::Spanned;

use crate::settings::SettingsFile;

/// What is read.
#[derive(Args)]
pub(crate) struct Given {
    /// Files, folders or zips to read; without one, the sources in the settings file.
    ///
    /// Known by name and content are the native format (.jsonl, .csv), tables with a mapping (.csv, .xlsx, .ods,
    /// .geojson), G!DS (XML and JSON), Open Referral HSDS (JSON and data packages), iCalendar and schema.org JSON-LD.
    sources: Vec<PathBuf>,
    /// A TOML file that says which property of the sources is which field.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// Where sources on the web are kept.
    #[arg(long, env = "NABIJ_CACHE", default_value = "cache")]
    cache: PathBuf,
}

impl Given {
    /// The paths on the command line.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.sources
    }

    /// Whether a mapping was given.
    pub(crate) fn has_mapping(&self) -> bool {
        self.mapping.is_some()
    }

    /// The sources, fetched and unpacked, in the order in which they are read.
    pub(crate) fn open(&self, file: Option<&SettingsFile>) -> Result<Vec<Source>> {
        if self.sources.is_empty() {
            return self.of_settings(file);
        }
        let mapping = self.mapping.as_deref().map(Mapping::read).transpose()?;
        let mut sources = Vec::new();
        for path in &self.sources {
            let mut source = Source::open(path)?;
            source.mapping.clone_from(&mapping);
            sources.push(source);
        }
        Ok(sources)
    }

    fn of_settings(&self, file: Option<&SettingsFile>) -> Result<Vec<Source>> {
        let Some(file) = file else {
            bail!("there is nothing to read: name a SOURCE, or write [[source]] tables in nabij.toml");
        };
        let name = file.path.display();
        let Tables { source: tables } =
            toml::from_str(&file.text).with_context(|| format!("{name} cannot be read"))?;
        if tables.is_empty() {
            bail!("there is nothing to read: name a SOURCE, or write [[source]] tables in {name}");
        }
        let mut sources = Vec::new();
        for table in tables {
            let line = line_of(&file.text, table.span());
            let source = table.into_inner().open(&self.cache);
            sources.push(source.with_context(|| format!("{name}, line {line}: the source cannot be used"))?);
        }
        sources.sort_by_key(|source| Reverse(source.priority));
        Ok(sources)
    }
}

/// How many `[[source]]` tables there are, and which of the files that they name are not there. Nothing is fetched.
pub(crate) fn look_at(file: &SettingsFile) -> Result<(usize, Vec<PathBuf>)> {
    let tables: Tables = toml::from_str(&file.text)?;
    let named = tables.source.iter().flat_map(|table| {
        let Table {
            path,
            mapping,
            classes,
            ca_file,
            ..
        } = table.get_ref();
        [path, mapping, classes, ca_file]
    });
    let missing = named.flatten().filter(|path| !path.exists()).cloned();
    Ok((tables.source.len(), missing.collect()))
}

fn line_of(text: &str, span: Range<usize>) -> usize {
    1 + text
        .bytes()
        .take(span.start)
        .filter(|byte| *byte == b'\n')
        .count()
}

/// The part of the settings file that is about sources; the other keys are settings.
#[derive(Deserialize)]
struct Tables {
    #[serde(default)]
    source: Vec<Spanned<Table>>,
}

/// A `[[source]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: Option<String>,
    path: Option<PathBuf>,
    url: Option<String>,
    api: Option<String>,
    format: Option<Format>,
    mapping: Option<PathBuf>,
    classes: Option<PathBuf>,
    #[serde(default)]
    id_prefix: String,
    trust: Option<u8>,
    #[serde(default)]
    priority: i32,
    timeout_s: Option<u64>,
    largest_mb: Option<u64>,
    pause_ms: Option<u64>,
    #[serde(default)]
    allow_http: bool,
    #[serde(default)]
    allow_private: bool,
    #[serde(default)]
    allow_other_hosts: bool,
    ca_file: Option<PathBuf>,
}

impl Table {
    fn open(self, cache: &Path) -> Result<Source> {
        let policy = self.policy();
        let (path, notice) = match (&self.path, &self.url, &self.api) {
            (Some(path), None, None) => (path.clone(), None),
            (None, Some(url), None) => {
                let fetched = fetch(url, cache, &policy)?;
                (fetched.path, fetched.stale)
            }
            (None, None, Some(base)) => {
                let fetched = fetch_api(base, cache, &policy)?;
                (fetched.path, fetched.stale)
            }
            _ => bail!("a source has one of path, url and api"),
        };
        let trust = self.trust.unwrap_or(50);
        if trust > 100 {
            bail!("trust is a number from 0 to 100, not {trust}");
        }
        let mut source = Source::open(&path)?;
        if let Some(name) = self.name.or(self.url).or(self.api) {
            source.name = name;
        }
        source.format = self.format.or(source.format);
        source.mapping = self.mapping.as_deref().map(Mapping::read).transpose()?;
        source.classes = self.classes.as_deref().map(Classes::read).transpose()?;
        source.id_prefix = self.id_prefix;
        source.trust = trust;
        source.priority = self.priority;
        source.notice = notice;
        Ok(source)
    }

    fn policy(&self) -> FetchPolicy {
        let usual = FetchPolicy::default();
        FetchPolicy {
            timeout: self.timeout_s.map_or(usual.timeout, Duration::from_secs),
            largest: self
                .largest_mb
                .map_or(usual.largest, |mb| mb.saturating_mul(1 << 20)),
            pause: self.pause_ms.map_or(usual.pause, Duration::from_millis),
            allow_http: self.allow_http,
            allow_private: self.allow_private,
            allow_other_hosts: self.allow_other_hosts,
            ca_file: self.ca_file.clone(),
            ..usual
        }
    }
}
