//! What residents read in place of codes: level A2, "je", no policy words.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use nabij_offering::{Feature, Kind, Registration, Theme};

use super::{language::Language, messages::Messages};

impl Messages {
    pub(crate) fn kind(self, kind: Kind) -> String {
        self.say(&format!("kind-{}", kind.name())).into_owned()
    }

    pub(crate) fn theme(self, theme: Theme) -> String {
        self.say(&format!("theme-{}", theme.name())).into_owned()
    }

    pub(crate) fn feature(self, feature: Feature) -> String {
        self.say(&format!("feature-{}", feature.name())).into_owned()
    }

    pub(crate) fn registration(self, registration: Registration) -> String {
        self.say(&format!("start-{}", registration.name())).into_owned()
    }

    /// The native form of a cost, as a resident says it.
    pub(crate) fn cost(self, cost: &str) -> String {
        match cost.split_once('.') {
            _ if cost == "free" => self.say("cost-free").into_owned(),
            Some((euros, cents)) if cents.len() == 2 && is_number(euros) && is_number(cents) => {
                if cents == "00" {
                    format!("€ {euros}")
                } else {
                    format!("€ {euros}{}{cents}", self.decimal_mark())
                }
            }
            _ => cost.to_owned(),
        }
    }

    /// A distance in words: metres to the next hundred, then kilometres with one decimal.
    pub(crate) fn distance(self, metres: f64) -> String {
        let hundreds = ((metres / 100.0).ceil() * 100.0).max(100.0);
        if hundreds < 1_000.0 {
            return self.fill("distance-metres", &[("n", format!("{hundreds:.0}").into())]);
        }
        let kilometres = (metres / 1_000.0).max(1.0);
        let number = if kilometres < 9.95 {
            let tenths = format!("{kilometres:.1}");
            tenths.trim_end_matches(".0").replace('.', self.decimal_mark())
        } else {
            format!("{kilometres:.0}")
        };
        self.fill("distance-kilometres", &[("n", number.into())])
    }

    /// A time of the day: `10.00` in Dutch, `10:00` elsewhere.
    pub(crate) fn clock(self, time: NaiveTime) -> String {
        let mark = if self.0 == Language::Dutch { '.' } else { ':' };
        format!("{}{mark}{:02}", time.hour(), time.minute())
    }

    /// The name of the day in the week.
    pub(crate) fn weekday(self, date: NaiveDate) -> String {
        let number = date.weekday().num_days_from_monday();
        self.say(&format!("weekday-{number}")).into_owned()
    }

    /// A day with its name: `Dinsdag 24 november`.
    pub(crate) fn date(self, date: NaiveDate) -> String {
        let args = [
            ("weekday", self.weekday(date).into()),
            ("day", date.day().to_string().into()),
            ("month", self.month(date).into()),
        ];
        self.fill("date", &args)
    }

    /// A day with its year, without the name of the day: `24 november 2026`.
    pub(crate) fn date_of_year(self, date: NaiveDate) -> String {
        let args = [
            ("day", date.day().to_string().into()),
            ("month", self.month(date).into()),
            ("year", date.year().to_string().into()),
        ];
        self.fill("date-of-year", &args)
    }

    fn month(self, date: NaiveDate) -> String {
        self.say(&format!("month-{}", date.month())).into_owned()
    }

    fn decimal_mark(self) -> &'static str {
        match self.0 {
            Language::English | Language::Arabic => ".",
            _ => ",",
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUTCH: Messages = Messages(Language::Dutch);

    #[test]
    fn distances_are_said_in_words() {
        for (metres, words) in [
            (0.0, "100 meter"),
            (140.0, "200 meter"),
            (900.0, "900 meter"),
            (949.0, "1 kilometer"),
            (1_040.0, "1 kilometer"),
            (1_250.0, "1,2 kilometer"),
            (9_960.0, "10 kilometer"),
            (57_300.0, "57 kilometer"),
        ] {
            assert_eq!(DUTCH.distance(metres), words);
        }
    }

    #[test]
    fn costs_are_said_in_words() {
        for (native, words) in [
            ("free", "Gratis"),
            ("12.50", "€ 12,50"),
            ("3.00", "€ 3"),
            ("€ 50 per jaar", "€ 50 per jaar"),
            (".50", ".50"),
        ] {
            assert_eq!(DUTCH.cost(native), words);
        }
    }

    #[test]
    fn days_and_times_are_written_out() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(DUTCH.date(day), "Dinsdag 24 november");
        assert_eq!(DUTCH.date_of_year(day), "24 november 2026");
        let time = NaiveTime::from_hms_opt(9, 5, 0).unwrap();
        assert_eq!(DUTCH.clock(time), "9.05");
        assert_eq!(Messages(Language::Polish).clock(time), "9:05");
    }
}
