//! The tables of `data/synonyms`: their rows, as they are shipped and as a folder has them.

use std::path::Path;

use serde::Deserialize;

use crate::words::words;

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file cannot be read.
    #[error("{0} cannot be read")]
    Io(String, #[source] std::io::Error),
    /// A row is not what it should be.
    #[error("{file}: {reason}; mend the row")]
    Row {
        /// The file.
        file: String,
        /// What is wrong, with the line.
        reason: String,
    },
}

/// A row of what people type.
#[derive(Deserialize)]
pub(crate) struct EverydayRow {
    pub(crate) everyday: Phrase,
    pub(crate) field: Phrases,
    pub(crate) weight: Weight,
}

/// Words of which there is at least one.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Phrase(pub(crate) String);

impl TryFrom<String> for Phrase {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if words(&text).is_empty() {
            return Err("there is no word");
        }
        Ok(Self(text))
    }
}

/// Phrases, separated by `|`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Phrases(pub(crate) String);

impl TryFrom<String> for Phrases {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.split('|').any(|phrase| words(phrase).is_empty()) {
            return Err("there is no word before, between or behind |");
        }
        Ok(Self(text))
    }
}

/// How surely something is meant.
#[derive(Deserialize)]
#[serde(try_from = "f32")]
pub(crate) struct Weight(pub(crate) f32);

impl TryFrom<f32> for Weight {
    type Error = &'static str;

    fn try_from(weight: f32) -> Result<Self, Self::Error> {
        if weight > 0.0 && weight <= 1.0 {
            Ok(Self(weight))
        } else {
            Err("a weight is more than 0 and at most 1")
        }
    }
}

/// A row of `noise.csv`, `compounds.csv` or `names.csv`: a word, and what it is there for.
#[derive(Deserialize)]
pub(crate) struct UseRow<T> {
    pub(crate) word: String,
    #[serde(rename = "use")]
    pub(crate) usage: T,
}

#[derive(Deserialize)]
pub(crate) struct ThemeRow {
    pub(crate) theme: String,
    pub(crate) words: String,
    /// Further words that tell the theme of a question; offerings do not have them by their theme.
    #[serde(default)]
    pub(crate) tells: String,
}

/// The tables of what people type.
pub(crate) const EVERYDAY: [&str; 3] = ["everyday.csv", "languages.csv", "upl.csv"];
/// The tables by name, as they are shipped.
const SHIPPED: [(&str, &str); 7] = [
    ("everyday.csv", include_str!("../../data/synonyms/everyday.csv")),
    ("languages.csv", include_str!("../../data/synonyms/languages.csv")),
    ("upl.csv", include_str!("../../data/synonyms/upl.csv")),
    ("noise.csv", include_str!("../../data/synonyms/noise.csv")),
    ("compounds.csv", include_str!("../../data/synonyms/compounds.csv")),
    ("names.csv", include_str!("../../data/synonyms/names.csv")),
    ("themes.csv", include_str!("../../data/synonyms/themes.csv")),
];

/// A table as it is shipped; empty if there is none of that name.
pub(crate) fn shipped(name: &str) -> String {
    let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
    shipped.map_or_else(String::new, |(_, text)| (*text).to_owned())
}

/// A table of a folder; the shipped one if the folder lacks it.
pub(crate) fn in_folder(folder: &Path, name: &str) -> Result<String, LexiconError> {
    let path = folder.join(name);
    if !path.exists() {
        return Ok(shipped(name));
    }
    std::fs::read_to_string(&path).map_err(|error| LexiconError::Io(path.display().to_string(), error))
}

pub(crate) fn rows<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<Vec<T>, LexiconError> {
    let mut rows = Vec::new();
    each_row(file, text, |row| rows.push(row))?;
    Ok(rows)
}

pub(crate) fn each_row<T: for<'de> Deserialize<'de>>(
    file: &str,
    text: &str,
    mut take: impl FnMut(T),
) -> Result<(), LexiconError> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    for row in reader.deserialize() {
        take(row.map_err(|error| LexiconError::Row {
            file: file.to_owned(),
            reason: error.to_string(),
        })?);
    }
    Ok(())
}
