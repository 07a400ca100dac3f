//! From source files to a published index, and a report in which every row that did not make it stands.
//!
//! A [`Source`] yields [`Row`]s, each with its line. A row is checked (`nabij_offering`), placed (`nabij_atlas`) and
//! taken into the index (`nabij_engine`), or it ends in the [`Report`]. Nothing is dropped in silence.

mod classes;
mod dutch;
mod fetch;
mod hours;
mod mapping;
mod organisations;
mod place;
mod plain_text;
mod proposal;
mod report;
mod run;
mod source;
mod wording;

pub use classes::{Classes, ClassesError};
pub use fetch::{FetchError, FetchPolicy, Fetched, fetch, fetch_api};
pub use mapping::{Mapping, MappingError};
pub use proposal::{Proposal, propose};
pub use report::{Entry, Remark, Report};
pub use run::{IndexError, Progress, index};
pub use source::{Format, Row, RowError, Rows, Source, SourceError};
