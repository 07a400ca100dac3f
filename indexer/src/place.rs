//! Where a checked offering is: its own coordinates, else its postcode, else its place name.

use nabij_atlas::{Atlas, PlaceError, UnknownPostcode, distance_m};
use nabij_offering::{Offering, Place, ServiceArea};

/// A position further than this from the offering's own postcode is suspicious.
const FAR_M: f64 = 15_000.0;

/// Something odd about where an offering is. It is kept.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum Oddity {
    #[error("lies {km:.0} km from its postcode {postcode}")]
    FarFromPostcode { km: f64, postcode: String },
    #[error(transparent)]
    UnknownPostcode(#[from] UnknownPostcode),
}

/// An offering that is nowhere to be found.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum Lost {
    #[error(transparent)]
    Postcode(#[from] UnknownPostcode),
    #[error(transparent)]
    Place(#[from] PlaceError),
    #[error("has no usable position, postcode or place")]
    Nowhere,
}

/// A municipality that is none.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("no Dutch municipality is called `{0}`")]
pub(crate) struct UnknownMunicipality(String);

/// Gives the municipalities that the offering serves the names by which the atlas knows them. Unknown ones are kept as
/// they are: nobody lives there.
pub(crate) fn name_municipalities(atlas: &Atlas, offering: &mut Offering) -> Vec<UnknownMunicipality> {
    let mut unknown = Vec::new();
    for area in &mut offering.service_areas {
        if let ServiceArea::Municipality(name) = area {
            match atlas.municipality(name) {
                Some(known) => known.clone_into(name),
                None => unknown.push(UnknownMunicipality(name.clone())),
            }
        }
    }
    unknown
}

/// Gives the offering its place, unless it has one or serves an area instead.
pub(crate) fn place(atlas: &Atlas, offering: &mut Offering) -> Result<Option<Oddity>, Lost> {
    let by_postcode = offering.postcode.map(|postcode| atlas.resolve(postcode));
    if let Some(own) = offering.place {
        return Ok(match (by_postcode, offering.postcode) {
            (Some(Ok(location)), Some(postcode)) => {
                let far = distance_m(own.position, location.position);
                let postcode = postcode.to_string();
                (far > FAR_M).then_some(Oddity::FarFromPostcode {
                    km: far / 1_000.0,
                    postcode,
                })
            }
            (Some(Err(unknown)), _) => Some(unknown.into()),
            _ => None,
        });
    }
    let mut oddity = None;
    let lost = match by_postcode {
        Some(Ok(location)) => {
            offering.place = Some(Place {
                position: location.position,
                precision: location.precision,
            });
            return Ok(None);
        }
        Some(Err(unknown)) => {
            oddity = Some(unknown.into());
            Lost::Postcode(unknown)
        }
        None => Lost::Nowhere,
    };
    let lost = match offering.town.as_deref().map(|town| atlas.resolve_place(town)) {
        Some(Ok(location)) => {
            offering.place = Some(Place {
                position: location.position,
                precision: location.precision,
            });
            return Ok(oddity);
        }
        Some(Err(error)) => error.into(),
        None => lost,
    };
    if offering.service_areas.is_empty() {
        Err(lost)
    } else {
        Ok(oddity)
    }
}
