//! An offering with all its fields, out of the index.

use nabij_engine::Index;
use nabij_offering::{Draft, Offering};

use crate::problem::Problem;

/// The offering with an identifier; none if it is not there.
pub(crate) fn record(index: &Index, id: &str) -> Result<Option<Offering>, Problem> {
    let Some(doc) = index.find(id).map_err(|error| Problem::internal(&error))? else {
        return Ok(None);
    };
    let Some(json) = index.detail(doc).map_err(|error| Problem::internal(&error))? else {
        return Ok(None);
    };
    let draft: Draft = serde_json::from_slice(&json).map_err(|error| Problem::internal(&error))?;
    Ok(draft.check().offering)
}
