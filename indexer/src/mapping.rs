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
//! [values.kind]                  # replaces values
//! Buurtkamer = "informal"
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
    fields: BTreeMap<Field, Properties>,
    #[serde(default)]
    constants: BTreeMap<Field, String>,
    #[serde(default)]
    prefixes: BTreeMap<Field, String>,
    #[serde(default)]
    values: BTreeMap<Field, BTreeMap<String, String>>,
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
            let value = value.join(" ");
            let value = self
                .values
                .get(field)
                .and_then(|values| values.get(&value))
                .unwrap_or(&value);
            let prefix = self.prefixes.get(field).map_or("", String::as_str);
            draft.set(*field, &format!("{prefix}{value}"));
        }
        draft
    }
}
