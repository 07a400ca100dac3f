//! What a file is, by its ending and its beginning.

mod keys;

use std::{io::Read, path::Path};

use fs_err as fs;
use serde::Deserialize;

use super::{
    File, Reading, Rows, SourceError, calendar, csv_file, files, geojson, gids, hsds, json_ld, json_lines,
    spreadsheet,
};

/// What the files of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// JSON Lines in the native format.
    JsonLines,
    /// A table with a header, in the native format or by a mapping.
    Csv,
    /// The first sheet of an XLSX, XLS, XLSB or ODS file, as a table.
    Spreadsheet,
    /// GeoJSON points, by a mapping.
    Geojson,
    /// G!DS products and organisations, in XML or JSON.
    Gids,
    /// Open Referral HSDS: JSON, or the tables of a data package.
    Hsds,
    /// Events of an iCalendar file.
    Icalendar,
    /// schema.org courses, events and services in JSON-LD.
    JsonLd,
    /// None that is known.
    #[serde(skip)]
    Unknown,
}

impl Format {
    /// Its name in `nabij.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "json-lines",
            Self::Csv => "csv",
            Self::Spreadsheet => "spreadsheet",
            Self::Geojson => "geojson",
            Self::Gids => "gids",
            Self::Hsds => "hsds",
            Self::Icalendar => "icalendar",
            Self::JsonLd => "json-ld",
            Self::Unknown => "unknown",
        }
    }

    /// The rows of files of this format.
    pub(super) fn read(self, files: Vec<File>, reading: &Reading) -> Result<Rows, SourceError> {
        let mapping = reading.mapping.clone();
        let how = reading.clone();
        match self {
            Self::JsonLines => files::one_by_one(files, reading, json_lines::rows),
            Self::Csv => {
                files::one_by_one(files, reading, move |file| csv_file::rows(file, mapping.as_ref()))
            }
            Self::Spreadsheet => files::one_by_one(files, reading, move |file| {
                spreadsheet::rows(file, mapping.as_ref())
            }),
            Self::Geojson => {
                files::one_by_one(files, reading, move |file| geojson::rows(file, mapping.as_ref()))
            }
            Self::Gids => gids::rows(files, reading),
            Self::Hsds => hsds::rows(files, reading),
            Self::Icalendar => files::one_by_one(files, reading, move |file| calendar::rows(file, &how)),
            Self::JsonLd => files::one_by_one(files, reading, move |file| json_ld::rows(file, &how)),
            Self::Unknown => files::one_by_one(files, reading, |file| {
                Err(SourceError::UnknownFormat(file.path.clone()))
            }),
        }
    }
}

/// How much of a file is looked at.
const HEAD: u64 = 1 << 16;

/// The format of a file, if it can be told.
pub(super) fn sniff(path: &Path) -> Result<Option<Format>, SourceError> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let ending = files::ending(path);
    Ok(match ending.as_str() {
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "csv" | "tsv" => Some(Format::Csv),
        "xlsx" | "xls" | "xlsb" | "ods" => Some(Format::Spreadsheet),
        "ics" => Some(Format::Icalendar),
        "jsonld" => Some(Format::JsonLd),
        "geojson" => Some(Format::Geojson),
        _ => by_content(&head),
    })
}

fn by_content(head: &[u8]) -> Option<Format> {
    let text = files::decode(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.as_bytes().first()? {
        b'B' if text.starts_with("BEGIN:VCALENDAR") => Some(Format::Icalendar),
        b'{' | b'[' => by_keys(&keys::keys(text)),
        b'<' if ["<product", "<organisatie"].iter().any(|tag| text.contains(tag)) => Some(Format::Gids),
        _ => None,
    }
}

fn by_keys(keys: &[String]) -> Option<Format> {
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    Some(match () {
        () if has(&["features", "geometry"]) => Format::Geojson,
        () if has(&["@context", "@graph", "@type"]) => Format::JsonLd,
        () if has(&["productId", "organisatieId"]) => Format::Gids,
        () if has(&["title"]) && has(&["kind"]) => Format::JsonLines,
        () if has(&[
            "service_at_locations",
            "location_type",
            "organization",
            "organization_identifiers",
            "taxonomy_terms",
            "term_uri",
            "openapi_url",
            "total_items",
            "contents",
        ]) || (has(&["service", "services"]) && has(&["location", "id"]))
            || (has(&["uri"]) && has(&["version"])) =>
        {
            Format::Hsds
        }
        () => return None,
    })
}
