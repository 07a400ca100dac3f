//! The outlines of postcodes, from a GeoJSON file that the analyst brings.

use std::{collections::BTreeMap, io::Read};

use geojson::{FeatureCollection, GeometryValue, JsonValue};
use nabij_atlas::Pc4;

/// Outlines by four-digit postcode.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Areas {
    by_code: BTreeMap<Pc4, GeometryValue>,
    /// Features that could not be used: their number in the file, from 1, and why.
    pub rejected: Vec<(usize, String)>,
}

/// A file that holds no outlines.
#[derive(Debug, thiserror::Error)]
pub enum AreasError {
    /// It is no GeoJSON.
    #[error("not a GeoJSON feature collection")]
    GeoJson(#[from] serde_json::Error),
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// No feature is the outline of a postcode.
    #[error("no feature is a polygon with the property `postcode`; the first trouble: {0}")]
    Empty(String),
}

/// The properties in which a postcode may stand.
const PROPERTIES: [&str; 4] = ["postcode", "pc4", "postcode4", "pc4_code"];

impl Areas {
    /// Reads a feature collection of polygons in degrees (WGS 84), each with its postcode as a property. Of a code
    /// that stands there twice the first counts.
    pub fn read(mut from: impl Read) -> Result<Self, AreasError> {
        let mut text = String::new();
        from.read_to_string(&mut text)?;
        let collection: FeatureCollection = serde_json::from_str(&text)?;
        let mut areas = Self::default();
        for (number, feature) in (1..).zip(collection.features) {
            match outline(feature) {
                Ok((code, _)) if areas.by_code.contains_key(&code) => {
                    areas
                        .rejected
                        .push((number, format!("{code} stands here a second time")));
                }
                Ok((code, outline)) => {
                    areas.by_code.insert(code, outline);
                }
                Err(reason) => areas.rejected.push((number, reason)),
            }
        }
        if areas.by_code.is_empty() {
            let reason = areas.rejected.first().map_or("it is empty", |(_, reason)| reason);
            return Err(AreasError::Empty(reason.to_owned()));
        }
        Ok(areas)
    }

    /// The outline of a postcode.
    pub(crate) fn get(&self, code: Pc4) -> Option<&GeometryValue> {
        self.by_code.get(&code)
    }

    /// The postcodes that have an outline.
    pub fn codes(&self) -> impl Iterator<Item = Pc4> {
        self.by_code.keys().copied()
    }
}

fn outline(feature: geojson::Feature) -> Result<(Pc4, GeometryValue), String> {
    let value = PROPERTIES.iter().find_map(|name| feature.property(name));
    let text = match value {
        Some(JsonValue::String(text)) => text.clone(),
        Some(JsonValue::Number(number)) => number.to_string(),
        _ => return Err("it has no property `postcode`".to_owned()),
    };
    let code: u16 = text
        .trim()
        .parse()
        .map_err(|error| format!("`{text}` is not a four-digit postcode: {error}"))?;
    let code = Pc4::new(code).ok_or_else(|| format!("`{text}` is not a four-digit postcode"))?;
    match feature.geometry.map(|geometry| geometry.value) {
        Some(outline @ (GeometryValue::Polygon { .. } | GeometryValue::MultiPolygon { .. })) => {
            Ok((code, outline))
        }
        Some(other) => Err(format!("{code} is a {} and not a polygon", other.type_name())),
        None => Err(format!("{code} has no geometry")),
    }
}

/// The rings of an outline, each a list of longitude and latitude.
pub(crate) fn rings(outline: &GeometryValue) -> Vec<&[geojson::Position]> {
    match outline {
        GeometryValue::Polygon { coordinates } => coordinates.iter().map(Vec::as_slice).collect(),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().flatten().map(Vec::as_slice).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(features: &str) -> Result<Areas, AreasError> {
        Areas::read(format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#).as_bytes())
    }

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[4,52],[5,52],[5,53],[4,52]]]}"#;

    #[test]
    fn features_that_are_no_outline_are_told_by_number() {
        let feature = |property: &str, geometry: &str| {
            format!(r#"{{"type":"Feature","properties":{{{property}}},"geometry":{geometry}}}"#)
        };
        let features = [
            feature(r#""postcode":"1011""#, SQUARE),
            feature(r#""pc4":1012"#, SQUARE),
            feature(r#""postcode":"1011""#, SQUARE),
            feature(r#""postcode":"x""#, SQUARE),
            feature("", SQUARE),
            feature(r#""postcode":"1013""#, r#"{"type":"Point","coordinates":[4,52]}"#),
            feature(r#""postcode":"1014""#, "null"),
        ];
        let areas = read(&features.join(",")).unwrap();
        assert_eq!(areas.codes().map(Pc4::number).collect::<Vec<_>>(), [1011, 1012]);
        assert_eq!(
            areas
                .rejected
                .iter()
                .map(|(number, _)| *number)
                .collect::<Vec<_>>(),
            [3, 4, 5, 6, 7]
        );
    }

    #[test]
    fn a_file_without_outlines_is_refused() {
        assert!(matches!(read(""), Err(AreasError::Empty(_))));
        assert!(matches!(
            Areas::read("[1]".as_bytes()),
            Err(AreasError::GeoJson(_))
        ));
    }
}
