//! Open now, closed until when, the next times, and the days of a week: in words and numbers.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use nabij_offering::{OpenState, Schedule, TimeSlot};

use super::messages::Messages;

/// Whether an offering is open, in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) open: bool,
    pub(crate) words: String,
}

impl Messages {
    /// Whether it is open at a moment, and if not when it will be.
    pub(crate) fn opening(self, schedule: &Schedule, now: NaiveDateTime) -> Opening {
        match schedule.state_at(now) {
            OpenState::Open { until } => Opening {
                open: true,
                words: match until.filter(|until| until.date() == now.date()) {
                    Some(until) => self.fill("open-until", &[("time", self.clock(until.time()).into())]),
                    None => self.say("open-now").into_owned(),
                },
            },
            OpenState::Closed { until: Some(until) } => Opening {
                open: false,
                words: self.closed_until(until, now),
            },
            OpenState::Closed { until: None } => Opening {
                open: false,
                words: match schedule.next_times(now, 1).first() {
                    Some(next) => self.fill("next-time", &[("when", self.slot(next).into())]),
                    None => self.say("times-unknown").into_owned(),
                },
            },
            OpenState::Unknown => Opening {
                open: false,
                words: self.say("times-unknown").into_owned(),
            },
        }
    }

    fn closed_until(self, until: NaiveDateTime, now: NaiveDateTime) -> String {
        let days = (until.date() - now.date()).num_days();
        let day = match days {
            0 => self.say("today").into_owned(),
            1 => self.say("tomorrow").into_owned(),
            2..=6 => self.weekday(until.date()),
            _ => self.date(until.date()),
        };
        let args = [("day", day.into()), ("time", self.clock(until.time()).into())];
        self.fill("closed-until", &args)
    }

    /// A day with its times: `dinsdag 24 november, 10.00–12.00 uur`.
    pub(crate) fn slot(self, slot: &TimeSlot) -> String {
        let day = self.date(slot.date);
        let Some(from) = slot.from else { return day };
        let hours = match slot.to {
            Some(to) if ends_next_day_at_most(slot, to) => self.hours(from, to.time()),
            _ => self.fill("hour", &[("time", self.clock(from).into())]),
        };
        let when = [("day", day.into()), ("hours", hours.into())];
        self.fill(if slot.certain { "slot" } else { "slot-uncertain" }, &when)
    }

    /// `10.00–12.00 uur`
    fn hours(self, from: NaiveTime, to: NaiveTime) -> String {
        let args = [("from", self.clock(from).into()), ("to", self.clock(to).into())];
        self.fill("hours", &args)
    }

    /// The days of an ordinary week after a day, from Monday, each with its hours; nothing if weeks differ.
    pub(crate) fn week(self, schedule: &Schedule, after: NaiveDate) -> Vec<(String, Vec<String>)> {
        let week = schedule.usual_week(after).into_iter().flatten().enumerate();
        week.map(|(day, hours)| {
            let name = self.say(&format!("weekday-{day}")).into_owned();
            let hours = hours.iter().map(|hours| self.hours(hours.start, hours.end));
            (name, hours.collect())
        })
        .collect()
    }
}

fn ends_next_day_at_most(slot: &TimeSlot, to: NaiveDateTime) -> bool {
    slot.date
        .checked_add_days(Days::new(1))
        .is_some_and(|next| to.date() <= next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::language::Language;

    fn said(hours: &str, now: &str) -> String {
        let schedule = Schedule {
            opening_hours: hours.parse().ok(),
            ..Schedule::default()
        };
        Messages(Language::Dutch)
            .opening(&schedule, now.parse().unwrap())
            .words
            .replace('\u{a0}', " ")
    }

    #[test]
    fn open_and_closed_are_said_with_the_day_and_the_time() {
        // A Tuesday.
        for (now, words) in [
            ("2026-11-24T10:30:00", "Nu open tot 12.00 uur"),
            ("2026-11-24T09:00:00", "Nu dicht. Vandaag open om 10.00 uur"),
            ("2026-11-24T13:00:00", "Nu dicht. Donderdag open om 10.00 uur"),
            ("2026-11-25T13:00:00", "Nu dicht. Morgen open om 10.00 uur"),
        ] {
            assert_eq!(said("Tu,Th 10:00-12:00", now), words, "{now}");
        }
        assert_eq!(
            said("Jan Mo[1] 10:00-12:00", "2026-11-24T09:00:00"),
            "Nu dicht. Maandag 4 januari open om 10.00 uur"
        );
    }

    #[test]
    fn the_days_of_a_week_have_their_hours() {
        let schedule = Schedule {
            opening_hours: "Mo 10:00-12:00,13:00-15:30".parse().ok(),
            ..Schedule::default()
        };
        let week = Messages(Language::Dutch).week(&schedule, "2026-11-24".parse().unwrap());
        assert_eq!(week.len(), 7);
        assert_eq!((week[0].0.as_str(), week[1].0.as_str()), ("Maandag", "Dinsdag"));
        let hours = week[0].1.join(" ").replace('\u{a0}', " ");
        assert_eq!(hours, "10.00–12.00 uur 13.00–15.30 uur");
        assert!(week[1..].iter().all(|(_, hours)| hours.is_empty()));
    }

    #[test]
    fn times_that_cannot_be_read_say_call_first() {
        assert_eq!(
            Messages(Language::Dutch).opening(&Schedule::default(), "2026-11-24T09:00:00".parse().unwrap()),
            Opening {
                open: false,
                words: "Bel eerst. We weten de tijden niet zeker.".to_owned()
            }
        );
    }
}
