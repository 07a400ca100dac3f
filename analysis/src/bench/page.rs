//! A measurement as one page with its plots.

use askama::Template;
use chrono::DateTime;

use super::report::{BenchReport, Measured};
use crate::plot::{Axis, Line, Plot, Scale};

#[derive(Template)]
#[template(path = "bench.html")]
struct Page<'a> {
    report: &'a BenchReport,
    made: String,
    percentiles: String,
    histogram: String,
    course: String,
}

/// The page.
pub(super) fn render(report: &BenchReport) -> Result<String, askama::Error> {
    Page {
        made: moment(report.made_at),
        percentiles: percentiles(report).svg(),
        histogram: histogram(report).svg(),
        course: course(report).svg(),
        report,
    }
    .render()
}

/// A moment in UTC, to the minute.
fn moment(seconds: i64) -> String {
    let moment = DateTime::from_timestamp(seconds, 0);
    moment.map_or_else(String::new, |moment| {
        moment.format("%Y-%m-%d %H:%M UTC").to_string()
    })
}

fn micros(nanoseconds: u64) -> f64 {
    f64::from(u32::try_from(nanoseconds / 10).unwrap_or(u32::MAX)) / 100.0
}

fn share(part: u64, whole: u64) -> f64 {
    let number = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

fn times(report: &BenchReport) -> impl Iterator<Item = f64> {
    let all = report.all.histogram.iter();
    all.map(|(time, _)| micros(*time))
}

fn lines(report: &BenchReport, points: impl Fn(&Measured) -> Vec<(f64, f64)>) -> Vec<Line> {
    let classes = report.classes.iter();
    classes
        .map(|class| Line {
            name: class.class.clone(),
            points: points(&class.measured),
        })
        .collect()
}

/// How long it took against the share of queries that took longer, both by powers of ten: each step to the right is
/// a tail ten times rarer.
fn percentiles(report: &BenchReport) -> Plot {
    let named = [
        (1.0, "0"),
        (0.1, "90"),
        (0.01, "99"),
        (0.001, "99.9"),
        (0.000_1, "99.99"),
    ];
    let points = |measured: &Measured| {
        let mut before = 0;
        let mut points = Vec::new();
        for (time, count) in &measured.histogram {
            before += count;
            let slower = 1.0 - share(before, measured.answered);
            points.push((1.0 / slower.max(0.000_1), micros(*time)));
        }
        points
    };
    Plot {
        words: "Time by percentile, a line a class. The table above has the same figures.".to_owned(),
        across: Axis {
            words: "percentile".to_owned(),
            scale: Scale::Logarithmic,
            from: 1.0,
            to: 10_000.0,
            named: named
                .map(|(slower, words)| (1.0 / slower, words.to_owned()))
                .into(),
        },
        up: Axis::logarithmic("µs", times(report)),
        lines: lines(report, points),
    }
}

/// The share of the queries of a class by time, in 20 steps to each power of ten.
fn histogram(report: &BenchReport) -> Plot {
    let across = Axis::logarithmic("µs", times(report));
    let step = 10_f64.powf(0.05);
    let points = |measured: &Measured| {
        let mut points: Vec<(f64, f64)> = Vec::new();
        let mut edge = across.from;
        let mut values = measured.histogram.iter().peekable();
        while edge < across.to {
            let end = edge * step;
            let mut count = 0;
            while let Some((_, more)) = values.next_if(|(time, _)| micros(*time) < end) {
                count += more;
            }
            points.push((edge * step.sqrt(), 100.0 * share(count, measured.answered)));
            edge = end;
        }
        points
    };
    let lines = lines(report, points);
    let heights = lines.iter().flat_map(|line| &line.points).map(|(_, y)| *y);
    Plot {
        words: "Share of the queries by time, a line a class.".to_owned(),
        up: Axis::linear("% of the queries", heights.fold(0.0, f64::max)),
        across,
        lines,
    }
}

/// Answers in each second.
fn course(report: &BenchReport) -> Plot {
    let counts = report
        .per_second
        .iter()
        .map(|count| f64::from(u32::try_from(*count).unwrap_or(u32::MAX)));
    let points: Vec<(f64, f64)> = (0_u32..).map(f64::from).zip(counts).collect();
    Plot {
        words: "Answers in each second of the measurement.".to_owned(),
        across: Axis::linear("second", points.last().map_or(1.0, |(second, _)| *second)),
        up: Axis::linear(
            "answers",
            points.iter().map(|(_, count)| *count).fold(0.0, f64::max),
        ),
        lines: vec![Line {
            name: "answers".to_owned(),
            points,
        }],
    }
}
