//! From what was asked to what was found: the place, and how far to look.

use std::sync::Arc;

use nabij_atlas::{Atlas, Location, PlaceError};
use nabij_engine::{Area, Facets, Hits, Index, Query, Region, Selection};
use nabij_offering::{Postcode, PostcodeError};

use super::{asked::Asked, record::selection};
use crate::{
    aside::aside,
    problem::Problem,
    state::App,
    understanding::Understanding,
    widening::{Widened, beyond_the_words, of_the_theme},
};

/// How many offerings stand on a page.
pub(crate) const PAGE: usize = 10;
/// How far we look, further until something is found. Kilometres.
const WIDER_KM: [u32; 4] = [5, 10, 25, 50];

/// Why we do not know where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Nowhere {
    /// Nothing was filled in.
    Empty,
    /// Not the form of a postcode.
    NotAPostcode,
    /// No address has it.
    UnknownPostcode,
    /// No place is called so.
    UnknownPlace,
    /// Several places are called so.
    Several(Vec<String>),
}

/// The place that was typed: a postcode, a postcode with a town behind it, or the name of a place.
pub(crate) fn locate(atlas: &Atlas, typed: &str) -> Result<Location, Nowhere> {
    match postcode(typed) {
        Ok(postcode) => atlas
            .resolve(postcode)
            .map_err(|_unknown| Nowhere::UnknownPostcode),
        Err(PostcodeError::Empty) => Err(Nowhere::Empty),
        Err(_) if typed.starts_with(|c: char| c.is_ascii_digit()) => Err(Nowhere::NotAPostcode),
        Err(_) => atlas.resolve_place(typed).map_err(|error| match error {
            PlaceError::Unknown(_) => Nowhere::UnknownPlace,
            PlaceError::Ambiguous(names) => Nowhere::Several(names),
        }),
    }
}

/// Reads `3512 AB`, and `3512 AB Utrecht` as people paste it.
fn postcode(typed: &str) -> Result<Postcode, PostcodeError> {
    typed.parse::<Postcode>().or_else(|error| {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let before_a_name = |count: usize| {
            let (code, name) = words.split_at_checked(count)?;
            let letters = name
                .iter()
                .flat_map(|word| word.chars())
                .filter(|c| c.is_alphabetic());
            code.concat().parse().ok().filter(|_| letters.count() > 2)
        };
        before_a_name(2).or_else(|| before_a_name(1)).ok_or(error)
    })
}

/// What was found, and how far we looked for it.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) hits: Hits,
    pub(crate) within_km: u32,
    pub(crate) total: usize,
    /// How it goes beyond the words, if no place has all of them.
    pub(crate) beyond: Option<Widened>,
    /// The words as they were probably meant, if something was misspelt.
    pub(crate) corrected: Option<String>,
}

impl Found {
    /// Whether we looked further than we first do, because there was nothing.
    pub(crate) fn is_widened(&self, asked: &Asked) -> bool {
        asked.within_km.is_none() && self.within_km > first_km(asked) && self.total > 0
    }
}

/// Searches within the chosen distance, or further and further until there is something.
pub(crate) fn search(app: &App, index: &Index, asked: &Asked, location: &Location) -> Result<Found, Problem> {
    let first_km = first_km(asked);
    let distances: Vec<u32> = match asked.within_km {
        Some(km) => vec![km],
        None => [first_km]
            .into_iter()
            .chain(WIDER_KM.into_iter().filter(|km| *km > first_km))
            .collect(),
    };
    let selection = selection(app, index, asked)?;
    let understanding = Understanding::new(&asked.text, &app.lexicon, index, None);
    let mut found = Found {
        hits: Hits::default(),
        within_km: 0,
        total: 0,
        beyond: None,
        corrected: understanding.corrected.clone(),
    };
    let asked_for = |within_km| Query {
        understood: Some(Arc::clone(&understanding.what)),
        ..query(asked, location, within_km, selection.clone())
    };
    let steps = distances.iter().map(|km| (*km, None, asked_for(*km)));
    // Beyond the words only where all of them are nowhere.
    let beyond = distances.last().into_iter().flat_map(|km| {
        let asked_for = asked_for(*km);
        let apart = understanding.taken_apart(&app.lexicon, index);
        let beyond = beyond_the_words(&asked_for, apart.as_ref()).into_iter();
        let beyond = beyond.chain(of_the_theme(&asked_for));
        beyond.map(|(widened, query)| (*km, Some(widened), query))
    });
    for (within_km, beyond, query) in steps.chain(beyond) {
        let prepared = index.prepare(&query).map_err(|error| Problem::internal(&error))?;
        let hits = aside(&prepared, || prepared.answer());
        let total = usize::try_from(hits.total.unwrap_or(0)).unwrap_or(usize::MAX);
        found = Found {
            hits,
            within_km,
            total,
            beyond,
            corrected: found.corrected,
        };
        if total > 0 {
            break;
        }
    }
    Ok(found)
}

/// How far we look first, in kilometres.
fn first_km(asked: &Asked) -> u32 {
    let chosen = asked
        .variant
        .as_ref()
        .and_then(|variant| variant.profile.defaults.radius_km);
    chosen.unwrap_or(WIDER_KM[0])
}

fn query(asked: &Asked, location: &Location, within_km: u32, selection: Option<Arc<Selection>>) -> Query {
    Query {
        selection,
        origin: Some(location.position),
        area: Area::Circle {
            centre: location.position,
            radius_m: f64::from(within_km) * 1_000.0,
        },
        region: Some(Region::from(location)),
        text: asked.text.clone(),
        kinds: asked.kinds,
        themes: asked.themes,
        features: asked.features,
        offset: asked.page * PAGE,
        limit: PAGE,
        area_wide_offset: asked.wide_page * PAGE,
        facets: Facets {
            kind: true,
            theme: true,
            feature: true,
        },
        total: true,
        ..Query::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_understood_as_people_type_and_paste_it() {
        let atlas = Atlas::shipped().unwrap();
        for (typed, label) in [
            ("3512ab", "3512 AB"),
            (" 3512-AB", "3512 AB"),
            ("3512 AB Utrecht", "3512 AB"),
            ("3512AB, Utrecht", "3512 AB"),
            ("3512", "3512"),
            ("den haag", "Den Haag"),
        ] {
            assert_eq!(
                locate(&atlas, typed).map(|location| location.label),
                Ok(label.to_owned())
            );
        }
        for (typed, why) in [
            ("", Nowhere::Empty),
            ("3011 S", Nowhere::NotAPostcode),
            ("30111", Nowhere::NotAPostcode),
            ("1001 AA", Nowhere::UnknownPostcode),
            ("Nergenshuizen", Nowhere::UnknownPlace),
        ] {
            assert_eq!(locate(&atlas, typed), Err(why), "{typed}");
        }
        assert!(matches!(locate(&atlas, "Beek"), Err(Nowhere::Several(names)) if names.len() > 1));
    }
}
