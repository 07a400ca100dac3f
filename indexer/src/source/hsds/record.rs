//! The records of HSDS, versions 1.1 to 3.1 and the UK profile, as far as offerings need them.
//!
//! One set of types serves JSON, where records stand in each other, and tables, where they point at each other.
//! Every value is [`Text`], because real data hold numbers as text and text as numbers.

#![expect(clippy::struct_field_names, reason = "the names are those of HSDS")]

use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, de};

/// Any scalar as trimmed text; empty for null, objects and arrays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(String);

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Service {
    pub(super) id: Text,
    pub(super) organization_id: Text,
    pub(super) name: Text,
    pub(super) description: Text,
    pub(super) url: Text,
    pub(super) email: Text,
    pub(super) status: Text,
    pub(super) application_process: Text,
    pub(super) fees: Text,
    pub(super) fees_description: Text,
    pub(super) eligibility_description: Text,
    pub(super) minimum_age: Text,
    pub(super) maximum_age: Text,
    pub(super) alert: Text,
    pub(super) assured_date: Text,
    pub(super) last_modified: Text,
    pub(super) organization: Option<Organization>,
    #[serde(deserialize_with = "list")]
    pub(super) service_at_locations: Vec<ServiceAtLocation>,
    #[serde(deserialize_with = "list")]
    pub(super) phones: Vec<Phone>,
    #[serde(deserialize_with = "list")]
    pub(super) contacts: Vec<Contact>,
    #[serde(alias = "regular_schedules", deserialize_with = "list")]
    pub(super) schedules: Vec<Schedule>,
    #[serde(deserialize_with = "list")]
    pub(super) service_areas: Vec<ServiceArea>,
    #[serde(deserialize_with = "list")]
    pub(super) languages: Vec<Language>,
    #[serde(deserialize_with = "list")]
    pub(super) cost_options: Vec<CostOption>,
    #[serde(deserialize_with = "list")]
    pub(super) attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Organization {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) email: Text,
    pub(super) website: Text,
    pub(super) url: Text,
    #[serde(deserialize_with = "list")]
    pub(super) phones: Vec<Phone>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ServiceAtLocation {
    pub(super) id: Text,
    pub(super) service_id: Text,
    pub(super) location_id: Text,
    pub(super) location: Option<Location>,
    #[serde(deserialize_with = "list")]
    pub(super) phones: Vec<Phone>,
    #[serde(alias = "regular_schedules", deserialize_with = "list")]
    pub(super) schedules: Vec<Schedule>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Location {
    pub(super) id: Text,
    pub(super) organization_id: Text,
    pub(super) location_type: Text,
    pub(super) name: Text,
    /// How the position was found, in what `nabij export` writes.
    pub(super) external_identifier: Text,
    pub(super) latitude: Text,
    pub(super) longitude: Text,
    #[serde(alias = "physical_addresses", deserialize_with = "list")]
    pub(super) addresses: Vec<Address>,
    #[serde(alias = "accessibility_for_disabilities", deserialize_with = "list")]
    pub(super) accessibility: Vec<Accessibility>,
    #[serde(deserialize_with = "list")]
    pub(super) phones: Vec<Phone>,
    #[serde(alias = "regular_schedules", deserialize_with = "list")]
    pub(super) schedules: Vec<Schedule>,
    #[serde(deserialize_with = "list")]
    pub(super) languages: Vec<Language>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    pub(super) location_id: Text,
    pub(super) address_1: Text,
    pub(super) address_2: Text,
    pub(super) city: Text,
    pub(super) postal_code: Text,
    pub(super) country: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Phone {
    pub(super) service_id: Text,
    pub(super) location_id: Text,
    pub(super) organization_id: Text,
    pub(super) service_at_location_id: Text,
    pub(super) number: Text,
    #[serde(rename = "type")]
    pub(super) kind: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Contact {
    pub(super) email: Text,
    #[serde(deserialize_with = "list")]
    pub(super) phones: Vec<Phone>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Schedule {
    pub(super) service_id: Text,
    pub(super) location_id: Text,
    pub(super) service_at_location_id: Text,
    pub(super) weekday: Text,
    pub(super) opens_at: Text,
    pub(super) closes_at: Text,
    pub(super) valid_from: Text,
    pub(super) valid_to: Text,
    pub(super) dtstart: Text,
    pub(super) until: Text,
    pub(super) count: Text,
    pub(super) freq: Text,
    pub(super) interval: Text,
    pub(super) byday: Text,
    pub(super) byweekno: Text,
    pub(super) bymonthday: Text,
    pub(super) byyearday: Text,
    pub(super) description: Text,
    pub(super) original_text: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ServiceArea {
    pub(super) service_id: Text,
    pub(super) name: Text,
    pub(super) service_area: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Language {
    pub(super) service_id: Text,
    pub(super) location_id: Text,
    pub(super) name: Text,
    pub(super) language: Text,
    pub(super) code: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CostOption {
    pub(super) service_id: Text,
    pub(super) valid_to: Text,
    pub(super) option: Text,
    pub(super) currency: Text,
    pub(super) amount: Text,
    pub(super) amount_description: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Accessibility {
    pub(super) location_id: Text,
    pub(super) accessibility: Text,
    pub(super) description: Text,
    pub(super) details: Text,
}

/// An attribute (3.x, in tables by `link_id`) or a row of `service_taxonomy` (1.1).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Attribute {
    pub(super) service_id: Text,
    pub(super) link_id: Text,
    pub(super) taxonomy_id: Text,
    pub(super) taxonomy_term_id: Text,
    pub(super) taxonomy_term: Option<TaxonomyTerm>,
    pub(super) value: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TaxonomyTerm {
    pub(super) id: Text,
    pub(super) code: Text,
    pub(super) name: Text,
    pub(super) taxonomy: Text,
}

/// A row of `eligibility` (1.1).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Eligibility {
    pub(super) service_id: Text,
    pub(super) eligibility: Text,
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Text {
    /// The text, if there is any.
    pub(super) fn given(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(&self.0)
    }

    /// The text, or else the other, which an older version has in its place.
    pub(super) fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        if self.0.is_empty() { other } else { self }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl<'de> de::Visitor<'de> for Scalar {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_bool<E>(self, value: bool) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }

            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text::default())
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut array: A) -> Result<Text, A::Error> {
                while array.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(Text::default())
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut object: A) -> Result<Text, A::Error> {
                while object.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

/// A list that may be null.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
