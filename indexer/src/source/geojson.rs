//! GeoJSON: a collection of features, of which the points have a place. A mapping says which property is which
//! field.

use std::sync::Arc;

use nabij_offering::{Draft, Field};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{File, Row, RowError, Rows, Sample, SourceError};
use crate::mapping::Mapping;

/// What of RFC 7946 is needed; everything else of a feature is passed over.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Value>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

pub(super) fn rows(file: &File, mapping: Option<&Mapping>) -> Result<Rows, SourceError> {
    let mapping = mapping
        .cloned()
        .ok_or_else(|| SourceError::NoMapping(file.path.clone()))?;
    let collection = collection(file)?;
    let label = Arc::clone(&file.label);
    Ok(Box::new((1..).zip(collection.features).map(
        move |(line, feature)| {
            let feature: Result<Feature, _> = serde_json::from_value(feature);
            let draft = feature.map(|feature| draft(feature, &mapping));
            Ok(Row::new(&label, line, draft.map_err(RowError::Json)))
        },
    )))
}

fn draft(feature: Feature, mapping: &Mapping) -> Draft {
    let properties = feature.properties.unwrap_or_default();
    let mut draft = mapping.apply(|name| properties.get(name).and_then(text));
    if let Some(geometry) = feature.geometry.filter(|geometry| geometry.kind == "Point") {
        for (field, at) in [(Field::Lon, 0), (Field::Lat, 1)] {
            if let Some(number) = geometry.coordinates.get(at).and_then(text) {
                draft.set(field, &number);
            }
        }
    }
    draft
}

/// The names of all properties, and the values of the first features.
pub(super) fn sample(file: &File, count: usize) -> Result<Sample, SourceError> {
    let features = collection(file)?.features.into_iter().take(count);
    let features: Vec<Map<String, Value>> = features
        .filter_map(|feature| serde_json::from_value::<Feature>(feature).ok()?.properties)
        .collect();
    let mut names: Vec<String> = Vec::new();
    for name in features.iter().flat_map(Map::keys) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let row = |feature: &Map<String, Value>| {
        let value = |name: &String| feature.get(name).and_then(text).unwrap_or_default();
        names.iter().map(value).collect()
    };
    let rows = features.iter().map(row).collect();
    Ok((names, rows))
}

fn collection(file: &File) -> Result<Collection, SourceError> {
    serde_json::from_str(&file.whole()?)
        .map_err(|error| file.malformed("a GeoJSON feature collection", error))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
