//! The parameters of a search, as they stand in a query string, and the query they mean.

use std::{fmt, str::FromStr};

use nabij_atlas::{Atlas, Location, PlaceError};
use nabij_engine::{Area, BoundingBox, Facets, Query, Region, Sort};
use nabij_offering::{Feature, Kind, Position, Postcode, Theme};
use nabij_profile::Profile;

use crate::{
    formats::{self, Wanted},
    pages::Language,
    problem::{ParamProblem, Problem},
    understanding::Understanding,
    widening::Widened,
};

/// How the words of a search are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Words {
    /// All of them must occur, as they stand.
    #[default]
    Literal,
    /// They are what a resident means.
    Understood,
    /// Any of them will do, as they stand: what a search finds that knows nothing of what words mean. To compare with.
    Plain,
}

/// A search that was understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Search {
    /// What to ask the index.
    pub query: Query,
    /// From where, if a place was given.
    pub location: Option<Location>,
    /// What the words mean, once [`Search::understand`] has seen to it.
    pub understanding: Option<Understanding>,
    /// How the answer goes beyond what was asked for, as there was too little.
    pub widened: Option<Widened>,
    /// How the words are to be taken.
    pub words: Words,
    /// Whether to say how the answer came about.
    pub explain: bool,
    /// Whether the same will be asked again, further away, if nothing is found.
    pub further: bool,
    /// In which format; without one, `Accept` decides.
    pub format: Option<Wanted>,
    /// In which language to say what residents read.
    pub(crate) texts: Option<Language>,
    /// Whether the place is outside the region of the profile that asks; none without a profile.
    pub outside_region: Option<bool>,
}

impl Search {
    /// Fills in what a profile chose for who chose nothing, and sees whether it serves the place. What it offers at all is
    /// the selection of the query.
    pub(crate) fn within(&mut self, profile: &Profile) {
        let query = &mut self.query;
        let (defaults, location) = (profile.defaults, self.location.as_ref());
        if let (Area::Anywhere, Some(km), Some(location)) = (query.area, defaults.radius_km, location) {
            query.area = Area::Circle {
                centre: location.position,
                radius_m: f64::from(km) * 1_000.0,
            };
        }
        let chose_nothing = query.kinds.is_empty() && query.themes.is_empty() && query.features.is_empty();
        if chose_nothing {
            query.kinds = defaults.kinds;
            query.themes = defaults.themes;
            query.features = defaults.features;
        }
        let serves = location.map(|location| profile.serves(location.pc4, location.position));
        self.outside_region = Some(serves == Some(false));
    }
}

const MOST_LIMIT: usize = 100;
const MOST_OFFSET: usize = 10_000;
const LONGEST_TEXT: usize = 200;
/// Half the circumference of the earth, in metres.
const LARGEST_RADIUS_M: f64 = 20_040_000.0;

/// Reads a query string. Every parameter that is wrong or unknown is reported, none ignored.
pub fn parse(query_string: &str, atlas: &Atlas) -> Result<Search, Problem> {
    let mut raw = Raw::default();
    let mut query = Query {
        limit: 20,
        total: true,
        ..Query::default()
    };
    for (name, value) in form_urlencoded::parse(query_string.as_bytes()) {
        raw.read(&name, &value, &mut query);
    }
    let location = raw.location(atlas);
    raw.area(&mut query, location.as_ref());
    if query.sort == Sort::Relevance && query.text.trim().is_empty() {
        raw.reject("sort", "missing_text", "relevance needs words in `q`");
    }
    if !raw.problems.is_empty() {
        return Err(Problem::InvalidParams(raw.problems));
    }
    query.origin = match (&location, query.area) {
        (Some(location), _) => Some(location.position),
        (None, Area::Box(bbox)) => Some(bbox.centre()),
        (None, _) => None,
    };
    query.region = location.as_ref().map(Region::from);
    Ok(Search {
        query,
        location,
        understanding: None,
        widened: None,
        words: raw.words,
        explain: raw.explain,
        further: raw.further,
        format: raw.format,
        texts: raw.texts,
        outside_region: None,
    })
}

/// What was typed, of the parameters that need each other.
#[derive(Default)]
struct Raw {
    postcode: Option<String>,
    place: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    bbox: Option<BoundingBox>,
    radius_m: Option<f64>,
    words: Words,
    explain: bool,
    further: bool,
    format: Option<Wanted>,
    texts: Option<Language>,
    problems: Vec<ParamProblem>,
}

impl Raw {
    fn reject(&mut self, name: &str, code: &'static str, reason: impl fmt::Display) {
        self.problems.push(ParamProblem {
            name: name.to_owned(),
            reason: reason.to_string(),
            code,
        });
    }

    fn read(&mut self, name: &str, value: &str, query: &mut Query) {
        match name {
            "postcode" => self.postcode = Some(value.to_owned()),
            "place" => self.place = Some(value.to_owned()),
            "lat" => self.lat = self.number(name, value, -90.0, 90.0),
            "lon" => self.lon = self.number(name, value, -180.0, 180.0),
            "radius" => self.radius_m = self.number(name, value, 0.0, LARGEST_RADIUS_M),
            "bbox" => self.bbox = self.bbox(value),
            "q" if value.chars().count() > LONGEST_TEXT => {
                self.reject(
                    name,
                    "too_long",
                    format!("at most {LONGEST_TEXT} characters are read"),
                );
            }
            "q" => value.clone_into(&mut query.text),
            "words" => match value {
                "literal" => self.words = Words::Literal,
                "understood" => self.words = Words::Understood,
                "plain" => self.words = Words::Plain,
                _ => self.reject(name, "unknown_value", "must be literal, understood or plain"),
            },
            "half_distance" => query.half_distance_m = self.number(name, value, 1.0, LARGEST_RADIUS_M),
            "kind" => self
                .words(name, value)
                .into_iter()
                .for_each(|kind: Kind| query.kinds.insert(kind)),
            "theme" => self
                .words(name, value)
                .into_iter()
                .for_each(|theme: Theme| query.themes.insert(theme)),
            "feature" => self
                .words(name, value)
                .into_iter()
                .for_each(|feature: Feature| query.features.insert(feature)),
            "format" => match formats::named(value) {
                Ok(format) => self.format = Some(format),
                Err(problem) => self.problems.push(problem),
            },
            "texts" => match Language::from_code(value) {
                Some(language) => self.texts = Some(language),
                None => self.reject(name, "unknown_value", "must be nl, en, ar, tr, pl, uk or fr"),
            },
            "sort" => match value {
                "distance" | "none" => query.sort = Sort::Distance,
                "relevance" => query.sort = Sort::Relevance,
                _ => self.reject(name, "unknown_value", "must be distance, relevance or none"),
            },
            "limit" => query.limit = self.count(name, value, MOST_LIMIT).unwrap_or(query.limit),
            "offset" => query.offset = self.count(name, value, MOST_OFFSET).unwrap_or(query.offset),
            "facets" => query.facets = self.facets(value),
            "total" => match value {
                "exact" => query.total = true,
                "none" => query.total = false,
                _ => self.reject(name, "unknown_value", "must be exact or none"),
            },
            // Who asks for a profile was let in before.
            "profile" => {}
            "explain" => self.explain = self.flag(name, value),
            "further" => self.further = self.flag(name, value),
            _ => self.reject(
                name,
                "unknown_parameter",
                "this parameter does not exist; see /v1/openapi.json",
            ),
        }
    }

    fn flag(&mut self, name: &str, value: &str) -> bool {
        if !matches!(value, "true" | "false") {
            self.reject(name, "unknown_value", "must be true or false");
        }
        value == "true"
    }

    fn number(&mut self, name: &str, value: &str, least: f64, most: f64) -> Option<f64> {
        let number = value
            .trim()
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.reject(
                name,
                "out_of_range",
                format!("must be a number from {least} to {most}"),
            );
        }
        number
    }

    fn count(&mut self, name: &str, value: &str, most: usize) -> Option<usize> {
        let count = value.trim().parse().ok().filter(|count| *count <= most);
        if count.is_none() {
            self.reject(
                name,
                "out_of_range",
                format!("must be a whole number from 0 to {most}"),
            );
        }
        count
    }

    fn words<T: FromStr<Err: fmt::Display>>(&mut self, name: &str, value: &str) -> Vec<T> {
        let mut words = Vec::new();
        for word in value.split(',').filter(|word| !word.trim().is_empty()) {
            match word.parse() {
                Ok(word) => words.push(word),
                Err(error) => self.reject(name, "unknown_value", error),
            }
        }
        words
    }

    fn facets(&mut self, value: &str) -> Facets {
        let mut facets = Facets::default();
        for word in value.split(',') {
            match word.trim() {
                "kind" => facets.kind = true,
                "theme" => facets.theme = true,
                "feature" => facets.feature = true,
                "" => {}
                _ => self.reject(
                    "facets",
                    "unknown_value",
                    "known facets are kind, theme and feature",
                ),
            }
        }
        facets
    }

    fn bbox(&mut self, value: &str) -> Option<BoundingBox> {
        let degrees: Vec<f64> = value
            .split(',')
            .filter_map(|part| part.trim().parse().ok())
            .collect();
        let bbox = match *degrees.as_slice() {
            [west, south, east, north] if south <= north && value.split(',').count() == 4 => {
                let corners = (Position::new(south, west), Position::new(north, east));
                if let (Ok(south_west), Ok(north_east)) = corners {
                    Some(BoundingBox {
                        south_west,
                        north_east,
                    })
                } else {
                    None
                }
            }
            _ => None,
        };
        if bbox.is_none() {
            self.reject(
                "bbox",
                "malformed",
                "must be west,south,east,north in degrees, south below north",
            );
        }
        bbox
    }

    fn location(&mut self, atlas: &Atlas) -> Option<Location> {
        let wheres = [
            self.postcode.is_some(),
            self.place.is_some(),
            self.lat.is_some() || self.lon.is_some(),
        ];
        if wheres.iter().filter(|given| **given).count() > 1 {
            self.reject(
                "postcode",
                "conflict",
                "give one of postcode, place, and lat with lon",
            );
            return None;
        }
        if let Some(text) = self.postcode.take() {
            return self.postcode(&text, atlas);
        }
        if let Some(name) = self.place.take() {
            return match atlas.resolve_place(&name) {
                Ok(location) => Some(location),
                Err(error) => {
                    let code = match error {
                        PlaceError::Unknown(_) => "unknown_place",
                        PlaceError::Ambiguous(_) => "ambiguous_place",
                    };
                    self.reject("place", code, error);
                    None
                }
            };
        }
        match (self.lat, self.lon) {
            (Some(lat), Some(lon)) => Position::new(lat, lon).ok().map(|position| atlas.here(position)),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                if self.problems.is_empty() {
                    self.reject("lat", "incomplete", "lat and lon need each other");
                }
                None
            }
        }
    }

    fn postcode(&mut self, text: &str, atlas: &Atlas) -> Option<Location> {
        match text.parse::<Postcode>() {
            Err(error) => self.reject("postcode", "not_a_postcode", error),
            Ok(postcode) => match atlas.resolve(postcode) {
                Ok(location) => return Some(location),
                Err(error) => self.reject("postcode", "unknown_postcode", error),
            },
        }
        None
    }

    fn area(&mut self, query: &mut Query, location: Option<&Location>) {
        match (self.bbox, self.radius_m, location) {
            (Some(_), Some(_), _) => self.reject("radius", "conflict", "give a radius or a bbox, not both"),
            (Some(bbox), None, _) => query.area = Area::Box(bbox),
            (None, Some(radius_m), Some(location)) => {
                query.area = Area::Circle {
                    centre: location.position,
                    radius_m,
                };
            }
            (None, Some(_), None) if self.problems.is_empty() => {
                self.reject(
                    "radius",
                    "incomplete",
                    "a radius needs postcode, place, or lat with lon",
                );
            }
            (None, Some(_), None) | (None, None, _) => {}
        }
    }
}
