//! Reading one value: a text, a list of words, a file beside the profile.

use std::{collections::HashSet, fmt, str::FromStr};

use fs_err as fs;

use super::Checker;
use crate::file::{List, Text};

impl Checker<'_> {
    /// A text with something in it, on one line.
    pub(super) fn text(&mut self, field: &str, text: &Text, most: usize) -> Option<String> {
        self.one(field, text, |text| {
            let text = text.trim();
            if text.is_empty() {
                return Err("is empty; leave it out instead".to_owned());
            }
            if text.chars().any(char::is_control) {
                return Err("must be one line".to_owned());
            }
            match text.chars().count() {
                count if count > most => Err(format!("has {count} characters; at most {most} fit")),
                _ => Ok(text.to_owned()),
            }
        })
    }

    pub(super) fn one<T>(
        &mut self,
        field: &str,
        text: &Text,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = text.as_ref()?;
        match read(text.get_ref()) {
            Ok(value) => Some(value),
            Err(message) => {
                self.report(field, &text.span(), message);
                None
            }
        }
    }

    /// The content of a file that a profile names. It must lie beside it.
    pub(super) fn beside(&mut self, field: &str, name: &Text) -> Option<Vec<u8>> {
        let folder = self.file.parent().unwrap_or_else(|| ".".as_ref()).to_owned();
        let bytes = self.one(field, name, |name| {
            if name.contains(['/', '\\']) {
                return Err("must lie beside the profile: a name without a folder".to_owned());
            }
            fs::read(folder.join(name)).map_err(|error| format!("cannot be read: {error}"))
        })?;
        self.hash.update(&bytes);
        Some(bytes)
    }

    /// Every value of a list, none twice. None if the file does not have the list.
    pub(super) fn list<T: PartialEq>(
        &mut self,
        field: &str,
        list: &List,
        most: usize,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let list = list.as_ref()?;
        let mut seen = HashSet::new();
        let mut values = Vec::with_capacity(list.len().min(most));
        for (at, text) in list.iter().enumerate() {
            let outcome = if at >= most {
                Err(format!("has {} values; at most {most} are read", list.len()))
            } else if seen.insert(text.get_ref().as_str()) {
                read(text.get_ref()).map_err(|message| format!("`{}` {message}", text.get_ref()))
            } else {
                Err(format!("`{}` stands here twice", text.get_ref()))
            };
            match outcome {
                Ok(value) => values.push(value),
                Err(message) => self.report(field, &text.span(), message),
            }
            if at >= most {
                break;
            }
        }
        Some(values)
    }

    pub(super) fn words<T, S>(&mut self, field: &str, list: &List) -> Option<S>
    where
        T: FromStr<Err: fmt::Display> + PartialEq,
        S: FromIterator<T>,
    {
        let words = self.list(field, list, 100, |word| {
            word.parse::<T>().map_err(|error| format!("is refused: {error}"))
        });
        words.map(|words| words.into_iter().collect())
    }
}
