//! What editors want to know of a build, by source and by organisation: what came through, what lacks what residents
//! need, and what ends soon.

pub(crate) mod page;
pub(crate) mod table;
mod words;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use nabij_offering::Offering;
use serde::Serialize;

use crate::report::Entry;

/// What came of each source and each organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// By name of the source.
    pub sources: BTreeMap<String, Tally>,
    /// By name of the organisation; those without a name together under the empty one.
    pub organisations: BTreeMap<String, Tally>,
    /// What ends within 60 days, the soonest first.
    pub expiring: Vec<Expiring>,
}

/// How many offerings of a source or an organisation are in the index, and what they lack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Offerings in the index.
    pub shown: u64,
    /// Rows that are not.
    pub rejected: u64,
    /// Offerings that do not say when.
    pub without_times: u64,
    /// Offerings that do not say whom to call.
    pub without_phone: u64,
    /// Offerings that do not say what it costs.
    pub without_cost: u64,
    /// The first of those in the index; only for organisations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<Titled>,
}

/// An offering by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Titled {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
}

/// An offering that ends soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expiring {
    /// Its last day.
    pub last: NaiveDate,
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who offers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// How many days ahead an end is soon.
const SOON: Days = Days::new(60);

/// How many offerings of an organisation are named.
const NAMED: usize = 20;

impl Quality {
    /// Counts an offering that is in the index.
    pub(crate) fn shown(&mut self, source: &str, offering: &Offering, today: NaiveDate) {
        entry(&mut self.sources, source).count(offering);
        let organisation = entry(
            &mut self.organisations,
            offering.organisation.as_deref().unwrap_or_default(),
        );
        organisation.count(offering);
        if organisation.first.len() < NAMED {
            organisation.first.push(Titled {
                id: offering.id.clone(),
                title: offering.title.clone(),
            });
        }
        let soon = today.checked_add_days(SOON).unwrap_or(NaiveDate::MAX);
        if let Some(last) = offering.valid_to.filter(|last| *last <= soon) {
            self.expiring.push(Expiring {
                last,
                id: offering.id.clone(),
                title: offering.title.clone(),
                organisation: offering.organisation.clone(),
            });
        }
    }

    /// Counts the rows that are not in the index, of which each has one or more entries behind each other.
    pub(crate) fn finish(&mut self, entries: &[Entry]) {
        let mut last = None;
        for rejected in entries.iter().filter(|entry| entry.rejected) {
            let row = Some((&rejected.source, rejected.line));
            if row != last {
                entry(&mut self.sources, &rejected.source).rejected += 1;
                entry(
                    &mut self.organisations,
                    rejected.organisation.as_deref().unwrap_or_default(),
                )
                .rejected += 1;
            }
            last = row;
        }
        self.expiring
            .sort_by(|a, b| (a.last, &a.id).cmp(&(b.last, &b.id)));
    }
}

fn entry<'a>(tallies: &'a mut BTreeMap<String, Tally>, name: &str) -> &'a mut Tally {
    tallies.entry(name.to_owned()).or_default()
}

impl Tally {
    fn count(&mut self, offering: &Offering) {
        self.shown += 1;
        self.without_times += u64::from(offering.schedule.is_empty());
        self.without_phone += u64::from(offering.contact.phone.is_none());
        self.without_cost += u64::from(offering.cost.is_none());
    }

    /// How much there is to do: rows that are not shown weigh most.
    fn to_do(&self) -> u64 {
        self.rejected * 10 + self.without_times + self.without_phone + self.without_cost
    }
}
