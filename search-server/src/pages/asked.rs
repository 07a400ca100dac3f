//! What the visitor asked, all of which stands in the address of a page: nothing about him is kept anywhere else.

use std::{borrow::Cow, convert::Infallible};

use axum::{extract::FromRequestParts, http::request::Parts};
use nabij_offering::{Feature, FeatureSet, Kind, KindSet, Postcode, Theme, ThemeSet};

use super::{language::Language, messages::Messages};
use crate::variant::Variant;

/// How many places fit on a list of one's own.
pub(crate) const MOST_ON_LIST: usize = 5;
/// The distances that can be chosen, in kilometres.
pub(crate) const DISTANCES_KM: [u32; 6] = [1, 2, 5, 10, 25, 50];
/// How many pages of results can be asked for.
const MOST_PAGES: usize = 100;

/// What the visitor asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) language: Language,
    /// A postcode or the name of a place, as it was typed.
    pub(crate) place: String,
    /// Words to look for.
    pub(crate) text: String,
    pub(crate) kinds: KindSet,
    pub(crate) themes: ThemeSet,
    /// All of these must hold.
    pub(crate) features: FeatureSet,
    /// How far to look; further and further until there is something when it was not chosen.
    pub(crate) within_km: Option<u32>,
    /// Which page of the results, from 0.
    pub(crate) page: usize,
    /// Which page of what serves everyone, from 0.
    pub(crate) wide_page: usize,
    /// The identifiers on the visitor's own list.
    pub(crate) list: Vec<String>,
    /// The library whose pages these are, if they are not the national ones.
    pub(crate) variant: Option<Variant>,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts.uri.query(), parts.extensions.get().cloned()))
    }
}

impl Asked {
    /// Reads a query string. What a form cannot send is passed over: a resident did not type it.
    pub(crate) fn read(query: Option<&str>) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            asked.take(&name, value.trim());
        }
        asked
    }

    /// The same on the pages of a library, which may not have every language.
    pub(crate) fn of(query: Option<&str>, variant: Option<Variant>) -> Self {
        let mut asked = Self::read(query);
        asked.variant = variant;
        if !asked.languages().contains(&asked.language) {
            asked.language = Language::default();
        }
        asked
    }

    /// The languages that these pages have.
    pub(crate) fn languages(&self) -> Vec<Language> {
        match &self.variant {
            None => Language::ALL.to_vec(),
            Some(variant) => {
                let codes = variant.profile.languages.iter();
                codes.filter_map(|code| Language::from_code(code)).collect()
            }
        }
    }

    /// A message with nothing to fill in, in the library's own words if it has any.
    pub(crate) fn say(&self, key: &str) -> Cow<'static, str> {
        let own = self.variant.as_ref().and_then(|variant| {
            let code = self.language.code();
            let profile = &variant.profile;
            match key {
                "site-name" => Some(profile.name.as_str()),
                "site-title" => profile.text(code, |texts| texts.title.as_deref()),
                "start-intro" => profile.text(code, |texts| texts.intro.as_deref()),
                "nothing-library" => profile.text(code, |texts| texts.nothing.as_deref()),
                _ => None,
            }
        });
        match own {
            Some(own) => Cow::Owned(own.to_owned()),
            None => Messages(self.language).say(key),
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "lang" => self.language = Language::from_code(value).unwrap_or_default(),
            "postcode" => self.place = value.chars().take(80).collect(),
            "q" => self.text = value.chars().take(200).collect(),
            "kind" => value
                .parse::<Kind>()
                .into_iter()
                .for_each(|kind| self.kinds.insert(kind)),
            "theme" => value
                .parse::<Theme>()
                .into_iter()
                .for_each(|theme| self.themes.insert(theme)),
            "feature" => value
                .parse::<Feature>()
                .into_iter()
                .for_each(|feature| self.features.insert(feature)),
            "within" => self.within_km = value.parse().ok().filter(|km| DISTANCES_KM.contains(km)),
            "page" => self.page = page(value),
            "wide" => self.wide_page = page(value),
            "list" if value.is_empty() || self.list.len() >= MOST_ON_LIST => {}
            "list" if self.list.iter().any(|id| id == value) => {}
            "list" => self.list.push(value.chars().take(200).collect()),
            _ => {}
        }
    }

    /// The parameters that say the same again, without those that say nothing.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: &str| pairs.push((name, value.to_owned()));
        if self.language != Language::default() {
            add("lang", self.language.code());
        }
        for (name, value) in [("postcode", &self.place), ("q", &self.text)] {
            if !value.is_empty() {
                add(name, value);
            }
        }
        self.themes.iter().for_each(|theme| add("theme", theme.name()));
        self.kinds.iter().for_each(|kind| add("kind", kind.name()));
        self.features
            .iter()
            .for_each(|feature| add("feature", feature.name()));
        if let Some(km) = self.within_km {
            add("within", &km.to_string());
        }
        for (name, page) in [("page", self.page), ("wide", self.wide_page)] {
            if page > 0 {
                add(name, &(page + 1).to_string());
            }
        }
        self.list.iter().for_each(|id| add("list", id));
        pairs
    }

    /// The address of a page for the same visitor.
    pub(crate) fn link(&self, path: &str) -> String {
        let path = self.path(path);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        let query = query.finish();
        if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        }
    }

    /// A path of the pages as it is in the library's variant.
    pub(crate) fn path(&self, path: &str) -> String {
        let variant = self.variant.as_ref();
        variant.map_or_else(|| path.to_owned(), |variant| variant.path(path))
    }

    /// The address of an offering's page, or of one that belongs to it, such as `/kaartje`.
    pub(crate) fn link_to_offering(&self, id: &str, rest: &str) -> String {
        self.link(&path_of_offering(id, rest))
    }

    /// Nothing asked, on the same pages.
    #[must_use]
    pub(crate) fn bare(&self) -> Self {
        Self {
            variant: self.variant.clone(),
            ..Self::default()
        }
    }

    /// What the library chose for who chose nothing.
    #[must_use]
    pub(crate) fn with_defaults(&self) -> Self {
        let Some(variant) = self.variant.as_ref().filter(|_| !self.is_narrowed()) else {
            return self.clone();
        };
        let defaults = variant.profile.defaults;
        self.with(|asked| {
            asked.kinds = defaults.kinds;
            asked.themes = defaults.themes;
            asked.features = defaults.features;
        })
    }

    /// The same with a change.
    #[must_use]
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    /// What others may see of it: the four digits of the postcode, and no list.
    #[must_use]
    pub(crate) fn shared(&self) -> Self {
        self.with(|shared| {
            if let Ok(postcode) = shared.place.parse::<Postcode>() {
                shared.place = postcode.pc4().to_string();
            }
            shared.list.clear();
        })
    }

    /// Whether there is something to take away to find more.
    pub(crate) fn is_narrowed(&self) -> bool {
        !(self.text.is_empty() && self.kinds.is_empty() && self.themes.is_empty() && self.features.is_empty())
    }

    /// The same without what narrows it.
    #[must_use]
    pub(crate) fn everything(&self) -> Self {
        Self {
            language: self.language,
            place: self.place.clone(),
            list: self.list.clone(),
            ..self.bare()
        }
    }

    /// The list with an offering added, unless it is full or has it.
    #[must_use]
    pub(crate) fn listing(&self, id: &str) -> Option<Self> {
        let fits = self.list.len() < MOST_ON_LIST && !self.is_listed(id);
        fits.then(|| self.with(|asked| asked.list.push(id.to_owned())))
    }

    pub(crate) fn is_listed(&self, id: &str) -> bool {
        self.list.iter().any(|listed| listed == id)
    }
}

/// The number of a page, counted from 0.
fn page(value: &str) -> usize {
    value.parse().unwrap_or(1).clamp(1, MOST_PAGES) - 1
}

/// The path of an offering's page, or of one that belongs to it.
pub(crate) fn path_of_offering(id: &str, rest: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/plek/{}{rest}", encoded.replace('+', "%20"))
}

/// A set without one of its values.
pub(crate) fn without<S: FromIterator<V>, V: PartialEq>(values: impl Iterator<Item = V>, value: &V) -> S {
    values.filter(|other| other != value).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_shared_has_four_digits_of_the_postcode_and_no_list() {
        let asked = Asked::read(Some("postcode=3011ad&theme=language&list=a&page=2"));
        assert_eq!(
            asked.shared().link("/zoek"),
            "/zoek?postcode=3011&theme=language&page=2"
        );
        assert_eq!(Asked::read(Some("postcode=Den+Haag")).shared().place, "Den Haag");
    }

    #[test]
    fn a_list_holds_five_and_nothing_twice() {
        let asked = Asked::read(Some("list=a&list=a&list=b&list=c&list=&list=d&list=e&list=f"));
        assert_eq!(asked.list, ["a", "b", "c", "d", "e"]);
        assert_eq!(asked.listing("g"), None);
    }

    #[test]
    fn an_identifier_of_any_sort_fits_in_an_address() {
        let link = Asked::default().link_to_offering("x/<y> ?&#%", "/kaartje");
        assert_eq!(link, "/plek/x%2F%3Cy%3E%20%3F%26%23%25/kaartje");
    }

    proptest! {
        #[test]
        fn an_address_says_what_was_asked(query in "((lang|postcode|q|kind|theme|feature|within|page|wide|list|x)=(ar|language|formal|free|5|3011|%C3%A9|a b|\\PC{0,4})&?){0,8}") {
            let asked = Asked::read(Some(&query));
            let link = asked.link("/zoek");
            let again = Asked::read(link.split_once('?').map(|(_, query)| query));
            prop_assert_eq!(again, asked);
        }
    }
}
