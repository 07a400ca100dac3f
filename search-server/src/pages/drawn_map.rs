//! `/kaart.svg` and `/plek/{id}/kaart.svg`: the map of a list or of one place, drawn here, for the screen without a
//! script and for paper. It shows land, neighbourhoods, names of places, distances and numbered pins.

mod land;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use nabij_atlas::{Atlas, EARTH_RADIUS_M, outline};
use nabij_offering::Position;

use super::{
    asked::Asked,
    language::Language,
    messages::Messages,
    record::record,
    search::{PAGE, locate, search},
};
use crate::{problem::Problem, state::App};

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 400.0;
/// Room for pins at the edge, as a share of the map.
const MARGIN: f64 = 1.3;
/// The least that a map shows from side to side, in metres.
const LEAST_WIDTH_M: f64 = 2_400.0;
/// How far pins must be from each other to stand apart.
const PIN: (f64, f64) = (56.0, 34.0);
/// How many names of places fit.
const MOST_NAMES: usize = 10;
/// The distances of rings, in metres.
const RINGS_M: [f64; 7] = [500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 25_000.0, 50_000.0];

#[derive(Template)]
#[template(path = "map.svg")]
struct DrawnMap {
    width: f64,
    height: f64,
    /// The path of the land that is seen.
    land: String,
    /// The middles of neighbourhoods.
    neighbourhoods: Vec<Point>,
    /// How large a neighbourhood is drawn.
    blob: f64,
    rings: Vec<Ring>,
    names: Vec<Name>,
    /// Where the visitor is.
    here: Option<Point>,
    pins: Vec<Pin>,
}

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

struct Ring {
    centre: Point,
    radius: f64,
    words: String,
}

struct Name {
    at: Point,
    name: String,
}

/// One place, or several that are too near each other to stand apart.
struct Pin {
    at: Point,
    label: String,
    wide: bool,
}

/// `/kaart.svg`
pub(crate) async fn map_of_results(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    let here = locate(&app.atlas, &asked.place).map_err(|_nowhere| Problem::NotFound)?;
    let index = app.index();
    let found = search(&app, &index, &asked, &here)?;
    let places: Vec<(usize, Position)> = found
        .hits
        .hits
        .iter()
        .enumerate()
        .filter_map(|(at, hit)| Some((asked.page * PAGE + at + 1, index.position(hit.doc)?)))
        .collect();
    let map = DrawnMap::new(&app.atlas, Some(here.position), &places, Messages(asked.language));
    image(&map)
}

/// `/plek/{id}/kaart.svg`
pub(crate) async fn map_of_offering(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let offering = record(&app, &app.index(), &asked, &id)?.ok_or(Problem::NotFound)?;
    let place = offering.place.ok_or(Problem::NotFound)?;
    let messages = Messages(asked.language);
    image(&DrawnMap::new(&app.atlas, None, &[(0, place.position)], messages))
}

/// A map of positions as an SVG element, without numbers on its pins.
pub(crate) fn drawn(atlas: &Atlas, positions: &[Position], language: Language) -> Result<String, Problem> {
    let places: Vec<(usize, Position)> = positions.iter().map(|position| (0, *position)).collect();
    let map = DrawnMap::new(atlas, None, &places, Messages(language));
    map.render().map_err(|error| Problem::internal(&error))
}

fn image(map: &DrawnMap) -> Result<Response, Problem> {
    let svg = map.render().map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// A flat piece of the earth, small enough to have one scale.
struct View {
    centre: Position,
    metres_per_unit: f64,
}

impl View {
    /// The view that shows all positions.
    fn of(positions: &[Position]) -> Option<Self> {
        let range = |value: fn(&Position) -> f64| {
            let values = positions.iter().map(value);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
                (least.min(value), most.max(value))
            })
        };
        let (south, north) = range(|position| position.lat());
        let (west, east) = range(|position| position.lon());
        let centre = Position::new(f64::midpoint(south, north), f64::midpoint(west, east)).ok()?;
        let mut view = Self {
            centre,
            metres_per_unit: LEAST_WIDTH_M / WIDTH,
        };
        let (wide, high) = (view.east_m(east) * 2.0, view.north_m(north) * 2.0);
        let fits = (wide * MARGIN / WIDTH).max(high * MARGIN / HEIGHT);
        view.metres_per_unit = view.metres_per_unit.max(fits);
        Some(view)
    }

    fn east_m(&self, lon: f64) -> f64 {
        (lon - self.centre.lon()).to_radians() * EARTH_RADIUS_M * self.centre.lat().to_radians().cos()
    }

    fn north_m(&self, lat: f64) -> f64 {
        (lat - self.centre.lat()).to_radians() * EARTH_RADIUS_M
    }

    /// The land, to a little beyond the edge of the map.
    fn land(&self) -> String {
        let rings = outline()
            .iter()
            .map(|ring| ring.iter().map(|at| self.point(*at)).collect());
        let (low, high) = (
            Point { x: -9.0, y: -9.0 },
            Point {
                x: WIDTH + 9.0,
                y: HEIGHT + 9.0,
            },
        );
        land::path(rings, low, high)
    }

    fn point(&self, position: Position) -> Point {
        Point {
            x: WIDTH / 2.0 + self.east_m(position.lon()) / self.metres_per_unit,
            y: HEIGHT / 2.0 - self.north_m(position.lat()) / self.metres_per_unit,
        }
    }
}

impl Point {
    fn is_within(self, margin: f64) -> bool {
        (margin..=WIDTH - margin).contains(&self.x) && (margin..=HEIGHT - margin).contains(&self.y)
    }

    fn is_near(self, other: Self, x: f64, y: f64) -> bool {
        (self.x - other.x).abs() < x && (self.y - other.y).abs() < y
    }
}

impl DrawnMap {
    fn new(atlas: &Atlas, here: Option<Position>, places: &[(usize, Position)], messages: Messages) -> Self {
        let positions: Vec<Position> = places.iter().map(|(_, at)| *at).chain(here).collect();
        let mut map = Self {
            width: WIDTH,
            height: HEIGHT,
            land: String::new(),
            neighbourhoods: Vec::new(),
            blob: 0.0,
            rings: Vec::new(),
            names: Vec::new(),
            here: None,
            pins: Vec::new(),
        };
        let Some(view) = View::of(&positions) else {
            return map;
        };
        map.land = view.land();
        map.blob = (550.0 / view.metres_per_unit).clamp(5.0, 130.0);
        map.neighbourhoods = atlas
            .postcodes()
            .map(|area| view.point(area.position))
            .filter(|point| point.is_within(-map.blob))
            .collect();
        map.here = here.map(|here| view.point(here));
        map.pins = pins(&view, places);
        map.names = names(&view, atlas, &map.pins);
        map.rings = map
            .here
            .map(|here| rings(&view, here, messages))
            .unwrap_or_default();
        map
    }
}

fn pins(view: &View, places: &[(usize, Position)]) -> Vec<Pin> {
    let mut groups: Vec<(Point, Vec<usize>)> = Vec::new();
    for (number, position) in places {
        let at = view.point(*position);
        match groups
            .iter_mut()
            .find(|(other, _)| at.is_near(*other, PIN.0, PIN.1))
        {
            Some((_, numbers)) => numbers.push(*number),
            None => groups.push((at, vec![*number])),
        }
    }
    let pin = |(at, numbers): (Point, Vec<usize>)| Pin {
        at,
        label: match numbers.as_slice() {
            [0] | [] => String::new(),
            [only] => only.to_string(),
            [one, other] => format!("{one}, {other}"),
            [first, rest @ ..] => format!("{first} +{}", rest.len()),
        },
        wide: numbers.len() > 1,
    };
    groups.into_iter().map(pin).collect()
}

/// The names of the largest places that do not stand in each other's way.
fn names(view: &View, atlas: &Atlas, pins: &[Pin]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for place in atlas.places() {
        let at = view.point(place.position);
        let half = f64::from(u16::try_from(place.name.chars().count()).unwrap_or(u16::MAX)) * 4.5;
        let free = |other: Point, other_half: f64| !at.is_near(other, half + other_half, 22.0);
        if at.is_within(half.max(20.0))
            && pins.iter().all(|pin| free(pin.at, 22.0))
            && names
                .iter()
                .all(|name| !at.is_near(name.at, half * 2.0 + 10.0, 24.0))
        {
            names.push(Name {
                at,
                name: place.name.clone(),
            });
        }
        if names.len() == MOST_NAMES {
            break;
        }
    }
    names
}

/// Up to three rings around the visitor that can be seen as rings.
fn rings(view: &View, here: Point, messages: Messages) -> Vec<Ring> {
    let seen = RINGS_M.into_iter().filter(|metres| {
        let radius = metres / view.metres_per_unit;
        (60.0..WIDTH / 2.0).contains(&radius)
    });
    seen.map(|metres| Ring {
        centre: here,
        radius: metres / view.metres_per_unit,
        words: messages.distance(metres),
    })
    .take(3)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn everything_that_is_shown_lies_within_the_map() {
        let positions = [at(51.9, 4.4), at(52.1, 4.9), at(51.95, 4.5)];
        let view = View::of(&positions).unwrap();
        assert!(
            positions
                .iter()
                .all(|position| view.point(*position).is_within(10.0))
        );
    }

    #[test]
    fn a_town_at_the_sea_shows_land_and_one_inland_nothing_else() {
        let land = |lat, lon| View::of(&[at(lat, lon)]).unwrap().land();
        assert_eq!(land(52.09, 5.12), "M-9 409L-9 -9L489 -9L489 409Z");
        assert!(land(52.11, 4.27).matches('L').count() > 3, "The Hague");
        // The land around it, and the lake in that.
        assert_eq!(land(52.8, 5.4).matches('M').count(), 2, "IJsselmeer");
    }

    #[test]
    fn places_at_one_address_share_a_pin() {
        let places: Vec<(usize, Position)> = (1..=10).map(|number| (number, at(52.0, 5.0))).collect();
        let view = View::of(&[at(52.0, 5.0)]).unwrap();
        let pins = pins(&view, &places);
        assert_eq!(pins.len(), 1);
        assert_eq!(pins[0].label, "1 +9");
    }
}
