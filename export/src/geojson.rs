//! GeoJSON (RFC 7946): a feature an offering, with the native fields as properties. What has no place has no geometry.

use nabij_offering::{Field, Offering};
use serde_json::{Value, json};

pub(crate) const BEGIN: &[u8] = b"{\"type\":\"FeatureCollection\",\"features\":[\n";
pub(crate) const END: &[u8] = b"\n]}\n";

pub(crate) fn feature(offering: &Offering) -> Value {
    let mut properties = offering.to_draft().to_json();
    for field in [Field::Lat, Field::Lon] {
        properties.remove(field.name());
    }
    let geometry = offering.place.map(|place| {
        properties.insert("precision".to_owned(), place.precision.name().into());
        json!({"type": "Point", "coordinates": [place.position.lon(), place.position.lat()]})
    });
    json!({"type": "Feature", "id": offering.id, "geometry": geometry, "properties": properties})
}
