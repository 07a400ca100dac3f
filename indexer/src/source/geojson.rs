//! GeoJSON: a collection of features, of which the points have a place. A mapping says which property is which
//! field.

use std::sync::Arc;

use nabij_offering::Field;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{File, Row, Rows, SourceError};
use crate::mapping::Mapping;

/// What of RFC 7946 is needed; everything else of a feature is passed over.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
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
    let collection: Collection = serde_json::from_str(&file.whole()?)
        .map_err(|error| file.malformed("a GeoJSON feature collection", error))?;
    let label = Arc::clone(&file.label);
    Ok(Box::new((1..).zip(collection.features).map(
        move |(line, feature)| {
            let properties = feature.properties.unwrap_or_default();
            let mut draft = mapping.apply(|name| properties.get(name).and_then(text));
            if let Some(geometry) = feature.geometry.filter(|geometry| geometry.kind == "Point") {
                for (field, at) in [(Field::Lon, 0), (Field::Lat, 1)] {
                    if let Some(number) = geometry.coordinates.get(at).and_then(text) {
                        draft.set(field, &number);
                    }
                }
            }
            Ok(Row::new(&label, line, Ok(draft)))
        },
    )))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
