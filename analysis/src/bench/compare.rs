//! Two measurements beside each other: what changed, and how sure that is.
//!
//! A percentile of a sample has a margin. It is found by resampling (B. Efron, "Bootstrap Methods: Another Look at the
//! Jackknife", 1979), without drawing all times again and again: the k-th smallest of n uniform draws is distributed
//! as Beta(k, n + 1 - k) (H. A. David and H. N. Nagaraja, "Order Statistics", 2003), so one draw of Beta gives the
//! place in the histogram at which a resampled percentile lies.

use std::fmt;

use rand::{SeedableRng, rngs::StdRng};
use rand_distr::{Beta, Distribution};
use serde::Serialize;

use super::report::{BenchReport, Measured};

/// How often is resampled.
const RESAMPLES: usize = 2_000;
/// The percentiles that are compared.
const PERCENTILES: [(&str, f64); 3] = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)];
/// The resampling is the same each time.
const SEED: u64 = 1;

/// One percentile of one class, before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The class, or `all`.
    pub class: String,
    /// Which percentile: `p50`, `p90` or `p99`.
    pub percentile: &'static str,
    /// Microseconds in the first measurement.
    pub before_us: f64,
    /// Microseconds in the second.
    pub after_us: f64,
    /// After by before.
    pub ratio: f64,
    /// In 95 of 100 resamples the ratio lies between these.
    pub interval: (f64, f64),
}

/// Two measurements beside each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What both measured.
    pub changes: Vec<Change>,
    /// Throughput after by before.
    pub throughput_ratio: f64,
    /// Classes whose queries found something else.
    pub other_answers: Vec<String>,
    /// Classes that only one of them has.
    pub not_in_both: Vec<String>,
    /// What else was not the same: machine, index, queries, load.
    pub other_circumstances: Vec<String>,
}

/// Two measurements that have nothing in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the two measurements have no class in common that was answered in both")]
pub struct CompareError;

impl Comparison {
    /// Compares the second measurement with the first.
    pub fn new(before: &BenchReport, after: &BenchReport) -> Result<Self, CompareError> {
        let mut dice = StdRng::seed_from_u64(SEED);
        let mut comparison = Self {
            changes: Vec::new(),
            throughput_ratio: after.throughput / before.throughput.max(1e-9),
            other_answers: Vec::new(),
            not_in_both: Vec::new(),
            other_circumstances: circumstances(before, after),
        };
        for (class, measured, fingerprint) in before.rows() {
            let Some((_, other, other_fingerprint)) = after.rows().find(|(other, ..)| *other == class) else {
                comparison.not_in_both.push(class.to_owned());
                continue;
            };
            if fingerprint != other_fingerprint {
                comparison.other_answers.push(class.to_owned());
            }
            if measured.answered > 0 && other.answered > 0 {
                let changes =
                    PERCENTILES.map(|percentile| change(class, percentile, measured, other, &mut dice));
                comparison.changes.extend(changes);
            }
        }
        let new = after
            .rows()
            .filter(|(class, ..)| before.rows().all(|(known, ..)| known != *class));
        comparison
            .not_in_both
            .extend(new.map(|(class, ..)| class.to_owned()));
        let shared = comparison.changes.iter().any(|change| change.class != "all");
        shared.then_some(comparison).ok_or(CompareError)
    }

    /// What became slower by more than `percent`, even at the lower end of its interval.
    pub fn slower_than(&self, percent: f64) -> Vec<&Change> {
        let limit = 1.0 + percent / 100.0;
        let changes = self.changes.iter();
        changes.filter(|change| change.interval.0 > limit).collect()
    }
}

fn change(
    class: &str,
    (percentile, share): (&'static str, f64),
    before: &Measured,
    after: &Measured,
    dice: &mut StdRng,
) -> Change {
    let (before, after) = (Sample::new(before), Sample::new(after));
    let (before_us, after_us) = (before.quantile(share), after.quantile(share));
    let mut ratios: Vec<f64> = (0..RESAMPLES)
        .map(|_| after.resampled(share, dice) / before.resampled(share, dice).max(1e-3))
        .collect();
    ratios.sort_by(f64::total_cmp);
    let at = |per_mille: usize| {
        ratios
            .get(RESAMPLES * per_mille / 1_000)
            .copied()
            .unwrap_or(f64::NAN)
    };
    Change {
        class: class.to_owned(),
        percentile,
        before_us,
        after_us,
        ratio: after_us / before_us.max(1e-3),
        interval: (at(25), at(975)),
    }
}

/// The times of a class, to draw from.
struct Sample {
    /// Microseconds, and how many took that long or less.
    times: Vec<(f64, f64)>,
    count: f64,
}

impl Sample {
    #[expect(
        clippy::cast_precision_loss,
        reason = "far fewer than 2^52 nanoseconds or queries"
    )]
    fn new(measured: &Measured) -> Self {
        let mut count = 0.0;
        let times = measured.histogram.iter().map(|(nanoseconds, more)| {
            count += *more as f64;
            (*nanoseconds as f64 / 1_000.0, count)
        });
        let times = times.collect();
        Self { times, count }
    }

    /// The time below which this share lies.
    fn quantile(&self, share: f64) -> f64 {
        let wanted = (share * self.count).ceil();
        let at = self.times.partition_point(|(_, before)| *before < wanted);
        self.times
            .get(at)
            .or(self.times.last())
            .map_or(f64::NAN, |(time, _)| *time)
    }

    /// That time in a sample as large, drawn from this one.
    fn resampled(&self, share: f64, dice: &mut StdRng) -> f64 {
        let place = (share * self.count).ceil().clamp(1.0, self.count);
        // Both are at least 1: `count` is not zero, and `place` not above it.
        let share = Beta::new(place, self.count + 1.0 - place).map_or(share, |beta| beta.sample(dice));
        self.quantile(share)
    }
}

/// What was not the same, in words.
fn circumstances(before: &BenchReport, after: &BenchReport) -> Vec<String> {
    let (a, b) = (&before.environment, &after.environment);
    let index = |report: &BenchReport| {
        let index = report.environment.index.as_ref();
        index.map_or_else(String::new, |index| {
            format!(
                "{} + {} offerings, format {}",
                index.placed, index.area_wide, index.format
            )
        })
    };
    let pairs = [
        ("program", a.program.clone(), b.program.clone()),
        ("processor", a.processor.clone(), b.processor.clone()),
        ("threads", a.threads.to_string(), b.threads.to_string()),
        (
            "server",
            a.url.clone().unwrap_or_default(),
            b.url.clone().unwrap_or_default(),
        ),
        ("index", index(before), index(after)),
        ("load", before.load.clone(), after.load.clone()),
        (
            "queries",
            before.query_count.to_string(),
            after.query_count.to_string(),
        ),
    ];
    let others = pairs.into_iter().filter(|(_, a, b)| a != b);
    others.map(|(what, a, b)| format!("{what}: {a} → {b}")).collect()
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            class,
            percentile,
            before_us,
            after_us,
            ratio,
            interval: (low, high),
        } = self;
        write!(
            f,
            "{class:<12} {percentile} {before_us:>10.1} {after_us:>10.1} µs  × {ratio:.2} ({low:.2} to {high:.2})"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::ClassReport;

    fn measured(times: impl Iterator<Item = u64>) -> Measured {
        let mut histogram: Vec<(u64, u64)> = times.map(|time| (time, 1)).collect();
        histogram.sort_unstable();
        Measured {
            answered: histogram.len() as u64,
            errors: 0,
            mean_us: 0.0,
            min_us: 0.0,
            p50_us: 0.0,
            p90_us: 0.0,
            p95_us: 0.0,
            p99_us: 0.0,
            p999_us: 0.0,
            max_us: 0.0,
            histogram,
        }
    }

    fn report(times: impl Iterator<Item = u64>, fingerprint: &str) -> BenchReport {
        let measured = measured(times);
        let class = ClassReport {
            class: "near".to_owned(),
            measured: measured.clone(),
            fingerprint: fingerprint.to_owned(),
        };
        BenchReport {
            format: 1,
            made_at: 0,
            environment: crate::environment::Environment::default(),
            queries: String::new(),
            query_count: 0,
            broken: Vec::new(),
            load: String::new(),
            warm_up_s: 0.0,
            elapsed_s: 1.0,
            throughput: 1.0,
            per_second: Vec::new(),
            all: measured,
            classes: vec![class],
            messages: Vec::new(),
        }
    }

    /// Times spread evenly from 10 to 20 µs, in an order of their own.
    fn even(seed: u64, count: u64, factor: u64) -> impl Iterator<Item = u64> {
        (0..count).map(move |number| (10_000 + (number * 7_919 + seed * 104_729) % 10_000) * factor / 100)
    }

    #[test]
    fn what_is_slower_is_told_and_what_only_varies_is_not() {
        let before = report(even(1, 1_000, 100), "a");
        let same = Comparison::new(&before, &report(even(2, 1_000, 100), "a")).unwrap();
        assert!(
            same.slower_than(5.0).is_empty() && same.other_answers.is_empty(),
            "{same:?}"
        );
        let slower = Comparison::new(&before, &report(even(2, 1_000, 130), "b")).unwrap();
        assert_eq!(slower.slower_than(10.0).len(), 6, "{slower:?}");
        assert!(slower.slower_than(40.0).is_empty());
        assert_eq!(slower.other_answers, ["near"]);
    }

    /// The interval is that of drawing all times anew, many times.
    #[test]
    fn the_interval_is_that_of_resampling_by_hand() {
        use rand::Rng;
        let sample = Sample::new(&measured(even(3, 200, 100)));
        let mut dice = StdRng::seed_from_u64(7);
        let mut by_hand: Vec<f64> = (0..4_000)
            .map(|_| {
                let mut drawn: Vec<f64> = (0..200)
                    .map(|_| sample.times[dice.random_range(0..sample.times.len())].0)
                    .collect();
                drawn.sort_by(f64::total_cmp);
                drawn[179]
            })
            .collect();
        let mut by_beta: Vec<f64> = (0..4_000).map(|_| sample.resampled(0.9, &mut dice)).collect();
        by_hand.sort_by(f64::total_cmp);
        by_beta.sort_by(f64::total_cmp);
        for place in [100, 2_000, 3_900] {
            assert!(
                (by_hand[place] - by_beta[place]).abs() < 0.25,
                "{} {}",
                by_hand[place],
                by_beta[place]
            );
        }
    }

    #[test]
    fn measurements_without_a_common_class_are_not_compared() {
        let mut other = report(even(1, 10, 100), "a");
        other.classes[0].class = "far".to_owned();
        assert_eq!(
            Comparison::new(&report(even(1, 10, 100), "a"), &other),
            Err(CompareError)
        );
    }
}
