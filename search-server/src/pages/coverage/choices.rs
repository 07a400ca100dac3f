//! What an analyst chose, all of which stands in the address.

use nabij_analysis::coverage::Selection;
use nabij_offering::{Kind, Theme};

use super::{super::frame::Frame, Choice};
use crate::pages::asked::DISTANCES_KM;

/// What a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Province,
    Municipality,
    Postcode,
}

/// What an analyst chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choices {
    pub(super) selection: Selection,
    pub(super) within_km: u32,
    pub(super) level: Level,
    /// The column by which the table is sorted, from 0.
    pub(super) column: usize,
    pub(super) descending: bool,
    /// Which page of the table, from 0.
    pub(super) page: usize,
}

const LEVELS: [(Level, &str, &str); 3] = [
    (Level::Province, "provincie", "coverage-provinces"),
    (Level::Municipality, "gemeente", "coverage-municipalities"),
    (Level::Postcode, "postcode", "coverage-postcodes"),
];
/// How far is near when nobody says otherwise.
const WITHIN_KM: u32 = 5;
/// No table has more columns or pages.
const MOST: usize = 100;

impl Default for Choices {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            within_km: WITHIN_KM,
            level: Level::Province,
            column: 0,
            descending: false,
            page: 0,
        }
    }
}

impl Choices {
    /// Reads a query string. What the form cannot send is passed over.
    pub(super) fn read(query: Option<&str>) -> Self {
        let mut choices = Self::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let number = || value.parse().unwrap_or(1).clamp(1, MOST) - 1;
            match name.as_ref() {
                "theme" => choices.selection.theme = value.parse().ok(),
                "kind" => choices.selection.kind = value.parse().ok(),
                "within" => {
                    let km = value.parse().ok().filter(|km| DISTANCES_KM.contains(km));
                    choices.within_km = km.unwrap_or(WITHIN_KM);
                }
                "level" => {
                    let known = LEVELS.iter().find(|(_, name, _)| *name == value);
                    choices.level = known.map_or(Level::Province, |(level, ..)| *level);
                }
                "sort" => choices.column = number(),
                "order" => choices.descending = value == "desc",
                "page" => choices.page = number(),
                _ => {}
            }
        }
        choices
    }

    /// The address of a page with the same choices.
    pub(super) fn link(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        };
        add("theme", self.selection.theme.map(Theme::name));
        add("kind", self.selection.kind.map(Kind::name));
        add(
            "within",
            (self.within_km != WITHIN_KM)
                .then(|| self.within_km.to_string())
                .as_deref(),
        );
        let level = LEVELS
            .iter()
            .find(|(level, ..)| *level == self.level && *level != Level::Province);
        add("level", level.map(|(_, name, _)| *name));
        add(
            "sort",
            (self.column > 0)
                .then(|| (self.column + 1).to_string())
                .as_deref(),
        );
        add("order", self.descending.then_some("desc"));
        add(
            "page",
            (self.page > 0).then(|| (self.page + 1).to_string()).as_deref(),
        );
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The same with a change.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = *self;
        change(&mut changed);
        changed
    }

    /// The distances that can be chosen.
    pub(super) fn distances(&self) -> Vec<Choice> {
        DISTANCES_KM
            .into_iter()
            .map(|km| Choice {
                value: km.to_string(),
                words: format!("{km} km"),
                chosen: km == self.within_km,
            })
            .collect()
    }

    /// What a row can be.
    pub(super) fn levels(&self, frame: &Frame) -> Vec<Choice> {
        LEVELS
            .into_iter()
            .map(|(level, name, words)| Choice {
                value: name.to_owned(),
                words: frame.say(words).into_owned(),
                chosen: level == self.level,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_address_says_what_was_chosen(query in "((theme|kind|within|level|sort|order|page|x)=(language|formal|10|7|gemeente|postcode|desc|3|\\PC{0,3})&?){0,8}") {
            let choices = Choices::read(Some(&query));
            let link = choices.link("/analyse/dekking");
            prop_assert_eq!(Choices::read(link.split_once('?').map(|(_, query)| query)), choices);
        }
    }
}
