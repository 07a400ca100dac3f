//! From source files to a published index, and a report in which every row that did not make it stands.
//!
//! A [`Source`] yields [`Row`]s, each with its line. A row is checked (`nabij_offering`), placed (`nabij_atlas`) and
//! taken into the index (`nabij_engine`), or it ends in the [`Report`]. Nothing is dropped in silence.

mod classes;
mod duplicates;
mod dutch;
mod examine;
mod fetch;
mod guard;
mod hours;
mod in_order;
mod intake;
mod mapping;
mod organisations;
mod outcome;
mod place;
mod plain_text;
mod proposal;
mod quality;
mod readability;
mod report;
mod run;
mod source;
mod visibility;
mod wording;

pub use classes::{Classes, ClassesError};
pub use fetch::{FetchError, FetchPolicy, Fetched, fetch, fetch_api};
pub use guard::{Guard, GuardError, Percent};
pub use mapping::{Mapping, MappingError};
pub use outcome::Outcome;
pub use proposal::{Proposal, propose};
pub use quality::{Expiring, Quality, Tally, Titled};
pub use report::{Duplicate, Entry, Origin, Remark, Report};
pub use run::{IndexError, Job, Progress, index};
pub use source::{Format, Row, RowError, Rows, Source, SourceError};
pub use visibility::{Showing, Viewpoint, Visibility};
