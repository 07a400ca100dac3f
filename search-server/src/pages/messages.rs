//! Every word that the pages say, from the Fluent files in `locales`.
//!
//! Dutch is the source. A message that a translation lacks is said in Dutch.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use super::language::Language;

type Bundle = FluentBundle<FluentResource>;

/// The text of each file, in the order of [`Language::ALL`].
const SOURCES: [&str; Language::ALL.len()] = [
    include_str!("../../locales/nl.ftl"),
    include_str!("../../locales/en.ftl"),
    include_str!("../../locales/ar.ftl"),
    include_str!("../../locales/tr.ftl"),
    include_str!("../../locales/pl.ftl"),
    include_str!("../../locales/uk.ftl"),
    include_str!("../../locales/fr.ftl"),
];

/// What is said in Dutch only, to analysts.
const ANALYSIS: &str = include_str!("../../locales/nl-analysis.ftl");

static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| Language::ALL.into_iter().zip(SOURCES).map(bundle).collect());

fn bundle((language, source): (Language, &str)) -> Bundle {
    // What a file has wrong in it is left out of the resource; a test sees to it that nothing is.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = Bundle::new_concurrent(language.code().parse().into_iter().collect());
    // Marks around what is filled in keep a postcode in one piece among Arabic; elsewhere they only cost bytes.
    bundle.set_use_isolating(language.direction() == "rtl");
    bundle.add_resource_overriding(resource);
    if language == Language::Dutch {
        let analysis = FluentResource::try_new(ANALYSIS.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(analysis);
    }
    bundle
}

/// What is filled in to a message.
pub(crate) type Args<'a> = [(&'static str, FluentValue<'a>)];

/// The messages in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Messages(pub(crate) Language);

impl Messages {
    /// A message with nothing to fill in.
    pub(crate) fn say(self, key: &str) -> Cow<'static, str> {
        self.find(key, None)
    }

    /// A message with something to fill in.
    pub(crate) fn fill(self, key: &str, args: &Args<'_>) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, value.clone());
        }
        self.find(key, Some(&filled)).into_owned()
    }

    fn find(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let in_language = BUNDLES
            .get(self.0 as usize)
            .and_then(|own| format(own, key, args));
        let in_dutch = || BUNDLES.first().and_then(|dutch| format(dutch, key, args));
        in_language
            .or_else(in_dutch)
            .unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }
}

fn format(bundle: &'static Bundle, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    Some(match args {
        None => bundle.format_pattern(pattern, None, &mut errors),
        Some(_) => Cow::Owned(bundle.format_pattern(pattern, args, &mut errors).into_owned()),
    })
}

#[cfg(test)]
mod tests;
