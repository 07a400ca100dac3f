//! `/postcodes.txt`: the middle of every four-digit postcode, so that a telephone finds its own and tells us no more.

use std::{fmt::Write, sync::Arc};

use axum::extract::State;

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
