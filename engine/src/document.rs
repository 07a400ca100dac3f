//! An offering on its way into the index: analysed and rendered.

use nabij_offering::{Card, Kind, Offering, Position, ServiceArea, ThemeSet};
use serde_json::Value;

use crate::analysis::document_terms;

/// An offering on its way into the index. Making one is where the work is; it can be done on any thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) themes: ThemeSet,
    pub(crate) position: Option<Position>,
    /// Only of offerings without a position.
    pub(crate) service_areas: Vec<ServiceArea>,
    /// Analysed text: terms separated by spaces.
    pub(crate) terms: String,
    /// How many terms that is.
    pub(crate) length: u32,
    /// The JSON of its [`Card`].
    pub(crate) card: Vec<u8>,
    /// The JSON of all its fields.
    pub(crate) detail: Vec<u8>,
}

impl From<&Offering> for Document {
    fn from(offering: &Offering) -> Self {
        let (terms, length) = document_terms(&offering.title, &offering.description);
        let position = offering.place.map(|place| place.position);
        Self {
            id: offering.id.clone(),
            kind: offering.kind,
            themes: offering.themes,
            position,
            service_areas: if position.is_some() {
                Vec::new()
            } else {
                offering.service_areas.clone()
            },
            terms,
            length,
            card: serde_json::to_vec(&Card::from(offering)).unwrap_or_default(),
            detail: detail(offering),
        }
    }
}

/// The native JSON form, with the position that was found for it.
fn detail(offering: &Offering) -> Vec<u8> {
    let mut object = offering.to_draft().to_json();
    if let Some(place) = offering.place {
        object.insert("lat".to_owned(), Value::from(place.position.lat()));
        object.insert("lon".to_owned(), Value::from(place.position.lon()));
        object.insert("precision".to_owned(), Value::from(place.precision.name()));
    }
    serde_json::to_vec(&object).unwrap_or_default()
}
