//! What visitors say is wrong, in a queue on disk for the editor.
//!
//! A line of JSON each, in one file a day. No address of the sender is kept; a limit for everyone together keeps
//! the queue from filling the disk.

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::Mutex,
};

use chrono::{DateTime, Utc};
use fs_err::OpenOptions;
use serde::Serialize;

/// How many messages are taken in an hour, from everyone together.
const MOST_IN_AN_HOUR: u32 = 60;
/// How long a message may be, in characters.
pub(crate) const LONGEST_MESSAGE: usize = 1_000;
/// How long the sender's telephone number or e-mail address may be, in characters.
pub(crate) const LONGEST_CONTACT: usize = 100;

/// What a visitor says is wrong.
#[derive(Debug, Serialize)]
pub(crate) struct Correction<'a> {
    /// When it came.
    pub(crate) at: DateTime<Utc>,
    /// Of which offering.
    pub(crate) offering: &'a str,
    /// Its title, for the editor's eye.
    pub(crate) title: &'a str,
    /// What is wrong.
    pub(crate) message: &'a str,
    /// How to reach the sender, if he wants an answer.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) contact: &'a str,
}

/// The queue.
#[derive(Debug)]
pub struct Corrections {
    folder: PathBuf,
    /// The hour since 1970, and how many messages came in it.
    taken: Mutex<(i64, u32)>,
}

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CorrectionError {
    /// Too many came in this hour.
    #[error("more than {MOST_IN_AN_HOUR} messages in an hour")]
    TooMany,
    /// The queue cannot be written.
    #[error("the queue of corrections cannot be written")]
    Io(#[from] io::Error),
}

impl Corrections {
    /// A queue in a folder, which is made if it is not there.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        fs_err::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            taken: Mutex::default(),
        })
    }

    /// Adds a message.
    pub(crate) fn add(&self, correction: &Correction<'_>) -> Result<(), CorrectionError> {
        // One message at a time; who panicked with the lock left nothing half done that matters.
        let mut taken = self
            .taken
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let hour = correction.at.timestamp() / 3_600;
        if taken.0 != hour {
            *taken = (hour, 0);
        }
        if taken.1 >= MOST_IN_AN_HOUR {
            return Err(CorrectionError::TooMany);
        }
        taken.1 += 1;
        let mut line = serde_json::to_vec(correction).map_err(io::Error::from)?;
        line.push(b'\n');
        let name = format!("{}.jsonl", correction.at.format("%Y-%m-%d"));
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.join(name))?;
        file.write_all(&line)?;
        file.sync_data()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(at: DateTime<Utc>) -> Correction<'static> {
        Correction {
            at,
            offering: "a",
            title: "Taalcafé",
            message: "De tijd\nklopt niet.",
            contact: "",
        }
    }

    #[test]
    fn a_message_is_a_line_and_an_hour_has_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let queue = Corrections::open(folder.path().join("queue")).unwrap();
        let at: DateTime<Utc> = "2026-11-24T10:00:00Z".parse().unwrap();
        for _ in 0..MOST_IN_AN_HOUR {
            queue.add(&correction(at)).unwrap();
        }
        assert!(matches!(
            queue.add(&correction(at)),
            Err(CorrectionError::TooMany)
        ));
        queue.add(&correction(at + chrono::Duration::hours(1))).unwrap();
        let text = fs_err::read_to_string(folder.path().join("queue/2026-11-24.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 61);
        assert!(text.starts_with(r#"{"at":"2026-11-24T10:00:00Z","offering":"a","title":"Taalcafé","message":"De tijd\nklopt niet."}"#), "{text}");
    }
}
