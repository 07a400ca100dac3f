//! `/tegels/{layer}/{z}/{x}/{y}.png`: a tile for the map that can be moved.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use crate::{problem::Problem, state::App, tiles::Tile};

/// `/tegels/{layer}/{z}/{x}/{y}.png`
pub(crate) async fn tile(
    State(app): State<Arc<App>>,
    Path((layer, zoom, x, file)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let tile = Tile::parse(&layer, &zoom, &x, &file).ok_or(Problem::NotFound)?;
    if app.site.tiles.is_none() {
        return Err(Problem::NotFound);
    }
    // Reading and fetching block: that must not hold up requests.
    let found = tokio::task::spawn_blocking(move || {
        let tiles = app.site.tiles.as_ref()?;
        match tiles.image(tile, (app.site.clock)().into()) {
            Ok(image) => Some(image),
            Err(error) => {
                tracing::warn!(%error, "no map tile");
                None
            }
        }
    });
    let image = found
        .await
        .map_err(|error| Problem::internal(&error))?
        .ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=604800"),
    ];
    Ok((headers, image).into_response())
}
