//! The report as one page in plain Dutch, which needs nothing beside itself and reads well on paper.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;

use super::{
    Expiring, Tally,
    table::{in_path, link},
    words::in_dutch,
};
use crate::{
    report::{Duplicate, Entry, Report},
    visibility::{Showing, Visibility},
};

/// How many rows of a problem, organisations, pairs and endings are shown; the table has all.
const ROWS: usize = 10;
const ORGANISATIONS: usize = 200;
const PAIRS: usize = 100;
/// How many profiles are named beside an organisation, and beside an offering.
const PROFILES: usize = 10;
const PROFILES_OF_ONE: usize = 3;

#[derive(Template)]
#[template(path = "quality.html")]
struct Page<'a> {
    made: String,
    report: &'a Report,
    not_shown: Vec<Group<'a>>,
    could_be_better: Vec<Group<'a>>,
    sources: Vec<Row<'a>>,
    organisations: Vec<Row<'a>>,
    more_organisations: usize,
    expiring: Shown<'a, Expiring>,
    merged: Shown<'a, Duplicate>,
    possible: Shown<'a, Duplicate>,
    site: &'a str,
}

/// Entries of one sort.
struct Group<'a> {
    what: &'static str,
    remedy: &'static str,
    count: usize,
    first: Vec<&'a Entry>,
}

/// A source or an organisation.
struct Row<'a> {
    name: &'a str,
    tally: &'a Tally,
    /// The profiles that show it, each with how much of it.
    seen: Vec<(&'a Showing, u64)>,
    more_seen: usize,
}

/// The profiles that show an offering.
struct Seen<'a> {
    first: Vec<&'a Showing>,
    more: usize,
}

/// The first of many.
struct Shown<'a, T> {
    first: &'a [T],
    more: usize,
}

impl<'a, T> Shown<'a, T> {
    fn of(all: &'a [T], limit: usize) -> Self {
        let first = all.get(..limit.min(all.len())).unwrap_or_default();
        Self {
            first,
            more: all.len() - first.len(),
        }
    }
}

impl Page<'_> {
    fn link(&self, id: &str) -> String {
        link(self.site, id)
    }

    /// Where the pages of a profile are.
    fn pages(&self, showing: &Showing) -> String {
        format!("{}{}", self.site.trim_end_matches('/'), showing.pages)
    }

    /// Where a profile shows an offering.
    fn within(&self, showing: &Showing, id: &str) -> String {
        format!("{}plek/{}", self.pages(showing), in_path(id))
    }

    fn seen(&self, id: &str) -> Seen<'_> {
        let mut showing = self.report.visible.iter().flat_map(|visible| visible.of(id));
        let first: Vec<&Showing> = showing.by_ref().take(PROFILES_OF_ONE).collect();
        Seen {
            first,
            more: showing.count(),
        }
    }
}

/// The page. `site` is the address of the site on which the offerings are shown, or nothing for links within the site.
pub(crate) fn render(report: &Report, site: &str, today: NaiveDate) -> Result<String, askama::Error> {
    let mut organisations = rows(&report.quality.organisations, report.visible.as_ref());
    let more_organisations = organisations.len().saturating_sub(ORGANISATIONS);
    organisations.truncate(ORGANISATIONS);
    Page {
        made: today.format("%d-%m-%Y").to_string(),
        not_shown: groups(&report.entries, true),
        could_be_better: groups(&report.entries, false),
        sources: rows(&report.quality.sources, None),
        organisations,
        more_organisations,
        expiring: Shown::of(&report.quality.expiring, PAIRS),
        merged: Shown::of(&report.merged, PAIRS),
        possible: Shown::of(&report.possible_duplicates, PAIRS),
        report,
        site,
    }
    .render()
}

/// Where there is most to do comes first.
fn rows<'a>(tallies: &'a BTreeMap<String, Tally>, visible: Option<&'a Visibility>) -> Vec<Row<'a>> {
    let row = |(name, tally): (&'a String, &'a Tally)| {
        let mut seen = visible.map_or_else(Vec::new, |visible| visible.of_organisation(name));
        let more_seen = seen.len().saturating_sub(PROFILES);
        seen.truncate(PROFILES);
        Row {
            name,
            tally,
            seen,
            more_seen,
        }
    };
    let mut rows: Vec<Row<'a>> = tallies.iter().map(row).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.tally.to_do()), row.name));
    rows
}

/// The entries by what is wrong, the most frequent first.
fn groups(entries: &[Entry], rejected: bool) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<&'static str, Group<'_>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.rejected == rejected) {
        let (what, remedy) = in_dutch(entry.code);
        let group = groups.entry(what).or_insert(Group {
            what,
            remedy,
            count: 0,
            first: Vec::new(),
        });
        group.count += 1;
        if group.first.len() < ROWS {
            group.first.push(entry);
        }
    }
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups
}
