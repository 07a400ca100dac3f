//! The languages of the pages.

/// A language in which the pages are. What is offered stays in Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Language {
    #[default]
    Dutch,
    English,
    Arabic,
    Turkish,
    Polish,
    Ukrainian,
    French,
}

impl Language {
    /// Every language, the source of the others first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Dutch,
        Self::English,
        Self::Arabic,
        Self::Turkish,
        Self::Polish,
        Self::Ukrainian,
        Self::French,
    ];

    /// The code in `?lang=` and in `<html lang>`.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
            Self::Arabic => "ar",
            Self::Turkish => "tr",
            Self::Polish => "pl",
            Self::Ukrainian => "uk",
            Self::French => "fr",
        }
    }

    /// What its speakers call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Dutch => "Nederlands",
            Self::English => "English",
            Self::Arabic => "العربية",
            Self::Turkish => "Türkçe",
            Self::Polish => "Polski",
            Self::Ukrainian => "Українська",
            Self::French => "Français",
        }
    }

    /// The direction in which it is written, as HTML says it.
    pub(crate) const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            _ => "ltr",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}
