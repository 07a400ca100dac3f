//! From a draft to an offering, saying everything that is wrong on the way.
//!
//! A mistake in a required field rejects the offering. A mistake in any other field drops that value only: a
//! resident is better served by a course without a website than by no course.

mod contact;

use std::str::FromStr;

use chrono::NaiveDate;

use crate::{
    Cost, DateSlot, Draft, Field, Kind, Notation, Offering, Place, Position, Postcode, Precision, Problem,
    ProblemKind, Registration, Schedule, ServiceArea, Severity, ThemeSet, recognise,
};

/// What came of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The offering, unless a problem rejects it.
    pub offering: Option<Offering>,
    /// Everything that is wrong, in the order of the fields.
    pub problems: Vec<Problem>,
}

impl Draft {
    /// Checks every field.
    ///
    /// ```
    /// use nabij_offering::{Draft, Field};
    /// let mut draft = Draft::default();
    /// draft.set(Field::Id, "a1");
    /// draft.set(Field::Title, "Taalcafé");
    /// draft.set(Field::Kind, "informal");
    /// draft.set(Field::Postcode, "3011ad");
    /// let checked = draft.check();
    /// assert!(checked.problems.is_empty());
    /// assert_eq!(checked.offering.map(|offering| offering.title), Some("Taalcafé".to_owned()));
    /// ```
    pub fn check(&self) -> Checked {
        let mut check = Check {
            draft: self,
            problems: Vec::new(),
        };
        let offering = check.offering();
        let mut problems = check.problems;
        problems.sort_by_key(|problem| problem.field);
        let rejected = problems
            .iter()
            .any(|problem| problem.severity == Severity::Rejected);
        Checked {
            offering: offering.filter(|_| !rejected),
            problems,
        }
    }
}

struct Check<'a> {
    draft: &'a Draft,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn offering(&mut self) -> Option<Offering> {
        let id = self.required(Field::Id);
        let title = self.required(Field::Title);
        let kind = self.kind();
        let place = self.place();
        let offering = Offering {
            id: id.unwrap_or_default(),
            title: title.unwrap_or_default(),
            description: self.text(Field::Description).unwrap_or_default(),
            kind: kind.unwrap_or(Kind::Informal),
            themes: self.themes(),
            target_groups: self.texts(Field::TargetGroups),
            organisation: self.text(Field::Organisation),
            street: self.text(Field::Street),
            house_number: self.text(Field::HouseNumber),
            postcode: self.postcode(),
            town: self.text(Field::Place),
            municipality: self.text(Field::Municipality),
            place,
            service_areas: self.parse_list::<ServiceArea>(Field::ServiceArea),
            languages: self.texts(Field::Languages),
            level: self.level(),
            cost: self.text(Field::Cost).and_then(|text| text.parse::<Cost>().ok()),
            registration: self.parse::<Registration>(Field::Registration),
            schedule: self.schedule(),
            contact: self.contact(),
            accessibility: self.text(Field::Accessibility),
            valid_from: self.day(Field::ValidFrom),
            valid_to: self.day(Field::ValidTo),
            last_checked: self.day(Field::LastChecked),
            source: self.text(Field::Source),
            other_ids: self.texts(Field::OtherIds),
            example: self
                .draft
                .get(Field::Example)
                .is_some_and(|value| matches!(value, "true" | "1" | "ja")),
        };
        let somewhere = offering.place.is_some()
            || offering.postcode.is_some()
            || offering.town.is_some()
            || !offering.service_areas.is_empty();
        if offering
            .valid_from
            .zip(offering.valid_to)
            .is_some_and(|(from, to)| to < from)
        {
            self.warn(Field::ValidTo, ProblemKind::Backwards);
        }
        if !somewhere {
            self.reject(Field::Postcode, ProblemKind::Nowhere);
        }
        (!offering.id.is_empty()).then_some(offering)
    }

    fn warn(&mut self, field: Field, kind: impl Into<ProblemKind>) {
        self.problems.push(Problem {
            field,
            severity: Severity::Warning,
            kind: kind.into(),
        });
    }

    fn reject(&mut self, field: Field, kind: impl Into<ProblemKind>) {
        self.problems.push(Problem {
            field,
            severity: Severity::Rejected,
            kind: kind.into(),
        });
    }

    fn required(&mut self, field: Field) -> Option<String> {
        let text = self.text(field);
        let known = self.problems.iter().any(|problem| problem.field == field);
        if text.is_none() && !known {
            self.reject(field, ProblemKind::Missing);
        }
        text
    }

    /// A text without control characters, if it is not too long.
    fn text(&mut self, field: Field) -> Option<String> {
        let text = self.draft.get(field)?;
        let limit = longest(field);
        if text.len() > limit {
            let length = text.chars().count();
            if length > limit {
                self.reject(field, ProblemKind::TooLong { length, limit });
                return None;
            }
        }
        if !text.contains(unprintable) {
            return Some(text.to_owned());
        }
        self.warn(field, ProblemKind::ControlCharacters);
        let clean = text.replace(unprintable, "");
        let clean = clean.trim();
        (!clean.is_empty()).then(|| clean.to_owned())
    }

    fn texts(&mut self, field: Field) -> Vec<String> {
        let Some(text) = self.text(field) else {
            return Vec::new();
        };
        let mut clean = Draft::default();
        clean.set(field, &text);
        clean.list(field).map(str::to_owned).collect()
    }

    fn parse<T>(&mut self, field: Field) -> Option<T>
    where
        T: FromStr<Err: Into<ProblemKind>>,
    {
        match self.draft.get(field)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.warn(field, error);
                None
            }
        }
    }

    fn parse_list<T>(&mut self, field: Field) -> Vec<T>
    where
        T: FromStr<Err: Into<ProblemKind>>,
    {
        let draft = self.draft;
        let mut values = Vec::new();
        for item in draft.list(field) {
            match item.parse() {
                Ok(value) => values.push(value),
                Err(error) => self.warn(field, error),
            }
        }
        values
    }

    fn kind(&mut self) -> Option<Kind> {
        match self.draft.get(Field::Kind).map(str::parse::<Kind>) {
            Some(Ok(kind)) => return Some(kind),
            Some(Err(error)) => self.reject(Field::Kind, error),
            None => self.reject(Field::Kind, ProblemKind::Missing),
        }
        None
    }

    fn themes(&mut self) -> ThemeSet {
        self.parse_list(Field::Themes).into_iter().collect()
    }

    fn postcode(&mut self) -> Option<Postcode> {
        let text = self.draft.get(Field::Postcode)?;
        match text.parse() {
            Ok(postcode) => Some(postcode),
            Err(source) => {
                self.warn(
                    Field::Postcode,
                    ProblemKind::Postcode {
                        text: shorten(text),
                        source,
                    },
                );
                None
            }
        }
    }

    fn place(&mut self) -> Option<Place> {
        let (lat, lon) = match (self.draft.get(Field::Lat), self.draft.get(Field::Lon)) {
            (None, None) => return None,
            (Some(lat), Some(lon)) => (lat, lon),
            (Some(_), None) | (None, Some(_)) => {
                self.warn(Field::Lat, ProblemKind::HalfAPosition);
                return None;
            }
        };
        let lat = self.number(Field::Lat, lat)?;
        let lon = self.number(Field::Lon, lon)?;
        match recognise(lat, lon) {
            Ok((position, notation)) => {
                if notation != Notation::Degrees {
                    self.warn(Field::Lat, ProblemKind::Notation(notation));
                }
                Some(Place {
                    position: exactly_stored(position),
                    precision: Precision::Point,
                })
            }
            Err(error) => {
                self.warn(Field::Lat, error);
                None
            }
        }
    }

    /// A number with a decimal point, or with the decimal comma that Dutch spreadsheets write.
    fn number(&mut self, field: Field, text: &str) -> Option<f64> {
        let number = text.parse().or_else(|_| text.replace(',', ".").parse());
        if number.is_err() {
            self.warn(field, ProblemKind::NotANumber(shorten(text)));
        }
        number.ok()
    }

    fn schedule(&mut self) -> Schedule {
        let opening_hours = self.text(Field::OpeningHours).and_then(|text| {
            let hours = text.parse().ok();
            if hours.is_none() {
                self.warn(Field::OpeningHours, ProblemKind::OpeningHours(shorten(&text)));
            }
            hours
        });
        let rrule = self.text(Field::Rrule).and_then(|text| match text.parse() {
            Ok(rule) => Some(rule),
            Err(source) => {
                let text = shorten(&text);
                self.warn(Field::Rrule, ProblemKind::Rrule { text, source });
                None
            }
        });
        let mut dates = self.parse_list::<DateSlot>(Field::Dates);
        dates.sort_unstable();
        Schedule {
            opening_hours,
            dates,
            rrule,
        }
    }

    /// A level in words. One that looks like a level of a framework must be one.
    fn level(&mut self) -> Option<String> {
        let text = self.text(Field::Level)?;
        if let Some(word) = level_words(&text).find(|word| is_no_level(word)) {
            self.warn(Field::Level, ProblemKind::Level(word.to_owned()));
        }
        Some(text)
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let text = self.draft.get(field)?;
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if day.is_none() {
            self.warn(field, ProblemKind::Day(shorten(text)));
        }
        day
    }
}

fn level_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether a word has the form of a level, such as `A2` (Common European Framework), `1F` (Dutch reference framework)
/// or `NT2`, without being one.
fn is_no_level(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    match word.as_bytes() {
        [b'A'..=b'F', digit @ b'0'..=b'9'] => !matches!(
            (word.as_bytes().first(), digit),
            (Some(b'A'), b'0'..=b'2') | (Some(b'B' | b'C'), b'1'..=b'2')
        ),
        [digit @ b'0'..=b'9', b'F'] => !(b'1'..=b'4').contains(digit),
        [b'N', b'T', digit @ b'0'..=b'9'] => !matches!(digit, b'1' | b'2'),
        _ => false,
    }
}

/// The index keeps a ten-millionth of a degree, about a centimetre; so does everything from here on.
fn exactly_stored(position: Position) -> Position {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Position::new(round(position.lat()), round(position.lon())).unwrap_or(position)
}

fn unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// How many characters a field may have.
fn longest(field: Field) -> usize {
    match field {
        Field::Id => 200,
        Field::Title => 500,
        Field::Description => 20_000,
        _ => 2_000,
    }
}

/// The beginning of a text, for a message.
fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests;
