//! The tables and services of HSDS: whole, and valid by its schemas.

use std::{cell::RefCell, collections::BTreeMap, io::Write, path::Path, rc::Rc};

use nabij_export::{TabularPackage, hsds};
use nabij_offering::Offering;
use serde_json::{Value, json};

use crate::{course_with_text_hours, full, national};

/// A file in memory, by its name.
#[derive(Clone, Default)]
struct Files(Rc<RefCell<BTreeMap<String, Vec<u8>>>>);

struct File(Files, String);

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .0
            .borrow_mut()
            .entry(self.1.clone())
            .or_default()
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn package(offerings: &[Offering]) -> BTreeMap<String, Vec<u8>> {
    let files = Files::default();
    let mut package = TabularPackage::begin(|name| Ok(File(files.clone(), name.to_owned()))).unwrap();
    for offering in offerings {
        package.write(offering).unwrap();
    }
    package.finish().unwrap();
    files.0.take()
}

fn rows(file: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(file)
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn every_row_of_the_tables_belongs_to_another() {
    let files = package(&[full(), national(), course_with_text_hours()]);
    let ids =
        |file: &str| -> Vec<String> { rows(&files[file]).iter().map(|row| row["id"].clone()).collect() };
    assert_eq!(ids("services.csv").len(), 3);
    for (file, column, other) in [
        ("services.csv", "organization_id", "organizations.csv"),
        ("phones.csv", "service_id", "services.csv"),
        ("schedules.csv", "service_id", "services.csv"),
        ("languages.csv", "service_id", "services.csv"),
        ("service_at_location.csv", "location_id", "locations.csv"),
        ("addresses.csv", "location_id", "locations.csv"),
        ("attributes.csv", "taxonomy_term_id", "taxonomy_terms.csv"),
        ("attributes.csv", "link_id", "services.csv"),
    ] {
        let known = ids(other);
        assert!(!rows(&files[file]).is_empty(), "{file}");
        assert!(
            rows(&files[file]).iter().all(|row| known.contains(&row[column])),
            "{file} {column}"
        );
    }
    let described: Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
    for resource in described["resources"].as_array().unwrap() {
        assert!(
            files.contains_key(resource["path"].as_str().unwrap()),
            "{resource}"
        );
    }
}

/// The schemas of HSDS 3.0, if they are there.
fn schema(name: &str) -> Option<jsonschema::Validator> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/hsds/openreferral-specification-3.0/schema/compiled")
        .join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("left out: {} is not there", path.display());
        return None;
    };
    let mut schema = serde_json::from_str(&text).unwrap();
    without_other_files(&mut schema);
    Some(
        jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap(),
    )
}

/// The compiled schema of the tables still names other files, for objects that no table can hold.
fn without_other_files(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.retain(|name, value| {
                name != "$ref" || value.as_str().is_some_and(|target| target.starts_with('#'))
            });
            object.values_mut().for_each(without_other_files);
        }
        Value::Array(items) => items.iter_mut().for_each(without_other_files),
        _ => {}
    }
}

fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> = schema
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

#[test]
fn services_are_valid_hsds() {
    let Some(schema) = schema("service_with_definitions.json") else {
        return;
    };
    assert!(
        !schema.is_valid(&json!({"id": "x", "status": "open"})),
        "the schema accepts anything"
    );
    for offering in [full(), national(), course_with_text_hours()] {
        assert_valid(&schema, &hsds::service(&offering));
    }
}

#[test]
fn tables_are_valid_hsds() {
    let Some(schema) = schema("tabular.json") else {
        return;
    };
    let files = package(&[full(), national(), course_with_text_hours()]);
    let described: Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
    let mut tables = serde_json::Map::new();
    for resource in described["resources"].as_array().unwrap() {
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let is_number = |name: &str| {
            fields
                .iter()
                .any(|field| field["name"] == name && field["type"] == "number")
        };
        let row = |row: BTreeMap<String, String>| -> Value {
            let filled = row.into_iter().filter(|(_, value)| !value.is_empty());
            filled
                .map(|(name, value)| {
                    let number = is_number(&name);
                    (
                        name,
                        if number {
                            json!(value.parse::<f64>().unwrap())
                        } else {
                            json!(value)
                        },
                    )
                })
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let rows = rows(&files[resource["path"].as_str().unwrap()])
            .into_iter()
            .map(row)
            .collect();
        tables.insert(resource["name"].as_str().unwrap().to_owned(), rows);
    }
    assert_valid(&schema, &Value::Object(tables));
}
