//! A profile as it stands in its file, each value with its place in it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

/// A list of texts.
pub(crate) type List = Option<Vec<Spanned<String>>>;
/// A text.
pub(crate) type Text = Option<Spanned<String>>;

/// A profile as it stands in its file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ProfileFile {
    pub(crate) based_on: Text,
    pub(crate) name: Text,
    pub(crate) languages: List,
    pub(crate) hosts: List,
    pub(crate) origins: List,
    pub(crate) national: Text,
    pub(crate) kinds: List,
    pub(crate) themes: List,
    pub(crate) pinned: List,
    pub(crate) blocked: List,
    pub(crate) region: Option<Spanned<RegionTable>>,
    pub(crate) defaults: Option<DefaultsTable>,
    pub(crate) look: Option<LookTable>,
    pub(crate) texts: Option<BTreeMap<Spanned<String>, TextsTable>>,
    pub(crate) contact: Option<ContactTable>,
    pub(crate) licence: Option<Spanned<LicenceTable>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RegionTable {
    pub(crate) municipalities: List,
    pub(crate) pc4: List,
    pub(crate) circle: Option<CircleTable>,
    pub(crate) polygon: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CircleTable {
    pub(crate) postcode: Spanned<String>,
    pub(crate) radius_km: Spanned<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DefaultsTable {
    pub(crate) radius_km: Option<Spanned<u32>>,
    pub(crate) kinds: List,
    pub(crate) themes: List,
    pub(crate) features: List,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LookTable {
    pub(crate) accent: Text,
    pub(crate) accent_dark: Text,
    pub(crate) accent_soft: Text,
    pub(crate) ink: Text,
    pub(crate) paper: Text,
    pub(crate) font: Text,
    pub(crate) logo: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TextsTable {
    pub(crate) title: Text,
    pub(crate) intro: Text,
    pub(crate) nothing: Text,
    pub(crate) footer: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ContactTable {
    pub(crate) phone: Text,
    pub(crate) person: Text,
    pub(crate) email: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LicenceTable {
    pub(crate) key_sha256: Spanned<String>,
    pub(crate) from: Spanned<Datetime>,
    pub(crate) until: Spanned<Datetime>,
    pub(crate) requests_per_minute: Option<Spanned<u32>>,
}
