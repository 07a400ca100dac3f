//! What a source calls a type of offering → kind and themes: a small table that an editor can read and change.
//!
//! ```csv
//! term,kind,themes
//! "Formulieren invullen, hulp bij",practical_help,government|money
//! *,practical_help,
//! ```
//!
//! The row `*` stands for every term that has no row of its own.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use fs_err as fs;
use nabij_offering::{Draft, Field, Kind, Theme, ThemeSet};
use serde::Deserialize;

/// Which term is which kind and which themes.
#[derive(Debug, Clone)]
pub struct Classes(Arc<Tables>);

#[derive(Debug)]
struct Tables {
    terms: HashMap<String, Class>,
    rest: Option<Class>,
}

#[derive(Debug, Clone, Copy)]
struct Class {
    kind: Kind,
    themes: ThemeSet,
}

/// A table of kinds that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClassesError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A row of it is wrong.
    #[error("{path}:{line}: {reason}; a row is term,kind,themes")]
    Row {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

#[derive(Deserialize)]
struct Record {
    term: String,
    kind: String,
    #[serde(default)]
    themes: String,
}

impl Classes {
    /// Reads a table.
    pub fn read(path: &Path) -> Result<Self, ClassesError> {
        Self::parse(path, &fs::read_to_string(path)?)
    }

    /// The table that is shipped under this name.
    pub(crate) fn shipped(name: &str, text: &str) -> Result<Self, ClassesError> {
        Self::parse(Path::new(name), text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, ClassesError> {
        let mut tables = Tables {
            terms: HashMap::new(),
            rest: None,
        };
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        for record in reader.deserialize() {
            let wrong = |line: u64, reason: String| ClassesError::Row {
                path: path.to_owned(),
                line,
                reason,
            };
            let record: Record = record.map_err(|error: csv::Error| {
                wrong(error.position().map_or(1, csv::Position::line), error.to_string())
            })?;
            let class = class(&record).map_err(|reason| wrong(line_of(text, &record.term), reason))?;
            if record.term == "*" {
                tables.rest = Some(class);
            } else {
                tables.terms.insert(normal(&record.term), class);
            }
        }
        Ok(Self(Arc::new(tables)))
    }

    /// Gives the draft the kind of the first term that is known and the themes of all, where it has none yet.
    /// Returns the terms that are not in the table.
    pub(crate) fn apply<'a>(
        &self,
        terms: impl IntoIterator<Item = &'a str>,
        draft: &mut Draft,
    ) -> Vec<&'a str> {
        let mut kind = None;
        let mut themes = ThemeSet::EMPTY;
        let mut unknown = Vec::new();
        for term in terms {
            match self.0.terms.get(&normal(term)) {
                Some(class) => {
                    kind = kind.or(Some(class.kind));
                    class.themes.iter().for_each(|theme| themes.insert(theme));
                }
                None => unknown.push(term),
            }
        }
        if let (None, Some(rest)) = (kind, self.0.rest) {
            kind = Some(rest.kind);
            themes = rest.themes;
        }
        if let (None, Some(kind)) = (draft.get(Field::Kind), kind) {
            draft.set(Field::Kind, kind.name());
        }
        if draft.get(Field::Themes).is_none() {
            draft.set_list(Field::Themes, themes.iter());
        }
        unknown
    }
}

fn class(record: &Record) -> Result<Class, String> {
    let themes = record
        .themes
        .split('|')
        .map(str::trim)
        .filter(|theme| !theme.is_empty());
    Ok(Class {
        kind: record
            .kind
            .parse()
            .map_err(|error: nabij_offering::UnknownWord| error.to_string())?,
        themes: themes
            .map(|theme| theme.parse::<Theme>().map_err(|error| error.to_string()))
            .collect::<Result<_, _>>()?,
    })
}

fn line_of(text: &str, term: &str) -> u64 {
    (1..)
        .zip(text.lines())
        .find(|(_, line)| line.contains(term))
        .map_or(1, |(line, _)| line)
}

/// Spelling that does not matter: capitals, and white space.
fn normal(term: &str) -> String {
    term.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_term_gives_the_kind_and_all_give_themes() {
        let classes = Classes::shipped(
            "t",
            "term,kind,themes\nCursus,nonformal,language\n\"Taal, les\",formal,work|language\n*,informal,\n",
        )
        .unwrap();
        let mut draft = Draft::default();
        assert_eq!(
            classes.apply(["Yoga", "cursus", " taal,  les"], &mut draft),
            ["Yoga"]
        );
        assert_eq!(draft.get(Field::Kind), Some("nonformal"));
        assert_eq!(draft.get(Field::Themes), Some("language|work"));
        let mut draft = Draft::default();
        classes.apply([], &mut draft);
        assert_eq!(
            (draft.get(Field::Kind), draft.get(Field::Themes)),
            (Some("informal"), None)
        );
    }

    #[test]
    fn a_wrong_row_is_named_with_its_line() {
        let error =
            Classes::shipped("tabel.csv", "term,kind,themes\na,informal,\nb,informeel,\n").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("tabel.csv:3: `informeel` is not a kind"),
            "{error}"
        );
    }
}
