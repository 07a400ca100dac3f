//! The whole way: sources → rows → offerings → index, and the report.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use nabij_atlas::Atlas;
use nabij_engine::{Build, BuildError, Document, GenerationNumber, SourceInfo, Store};
use nabij_offering::{Draft, Field, Offering, Severity};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    place, plain_text,
    report::{Entry, Report},
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
    /// Not one row can be shown.
    #[error("not one of the {0} rows can be shown")]
    Nothing(u64),
}

/// Reads the sources and publishes an index of them. `now` is in seconds since 1970; `today` is the Dutch day.
///
/// The report is given in any case, also when nothing was published.
pub fn index(
    atlas: &Atlas,
    sources: &[Source],
    store: &Store,
    now: i64,
    today: NaiveDate,
    mut progress: impl FnMut(Progress),
) -> (Report, Result<GenerationNumber, IndexError>) {
    let mut report = Report::default();
    let outcome = build(atlas, sources, store, now, today, &mut report, &mut progress);
    (report, outcome)
}

fn build(
    atlas: &Atlas,
    sources: &[Source],
    store: &Store,
    now: i64,
    today: NaiveDate,
    report: &mut Report,
    progress: &mut impl FnMut(Progress),
) -> Result<GenerationNumber, IndexError> {
    let mut build = Build::start(store)?;
    let mut ids = HashMap::new();
    let mut infos = Vec::new();
    for source in sources {
        let before = (report.rows, report.indexed);
        for row in source.rows(today)? {
            let row = row?;
            report.rows += 1;
            let mut intake = Intake {
                atlas,
                today,
                file: Arc::clone(&row.file),
                line: row.line,
                report,
                ids: &mut ids,
            };
            if let Some(offering) = intake.take(row) {
                build.add(&Document::from(&offering))?;
                report.indexed += 1;
            } else {
                report.rejected += 1;
            }
            if report.rows.is_multiple_of(1_000) {
                progress(Progress::Read(report.rows));
            }
        }
        infos.push(SourceInfo {
            rows: report.rows - before.0,
            indexed: report.indexed - before.1,
            xxh3: source.checksum()?,
            name: source.name.clone(),
        });
    }
    if build.is_empty() {
        return Err(IndexError::Nothing(report.rows));
    }
    let of = build.len() as u64;
    let written_by = concat!("nabij ", env!("CARGO_PKG_VERSION"));
    let (number, _) = build.publish(written_by, now, infos, |done| {
        if done.is_multiple_of(1_000) {
            progress(Progress::Written(done as u64, of));
        }
    })?;
    Ok(number)
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
        for remark in row.remarks {
            self.enter(false, remark.field, remark.problem, remark.remedy);
        }
        let mut draft = match row.draft {
            Ok(draft) => draft,
            Err(error) => {
                self.enter(true, None, error.to_string(), error.remedy());
                return None;
            }
        };
        for field in plain_text::clean(&mut draft) {
            let problem = "held HTML, which was made into plain text".to_owned();
            self.enter(false, Some(field), problem, "nothing, if it still reads well");
        }
        let mut offering = self.check(&draft)?;
        if let Some(last) = offering.valid_to.filter(|last| *last < self.today) {
            self.enter(
                true,
                Some(Field::ValidTo),
                format!("ended on {last}"),
                "give a later valid_to, or remove it",
            );
            return None;
        }
        match place::place(self.atlas, &mut offering) {
            Ok(None) => {}
            Ok(Some(oddity)) => {
                self.enter(
                    false,
                    Some(Field::Postcode),
                    oddity.to_string(),
                    "check postcode and coordinates",
                );
            }
            Err(lost) => {
                let remedy = "give coordinates, a postcode or a place that exists";
                self.enter(true, Some(Field::Postcode), lost.to_string(), remedy);
                return None;
            }
        }
        for unknown in place::name_municipalities(self.atlas, &mut offering) {
            let remedy = "give the municipality of today, or its postcodes as pc4:FIRST-LAST";
            self.enter(false, Some(Field::ServiceArea), unknown.to_string(), remedy);
        }
        self.claim(&offering.id).then_some(offering)
    }

    fn check(&mut self, draft: &Draft) -> Option<Offering> {
        for name in draft.strangers() {
            let problem = format!("`{name}` is not a field that can hold this value");
            self.enter(
                false,
                None,
                problem,
                "rename it, or leave it out; the value was not used",
            );
        }
        let checked = draft.check();
        for problem in checked.problems {
            let rejected = problem.severity == Severity::Rejected;
            self.enter(
                rejected,
                Some(problem.field),
                problem.kind.to_string(),
                problem.kind.remedy(),
            );
        }
        checked.offering
    }

    /// Whether the id is new. A second row with it is rejected.
    fn claim(&mut self, id: &str) -> bool {
        let here = (Arc::clone(&self.file), self.line);
        let key = xxh3_128(id.as_bytes());
        if let Some((file, line)) = self.ids.get(&key) {
            let problem = format!("`{id}` is the id of {file}:{line} too");
            self.enter(
                true,
                Some(Field::Id),
                problem,
                "give each offering an id of its own",
            );
            return false;
        }
        self.ids.insert(key, here);
        true
    }

    fn enter(&mut self, rejected: bool, field: Option<Field>, problem: String, remedy: &str) {
        self.report.entries.push(Entry {
            source: self.file.as_ref().to_owned(),
            line: self.line,
            rejected,
            field: field.map(Field::name),
            problem,
            remedy: remedy.to_owned(),
        });
    }
}
