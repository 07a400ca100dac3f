//! The index: whether it can be served, how old it is, and whether there is room for it and for the next.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use fs_err as fs;
use nabij_engine::{FORMAT, Index, Store};
use nabij_offering::dutch_time;

use super::{Arguments, Check, megabytes};

/// After so many days an index is called old.
const OLD: TimeDelta = TimeDelta::days(7);
/// What a server needs beside its index, in bytes: tables, words, connections.
const BESIDE: u64 = 200_000_000;

pub(super) fn checks(arguments: &Arguments, now: DateTime<Utc>) -> Vec<Check> {
    let store = Store::new(&arguments.index);
    let index = match store.open_current() {
        Ok(index) => index,
        Err(error) => return vec![Check::wrong("index", chain(&error))],
    };
    let manifest = index.manifest();
    let mut checks = vec![Check::ok(
        "index",
        format!(
            "generation {}, {} offerings, format {FORMAT}, {}; every checksum is right",
            index.number(),
            manifest.counts.offerings(),
            megabytes(manifest.bytes())
        ),
    )];
    checks.push(age(&index, now));
    checks.push(match store.generations() {
        Ok(numbers) if numbers.iter().any(|number| *number < index.number()) => {
            Check::ok("rollback", "there is an earlier generation to go back to")
        }
        Ok(_) => Check::look("rollback", "there is no earlier generation to go back to"),
        Err(error) => Check::wrong("rollback", chain(&error)),
    });
    checks.push(memory(manifest.bytes(), available_memory()));
    checks.push(space(&arguments.index, manifest.bytes()));
    checks.push(report(arguments));
    checks
}

/// An error with what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        if !words.contains(&cause.to_string()) {
            words = format!("{words}: {cause}");
        }
        source = cause.source();
    }
    words
}

fn age(index: &Index, now: DateTime<Utc>) -> Check {
    let subject = "age";
    let built = DateTime::from_timestamp(index.manifest().built_at, 0).unwrap_or_default();
    let built_words = dutch_time(built).format("%Y-%m-%d %H:%M");
    let age = now - built;
    if age < TimeDelta::minutes(-5) {
        Check::wrong(
            subject,
            format!(
                "the index was built on {built_words}, which is later than this clock says; set the clock"
            ),
        )
    } else if age > OLD {
        let words = format!(
            "the index was built on {built_words}, {} days ago; does `nabij index` run at night?",
            age.num_days()
        );
        Check::look(subject, words)
    } else {
        Check::ok(subject, format!("built on {built_words}"))
    }
}

/// What this process may still take, in bytes: of the machine, or of the container it is in.
fn available_memory() -> Option<u64> {
    let of_machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemAvailable:"))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1_024)
    })?;
    let of_container = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let of_container = of_container.and_then(|text| text.trim().parse().ok());
    Some(of_container.map_or(of_machine, |most: u64| most.min(of_machine)))
}

/// While one generation takes the place of another, both are in memory.
fn memory(index: u64, available: Option<u64>) -> Check {
    let subject = "memory";
    let needed = index.saturating_mul(2) + BESIDE;
    let Some(available) = available else {
        return Check::look(
            subject,
            format!(
                "the system does not say how much is free; {} is needed",
                megabytes(needed)
            ),
        );
    };
    let (has, needs) = (megabytes(available), megabytes(needed));
    if available < index {
        Check::wrong(
            subject,
            format!("{has} is free, {needs} is needed; take a larger machine"),
        )
    } else if available < needed {
        Check::look(
            subject,
            format!("{has} is free; when a new index is taken into use {needs} may be needed"),
        )
    } else {
        Check::ok(subject, format!("{has} is free, {needs} is enough"))
    }
}

/// The next generation is written beside the ones that are kept.
fn space(folder: &Path, index: u64) -> Check {
    let subject = "disk";
    match free_space(folder) {
        Ok(free) if free < index.saturating_mul(2) => Check::look(
            subject,
            format!(
                "{} is free; the next index may need {}",
                megabytes(free),
                megabytes(index.saturating_mul(2))
            ),
        ),
        Ok(free) => Check::ok(subject, format!("{} is free for the next index", megabytes(free))),
        Err(error) => Check::look(subject, format!("the system does not say what is free: {error}")),
    }
}

/// What who is no administrator may still write, in bytes.
fn free_space(folder: &Path) -> std::io::Result<u64> {
    let about = rustix::fs::statvfs(folder)?;
    Ok(about.f_bavail.saturating_mul(about.f_frsize))
}

/// The page that `/beheer/kwaliteit` shows.
fn report(arguments: &Arguments) -> Check {
    let beside = || arguments.index.join("report.json");
    let page = arguments.report.clone().unwrap_or_else(beside);
    let page = page.with_extension("html");
    match fs::File::open(&page) {
        Ok(_) => Check::ok("report", format!("{} can be read", page.display())),
        Err(error) => Check::look(
            "report",
            format!("{error}; /beheer/kwaliteit shows nothing until `nabij index` has written it"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Verdict, *};

    #[test]
    fn memory_is_enough_for_two_indexes_or_one_or_none() {
        let index = 500_000_000;
        for (available, verdict) in [
            (Some(1_200_000_000), Verdict::Ok),
            (Some(1_199_999_999), Verdict::Look),
            (Some(500_000_000), Verdict::Look),
            (Some(499_999_999), Verdict::Wrong),
            (None, Verdict::Look),
        ] {
            assert_eq!(memory(index, available).verdict, verdict, "{available:?}");
        }
        assert_eq!(memory(u64::MAX / 2, Some(0)).verdict, Verdict::Wrong);
    }
}
