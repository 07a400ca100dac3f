//! HSDS 3.0 as a tabular data package: a CSV a table, and `datapackage.json` that says which.
//!
//! The tables are the services of [`hsds`](crate::hsds) taken apart: what is nested there is a row of its own here, with
//! the identifier of what it was nested in.

use std::{
    collections::{BTreeMap, HashSet},
    io::Write,
};

use nabij_offering::{Offering, spreadsheet_safe};
use serde_json::{Map, Value, json};

use crate::hsds;

/// A table: its name in HSDS, that of its file, and its columns.
struct Table {
    name: &'static str,
    file: &'static str,
    columns: &'static [&'static str],
}

/// The tables that we fill.
const TABLES: [Table; 13] = [
    Table {
        name: "organization",
        file: "organizations.csv",
        columns: &["id", "name", "description"],
    },
    Table {
        name: "service",
        file: "services.csv",
        columns: &[
            "id",
            "organization_id",
            "name",
            "description",
            "url",
            "email",
            "status",
            "fees_description",
            "assured_date",
        ],
    },
    Table {
        name: "phone",
        file: "phones.csv",
        columns: &["id", "service_id", "number"],
    },
    Table {
        name: "schedule",
        file: "schedules.csv",
        columns: &[
            "id",
            "service_id",
            "valid_from",
            "valid_to",
            "dtstart",
            "freq",
            "byday",
            "description",
            "opens_at",
            "closes_at",
        ],
    },
    Table {
        name: "service_area",
        file: "service_areas.csv",
        columns: &["id", "service_id", "name", "extent", "extent_type"],
    },
    Table {
        name: "language",
        file: "languages.csv",
        columns: &["id", "service_id", "name", "code"],
    },
    Table {
        name: "cost_option",
        file: "cost_options.csv",
        columns: &[
            "id",
            "service_id",
            "option",
            "currency",
            "amount",
            "amount_description",
        ],
    },
    Table {
        name: "service_at_location",
        file: "service_at_location.csv",
        columns: &["id", "service_id", "location_id"],
    },
    Table {
        name: "location",
        file: "locations.csv",
        columns: &[
            "id",
            "location_type",
            "latitude",
            "longitude",
            "external_identifier",
            "external_identifier_type",
        ],
    },
    Table {
        name: "address",
        file: "addresses.csv",
        columns: &[
            "id",
            "location_id",
            "address_1",
            "city",
            "state_province",
            "postal_code",
            "country",
            "address_type",
        ],
    },
    Table {
        name: "accessibility",
        file: "accessibility.csv",
        columns: &["id", "location_id", "description"],
    },
    Table {
        name: "attribute",
        file: "attributes.csv",
        columns: &[
            "id",
            "link_id",
            "taxonomy_term_id",
            "link_type",
            "link_entity",
            "value",
        ],
    },
    Table {
        name: "taxonomy_term",
        file: "taxonomy_terms.csv",
        columns: &["id", "code", "name", "description", "taxonomy"],
    },
];

/// A data package that is being written.
#[derive(Debug)]
pub struct TabularPackage<W: Write> {
    tables: BTreeMap<&'static str, csv::Writer<W>>,
    /// The rows that many services share, by identifier.
    shared: HashSet<String>,
}

impl<W: Write> TabularPackage<W> {
    /// Begins the tables. `create` opens a file of the package by its name.
    pub fn begin(mut create: impl FnMut(&str) -> Result<W, std::io::Error>) -> Result<Self, std::io::Error> {
        let description = serde_json::to_vec_pretty(&datapackage())?;
        let mut file = create("datapackage.json")?;
        file.write_all(&description)?;
        file.flush()?;
        let mut tables = BTreeMap::new();
        for table in &TABLES {
            let mut writer = csv::Writer::from_writer(create(table.file)?);
            writer
                .write_record(table.columns)
                .map_err(std::io::Error::other)?;
            tables.insert(table.name, writer);
        }
        Ok(Self {
            tables,
            shared: HashSet::new(),
        })
    }

    /// Writes an offering.
    pub fn write(&mut self, offering: &Offering) -> Result<(), std::io::Error> {
        let Value::Object(mut service) = hsds::service(offering) else {
            return Ok(());
        };
        let id = service.get("id").cloned().unwrap_or_default();
        // A table needs an organisation where the JSON does not.
        let nobody = json!({"id": hsds::nobody(), "name": "-", "description": "-"});
        let organisation = service.remove("organization").unwrap_or(nobody);
        service.insert(
            "organization_id".to_owned(),
            organisation.get("id").cloned().unwrap_or_default(),
        );
        self.shared("organization", &organisation)?;
        for (name, table) in [
            ("phones", "phone"),
            ("schedules", "schedule"),
            ("service_areas", "service_area"),
            ("languages", "language"),
            ("cost_options", "cost_option"),
        ] {
            for row in rows(&mut service, name) {
                self.row(table, &with(row, "service_id", &id))?;
            }
        }
        for mut link in rows(&mut service, "service_at_locations") {
            let mut location = link.remove("location").and_then(into_map).unwrap_or_default();
            let at = location.get("id").cloned().unwrap_or_default();
            for (name, table) in [("addresses", "address"), ("accessibility", "accessibility")] {
                for row in rows(&mut location, name) {
                    self.row(table, &with(row, "location_id", &at))?;
                }
            }
            self.row("location", &location)?;
            self.row(
                "service_at_location",
                &with(with(link, "location_id", &at), "service_id", &id),
            )?;
        }
        for mut attribute in rows(&mut service, "attributes") {
            let term = attribute.remove("taxonomy_term").unwrap_or_default();
            self.shared("taxonomy_term", &term)?;
            self.row("attribute", &attribute)?;
        }
        self.row("service", &service)
    }

    /// Ends the tables.
    pub fn finish(mut self) -> Result<(), std::io::Error> {
        self.tables.values_mut().try_for_each(csv::Writer::flush)
    }

    /// A row that is written once, however many services have it.
    fn shared(&mut self, table: &str, row: &Value) -> Result<(), std::io::Error> {
        let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
        match row.as_object() {
            Some(row) if self.shared.insert(id.to_owned()) => self.row(table, row),
            _ => Ok(()),
        }
    }

    fn row(&mut self, table: &str, row: &Map<String, Value>) -> Result<(), std::io::Error> {
        let columns = TABLES
            .iter()
            .find(|known| known.name == table)
            .map_or(&[][..], |known| known.columns);
        let value = |column: &&str| match row.get(*column) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => spreadsheet_safe(text).into_owned(),
            Some(other) => other.to_string(),
        };
        match self.tables.get_mut(table) {
            Some(writer) => writer
                .write_record(columns.iter().map(value))
                .map_err(std::io::Error::other),
            None => Ok(()),
        }
    }
}

fn rows(object: &mut Map<String, Value>, name: &str) -> Vec<Map<String, Value>> {
    match object.remove(name) {
        Some(Value::Array(rows)) => rows.into_iter().filter_map(into_map).collect(),
        _ => Vec::new(),
    }
}

fn into_map(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn with(mut row: Map<String, Value>, name: &str, id: &Value) -> Map<String, Value> {
    row.insert(name.to_owned(), id.clone());
    row
}

/// The description of the package (Frictionless Data, tabular data package).
fn datapackage() -> Value {
    let resource = |table: &Table| {
        let number = |column: &str| matches!(column, "latitude" | "longitude" | "amount");
        let field =
            |column: &&str| json!({"name": column, "type": if number(column) { "number" } else { "string" }});
        json!({
            "name": table.name,
            "path": table.file,
            "format": "csv",
            "mediatype": "text/csv",
            "profile": "tabular-data-resource",
            "schema": {"primaryKey": "id", "fields": table.columns.iter().map(field).collect::<Vec<_>>()},
        })
    };
    json!({
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "title": "HSDS 3.0",
        "resources": TABLES.iter().map(resource).collect::<Vec<_>>(),
    })
}
