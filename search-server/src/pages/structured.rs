//! An offering as schema.org JSON-LD, for search engines.

use nabij_offering::{Cost, Kind, Offering};
use serde_json::{Map, Value, json};

/// The JSON-LD of an offering: a `Course` or a `Service`. It holds no `<`, so it cannot end the element it stands in.
pub(crate) fn json_ld(offering: &Offering) -> String {
    let mut thing = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            thing.insert(name.to_owned(), value);
        }
    };
    let is_course = matches!(offering.kind, Kind::Formal | Kind::Nonformal);
    set("@context", json!("https://schema.org"));
    set("@type", json!(if is_course { "Course" } else { "Service" }));
    set("identifier", json!(offering.id));
    set("name", json!(offering.title));
    let description = Some(&offering.description).filter(|text| !text.is_empty());
    set("description", json!(description));
    set("url", json!(offering.contact.website));
    set("provider", provider(offering));
    set("offers", offer(offering.cost.as_ref()));
    let place = place(offering);
    if is_course {
        let mut instance = json!({ "@type": "CourseInstance", "courseMode": "Onsite" });
        instance["location"] = place;
        set("hasCourseInstance", instance);
        set("inLanguage", json!(offering.languages));
    } else {
        set("areaServed", place);
        set("availableLanguage", json!(offering.languages));
    }
    Value::Object(thing).to_string().replace('<', "\\u003c")
}

fn provider(offering: &Offering) -> Value {
    let Some(name) = &offering.organisation else {
        return Value::Null;
    };
    let contact = &offering.contact;
    json!({ "@type": "Organization", "name": name, "telephone": contact.phone, "email": contact.email })
}

fn offer(cost: Option<&Cost>) -> Value {
    let cents = match cost {
        Some(Cost::Free) => 0,
        Some(Cost::Amount { cents }) => *cents,
        Some(Cost::Text(_)) | None => return Value::Null,
    };
    let price = format!("{}.{:02}", cents / 100, cents % 100);
    json!({ "@type": "Offer", "price": price, "priceCurrency": "EUR" })
}

fn place(offering: &Offering) -> Value {
    let street = offering
        .street
        .as_ref()
        .map(|street| match &offering.house_number {
            Some(number) => format!("{street} {number}"),
            None => street.clone(),
        });
    let mut place = json!({
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": street,
            "postalCode": offering.postcode.map(|postcode| postcode.to_string()),
            "addressLocality": offering.town,
            "addressCountry": "NL",
        },
    });
    if let Some(found) = offering.place {
        let (lat, lon) = (found.position.lat(), found.position.lon());
        place["geo"] = json!({ "@type": "GeoCoordinates", "latitude": lat, "longitude": lon });
    }
    place
}
