//! The whole way: sources → rows → offerings → index, and the report.

use std::{
    collections::{
        BTreeMap, HashMap,
        hash_map::Entry::{Occupied, Vacant},
    },
    sync::Arc,
};

use chrono::NaiveDate;
use foldhash::fast::RandomState;
use nabij_atlas::Atlas;
use nabij_engine::{Build, BuildError, Document, GenerationNumber, SourceInfo, Store};
use nabij_language::Lexicon;
use nabij_offering::{Field, Offering};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    duplicates::{self, Candidates, Held},
    guard::{Guard, GuardError},
    in_order::in_order,
    intake::{Intake, Taken},
    outcome::Outcome,
    quality::Quality,
    report::{Origin, Remark, Report},
    source::{Row, RowError, Source, SourceError},
};

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Rows read so far.
    Read(u64),
    /// Documents written so far, of how many.
    Written(u64, u64),
}

/// Why nothing was published. The index in use stays in use.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A source cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The index cannot be written.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// More went wrong than the guard lets through.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// Not one row can be shown.
    #[error("not one of the {0} rows can be shown")]
    Nothing(u64),
}

/// What an index is made of, and when.
#[derive(Debug)]
pub struct Job<'a> {
    /// Where things are.
    pub atlas: &'a Atlas,
    /// What words mean.
    pub lexicon: &'a Lexicon,
    /// What is read, the source with the highest priority first.
    pub sources: &'a [Source],
    /// How much may go wrong.
    pub guard: Guard,
    /// Seconds since 1970.
    pub now: i64,
    /// The Dutch day.
    pub today: NaiveDate,
}

/// Reads the sources and publishes an index of them.
///
/// The report is given in any case, also when nothing was published.
pub fn index(
    job: &Job<'_>,
    store: &Store,
    mut progress: impl FnMut(Progress),
) -> (Report, Result<GenerationNumber, IndexError>) {
    let mut report = Report::default();
    let outcome = build(job, store, &mut report, &mut progress);
    (report, outcome)
}

fn build(
    job: &Job<'_>,
    store: &Store,
    report: &mut Report,
    progress: &mut impl FnMut(Progress),
) -> Result<GenerationNumber, IndexError> {
    let mut build = Build::start(store)?;
    let pairs = if job.sources.len() > 1 {
        job.candidates(progress)?
    } else {
        Vec::new()
    };
    let members = duplicates::members(&pairs);
    let mut held = BTreeMap::new();
    let mut quality = Quality::default();
    let mut number = 0;
    let mut infos = job.read(
        report,
        progress,
        |offering| Document::new(offering, job.lexicon),
        |(source, file, line), offering, document| {
            if members.contains(&number) {
                let origin = Origin::new(file, line, &offering);
                let trust = job
                    .sources
                    .get(usize::from(source))
                    .map_or(0, |source| source.trust);
                held.insert(
                    number,
                    Held {
                        offering,
                        origin,
                        source,
                        trust,
                    },
                );
            } else {
                quality.shown(file, &offering, job.today);
                build.add(&document)?;
            }
            number += 1;
            Ok(())
        },
    )?;
    let rejected: Vec<u64> = infos.iter().map(|info| info.rows - info.indexed).collect();
    let resolved = duplicates::resolve(held, &pairs);
    for (origin, offering) in &resolved.offerings {
        quality.shown(&origin.source, offering, job.today);
        build.add(&Document::new(offering, job.lexicon))?;
    }
    for source in resolved.absorbed.iter().copied().map(usize::from) {
        if let (Some(info), Some(outcome)) = (infos.get_mut(source), report.sources.get_mut(source)) {
            info.indexed -= 1;
            outcome.indexed -= 1;
            outcome.merged += 1;
        }
    }
    quality.finish(&report.entries);
    report.quality = quality;
    report.indexed = build.len() as u64;
    report.merged = resolved.merged;
    report.possible_duplicates = resolved.possible;
    if build.is_empty() {
        return Err(IndexError::Nothing(report.rows));
    }
    job.guard
        .pass(&infos, &rejected, build.len() as u64, before(store))?;
    publish(build, job.now, infos, progress)
}

fn publish(
    build: Build,
    now: i64,
    infos: Vec<SourceInfo>,
    progress: &mut impl FnMut(Progress),
) -> Result<GenerationNumber, IndexError> {
    let of = build.len() as u64;
    let written_by = concat!("nabij ", env!("CARGO_PKG_VERSION"));
    let (number, _) = build.publish(written_by, now, infos, |done| {
        if done.is_multiple_of(1_000) {
            progress(Progress::Written(done as u64, of));
        }
    })?;
    Ok(number)
}

/// The reading of all sources, in order of priority: twice the same, but for what is done with the offerings.
impl Job<'_> {
    /// The pairs of offerings that may be the same, by their numbers in the order of reading.
    fn candidates(&self, progress: &mut impl FnMut(Progress)) -> Result<Vec<(u32, u32)>, IndexError> {
        let mut candidates = Candidates::default();
        self.read(
            &mut Report::default(),
            progress,
            |_| (),
            |(source, ..), offering, ()| {
                candidates.add(source, &offering);
                Ok(())
            },
        )?;
        Ok(candidates.pairs())
    }

    /// Reads every row; enters in the report what cannot be shown, and hands the rest to `each`, in order, with
    /// the number of its source, its file and line, and what `prepare` made of it on one thread or another.
    pub fn read<T: Send>(
        &self,
        report: &mut Report,
        progress: &mut impl FnMut(Progress),
        prepare: impl Fn(&Offering) -> T + Sync,
        mut each: impl FnMut((u16, &str, u64), Offering, T) -> Result<(), IndexError>,
    ) -> Result<Vec<SourceInfo>, IndexError> {
        let intake = Intake {
            atlas: self.atlas,
            today: self.today,
        };
        let mut ids = Ids::default();
        let mut infos = Vec::new();
        for (number, source) in (0..).zip(self.sources) {
            let mut outcome = Outcome::new(&source.name, &source.formats()?);
            let before = (report.rows, report.rejected);
            let take = |row: Result<Row, SourceError>| {
                let row = row?;
                if let Err(RowError::NotAnOffering(what)) = row.draft {
                    return Ok::<_, SourceError>(Err(what));
                }
                let taken = intake.take(row);
                let prepared = taken.offering.as_ref().map(&prepare);
                Ok(Ok((taken, prepared)))
            };
            in_order(source.rows(self.today)?, take, |taken| {
                let (mut taken, prepared) = match taken? {
                    Ok(taken) => taken,
                    Err(what) => {
                        *outcome.others.entry(what).or_default() += 1;
                        return Ok(());
                    }
                };
                report.rows += 1;
                if report.rows.is_multiple_of(1_000) {
                    progress(Progress::Read(report.rows));
                }
                ids.claim(&mut taken);
                report.entries.append(&mut taken.entries);
                let Some((offering, prepared)) = taken.offering.zip(prepared) else {
                    report.rejected += 1;
                    return Ok(());
                };
                report.entries.append(&mut taken.stumbles);
                each((number, &taken.file, taken.line), offering, prepared)
            })?;
            outcome.rows = report.rows - before.0;
            outcome.rejected = report.rejected - before.1;
            outcome.indexed = outcome.rows - outcome.rejected;
            infos.push(SourceInfo {
                rows: outcome.rows,
                indexed: outcome.indexed,
                xxh3: source.checksum()?,
                name: source.name.clone(),
            });
            report.sources.push(outcome);
        }
        Ok(infos)
    }
}

/// How many offerings the current generation has; none if there is none that can be read.
fn before(store: &Store) -> u64 {
    let counts = store.manifest().map(|manifest| manifest.counts.offerings());
    counts.map_or(0, |count| count as u64)
}

/// Where each id was first seen: file and line, by a hash of the id.
#[derive(Debug, Default)]
struct Ids(HashMap<u128, (Arc<str>, u64), RandomState>);

impl Ids {
    /// Takes the id of an offering, if it is new. A second row with it is rejected.
    fn claim(&mut self, taken: &mut Taken) {
        let Some(offering) = &taken.offering else { return };
        match self.0.entry(xxh3_128(offering.id.as_bytes())) {
            Vacant(place) => {
                place.insert((Arc::clone(&taken.file), taken.line));
            }
            Occupied(first) => {
                let (file, line) = first.get();
                let remark = Remark {
                    field: Some(Field::Id),
                    code: "duplicate_id",
                    problem: format!("`{}` is the id of {file}:{line} too", offering.id),
                    remedy: "give each offering an id of its own",
                };
                taken.reject(remark);
            }
        }
    }
}
