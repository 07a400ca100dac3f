//! Where a checked offering is: its own coordinates, else its postcode, else its place name.

use nabij_atlas::{Atlas, Location, PlaceError, UnknownPostcode, distance_m};
use nabij_offering::{Field, Offering, Place, ServiceArea};

use crate::report::Remark;

/// A position further than this from the offering's own postcode or place is suspicious.
const FAR_M: f64 = 15_000.0;

/// Something odd about where an offering is. It is kept.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum Oddity {
    #[error("lies {km:.0} km from its postcode {postcode}")]
    FarFromPostcode { km: f64, postcode: String },
    #[error("lies {km:.0} km from its place {place}")]
    FarFromPlace { km: f64, place: String },
    #[error(transparent)]
    UnknownPostcode(#[from] UnknownPostcode),
    #[error("no Dutch place is called `{0}`")]
    UnknownPlace(String),
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

impl From<UnknownMunicipality> for Remark {
    fn from(unknown: UnknownMunicipality) -> Self {
        Self {
            field: Some(Field::ServiceArea),
            code: "unknown_municipality",
            problem: unknown.to_string(),
            remedy: "give the municipality of today, or its postcodes as pc4:FIRST-LAST",
        }
    }
}

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

impl From<Oddity> for Remark {
    fn from(oddity: Oddity) -> Self {
        let (field, code, remedy) = match oddity {
            Oddity::FarFromPostcode { .. } => (
                Field::Postcode,
                "far_from_postcode",
                "check postcode and coordinates",
            ),
            Oddity::FarFromPlace { .. } => (
                Field::Place,
                "far_from_place",
                "check place, postcode and coordinates",
            ),
            Oddity::UnknownPostcode(_) => (Field::Postcode, "unknown_postcode", "check the postcode"),
            Oddity::UnknownPlace(_) => (
                Field::Place,
                "unknown_place",
                "write the name of the town or village",
            ),
        };
        Self {
            field: Some(field),
            code,
            problem: oddity.to_string(),
            remedy,
        }
    }
}

impl From<Lost> for Remark {
    fn from(lost: Lost) -> Self {
        Self {
            field: Some(Field::Postcode),
            code: "lost",
            problem: lost.to_string(),
            remedy: "give coordinates, a postcode or a place that exists",
        }
    }
}

/// Gives the offering its place, unless it has one or serves an area instead; says what is odd about it.
pub(crate) fn place(atlas: &Atlas, offering: &mut Offering) -> Result<Vec<Oddity>, Lost> {
    let by_postcode = offering.postcode.map(|postcode| atlas.resolve(postcode));
    let mut oddities = Vec::new();
    if let Some(Err(unknown)) = by_postcode {
        oddities.push(unknown.into());
    }
    let postcode = by_postcode.and_then(Result::ok);
    if let (Some(own), Some(postcode)) = (offering.place, &postcode) {
        let far = distance_m(own.position, postcode.position);
        if far > FAR_M {
            oddities.push(Oddity::FarFromPostcode {
                km: far / 1_000.0,
                postcode: postcode.label.clone(),
            });
        }
    }
    let found = offering.place.or_else(|| postcode.as_ref().map(placed));
    if let Some(found) = found {
        offering.place = Some(found);
        oddities.extend(
            offering
                .town
                .as_deref()
                .and_then(|town| against_town(atlas, found, town)),
        );
        return Ok(oddities);
    }
    let by_town = offering.town.as_deref().map(|town| atlas.resolve_place(town));
    let lost = match (by_town, offering.postcode) {
        (Some(Ok(location)), _) => {
            offering.place = Some(placed(&location));
            return Ok(oddities);
        }
        (Some(Err(error)), _) => error.into(),
        (None, Some(postcode)) => UnknownPostcode(postcode).into(),
        (None, None) => Lost::Nowhere,
    };
    if offering.service_areas.is_empty() {
        Err(lost)
    } else {
        Ok(oddities)
    }
}

fn placed(location: &Location) -> Place {
    Place {
        position: location.position,
        precision: location.precision,
    }
}

/// Whether the town that an offering names is another one than where it is.
fn against_town(atlas: &Atlas, found: Place, town: &str) -> Option<Oddity> {
    match atlas.distance_to_place(found.position, town) {
        None => Some(Oddity::UnknownPlace(town.to_owned())),
        Some(far) if far > FAR_M => Some(Oddity::FarFromPlace {
            km: far / 1_000.0,
            place: town.to_owned(),
        }),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use nabij_offering::Draft;

    use super::*;

    fn oddities(values: &[(Field, &str)]) -> Vec<String> {
        let mut draft = Draft::default();
        let needed = [
            (Field::Id, "a"),
            (Field::Title, "Taal"),
            (Field::Kind, "informal"),
        ];
        for (field, value) in needed.iter().chain(values) {
            draft.set(*field, value);
        }
        let mut offering = draft.check().offering.unwrap();
        match place(&Atlas::shipped().unwrap(), &mut offering) {
            Ok(oddities) => oddities.iter().map(ToString::to_string).collect(),
            Err(lost) => vec![format!("lost: {lost}")],
        }
    }

    #[test]
    fn postcode_place_and_position_are_held_against_each_other() {
        let (rotterdam, sneek) = ((Field::Postcode, "3011 AD"), (Field::Place, "Sneek"));
        let there = [(Field::Lat, "51.92"), (Field::Lon, "4.48")];
        assert_eq!(
            oddities(&[rotterdam, (Field::Place, "rotterdam")]),
            Vec::<String>::new()
        );
        assert_eq!(
            oddities(&[rotterdam, (Field::Place, "Rotterdam"), there[0], there[1]]),
            Vec::<String>::new()
        );
        assert_eq!(
            oddities(&[rotterdam, sneek]),
            ["lies 147 km from its place Sneek"]
        );
        assert_eq!(
            oddities(&[sneek, there[0], there[1]]),
            ["lies 147 km from its place Sneek"]
        );
        assert_eq!(
            oddities(&[(Field::Postcode, "8601 AA"), there[0], there[1]]),
            ["lies 147 km from its postcode 8601 AA"]
        );
        assert_eq!(
            oddities(&[rotterdam, (Field::Place, "Nergenshuizen")]),
            ["no Dutch place is called `Nergenshuizen`"]
        );
    }

    #[test]
    fn an_unknown_postcode_leaves_the_place_and_without_one_it_is_lost() {
        let unknown = (Field::Postcode, "1001 AA");
        assert_eq!(
            oddities(&[unknown, (Field::Place, "Sneek")]),
            ["no Dutch address has the postcode 1001 AA"]
        );
        assert_eq!(
            oddities(&[unknown]),
            ["lost: no Dutch address has the postcode 1001 AA"]
        );
        assert_eq!(
            oddities(&[(Field::Place, "Nergenshuizen")]),
            ["lost: no Dutch place is called `Nergenshuizen`"]
        );
        assert_eq!(
            oddities(&[(Field::ServiceArea, "national")]),
            Vec::<String>::new()
        );
    }
}
