//! Coverage: how near the offerings of a selection are to everybody, and where there are none.
//!
//! A selection is a theme and a kind, or all of either ([`Selection`]). From each postcode ([`Origin`]) is measured how far its
//! nearest offerings are and how many lie within a radius ([`Reach`]); [`Summary`] and [`regions`] say what that comes
//! to for the people who live there. Only offerings with a place count: what is online or for everybody is near
//! nobody. Distances are great-circle metres from the middle of the postcode.

mod areas;
mod changes;
mod drawn;
mod measure;
mod new_places;
mod origins;
mod page;
mod summary;
mod tables;

use nabij_offering::{Kind, Theme};

pub use areas::{Areas, AreasError};
pub use changes::{AccessChange, Changes, Listed, Moved, changes};
pub use drawn::dots;
pub use measure::{Coverage, Reach};
pub use new_places::{NewPlace, TooMany, new_places};
pub use origins::{Origin, by_pc4, by_pc6};
pub use page::{Extras, Method};
pub use summary::{DISTANCES_KM, Gap, RegionLevel, RegionRow, Summary, gaps, regions};

/// A selection of offerings: of a theme and of a kind, or of any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// Only with this theme.
    pub theme: Option<Theme>,
    /// Only of this kind.
    pub kind: Option<Kind>,
}

/// How files name all themes or all kinds.
pub(crate) const ALL: &str = "all";

impl Selection {
    /// Each of the themes with each of the kinds; an empty list stands for any.
    pub fn of_each(themes: &[Theme], kinds: &[Kind]) -> Vec<Self> {
        let kinds = or_any(kinds);
        let with_kinds = |theme| kinds.iter().map(move |kind| Self { theme, kind: *kind });
        or_any(themes).into_iter().flat_map(with_kinds).collect()
    }

    /// Every theme and any, with every kind and any: the first is everything.
    pub fn every() -> Vec<Self> {
        let themes = std::iter::once(None).chain(Theme::ALL.iter().copied().map(Some));
        themes
            .flat_map(|theme| {
                let kinds = std::iter::once(None).chain(Kind::ALL.iter().copied().map(Some));
                kinds.map(move |kind| Self { theme, kind })
            })
            .collect()
    }

    /// The name of the theme in files; `all` for any.
    pub fn theme_name(self) -> &'static str {
        self.theme.map_or(ALL, Theme::name)
    }

    /// The name of the kind in files; `all` for any.
    pub fn kind_name(self) -> &'static str {
        self.kind.map_or(ALL, Kind::name)
    }
}

/// Each of the values, or any where there are none.
fn or_any<T: Copy>(values: &[T]) -> Vec<Option<T>> {
    if values.is_empty() {
        vec![None]
    } else {
        values.iter().copied().map(Some).collect()
    }
}
