//! Open Referral HSDS 3.x and 1.1, and its UK profile: JSON documents and the tables of a data package.
//!
//! A service at one location is one offering; a service at three is three, because a resident looks for the nearest.

mod documents;
mod lost;
mod native;
mod offering;
mod record;
mod schedule;
mod tables;

use super::{File, Reading, Rows, SourceError, files::ending};
use crate::classes::Classes;

/// What to do about a link that leads nowhere.
const BROKEN_LINK: &str = "mend the identifier, or take the row out";

pub(super) fn rows(files: Vec<File>, reading: &Reading) -> Result<Rows, SourceError> {
    let classes = match &reading.classes {
        Some(classes) => classes.clone(),
        None => Classes::shipped(
            "data/hsds/terms.csv",
            include_str!("../../../data/hsds/terms.csv"),
        )?,
    };
    let reader = offering::Reader {
        classes,
        mapping: reading.mapping.clone(),
        today: reading.today,
    };
    let (tables, documents): (Vec<File>, Vec<File>) = files
        .into_iter()
        .partition(|file| matches!(ending(&file.path).as_str(), "csv" | "tsv"));
    let documents = documents::rows(documents, reading, reader.clone())?;
    if tables.is_empty() {
        return Ok(documents);
    }
    Ok(Box::new(tables::rows(&tables, &reader)?.chain(documents)))
}
