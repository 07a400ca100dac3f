//! An offering with all its fields, out of the index.

use std::sync::Arc;

use nabij_engine::{Index, Selection};
use nabij_offering::{Draft, Offering};

use super::asked::Asked;
use crate::{problem::Problem, state::App};

/// The offering with an identifier; none if it is not there, or not on offer on these pages.
pub(crate) fn record(app: &App, index: &Index, asked: &Asked, id: &str) -> Result<Option<Offering>, Problem> {
    let Some(doc) = index.find(id).map_err(|error| Problem::internal(&error))? else {
        return Ok(None);
    };
    if selection(app, index, asked)?.is_some_and(|selection| !selection.contains(doc)) {
        return Ok(None);
    }
    let Some(json) = index.detail(doc).map_err(|error| Problem::internal(&error))? else {
        return Ok(None);
    };
    let draft: Draft = serde_json::from_slice(&json).map_err(|error| Problem::internal(&error))?;
    Ok(draft.check().offering)
}

/// What of the index is on offer on these pages; none for all of it.
pub(crate) fn selection(app: &App, index: &Index, asked: &Asked) -> Result<Option<Arc<Selection>>, Problem> {
    let Some(variant) = &asked.variant else {
        return Ok(None);
    };
    app.variants.selection(index, &app.atlas, &variant.profile)
}
