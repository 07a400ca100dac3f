//! Where things are: the Dutch postcodes, the names of places, and distances.
//!
//! [`Atlas::shipped`] holds the tables of `data/postcodes`; it turns a postcode, a place name or a position into a
//! [`Location`]. The one measure of distance is [`distance_m`]: great-circle metres.
//! A [`Territory`] is a part of the country that somebody serves.

mod atlas;
mod distance;
mod outline;
mod pc6;
mod places;
mod postcodes;
mod territory;

pub use atlas::{Atlas, AtlasError, Location, PlaceError, UnknownPostcode};
pub use distance::{EARTH_RADIUS_M, distance_m};
pub use nabij_offering::{Pc4, Position, Postcode, PostcodeError, Precision};
pub use outline::{OUTLINE, outline};
pub use pc6::{Pc6Error, Pc6Import, Pc6ImportError, Pc6Rejected, Pc6RowError, Pc6Table};
pub use places::Place;
pub use postcodes::PostcodeArea;
pub use territory::{Territory, TerritoryPart};
