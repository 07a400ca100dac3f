//! `nabij doctor`: whether this host can run `nabij serve` with these settings, one line a check, in plain words.
//!
//! It takes the settings of `nabij serve` and looks at what they name. It changes nothing: where something must be
//! writable, a file is made and taken away again.

mod folders;
mod host;
mod index;
mod settings;

use std::{fmt, io::Write};

use anyhow::{Result, bail};

use super::Arguments;
use crate::{clock, settings::SettingsFile};

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// As it should be.
    Ok,
    /// It works, and somebody should look at it.
    Look,
    /// The server does not start, or something that was set does not work.
    Wrong,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Look => "look",
            Self::Wrong => "wrong",
        })
    }
}

/// A line of the answer.
#[derive(Debug)]
struct Check {
    verdict: Verdict,
    /// What was looked at, in a word.
    subject: &'static str,
    /// What was found, and what to do about it.
    words: String,
}

impl Check {
    fn ok(subject: &'static str, words: impl Into<String>) -> Self {
        Self::new(Verdict::Ok, subject, words)
    }

    fn look(subject: &'static str, words: impl Into<String>) -> Self {
        Self::new(Verdict::Look, subject, words)
    }

    fn wrong(subject: &'static str, words: impl Into<String>) -> Self {
        Self::new(Verdict::Wrong, subject, words)
    }

    fn new(verdict: Verdict, subject: &'static str, words: impl Into<String>) -> Self {
        // One line each, also of an error that has several.
        let words: String = words.into();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            verdict,
            subject,
            words,
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<5}  {:<12}  {}", self.verdict, self.subject, self.words)
    }
}

pub(crate) fn run(arguments: &Arguments, file: Option<&SettingsFile>) -> Result<()> {
    let now = clock::moment();
    let mut checks = settings::checks(arguments, file, now);
    checks.extend(index::checks(arguments, now));
    checks.extend(folders::checks(arguments));
    checks.extend(host::checks(arguments, now));
    let mut out = std::io::stdout().lock();
    for check in &checks {
        writeln!(out, "{check}")?;
    }
    match checks
        .iter()
        .filter(|check| check.verdict == Verdict::Wrong)
        .count()
    {
        0 => Ok(()),
        1 => bail!("1 thing is wrong"),
        wrong => bail!("{wrong} things are wrong"),
    }
}

/// Bytes in words: `451 MB`.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}
