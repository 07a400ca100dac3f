//! The search form: what was asked, and the choices with their counts.

use nabij_engine::FacetCounts;
use nabij_offering::{Kind, KindSet, Theme, ThemeSet};

use crate::words;

/// The search form, as it was filled in.
pub(super) struct Form {
    pub(super) asked: Asked,
    pub(super) error: Option<String>,
    pub(super) kinds: Vec<Choice>,
    pub(super) themes: Vec<Choice>,
}

pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) words: &'static str,
    pub(super) chosen: bool,
    pub(super) count: Option<u64>,
}

/// What the visitor asked for.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) place: String,
    pub(super) text: String,
    pub(super) kinds: KindSet,
    pub(super) themes: ThemeSet,
    pub(super) page: usize,
}

impl Asked {
    /// Reads a query string. What a form cannot send is passed over: a resident did not type it.
    pub(super) fn read(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "postcode" => asked.place = value.trim().chars().take(80).collect(),
                "q" => asked.text = value.trim().chars().take(200).collect(),
                "kind" => value
                    .parse::<Kind>()
                    .into_iter()
                    .for_each(|kind| asked.kinds.insert(kind)),
                "theme" => value
                    .parse::<Theme>()
                    .into_iter()
                    .for_each(|theme| asked.themes.insert(theme)),
                "page" => asked.page = value.parse().unwrap_or(0).min(100),
                _ => {}
            }
        }
        asked
    }

    pub(super) fn link(&self, page: usize) -> String {
        let mut link = form_urlencoded::Serializer::new("/zoek?".to_owned());
        let mut link = link_pairs(&mut link, self);
        link.extend(["&page=", &page.to_string()]);
        link
    }
}

fn link_pairs(link: &mut form_urlencoded::Serializer<'_, String>, asked: &Asked) -> String {
    link.append_pair("postcode", &asked.place);
    if !asked.text.is_empty() {
        link.append_pair("q", &asked.text);
    }
    for kind in asked.kinds.iter() {
        link.append_pair("kind", kind.name());
    }
    for theme in asked.themes.iter() {
        link.append_pair("theme", theme.name());
    }
    link.finish().replacen("?&", "?", 1)
}

impl Form {
    pub(super) fn new(asked: Asked, error: Option<String>, facets: &FacetCounts) -> Self {
        let kind = |kind: &Kind| Choice {
            name: kind.name(),
            words: words::kind(*kind),
            chosen: asked.kinds.contains(*kind),
            count: facets.kind.map(|counts| counts[kind.index()]),
        };
        let theme = |theme: &Theme| Choice {
            name: theme.name(),
            words: words::theme(*theme),
            chosen: asked.themes.contains(*theme),
            count: facets.theme.map(|counts| counts[theme.index()]),
        };
        let (kinds, themes) = (
            Kind::ALL.iter().map(kind).collect(),
            Theme::ALL.iter().map(theme).collect(),
        );
        Self {
            asked,
            error,
            kinds,
            themes,
        }
    }
}
