//! Open at a moment, and the next times.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::{DateSlot, Recurrence, Schedule};

/// One time at which an offering takes place, in Dutch local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeSlot {
    /// The day on which it begins.
    pub date: NaiveDate,
    /// When it begins, if more than the day is known.
    pub from: Option<NaiveTime>,
    /// When it ends, if that is known; it may be another day.
    pub to: Option<NaiveDateTime>,
    /// Whether it is sure to take place. It is not if the source says so, or leaves it to the school holidays.
    pub certain: bool,
}

/// Whether an offering is open at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenState {
    /// It is open.
    Open {
        /// When it closes; `None` if that is not within a year.
        until: Option<NaiveDateTime>,
    },
    /// It is closed.
    Closed {
        /// When it opens, if that is sure, known to the minute, and within a year.
        until: Option<NaiveDateTime>,
    },
    /// The times are not known, or not precisely enough.
    Unknown,
}

/// How many days are looked ahead.
const HORIZON: Days = Days::new(366);

/// How many days are looked back for a time that is still going on.
const OVERLAP: Days = Days::new(2);

/// How many times that follow are looked at for one that adjoins.
const ADJOINING: usize = 8;

impl TimeSlot {
    /// The moment at which it begins; midnight if only the day is known.
    pub fn start(&self) -> NaiveDateTime {
        self.date.and_time(self.from.unwrap_or(NaiveTime::MIN))
    }

    /// The moment at which it is surely over: its end, or else the end of the day.
    fn over(&self) -> NaiveDateTime {
        self.to.unwrap_or_else(|| midnight_after(self.date, Days::new(1)))
    }

    /// Its end, if it surely takes place from one known moment to another.
    fn sure_end(&self) -> Option<NaiveDateTime> {
        self.to.filter(|_| self.certain && self.from.is_some())
    }
}

impl Schedule {
    /// Whether it is open at a moment of Dutch local time.
    ///
    /// ```
    /// use nabij_offering::{OpenState, Schedule};
    /// let schedule = Schedule { opening_hours: "Mo,We 10:00-12:00; PH off".parse().ok(), ..Schedule::default() };
    /// let at = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    /// let monday = schedule.state_at(at("2026-11-23T10:30:00"));
    /// assert_eq!(monday, OpenState::Open { until: Some(at("2026-11-23T12:00:00")) });
    /// let tuesday = schedule.state_at(at("2026-11-24T10:30:00"));
    /// assert_eq!(tuesday, OpenState::Closed { until: Some(at("2026-11-25T10:00:00")) });
    /// ```
    pub fn state_at(&self, now: NaiveDateTime) -> OpenState {
        let Some(slots) = self.slots(now, ADJOINING) else {
            return OpenState::Unknown;
        };
        let began = |slot: &&TimeSlot| slot.start() <= now;
        if let Some(end) = slots.iter().filter(began).filter_map(TimeSlot::sure_end).max() {
            // What begins before the end of the first keeps it open.
            let until = slots.iter().fold(end, |until, slot| match slot.sure_end() {
                Some(end) if slot.start() <= until => until.max(end),
                _ => until,
            });
            return OpenState::Open {
                until: (until < horizon(now)).then_some(until),
            };
        }
        if slots.iter().any(|slot| slot.start() <= now) {
            return OpenState::Unknown;
        }
        let next = slots.first().filter(|slot| slot.certain && slot.from.is_some());
        OpenState::Closed {
            until: next.map(TimeSlot::start),
        }
    }

    /// The next times, at most `count`, in order: those that begin at `from` or later, and a day without a time from
    /// that day on. Looks a year ahead.
    pub fn next_times(&self, from: NaiveDateTime, count: usize) -> Vec<TimeSlot> {
        let mut slots = self.slots(from, count).unwrap_or_default();
        slots.retain(|slot| slot.from.is_none() || slot.start() >= from);
        slots.truncate(count);
        slots
    }

    /// The times that are not over at a moment: those that have begun, and of those that begin later the first few.
    /// In order, each once. None if nothing is known.
    fn slots(&self, now: NaiveDateTime, later: usize) -> Option<Vec<TimeSlot>> {
        let since = now
            .checked_sub_days(OVERLAP)
            .unwrap_or(now)
            .date()
            .and_time(NaiveTime::MIN);
        if self.is_empty() {
            return None;
        }
        let current = |slots: &mut dyn Iterator<Item = TimeSlot>| {
            let mut begins_later = 0;
            let mut slots = slots.skip_while(|slot| slot.over() <= now).take_while(|slot| {
                begins_later += usize::from(slot.start() > now);
                begins_later <= later && slot.start() < horizon(now)
            });
            slots.by_ref().collect::<Vec<_>>()
        };
        let mut slots = Vec::new();
        if let Some(hours) = &self.opening_hours {
            slots.extend(current(&mut hours.slots(since, horizon(now))));
        }
        if let Some(rule) = &self.rrule {
            slots.extend(current(&mut rule.starts().map(|start| recurring(rule, start))));
        }
        let mut dates: Vec<TimeSlot> = self.dates.iter().map(TimeSlot::from).collect();
        dates.sort_unstable();
        slots.extend(current(&mut dates.into_iter()));
        slots.sort_unstable_by_key(|slot| (slot.start(), *slot));
        slots.dedup();
        Some(slots)
    }
}

pub(super) fn recurring(recurrence: &Recurrence, start: NaiveDateTime) -> TimeSlot {
    let from = recurrence.is_timed().then(|| start.time());
    let to = recurrence.duration().filter(|_| from.is_some());
    TimeSlot {
        date: start.date(),
        from,
        to: to.and_then(|duration| start.checked_add_signed(duration)),
        certain: true,
    }
}

impl From<&DateSlot> for TimeSlot {
    fn from(slot: &DateSlot) -> Self {
        let to = slot.to.map(|to| match slot.from {
            // Past midnight.
            Some(from) if to <= from => midnight_after(slot.date, Days::new(1)) + (to - NaiveTime::MIN),
            _ => slot.date.and_time(to),
        });
        Self {
            date: slot.date,
            from: slot.from,
            to,
            certain: true,
        }
    }
}

fn horizon(now: NaiveDateTime) -> NaiveDateTime {
    midnight_after(now.date(), HORIZON)
}

fn midnight_after(day: NaiveDate, days: Days) -> NaiveDateTime {
    day.checked_add_days(days).unwrap_or(day).and_time(NaiveTime::MIN)
}

#[cfg(test)]
mod tests;
