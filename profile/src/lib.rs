//! Profiles: what a library sets for its own variant of the map and its widget.
//!
//! A profile is a TOML file (`docs/formats/profile.md`): a name, texts, a look, a region, what is offered of all there
//! is, and a licence. [`Profiles::load`] reads a folder of them and keeps the last good one of each that is wrong now.
//! [`blank`] writes one to begin with.

mod blank;
mod borders;
mod check;
mod colour;
mod file;
mod finding;
mod folder;
mod licence;
mod logo;
mod names;
mod profile;

pub use blank::{Blank, BlankError, blank};
pub use colour::{Colour, LEAST_CONTRAST};
pub use finding::Finding;
pub use folder::{Profiles, signature};
pub use licence::{KeyHash, Licence, Refusal};
pub use logo::{Logo, LogoKind};
pub use profile::{Contact, Defaults, LANGUAGES, Look, Profile, RADII_KM, Texts};
