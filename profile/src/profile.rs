//! A profile that was checked.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use nabij_atlas::{Pc4, Position, Territory};
use nabij_offering::{FeatureSet, KindSet, ThemeSet};

use crate::{
    colour::Colour,
    licence::{Licence, Refusal},
    logo::Logo,
};

/// The languages that pages and widget can speak, the one that every profile has first.
pub const LANGUAGES: [&str; 7] = ["nl", "en", "ar", "tr", "pl", "uk", "fr"];
/// The distances that a visitor can choose from, in kilometres.
pub const RADII_KM: [u32; 6] = [1, 2, 5, 10, 25, 50];

/// What a library set, checked: its variant of the pages and its widget are made from this alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The name of its file without `.toml`; stands in addresses.
    pub id: String,
    /// The name of the library or the site, for the public.
    pub name: String,
    /// Codes of [`LANGUAGES`], `nl` first.
    pub languages: Vec<String>,
    /// What is said in its own words, by language.
    pub texts: BTreeMap<String, Texts>,
    /// Colours, font and logo.
    pub look: Look,
    /// The part of the country that it serves; none for all of it.
    pub region: Option<Arc<Territory>>,
    /// The kinds that it offers; empty for all.
    pub kinds: KindSet,
    /// The themes that it offers; empty for all.
    pub themes: ThemeSet,
    /// Identifiers of offerings that it always offers, and first.
    pub pinned: Vec<String>,
    /// Identifiers of offerings that it never offers.
    pub blocked: Vec<String>,
    /// What is chosen when the visitor chose nothing.
    pub defaults: Defaults,
    /// Whom to ask.
    pub contact: Contact,
    /// Host names under which its pages are served at the root.
    pub hosts: Vec<String>,
    /// Origins of websites that may embed it.
    pub origins: Vec<String>,
    /// The address of the national site, if it is another than the one that serves this profile.
    pub national: Option<String>,
    /// What it may do on other websites, and until when.
    pub licence: Option<Licence>,
    /// Changes when anything in its files does.
    pub version: u64,
}

/// What a profile says in its own words in one language. Plain text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// The heading of the first page.
    pub title: Option<String>,
    /// What stands below it.
    pub intro: Option<String>,
    /// What to do when nothing is found.
    pub nothing: Option<String>,
    /// At the bottom of every page.
    pub footer: Option<String>,
}

/// How a profile looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Links, buttons and lines.
    pub accent: Colour,
    /// The same under the pointer.
    pub accent_dark: Colour,
    /// Behind what is set apart.
    pub accent_soft: Colour,
    /// Text.
    pub ink: Colour,
    /// Behind everything.
    pub paper: Colour,
    /// Names of fonts that a visitor may have, the last a generic one. Nothing is loaded.
    pub font: Option<String>,
    /// In the place of ours.
    pub logo: Option<Arc<Logo>>,
}

impl Default for Look {
    /// That of the national pages.
    fn default() -> Self {
        Self {
            accent: Colour::new(0x0b, 0x4f, 0x8a),
            accent_dark: Colour::new(0x08, 0x3a, 0x66),
            accent_soft: Colour::new(0xe8, 0xf0, 0xf8),
            ink: Colour::new(0x1b, 0x1f, 0x24),
            paper: Colour::new(0xff, 0xff, 0xff),
            font: None,
            logo: None,
        }
    }
}

/// What is chosen when the visitor chose nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Defaults {
    /// How far to look, in kilometres: one of [`RADII_KM`].
    pub radius_km: Option<u32>,
    /// Kinds.
    pub kinds: KindSet,
    /// Themes.
    pub themes: ThemeSet,
    /// Features.
    pub features: FeatureSet,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The telephone number that visitors may call.
    pub phone: Option<String>,
    /// The person to ask about the profile; for the operator only.
    pub person: Option<String>,
    /// How to reach that person; for the operator only.
    pub email: Option<String>,
}

impl Profile {
    /// Whether a visitor from here is in the region.
    pub fn serves(&self, pc4: Option<Pc4>, position: Position) -> bool {
        let region = self.region.as_ref();
        region.is_none_or(|region| region.contains(pc4, position))
    }

    /// One of its own texts, in a language or else in Dutch.
    pub fn text(&self, language: &str, text: impl Fn(&Texts) -> Option<&str>) -> Option<&str> {
        let said = |language: &str| self.texts.get(language).and_then(&text);
        said(language).or_else(|| said(LANGUAGES[0]))
    }

    /// Whether it has a licence that holds today.
    pub fn licensed(&self, today: NaiveDate) -> Result<(), Refusal> {
        self.licence.as_ref().ok_or(Refusal::NoLicence)?.holds(today)
    }

    /// Whether pages of an origin may embed it.
    pub fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed == origin)
    }
}
