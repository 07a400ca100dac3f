//! The keys at the top of a JSON text, by which its format is told.

use std::fmt;

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// The keys of the objects at the top of a JSON text that may break off, down to the third level.
pub(super) fn keys(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let seed = Keys {
        depth: 3,
        found: &mut found,
    };
    // The text was cut: what was found before the error is what is wanted.
    let _ = seed.deserialize(&mut serde_json::Deserializer::from_str(text));
    found
}

struct Keys<'a> {
    depth: u8,
    found: &'a mut Vec<String>,
}

impl Keys<'_> {
    fn below(&mut self) -> Keys<'_> {
        Keys {
            depth: self.depth - 1,
            found: self.found,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth == 0 {
            return IgnoredAny::deserialize(deserializer).map(drop);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<(), A::Error> {
        while let Some(key) = object.next_key::<String>()? {
            self.found.push(key);
            object.next_value_seed(self.below())?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut array: A) -> Result<(), A::Error> {
        while array.next_element_seed(self.below())?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
