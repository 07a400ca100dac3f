//! The bulk requests of `OpenSearch` and Elasticsearch, and the mapping that goes before them.

use std::io::Write;

use nabij_offering::{Field, Offering};
use serde_json::{Map, Value, json};

/// The name of the index.
const INDEX: &str = "offerings";

pub(crate) fn write(out: &mut impl Write, offering: &Offering) -> Result<(), std::io::Error> {
    let mut document = offering.to_draft().to_json();
    for field in [Field::Lat, Field::Lon] {
        document.remove(field.name());
    }
    if let Some(place) = offering.place {
        let location = json!({"lat": place.position.lat(), "lon": place.position.lon()});
        document.insert("location".to_owned(), location);
    }
    document.insert("features".to_owned(), json!(offering.features()));
    writeln!(out, "{}", json!({"index": {"_index": INDEX, "_id": offering.id}}))?;
    writeln!(out, "{}", Value::Object(document))
}

/// The mapping of the index, as the body of `PUT /offerings`: text by the Dutch analyser, the position as a geo point, days
/// as dates, every other field as a keyword.
pub fn mapping() -> Value {
    let mut properties = Map::new();
    for field in Field::ALL {
        let kind = match field {
            Field::Lat | Field::Lon => continue,
            Field::Title | Field::Description => json!({"type": "text", "analyzer": "dutch"}),
            Field::ValidFrom | Field::ValidTo | Field::LastChecked => json!({"type": "date"}),
            Field::Example => json!({"type": "boolean"}),
            Field::OpeningHours | Field::Rrule | Field::Accessibility => json!({"type": "text"}),
            _ => json!({"type": "keyword", "ignore_above": 2000}),
        };
        properties.insert(field.name().to_owned(), kind);
    }
    properties.insert("location".to_owned(), json!({"type": "geo_point"}));
    properties.insert("features".to_owned(), json!({"type": "keyword"}));
    json!({"mappings": {"dynamic": "strict", "properties": properties}})
}
