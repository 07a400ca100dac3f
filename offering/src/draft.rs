//! An unchecked offering: text under field names, as a row of any source becomes it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::Field;

/// What separates the items of a list in CSV.
pub(crate) const LIST_SEPARATOR: char = '|';

/// Text under field names. Values are trimmed; an empty value is no value.
///
/// Deserialises from a JSON object of the native format: strings, numbers and booleans become text, arrays become
/// lists. Keys that the format does not know, and values that no field can hold, are kept by name.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Draft {
    values: [Option<Box<str>>; Field::ALL.len()],
    strangers: Vec<String>,
}

impl Draft {
    /// The value of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.values[field.index()].as_deref()
    }

    /// Sets a field, or empties it if there is nothing but white space in the value.
    pub fn set(&mut self, field: Field, value: &str) {
        let trimmed = value.trim();
        self.values[field.index()] = (!trimmed.is_empty()).then(|| trimmed.into());
    }

    /// The items of a list field, trimmed, without empty ones.
    pub fn list(&self, field: Field) -> impl Iterator<Item = &str> {
        self.get(field)
            .unwrap_or_default()
            .split(LIST_SEPARATOR)
            .map(str::trim)
            .filter(|item| !item.is_empty())
    }

    /// Sets a list field.
    pub fn set_list<I>(&mut self, field: Field, items: I)
    where
        I: IntoIterator,
        I::Item: fmt::Display,
    {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        self.set(field, &items.join("|"));
    }

    /// The names in the source that the format does not know, or whose value it cannot hold.
    pub fn strangers(&self) -> &[String] {
        &self.strangers
    }

    /// Notes a name that the format does not know.
    pub fn add_stranger(&mut self, name: &str) {
        self.strangers.push(name.to_owned());
    }

    /// The native JSON form: a list is an array, a coordinate a number, everything else a string.
    pub fn to_json(&self) -> Map<String, Value> {
        self.json_of(Field::ALL)
    }

    /// The same of some fields only.
    pub fn json_of(&self, fields: &[Field]) -> Map<String, Value> {
        let mut object = Map::new();
        for &field in fields {
            let Some(value) = self.get(field) else { continue };
            let json = match field {
                Field::Lat | Field::Lon => value.parse::<f64>().map_or_else(|_| value.into(), Value::from),
                Field::Example => Value::from(value == "true"),
                field if field.is_list() => self.list(field).collect(),
                _ => Value::from(value),
            };
            object.insert(field.name().to_owned(), json);
        }
        object
    }

    /// The native CSV form: one value a field, in the order of [`Field::ALL`].
    pub fn to_record(&self) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .map(|value| value.as_deref().unwrap_or_default())
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Field::ALL
            .iter()
            .filter_map(|field| Some((field.name(), self.get(*field)?)));
        f.debug_map().entries(known).finish()
    }
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DraftVisitor)
    }
}

struct DraftVisitor;

impl<'de> Visitor<'de> for DraftVisitor {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the fields of an offering")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Draft, A::Error> {
        let mut draft = Draft::default();
        while let Some(key) = object.next_key::<Key>()? {
            match key {
                Key::Known(field) => match object.next_value::<Text>()? {
                    Text::Value(text) => draft.set(field, &text),
                    Text::Nothing => {}
                    Text::Unfit => draft.strangers.push(field.name().to_owned()),
                },
                Key::Stranger(name) => {
                    object.next_value::<IgnoredAny>()?;
                    draft.strangers.push(name);
                }
            }
        }
        Ok(draft)
    }
}

enum Key {
    Known(Field),
    Stranger(String),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Key, E> {
                let known = Field::ALL.iter().find(|field| field.name() == name);
                Ok(known.map_or_else(|| Key::Stranger(name.to_owned()), |field| Key::Known(*field)))
            }
        }
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

/// Any JSON value as the text of a field.
enum Text {
    Value(String),
    Nothing,
    /// An object, or an array in an array: no field can hold it.
    Unfit,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Value(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
                Ok(Text::Value(text))
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Text, E> {
                Ok(Text::Value(value.to_string()))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Text, E> {
                Ok(Text::Value(value.to_string()))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Text, E> {
                Ok(Text::Value(value.to_string()))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Text, E> {
                Ok(Text::Value(value.to_string()))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Text, E> {
                Ok(Text::Nothing)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Text, A::Error> {
                let mut items = Vec::new();
                let mut fits = true;
                while let Some(item) = array.next_element::<Self::Value>()? {
                    match item {
                        Text::Value(text) => items.push(text),
                        Text::Nothing => {}
                        Text::Unfit => fits = false,
                    }
                }
                Ok(if fits {
                    Text::Value(items.join("|"))
                } else {
                    Text::Unfit
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Text, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Text::Unfit)
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_values_of_every_sort_become_text() {
        let draft: Draft = serde_json::from_str(
            r#"{"id": 7, "title": " Taalcafé ", "themes": ["language", "meeting"], "lat": 51.92, "example": true,
                "phone": null, "colour": "red", "cost": {"amount": 3}}"#,
        )
        .unwrap();
        assert_eq!(draft.get(Field::Id), Some("7"));
        assert_eq!(draft.get(Field::Title), Some("Taalcafé"));
        assert_eq!(
            draft.list(Field::Themes).collect::<Vec<_>>(),
            ["language", "meeting"]
        );
        assert_eq!(draft.get(Field::Lat), Some("51.92"));
        assert_eq!(draft.get(Field::Phone), None);
        assert_eq!(draft.strangers(), ["colour", "cost"]);
    }

    #[test]
    fn json_and_draft_are_inverse() {
        let mut draft = Draft::default();
        draft.set(Field::Id, "a");
        draft.set(Field::Lat, "51.5");
        draft.set(Field::Example, "true");
        draft.set_list(Field::Themes, ["language", "work"]);
        let json = serde_json::to_string(&draft.to_json()).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), draft);
    }
}
