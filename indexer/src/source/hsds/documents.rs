//! HSDS as JSON: one object, a list, a page of an API, or several of these in a folder.
//!
//! An API gives a service twice: in a list, and whole. The longer of two with one identifier counts.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{offering::Reader, record::Service};
use crate::source::{
    File, Reading, Remark, Row, RowError, Rows, SourceError, files::unread, repeated::Repeated,
};

pub(super) fn rows(files: Vec<File>, reading: &Reading, reader: Reader) -> Result<Rows, SourceError> {
    let mut found = Vec::new();
    let mut broken: Vec<Row> = Vec::new();
    for file in files {
        match objects(&file) {
            Ok(objects) => found.extend(
                objects
                    .into_iter()
                    .map(|(at, object)| (Arc::clone(&file.label), at, object)),
            ),
            Err(error) if !reading.alone => broken.extend(unread(&file, error).flatten()),
            Err(error) => return Err(error),
        }
    }
    let services: Vec<Found> = found
        .into_iter()
        .flat_map(|(file, at, object)| services(&file, at, object))
        .collect();
    let mut repeated = Repeated::default();
    for service in &services {
        repeated.add(&service.file, &service.id, service.length);
    }
    let rows = services.into_iter().flat_map(move |service| {
        let Found {
            file,
            at,
            id,
            length,
            content,
        } = service;
        match content {
            _ if !repeated.counts(&id, length) => Vec::new(),
            Ok(object) => row(&reader, &file, at, object, repeated.remark(&id)),
            Err(error) => vec![Row::new(&file, at, Err(error))],
        }
    });
    Ok(Box::new(broken.into_iter().chain(rows).map(Ok)))
}

fn row(
    reader: &Reader,
    file: &Arc<str>,
    at: u64,
    object: Map<String, Value>,
    remark: Option<Remark>,
) -> Vec<Row> {
    match serde_json::from_value::<Service>(Value::Object(object)) {
        Ok(service) => reader.rows(file, at, &service, remark.into_iter().collect()),
        Err(error) => vec![Row::new(file, at, Err(RowError::Json(error)))],
    }
}

/// What stands where a record should.
const NO_OBJECT: RowError = RowError::Incomplete("a value that is no object");

/// A service in a file, or what is there instead.
struct Found {
    file: Arc<str>,
    at: u64,
    /// Empty if there is none.
    id: String,
    length: usize,
    content: Result<Map<String, Value>, RowError>,
}

/// The records of a file, numbered from 1.
fn objects(file: &File) -> Result<Vec<(u64, Value)>, SourceError> {
    let text = file.whole()?;
    let what = "HSDS in JSON";
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        let value = value.map_err(|error| file.malformed(what, error))?;
        match value {
            Value::Array(items) => values.extend(items),
            Value::Object(mut object) => {
                // 3.x calls the items of a page `contents`, older APIs `content`, `items` or `services`.
                let page = object.contains_key("total_items") || !object.contains_key("id");
                let list = ["contents", "content", "items", "services"]
                    .into_iter()
                    .find(|key| page && object.get(*key).is_some_and(Value::is_array));
                match list.and_then(|key| object.remove(key)) {
                    Some(Value::Array(items)) => values.extend(items),
                    _ => values.push(Value::Object(object)),
                }
            }
            other => values.push(other),
        }
    }
    Ok((1..).zip(values).collect())
}

/// The services in a record: itself, the one that a `service_at_location` is about, or those of an organisation.
fn services(file: &Arc<str>, at: u64, value: Value) -> Vec<Found> {
    let found = |content: Result<Map<String, Value>, RowError>| {
        let object = content.as_ref().ok();
        Found {
            file: Arc::clone(file),
            at,
            id: object
                .and_then(|object| object.get("id")?.as_str())
                .unwrap_or_default()
                .to_owned(),
            length: object.map_or(0, |object| {
                serde_json::to_string(object).map_or(0, |text| text.len())
            }),
            content,
        }
    };
    let Value::Object(mut object) = value else {
        return vec![found(Err(NO_OBJECT))];
    };
    if let Some(Value::Object(mut service)) = object.remove("service") {
        if !service.contains_key("service_at_locations") {
            service.insert(
                "service_at_locations".to_owned(),
                Value::Array(vec![Value::Object(object)]),
            );
        }
        return vec![found(Ok(service))];
    }
    if let Some(Value::Array(services)) = object.remove("services") {
        let organization = Value::Object(object);
        return services
            .into_iter()
            .map(|service| match service {
                Value::Object(mut service) => {
                    service
                        .entry("organization")
                        .or_insert_with(|| organization.clone());
                    found(Ok(service))
                }
                _ => found(Err(NO_OBJECT)),
            })
            .collect();
    }
    let other = other_record(&object).map(RowError::NotAnOffering);
    let nameless =
        || (!object.contains_key("name")).then_some(RowError::Incomplete("a record without a name"));
    let wrong = other.or_else(nameless);
    vec![found(wrong.map_or(Ok(object), Err))]
}

/// What a record of HSDS is, if it is no service.
fn other_record(object: &Map<String, Value>) -> Option<&'static str> {
    let has = |key: &str| object.contains_key(key);
    Some(match () {
        () if has("openapi_url") => "the description of an API",
        () if has("taxonomy_terms") || has("term_uri") || has("taxonomy") => "a taxonomy",
        () if has("organization_identifiers") || has("legal_status") || has("tax_status") => {
            "an organisation"
        }
        () if has("latitude") || has("location_type") || has("location") => "a location",
        () if has("uri") && has("version") => "a taxonomy",
        () => return None,
    })
}
