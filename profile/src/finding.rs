//! What is wrong with a profile, and where.

use std::{fmt, path::PathBuf};

/// What is wrong with a profile: the file, the line, the field, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub file: PathBuf,
    /// The line in it, from 1.
    pub line: usize,
    /// The field, with its table: `theme.accent`.
    pub field: String,
    /// What is wrong with it, and what would be right.
    pub message: String,
    /// Whether the profile works all the same.
    pub is_note: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file, line, message, ..
        } = self;
        write!(f, "{}, line {line}: ", file.display())?;
        if !self.field.is_empty() {
            write!(f, "`{}`: ", self.field)?;
        }
        f.write_str(message)
    }
}
