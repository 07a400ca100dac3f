//! Which property of a foreign source is which field: a small TOML file.
//!
//! ```toml
//! [fields]                       # field = property, or several joined by spaces
//! title = "naam"
//! house_number = ["huisnummer", "huisletter"]
//! id = "vestigingscode"
//!
//! [constants]                    # field = value, where the property gives none
//! kind = "formal"
//!
//! [prefixes]                     # put before a value
//! id = "duo-"
//!
//! [values.kind]                  # replaces values; of a list, each item
//! Buurtkamer = "informal"
//!
//! [separators]                   # between the items of a list, where that is not `|`
//! themes = ","
//! ```

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use fs_err as fs;
use nabij_offering::{Draft, Field};
use serde::Deserialize;

/// Which property is which field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    #[serde(default)]
    fields: BTreeMap<Field, Properties>,
    #[serde(default)]
    constants: BTreeMap<Field, String>,
    #[serde(default)]
    prefixes: BTreeMap<Field, String>,
    #[serde(default)]
    values: BTreeMap<Field, BTreeMap<String, String>>,
    #[serde(default)]
    separators: BTreeMap<Field, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Properties {
    One(String),
    Joined(Vec<String>),
}

/// A mapping file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is no mapping.
    #[error("{path} is not a mapping: {source}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        source: toml::de::Error,
    },
}

impl Properties {
    fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Joined(names) => names,
        }
    }
}

impl Mapping {
    /// Reads a mapping file.
    pub fn read(path: &Path) -> Result<Self, MappingError> {
        let text = fs::read_to_string(path)?;
        toml::from_str(&text).map_err(|source| MappingError::Toml {
            path: path.to_owned(),
            source,
        })
    }

    /// Every property that is asked for.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.fields
            .values()
            .flat_map(Properties::names)
            .map(String::as_str)
    }

    /// The draft of a row, whose properties `get` knows.
    pub(crate) fn apply(&self, get: impl Fn(&str) -> Option<String>) -> Draft {
        let mut draft = Draft::default();
        for (field, value) in &self.constants {
            draft.set(*field, value);
        }
        for (field, properties) in &self.fields {
            let parts: Vec<String> = properties.names().iter().filter_map(|name| get(name)).collect();
            let value = parts
                .iter()
                .map(|part| part.trim())
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>();
            if value.is_empty() {
                continue;
            }
            let value = self.replaced(*field, &value.join(" "));
            let prefix = self.prefixes.get(field).map_or("", String::as_str);
            draft.set(*field, &format!("{prefix}{value}"));
        }
        draft
    }

    /// The value that stands for this one; of a list, item by item.
    fn replaced(&self, field: Field, value: &str) -> String {
        let replace = |value: &str| {
            let replacement = self.values.get(&field).and_then(|values| values.get(value));
            replacement.map_or_else(|| value.to_owned(), String::clone)
        };
        if !field.is_list() {
            return replace(value);
        }
        let separator = self.separators.get(&field).map_or("|", String::as_str);
        let items: Vec<String> = value.split(separator).map(|item| replace(item.trim())).collect();
        items.join("|")
    }

    /// The draft with the constants where it holds nothing.
    pub(crate) fn complete(&self, draft: &mut Draft) {
        for (field, value) in &self.constants {
            if draft.get(*field).is_none() {
                draft.set(*field, value);
            }
        }
    }
}
