//! Borders that were drawn: a GeoJSON file with polygons (RFC 7946).

use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{GeoJson, Geometry, GeometryValue};

/// The largest file, in bytes.
pub(crate) const LARGEST: usize = 5_000_000;

/// Every polygon in a GeoJSON text; else what is wrong.
pub(crate) fn read(text: &str) -> Result<MultiPolygon<f64>, String> {
    if text.len() > LARGEST {
        return Err(format!("has {} bytes; at most {LARGEST} are read", text.len()));
    }
    let geojson: GeoJson = text.parse().map_err(|error| format!("is not GeoJSON: {error}"))?;
    let mut polygons = Vec::new();
    match &geojson {
        GeoJson::Geometry(geometry) => add(geometry, &mut polygons)?,
        GeoJson::Feature(feature) => feature
            .geometry
            .iter()
            .try_for_each(|geometry| add(geometry, &mut polygons))?,
        GeoJson::FeatureCollection(collection) => collection
            .features
            .iter()
            .filter_map(|feature| feature.geometry.as_ref())
            .try_for_each(|geometry| add(geometry, &mut polygons))?,
    }
    if polygons.is_empty() {
        return Err("holds no polygon".to_owned());
    }
    Ok(MultiPolygon::new(polygons))
}

fn add(geometry: &Geometry, polygons: &mut Vec<Polygon<f64>>) -> Result<(), String> {
    match &geometry.value {
        GeometryValue::Polygon { coordinates } => polygons.push(polygon(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for rings in coordinates {
                polygons.push(polygon(rings)?);
            }
        }
        other => {
            return Err(format!(
                "holds a {}; only polygons are borders",
                other.type_name()
            ));
        }
    }
    Ok(())
}

/// The first ring is the border, the others are holes.
fn polygon(rings: &[Vec<geojson::Position>]) -> Result<Polygon<f64>, String> {
    let mut rings = rings.iter().map(|ring| self::ring(ring));
    let outer = rings.next().ok_or("holds a polygon without a ring")??;
    Ok(Polygon::new(outer, rings.collect::<Result<_, _>>()?))
}

fn ring(positions: &[geojson::Position]) -> Result<LineString<f64>, String> {
    let point = |position: &geojson::Position| match position.as_slice() {
        [lon, lat, ..] if (-180.0..=180.0).contains(lon) && (-90.0..=90.0).contains(lat) => {
            Ok(Coord { x: *lon, y: *lat })
        }
        other => Err(format!(
            "holds the position {other:?}, which is not a longitude and a latitude in degrees"
        )),
    };
    let points = positions.iter().map(point).collect::<Result<Vec<_>, _>>()?;
    if points.len() < 4 || points.first() != points.last() {
        return Err("holds a ring that is not closed: the last position must be the first".to_owned());
    }
    Ok(LineString::new(points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polygons_are_read_wherever_they_stand() {
        let ring = "[[5,52],[5.1,52],[5.1,52.1],[5,52]]";
        let polygon = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
        let feature = format!(r#"{{"type":"Feature","properties":null,"geometry":{polygon}}}"#);
        for text in [
            polygon.clone(),
            format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}]]}}"#),
            feature.clone(),
            format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#),
        ] {
            assert_eq!(read(&text).map(|polygons| polygons.0.len()), Ok(1), "{text}");
        }
    }

    #[test]
    fn what_is_no_border_is_refused() {
        for text in [
            "",
            "{}",
            r#"{"type":"Point","coordinates":[5,52]}"#,
            r#"{"type":"FeatureCollection","features":[]}"#,
            r#"{"type":"Polygon","coordinates":[[[5,52],[5.1,52],[5,52]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[5,52],[5.1,52],[5.1,52.1],[5,53]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[155000,463000],[155001,463000],[155001,463001],[155000,463000]]]}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
