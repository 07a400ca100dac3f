//! Nabij's index on disk and the query on it.
//!
//! - [`Store`] is a folder of generations, of which one is current. [`Build`] makes a new one: [`Document`]s go in
//!   in any order, [`Build::publish`] writes them in the order of the map, verifies and switches to them.
//! - [`Index`] is one generation, opened: immutable, shared by any number of threads. [`Index::search`] answers a
//!   [`Query`] with [`Hits`]: exact totals, exact order, ties broken by id.
//! - [`Criteria`] say what may be seen of an index; [`Index::select`] makes a [`Selection`] of them, which a query takes
//!   along.
//!
//! Distances are great-circle metres on a sphere, everywhere.

#[cfg(target_endian = "big")]
compile_error!("the index files are little-endian and used in place; this target is big-endian");

mod analysis;
mod area_wide;
mod array;
mod attributes;
mod bands;
mod bm25;
mod build;
mod codes;
mod conjunction;
mod cover;
mod cursor;
mod dense;
mod directory;
mod document;
mod explain;
mod frequent;
mod hits;
mod impacts;
mod index;
mod manifest;
mod marks;
mod matches;
mod met;
mod neighbourhoods;
mod opening;
mod origin;
mod pass;
mod pins;
mod plan;
mod prepared;
mod query;
mod ranked;
mod reasons;
mod records;
mod remembered;
mod rings;
mod search;
mod selection;
mod shortlist;
mod spelling;
mod spill;
mod store;
mod subset;
mod text;
mod transfer;
mod unions;
mod walk;
mod ways;
mod within;
mod worth;

pub use analysis::terms;
pub use build::{Build, BuildError};
pub use document::Document;
pub use explain::Explanation;
pub use hits::{FacetCounts, Hit, Hits};
pub use index::{Index, OpenError};
pub use manifest::{Counts, FORMAT, Manifest, SourceInfo};
pub use plan::{Facts, Nearest, Pass, Plan};
pub use prepared::{Prepared, SearchError};
pub use query::{Area, BoundingBox, Facets, Query, Region, Sort};
pub use reasons::{Reason, Reasons};
pub use selection::{Criteria, Selection, StaleSelection};
pub use spelling::Spelled;
pub use store::{GenerationNumber, KEPT_GENERATIONS, Store, StoreError};
pub use subset::Subset;
pub use transfer::{Incoming, Outgoing, fingerprint};
pub use worth::Worth;
