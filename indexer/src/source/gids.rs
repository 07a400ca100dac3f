//! G!DS, the database behind HetInformatiepunt.nl: products and organisations as its middleware gives them, in XML or
//! JSON. `docs/formats/gids.md` is the mapping in words.
//!
//! The files are read twice: first for the organisations, and for which of a list and a detail of one product says
//! more; then product by product.

mod offering;
mod record;
mod xml;

use std::{collections::HashSet, sync::Arc};

use super::{
    File, Reading, Remark, Row, RowError, Rows, SourceError,
    files::{ending, unread},
    repeated::Repeated,
};
use crate::{classes::Classes, organisations::Organisations};
use offering::Reader;
use record::{Kind, Record};

pub(super) fn rows(files: Vec<File>, reading: &Reading) -> Result<Rows, SourceError> {
    let classes = match &reading.classes {
        Some(classes) => classes.clone(),
        None => Classes::shipped(
            "data/gids/aanbodsoorten.csv",
            include_str!("../../../data/gids/aanbodsoorten.csv"),
        )?,
    };
    let alone = reading.alone;
    let mut organisations = Organisations::default();
    let mut repeated = Repeated::default();
    for file in &files {
        match records(file) {
            // Said when the file is read for its products.
            Err(_) if !alone => {}
            Err(error) => return Err(error),
            Ok(records) => {
                for record in records.filter_map(|(_, record)| record.ok()) {
                    match record.kind {
                        Kind::Organisation => {
                            organisations.insert(record.id(), offering::organisation(&record.value));
                        }
                        Kind::Product => {
                            repeated.add(&file.label, &record.id(), record.length());
                        }
                    }
                }
            }
        }
    }
    Ok(Box::new(Products {
        reader: Reader {
            classes,
            organisations,
            mapping: reading.mapping.clone(),
            today: reading.today,
        },
        repeated,
        named: HashSet::new(),
        files: files.into_iter(),
        current: None,
    }))
}

/// The second reading: product by product.
struct Products {
    reader: Reader,
    /// Which record of each product says most.
    repeated: Repeated,
    /// Fields that were said not to be read.
    named: HashSet<String>,
    files: std::vec::IntoIter<File>,
    current: Option<(File, Records)>,
}

impl Iterator for Products {
    type Item = Result<Row, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((file, records)) = &mut self.current else {
                let file = self.files.next()?;
                match records(&file) {
                    Ok(records) => self.current = Some((file, records)),
                    Err(error) => return unread(&file, error).next(),
                }
                continue;
            };
            let Some((line, record)) = records.next() else {
                self.current = None;
                continue;
            };
            let label = Arc::clone(&file.label);
            match record {
                Err(error) => return Some(Ok(Row::new(&label, line, Err(error)))),
                Ok(record)
                    if record.kind == Kind::Product
                        && self.repeated.counts(&record.id(), record.length()) =>
                {
                    let mut row = self.reader.row(&label, line, &record.value);
                    row.remarks.extend(self.repeated.remark(&record.id()));
                    row.remarks.extend(self.not_read(&record));
                    return Some(Ok(row));
                }
                Ok(_) => {}
            }
        }
    }
}

impl Products {
    /// A remark for each field that nothing reads, once.
    fn not_read(&mut self, record: &Record) -> Vec<Remark> {
        let names = record
            .names()
            .filter(|name| !offering::READ.contains(&name.to_lowercase().as_str()));
        let new: Vec<String> = names
            .filter(|name| !self.named.contains(*name))
            .map(str::to_owned)
            .collect();
        self.named.extend(new.iter().cloned());
        let remark = |name: String| {
            let problem = format!("`{name}` is a field that is not read, here and in every product");
            Remark::new(
                None,
                "field_not_read",
                problem,
                "nothing, unless residents need it",
            )
        };
        new.into_iter().map(remark).collect()
    }
}

type Records = Box<dyn Iterator<Item = (u64, Result<Record, RowError>)> + Send>;

/// The products and organisations in a file.
fn records(file: &File) -> Result<Records, SourceError> {
    if ending(&file.path) == "json" {
        let value: serde_json::Value =
            serde_json::from_str(&file.whole()?).map_err(|error| file.malformed("G!DS in JSON", error))?;
        let records = record::find(value);
        return Ok(Box::new((1..).zip(records.into_iter().map(Ok))));
    }
    let elements = xml::Elements::new(file.text()?, &record::ELEMENTS);
    Ok(Box::new(elements.map(|(line, element)| {
        let record = element.map(|element| Record::new(&element.name, element.value));
        (line, record)
    })))
}
