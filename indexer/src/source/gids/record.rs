//! A product or an organisation of G!DS, and how a value is found in it.

use serde_json::{Map, Value};

/// The elements that are records in XML.
pub(super) const ELEMENTS: [&str; 3] = ["product", "organisatie", "organization"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Product,
    Organisation,
}

#[derive(Debug)]
pub(super) struct Record {
    pub(super) kind: Kind,
    pub(super) value: Value,
}

impl Record {
    /// The record that an element of this name holds.
    pub(super) fn new(name: &str, value: Value) -> Self {
        let kind = if name == "product" {
            Kind::Product
        } else {
            Kind::Organisation
        };
        Self { kind, value }
    }

    pub(super) fn id(&self) -> String {
        let names = match self.kind {
            Kind::Product => ["productId", "id"],
            Kind::Organisation => ["organisatieId", "id"],
        };
        text(&self.value, &names)
    }

    /// How much it says: the length of its JSON.
    pub(super) fn length(&self) -> usize {
        serde_json::to_string(&self.value).map_or(0, |text| text.len())
    }

    /// The names of its fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.value
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
    }
}

/// The records in a JSON document: in lists, and in objects named for them, wherever these stand.
pub(super) fn find(value: Value) -> Vec<Record> {
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

fn collect(value: Value, found: &mut Vec<Record>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, found)),
        Value::Object(object) => {
            let kind = match () {
                () if object.contains_key("productId") => Some(Kind::Product),
                () if object.contains_key("organisatieId") => Some(Kind::Organisation),
                () => None,
            };
            match kind {
                Some(kind) => found.push(Record {
                    kind,
                    value: Value::Object(object),
                }),
                None => object.into_iter().for_each(|(_, value)| collect(value, found)),
            }
        }
        _ => {}
    }
}

/// The value under the first of these names, in any capitals, that holds something.
pub(super) fn get<'a>(value: &'a Value, names: &[&str]) -> Option<&'a Value> {
    let object = value.as_object()?;
    names.iter().find_map(|name| {
        let found = object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value).filter(|value| !is_empty(value))
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The text under one of these names; empty if there is none.
pub(super) fn text(value: &Value, names: &[&str]) -> String {
    get(value, names).map(plain).unwrap_or_default()
}

/// What a value says in words: a text, a number, or the name of what it describes.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => if *value { "ja" } else { "nee" }.to_owned(),
        Value::Object(_) => text(value, &["naam", "omschrijving", "titel", "waarde", "tekst"]),
        Value::Null | Value::Array(_) => String::new(),
    }
}

/// The items under one of these names: of a list, of an element that holds the items, or one by itself.
pub(super) fn items<'a>(value: &'a Value, names: &[&str]) -> Vec<&'a Value> {
    let Some(found) = get(value, names) else {
        return Vec::new();
    };
    match found {
        Value::Array(items) => items.iter().collect(),
        // <doelgroepen><doelgroep>…</doelgroep></doelgroepen>
        Value::Object(object) if object.len() == 1 => match object.values().next() {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(item) => vec![item],
            None => Vec::new(),
        },
        item => vec![item],
    }
}
