//! `/postcodes.txt`, `/plaatsen.txt` and `/omtrek.txt`: where postcodes, towns and land are, for the scripts. With these a telephone finds
//! its own postcode and tells us no more, and the map has something under its pins without anybody's tiles.

use std::{fmt::Write, sync::Arc};

use axum::extract::State;
use nabij_atlas::OUTLINE;

use crate::state::App;

/// `/postcodes.txt`: a line `3011 51.919 4.486` each, in degrees, to about 100 m.
pub(crate) async fn postcodes(State(app): State<Arc<App>>) -> String {
    let mut lines = String::with_capacity(20 * 4_100);
    for area in app.atlas.postcodes() {
        let (lat, lon) = (area.position.lat(), area.position.lon());
        // Writing to a String does not fail.
        let _ = writeln!(lines, "{} {lat:.3} {lon:.3}", area.pc4);
    }
    lines
}

/// How many places the map knows by name.
const NAMES: usize = 800;

/// `/plaatsen.txt`: a line `Den Haag|52.077|4.299` each, the largest first.
pub(crate) async fn place_names(State(app): State<Arc<App>>) -> String {
    let mut lines = String::with_capacity(30 * NAMES);
    for place in app.atlas.places().take(NAMES) {
        let (lat, lon) = (place.position.lat(), place.position.lon());
        // Writing to a String does not fail.
        let _ = writeln!(lines, "{}|{lat:.3}|{lon:.3}", place.name);
    }
    lines
}

/// `/omtrek.txt`: the outline of the land, a line `51.528 3.432` a point, a blank line between rings.
pub(crate) async fn outline() -> &'static str {
    OUTLINE
}
