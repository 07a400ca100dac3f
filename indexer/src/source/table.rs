//! A table with a header: which of its columns is which field.

use std::{collections::HashMap, path::Path};

use nabij_offering::{DateSlot, Draft, Field, from_spreadsheet};

use super::SourceError;
use crate::{dutch, mapping::Mapping};

/// The header of a table, and how its rows become drafts.
pub(super) struct Table {
    names: Vec<String>,
    mapping: Option<Mapping>,
}

impl Table {
    /// The table under this header; an error if a column that is needed is not in it.
    pub(super) fn new(
        path: &Path,
        names: Vec<String>,
        mapping: Option<Mapping>,
    ) -> Result<Self, SourceError> {
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        let missing = match &mapping {
            None => (!has(Field::Id.name())).then_some(Field::Id.name()),
            Some(mapping) => mapping.columns().find(|column| !has(column)),
        };
        match missing {
            None => Ok(Self { names, mapping }),
            Some(missing) => Err(SourceError::Header {
                path: path.to_owned(),
                missing: missing.to_owned(),
                header: names.join(", ").chars().take(200).collect(),
            }),
        }
    }

    /// The draft of a row.
    pub(super) fn draft<'a>(&'a self, values: impl Iterator<Item = &'a str>) -> Draft {
        let pairs = self.names.iter().map(String::as_str).zip(values);
        let mut draft = match &self.mapping {
            Some(mapping) => {
                let row: HashMap<&str, &str> = pairs.collect();
                mapping.apply(|column| row.get(column).map(|value| (*value).to_owned()))
            }
            None => native(pairs),
        };
        read_dutch_dates(&mut draft);
        draft
    }
}

fn native<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Draft {
    let mut draft = Draft::default();
    for (name, value) in pairs {
        match name.parse::<Field>() {
            Ok(field) => draft.set(field, from_spreadsheet(value)),
            Err(_) if value.trim().is_empty() => {}
            Err(_) => draft.add_stranger(name),
        }
    }
    draft
}

/// A date with its times, as the native format writes it, stays; of any other the day is read.
fn native_slot(slot: &str) -> String {
    let day = || dutch::date(slot).map(|day| day.to_string());
    let other = if slot.parse::<DateSlot>().is_ok() {
        None
    } else {
        day()
    };
    other.unwrap_or_else(|| slot.to_owned())
}

/// Spreadsheets hold dates as people write them. What is no date stays as it is, for the check to report.
fn read_dutch_dates(draft: &mut Draft) {
    for field in [Field::ValidFrom, Field::ValidTo, Field::LastChecked] {
        if let Some(day) = draft.get(field).and_then(dutch::date) {
            draft.set(field, &day.to_string());
        }
    }
    if draft.get(Field::Dates).is_some() {
        let slots: Vec<String> = draft.list(Field::Dates).map(native_slot).collect();
        draft.set_list(Field::Dates, slots);
    }
}
