//! What stands around the content of every page.

use std::borrow::Cow;

use super::{asked::Asked, language::Language, listed::Phone, look, messages::Messages};
use crate::assets;

/// What stands around the content of a page.
pub(crate) struct Frame {
    pub(crate) language: Language,
    pub(crate) home: String,
    pub(crate) statement: String,
    pub(crate) privacy: String,
    /// This page in each language.
    pub(crate) translations: Vec<Translation>,
    /// The visitor's own list and how much is on it, unless it is empty.
    pub(crate) list: Option<(String, String)>,
    /// What a library set for its own pages.
    pub(crate) own: Own,
    asked: Asked,
}

/// What a library set for its own pages.
#[derive(Default)]
pub(crate) struct Own {
    /// The address of its colours.
    pub(crate) style: Option<String>,
    pub(crate) logo: Option<String>,
    pub(crate) phone: Option<Phone>,
    /// Words for the bottom of every page.
    pub(crate) footer: Option<String>,
}

impl Own {
    fn new(asked: &Asked) -> Self {
        let Some(variant) = &asked.variant else {
            return Self::default();
        };
        let profile = &variant.profile;
        let footer = profile.text(asked.language.code(), |texts| texts.footer.as_deref());
        Self {
            style: Some(look::style_path(profile)),
            logo: look::logo_path(profile),
            phone: profile.contact.phone.as_deref().and_then(Phone::new),
            footer: footer.map(str::to_owned),
        }
    }
}

/// A page in a language.
pub(crate) struct Translation {
    pub(crate) language: Language,
    pub(crate) link: String,
    pub(crate) current: bool,
}

impl Frame {
    /// The frame of the page at a path.
    pub(crate) fn new(asked: &Asked, path: &str) -> Self {
        let translation = |language: Language| Translation {
            language,
            link: asked.with(|asked| asked.language = language).link(path),
            current: language == asked.language,
        };
        let messages = Messages(asked.language);
        let list = (!asked.list.is_empty()).then(|| {
            let count = asked.list.len();
            let words = messages.fill("list-link", &[("n", count.into())]);
            (asked.link("/lijst"), words)
        });
        Self {
            language: asked.language,
            home: asked.everything().with(|asked| asked.place.clear()).link("/"),
            statement: asked.link("/toegankelijkheid"),
            privacy: asked.link("/privacy"),
            translations: asked.languages().into_iter().map(translation).collect(),
            list,
            own: Own::new(asked),
            asked: asked.clone(),
        }
    }

    /// A message with nothing to fill in, in the library's own words if it has any.
    pub(crate) fn say(&self, key: &str) -> Cow<'static, str> {
        self.asked.say(key)
    }

    /// The attributes of an element that holds Dutch, in a page that is in another language.
    pub(crate) fn dutch(&self) -> &'static str {
        match self.language {
            Language::Dutch => "",
            _ => r#" lang="nl" dir="ltr""#,
        }
    }

    /// The address of an embedded file, if it is there.
    #[expect(clippy::unused_self, reason = "templates reach it through the frame")]
    pub(crate) fn asset(&self, name: &str) -> Option<&'static str> {
        assets::path(name)
    }
}
