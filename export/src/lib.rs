//! Offerings in the formats that others read: native JSON Lines and CSV, GeoJSON, schema.org JSON-LD, Open Referral
//! HSDS 3.0 (JSON and tabular), and a bulk file for `OpenSearch` or Elasticsearch.
//!
//! Pure: what is written goes into a `Write` that the caller opens. An [`Export`] writes one document however many
//! offerings go through it, and holds none of them.

mod geojson;
pub mod hsds;
mod json_ld;
mod opensearch;
mod tabular;
mod weekly;

use std::{io::Write, str::FromStr};

use nabij_offering::{Draft, Field, Offering, Place, Precision, spreadsheet_safe};
use serde_json::Value;

pub use opensearch::mapping;
pub use tabular::TabularPackage;

/// A format in which offerings go out, as one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The native format, an object a line.
    JsonLines,
    /// The native format as a table.
    Csv,
    /// A feature collection (RFC 7946).
    GeoJson,
    /// schema.org: courses, events and services.
    JsonLd,
    /// HSDS 3.0: a list of services.
    Hsds,
    /// The bulk requests of `OpenSearch` and Elasticsearch; see [`mapping`].
    OpenSearch,
}

/// A name that is no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a format; known are jsonl, csv, geojson, jsonld, hsds, opensearch")]
pub struct UnknownFormat(String);

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [
        Self::JsonLines,
        Self::Csv,
        Self::GeoJson,
        Self::JsonLd,
        Self::Hsds,
        Self::OpenSearch,
    ];

    /// Its name in the API and the command.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::JsonLd => "jsonld",
            Self::Hsds => "hsds",
            Self::OpenSearch => "opensearch",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::JsonLines => "application/jsonl",
            Self::Csv => "text/csv; charset=utf-8",
            Self::GeoJson => "application/geo+json",
            Self::JsonLd => "application/ld+json",
            Self::Hsds => "application/json",
            Self::OpenSearch => "application/x-ndjson",
        }
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let known = Self::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A document that is being written.
#[derive(Debug)]
pub struct Export<W> {
    format: Format,
    out: W,
    written: u64,
}

impl<W: Write> Export<W> {
    /// Begins the document.
    pub fn begin(format: Format, mut out: W) -> Result<Self, std::io::Error> {
        match format {
            Format::Csv => {
                let names: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
                writeln!(out, "{}", names.join(","))?;
            }
            Format::GeoJson => out.write_all(geojson::BEGIN)?,
            Format::JsonLd => out.write_all(json_ld::BEGIN)?,
            Format::Hsds => out.write_all(hsds::BEGIN)?,
            Format::JsonLines | Format::OpenSearch => {}
        }
        Ok(Self {
            format,
            out,
            written: 0,
        })
    }

    /// Writes an offering.
    pub fn write(&mut self, offering: &Offering) -> Result<(), std::io::Error> {
        let separated = matches!(self.format, Format::GeoJson | Format::JsonLd | Format::Hsds);
        if separated && self.written > 0 {
            self.out.write_all(b",\n")?;
        }
        self.written += 1;
        match self.format {
            Format::JsonLines => writeln!(self.out, "{}", Value::Object(offering.to_draft().to_json())),
            Format::Csv => write_record(&mut self.out, &offering.to_draft()),
            Format::GeoJson => write!(self.out, "{}", geojson::feature(offering)),
            Format::JsonLd => write!(self.out, "{}", json_ld::node(offering)),
            Format::Hsds => write!(self.out, "{}", hsds::service(offering)),
            Format::OpenSearch => opensearch::write(&mut self.out, offering),
        }
    }

    /// Ends the document.
    pub fn finish(mut self) -> Result<W, std::io::Error> {
        match self.format {
            Format::GeoJson => self.out.write_all(geojson::END)?,
            Format::JsonLd => self.out.write_all(json_ld::END)?,
            Format::Hsds => write!(self.out, "{}", hsds::end(self.written))?,
            Format::JsonLines | Format::Csv | Format::OpenSearch => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

fn write_record(out: &mut impl Write, draft: &Draft) -> Result<(), std::io::Error> {
    let mut table = csv::Writer::from_writer(out);
    let row = draft
        .to_record()
        .map(|value| spreadsheet_safe(value).into_owned());
    table.write_record(row).map_err(std::io::Error::other)?;
    table.flush()
}

/// How the position of an offering was found, beside its fields.
#[derive(serde::Deserialize)]
struct Found {
    precision: Precision,
}

/// An offering out of the JSON of all its fields that an index holds; none if it is not that.
pub fn from_detail(json: &[u8]) -> Option<Offering> {
    let draft: Draft = serde_json::from_slice(json).ok()?;
    let mut offering = draft.check().offering?;
    if let Some(Place { position, .. }) = offering.place {
        let Found { precision } = serde_json::from_slice(json).ok()?;
        offering.place = Some(Place { position, precision });
    }
    Some(offering)
}
