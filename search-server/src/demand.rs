//! Counting what is asked for, without knowing who asked: see `nabij_analysis::demand` for what a count holds and
//! when it is written. Off unless the operator names a file.

use std::{
    collections::BTreeMap,
    io::Write,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use chrono::NaiveDate;
use fs_err as fs;
use nabij_analysis::demand::{Counts, DailyTotal, Question, daily_totals};
use nabij_atlas::{Atlas, Pc4};
use nabij_offering::ThemeSet;

/// Counts in memory, and the file to which the totals of a day go when it is over.
#[derive(Debug)]
pub struct Demand {
    file: PathBuf,
    days: Mutex<BTreeMap<NaiveDate, Counts>>,
}

impl Demand {
    /// Counts for a file, which is made if it is not there. Fails where nothing can be written.
    pub fn open(file: PathBuf) -> Result<Self, std::io::Error> {
        fs::OpenOptions::new().create(true).append(true).open(&file)?;
        Ok(Self {
            file,
            days: Mutex::default(),
        })
    }

    /// Counts a question: once for each of its themes, or once without.
    pub(crate) fn count(&self, day: NaiveDate, pc4: Pc4, themes: ThemeSet, found: bool) {
        // A thread that ended while it counted left at most one count out.
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = days.entry(day).or_default();
        let none = themes.is_empty().then_some(None);
        for theme in themes.iter().map(Some).chain(none) {
            *counts.entry(Question { pc4, theme, found }).or_default() += 1;
        }
    }

    /// Writes the totals of the days before this one, and forgets them.
    pub(crate) fn write_days_before(&self, today: NaiveDate, atlas: &Atlas) {
        let over = {
            let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
            let rest = days.split_off(&today);
            std::mem::replace(&mut *days, rest)
        };
        self.write(&over, atlas);
    }

    /// Writes what there is, and forgets it.
    pub(crate) fn write_all(&self, atlas: &Atlas) {
        let days = std::mem::take(&mut *self.days.lock().unwrap_or_else(PoisonError::into_inner));
        self.write(&days, atlas);
    }

    fn write(&self, days: &BTreeMap<NaiveDate, Counts>, atlas: &Atlas) {
        let totals: Vec<DailyTotal> = days
            .iter()
            .flat_map(|(day, counts)| daily_totals(*day, counts, atlas))
            .collect();
        if totals.is_empty() {
            return;
        }
        if let Err(error) = self.append(&totals) {
            tracing::warn!(%error, "the daily totals of demand were not written");
        }
    }

    fn append(&self, totals: &[DailyTotal]) -> Result<(), Box<dyn std::error::Error>> {
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.file)?;
        let is_new = file.metadata()?.len() == 0;
        let mut lines = Vec::new();
        DailyTotal::write(totals, is_new, &mut lines)?;
        file.write_all(&lines)?;
        Ok(file.sync_all()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_when_it_is_over_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demand.csv");
        let (atlas, demand) = (Atlas::shipped().unwrap(), Demand::open(path.clone()).unwrap());
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let written = || DailyTotal::read(fs::read(&path).unwrap().as_slice());
        for _ in 0..10 {
            demand.count(day(24), Pc4::new(3011).unwrap(), ThemeSet::EMPTY, true);
            demand.count(day(25), Pc4::new(3011).unwrap(), ThemeSet::EMPTY, false);
        }
        demand.count(day(25), Pc4::new(8601).unwrap(), ThemeSet::EMPTY, false);
        demand.write_days_before(day(24), &atlas);
        assert_eq!(written().0, []);
        demand.write_days_before(day(25), &atlas);
        demand.write_days_before(day(25), &atlas);
        assert_eq!(written().0.len(), 1);
        demand.write_all(&atlas);
        let (totals, rejected) = written();
        assert_eq!((totals.len(), rejected.len()), (2, 0));
        assert_eq!(
            (totals[1].day, totals[1].count, totals[1].found),
            (day(25), 10, false)
        );
    }
}
