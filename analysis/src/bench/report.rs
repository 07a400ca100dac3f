//! What a measurement comes to, in numbers that are kept.

use std::{io::Write, time::Duration};

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

use super::{
    page,
    run::{Load, Plan, Recorded, Run, Until},
};
use crate::{environment::Environment, queries::BrokenLine};

/// The form of the JSON; another number cannot be compared.
const FORMAT: u32 = 1;

/// A measurement, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenchReport {
    /// The form of this record.
    pub format: u32,
    /// When it was made: seconds since 1970, UTC.
    pub made_at: i64,
    /// Where.
    pub environment: Environment,
    /// The file of queries, and how many are in it.
    pub queries: String,
    /// How many queries the file holds.
    pub query_count: usize,
    /// Lines of it that could not be used.
    pub broken: Vec<BrokenLine>,
    /// How queries came, in words.
    pub load: String,
    /// Seconds that were not recorded.
    pub warm_up_s: f64,
    /// Seconds that were.
    pub elapsed_s: f64,
    /// Answers a second.
    pub throughput: f64,
    /// Answers in each second.
    pub per_second: Vec<u64>,
    /// All classes together.
    pub all: Measured,
    /// By class, in the order of their names.
    pub classes: Vec<ClassReport>,
    /// What some of the errors said.
    pub messages: Vec<String>,
}

/// A class of queries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassReport {
    /// Its name.
    pub class: String,
    /// Its times.
    #[serde(flatten)]
    pub measured: Measured,
    /// A hash of the answers to all of its queries: the same answers give the same hash.
    pub fingerprint: String,
}

/// Times in microseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// How many were answered.
    pub answered: u64,
    /// How many were not.
    pub errors: u64,
    /// The mean.
    pub mean_us: f64,
    /// The shortest.
    pub min_us: f64,
    /// The median.
    pub p50_us: f64,
    /// Nine in ten take no longer.
    pub p90_us: f64,
    /// Ninety-five in a hundred.
    pub p95_us: f64,
    /// Ninety-nine in a hundred.
    pub p99_us: f64,
    /// 999 in a thousand.
    pub p999_us: f64,
    /// The longest.
    pub max_us: f64,
    /// The histogram: each time that occurred, to three digits in nanoseconds, and how often.
    pub histogram: Vec<(u64, u64)>,
}

/// What was measured, before it is a report.
#[derive(Debug)]
pub struct Made<'a> {
    /// When: seconds since 1970, UTC.
    pub at: i64,
    /// Where.
    pub environment: Environment,
    /// The file of queries.
    pub queries: String,
    /// How many queries the file holds.
    pub query_count: usize,
    /// Lines of it that could not be used.
    pub broken: Vec<BrokenLine>,
    /// What was planned.
    pub plan: &'a Plan,
    /// Names of the classes, with the hash of their answers.
    pub classes: Vec<(String, u64)>,
    /// What was recorded.
    pub run: Run,
}

impl From<Made<'_>> for BenchReport {
    fn from(made: Made<'_>) -> Self {
        let mut all = Recorded::default();
        for class in &made.run.classes {
            // All have the same bounds.
            let _ = all.times.add(&class.times);
            all.errors += class.errors;
        }
        let elapsed_s = made.run.elapsed.as_secs_f64();
        let all = Measured::from(&all);
        let class = |((class, hash), recorded): ((String, u64), &Recorded)| ClassReport {
            class,
            measured: recorded.into(),
            fingerprint: format!("{hash:016x}"),
        };
        let mut classes: Vec<ClassReport> = made
            .classes
            .into_iter()
            .zip(&made.run.classes)
            .map(class)
            .collect();
        classes.sort_by(|a, b| a.class.cmp(&b.class));
        Self {
            format: FORMAT,
            made_at: made.at,
            environment: made.environment,
            queries: made.queries,
            query_count: made.query_count,
            broken: made.broken,
            load: words(made.plan),
            warm_up_s: made.plan.warm_up.as_secs_f64(),
            elapsed_s,
            throughput: as_f64(all.answered) / elapsed_s.max(1e-9),
            per_second: made.run.per_second,
            all,
            classes,
            messages: made.run.messages,
        }
    }
}

fn words(plan: &Plan) -> String {
    let load = match plan.load {
        Load::Closed { clients } => format!("closed loop, {clients} clients"),
        Load::Open { clients, per_second } => {
            format!("open loop, {per_second} a second, at most {clients} under way")
        }
    };
    match plan.until {
        Until::Elapsed(time) => format!("{load}, for {}", seconds(time)),
        Until::Asked(count) => format!("{load}, {count} queries"),
    }
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 queries")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

impl From<&Recorded> for Measured {
    fn from(Recorded { times, errors }: &Recorded) -> Self {
        let micros = |nanoseconds: u64| (as_f64(nanoseconds) / 100.0).round() / 10.0;
        let at = |percentile: f64| micros(times.value_at_percentile(percentile));
        Self {
            answered: times.len(),
            errors: *errors,
            mean_us: (times.mean() / 100.0).round() / 10.0,
            min_us: micros(if times.is_empty() { 0 } else { times.min() }),
            p50_us: at(50.0),
            p90_us: at(90.0),
            p95_us: at(95.0),
            p99_us: at(99.0),
            p999_us: at(99.9),
            max_us: micros(times.max()),
            histogram: recorded(times),
        }
    }
}

fn recorded(times: &Histogram<u64>) -> Vec<(u64, u64)> {
    times
        .iter_recorded()
        .map(|value| (value.value_iterated_to(), value.count_at_value()))
        .collect()
}

impl BenchReport {
    /// Reads what [`Self::json`] wrote.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        let report: Self = serde_json::from_slice(json)
            .map_err(|error| format!("not a report of `nabij bench --json`: {error}"))?;
        if report.format != FORMAT {
            return Err(format!(
                "in format {}, this program reads format {FORMAT}",
                report.format
            ));
        }
        Ok(report)
    }

    /// The report as JSON, with the histograms.
    pub fn json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec_pretty(self)
    }

    /// A row a class, the last for all.
    pub fn csv(&self, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record([
            "class",
            "answered",
            "errors",
            "mean_us",
            "min_us",
            "p50_us",
            "p90_us",
            "p95_us",
            "p99_us",
            "p999_us",
            "max_us",
            "fingerprint",
        ])?;
        for (class, measured, fingerprint) in self.rows() {
            let times = [
                measured.mean_us,
                measured.min_us,
                measured.p50_us,
                measured.p90_us,
                measured.p95_us,
                measured.p99_us,
                measured.p999_us,
                measured.max_us,
            ];
            let mut row = vec![
                class.to_owned(),
                measured.answered.to_string(),
                measured.errors.to_string(),
            ];
            row.extend(times.iter().map(ToString::to_string));
            row.push(fingerprint.to_owned());
            writer.write_record(row)?;
        }
        writer.flush()?;
        Ok(())
    }

    /// One page that needs nothing beside itself.
    pub fn html(&self) -> Result<String, askama::Error> {
        page::render(self)
    }

    /// Class, times and fingerprint; all together last.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &Measured, &str)> {
        let classes = self.classes.iter();
        let classes =
            classes.map(|class| (class.class.as_str(), &class.measured, class.fingerprint.as_str()));
        classes.chain([("all", &self.all, "")])
    }
}
