//! The whole way: sources → rows → offerings → index, and the report.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::NaiveDate;
use nabij_atlas::Atlas;
use nabij_engine::{Build, BuildError, Document, GenerationNumber, SourceInfo, Store};
use nabij_offering::{Draft, Field, Offering, Severity};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    duplicates::{self, Candidates, Held},
    examine::{examine, over},
    guard::{Guard, GuardError},
    place, plain_text,
    quality::Quality,
    report::{Entry, Origin, Remark, Report},
    source::{Row, Source, SourceError},
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
    let mut infos = job.read(report, progress, |(source, file, line), offering| {
        if members.contains(&number) {
            let origin = Origin::new(file, line, &offering);
            held.insert(
                number,
                Held {
                    offering,
                    origin,
                    source,
                },
            );
        } else {
            quality.shown(file, &offering, job.today);
            build.add(&Document::from(&offering))?;
        }
        number += 1;
        Ok(())
    })?;
    let rejected: Vec<u64> = infos.iter().map(|info| info.rows - info.indexed).collect();
    let resolved = duplicates::resolve(held, &pairs);
    for (origin, offering) in &resolved.offerings {
        quality.shown(&origin.source, offering, job.today);
        build.add(&Document::from(offering))?;
    }
    for source in &resolved.absorbed {
        if let Some(info) = infos.get_mut(usize::from(*source)) {
            info.indexed -= 1;
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
        self.read(&mut Report::default(), progress, |(source, ..), offering| {
            candidates.add(source, &offering);
            Ok(())
        })?;
        Ok(candidates.pairs())
    }

    /// Reads every row; gives what can be shown to `each`, and enters the rest in the report.
    fn read(
        &self,
        report: &mut Report,
        progress: &mut impl FnMut(Progress),
        mut each: impl FnMut((u16, &str, u64), Offering) -> Result<(), IndexError>,
    ) -> Result<Vec<SourceInfo>, IndexError> {
        let mut ids = HashMap::new();
        let mut infos = Vec::new();
        for (number, source) in (0..).zip(self.sources) {
            let before = (report.rows, report.rejected);
            for row in source.rows(self.today)? {
                let row = row?;
                report.rows += 1;
                let (file, line) = (Arc::clone(&row.file), row.line);
                let mut intake = Intake {
                    atlas: self.atlas,
                    today: self.today,
                    file: Arc::clone(&file),
                    line,
                    report,
                    ids: &mut ids,
                };
                match intake.take(row) {
                    Some(offering) => each((number, &file, line), offering)?,
                    None => report.rejected += 1,
                }
                if report.rows.is_multiple_of(1_000) {
                    progress(Progress::Read(report.rows));
                }
            }
            let rows = report.rows - before.0;
            infos.push(SourceInfo {
                rows,
                indexed: rows - (report.rejected - before.1),
                xxh3: source.checksum()?,
                name: source.name.clone(),
            });
        }
        Ok(infos)
    }
}

/// How many offerings the current generation has; none if there is none that can be read.
fn before(store: &Store) -> u64 {
    let counts = store.manifest().map(|manifest| manifest.counts.offerings());
    counts.map_or(0, |count| count as u64)
}

/// Where an id was first seen: file and line.
type Ids = HashMap<u128, (Arc<str>, u64)>;

/// Takes in one row: its offering, or its entries in the report.
struct Intake<'a> {
    atlas: &'a Atlas,
    today: NaiveDate,
    file: Arc<str>,
    line: u64,
    report: &'a mut Report,
    ids: &'a mut Ids,
}

impl Intake<'_> {
    fn take(&mut self, row: Row) -> Option<Offering> {
        let (mut draft, unreadable) = match row.draft {
            Ok(draft) => (draft, None),
            Err(error) => (Draft::default(), Some(error)),
        };
        for remark in row.remarks {
            self.enter(&draft, false, remark);
        }
        if let Some(error) = unreadable {
            let remark = Remark::new(None, "unreadable", error.to_string(), error.remedy());
            self.enter(&draft, true, remark);
            return None;
        }
        for field in plain_text::clean(&mut draft) {
            let problem = "held HTML, which was made into plain text";
            self.enter(
                &draft,
                false,
                Remark::new(field, "html", problem, "nothing, if it still reads well"),
            );
        }
        let mut offering = self.check(&draft)?;
        if let Some(over) = over(&offering, self.today) {
            self.enter(&draft, true, over);
            return None;
        }
        match place::place(self.atlas, &mut offering) {
            Ok(oddities) => oddities
                .into_iter()
                .for_each(|oddity| self.enter(&draft, false, oddity.into())),
            Err(lost) => {
                self.enter(&draft, true, lost.into());
                return None;
            }
        }
        for unknown in place::name_municipalities(self.atlas, &mut offering) {
            self.enter(&draft, false, unknown.into());
        }
        if let Err(taken) = self.claim(&offering.id) {
            self.enter(&draft, true, taken);
            return None;
        }
        for remark in examine(&offering, self.today) {
            self.enter(&draft, false, remark);
        }
        Some(offering)
    }

    fn check(&mut self, draft: &Draft) -> Option<Offering> {
        for name in draft.strangers() {
            let remark = Remark {
                field: None,
                code: "stranger",
                problem: format!("`{name}` is not a field that can hold this value"),
                remedy: "rename it, or leave it out; the value was not used",
            };
            self.enter(draft, false, remark);
        }
        let checked = draft.check();
        for problem in checked.problems {
            self.enter(draft, problem.severity == Severity::Rejected, problem.into());
        }
        checked.offering
    }

    /// Takes the id, if it is new. A second row with it is rejected.
    fn claim(&mut self, id: &str) -> Result<(), Remark> {
        let here = (Arc::clone(&self.file), self.line);
        let key = xxh3_128(id.as_bytes());
        if let Some((file, line)) = self.ids.get(&key) {
            return Err(Remark {
                field: Some(Field::Id),
                code: "duplicate_id",
                problem: format!("`{id}` is the id of {file}:{line} too"),
                remedy: "give each offering an id of its own",
            });
        }
        self.ids.insert(key, here);
        Ok(())
    }

    fn enter(&mut self, draft: &Draft, rejected: bool, remark: Remark) {
        self.report
            .entries
            .push(Entry::new(&self.file, self.line, draft, rejected, remark));
    }
}
