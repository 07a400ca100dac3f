//! Nodes of JSON-LD, and how a value is found in one: with or without the prefix of schema.org.

use serde_json::Value;

/// Every object that is not within an offering.
pub(super) fn collect<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(object) => {
            found.push(value);
            if !is_offering(value) {
                object
                    .iter()
                    .filter(|(key, _)| *key != "@context")
                    .for_each(|(_, value)| collect(value, found));
            }
        }
        _ => {}
    }
}

/// The types of a node, without the prefix.
pub(super) fn types(node: &Value) -> Vec<&str> {
    all(node, "@type")
        .into_iter()
        .filter_map(Value::as_str)
        .map(local)
        .collect()
}

pub(super) fn local(name: &str) -> &str {
    name.rsplit(['/', '#', ':']).next().unwrap_or(name)
}

pub(super) fn is_offering(node: &Value) -> bool {
    types(node).iter().any(|of| {
        matches!(*of, "Course" | "EducationalOccupationalProgram")
            || of.ends_with("Event")
            || of.ends_with("Service")
    })
}

/// The value under a name, with or without a prefix.
pub(super) fn get<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let object = node.as_object()?;
    let found = object.get(name).or_else(|| {
        object
            .iter()
            .find(|(key, _)| local(key) == name)
            .map(|(_, value)| value)
    });
    found.filter(|value| !value.is_null())
}

/// All values under a name.
pub(super) fn all<'a>(node: &'a Value, name: &str) -> Vec<&'a Value> {
    match get(node, name) {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(value) => vec![value],
    }
}

/// What a value says in words: itself, its `@value`, or its name.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Array(items) => items.first().map(plain).unwrap_or_default(),
        Value::Object(_) => {
            let names = ["@value", "name", "audienceType", "value"];
            names
                .into_iter()
                .find_map(|name| get(value, name))
                .map(plain)
                .unwrap_or_default()
        }
        Value::Null => String::new(),
    }
}

pub(super) fn text(node: &Value, names: &[&str]) -> String {
    let texts = names.iter().filter_map(|name| get(node, name)).map(plain);
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

pub(super) fn texts(node: &Value, name: &str) -> Vec<String> {
    let texts = all(node, name).into_iter().map(plain);
    texts
        .filter(|text| !text.is_empty())
        .map(|text| text.replace('|', "/"))
        .collect()
}
