//! Generations to and from object storage, so that any number of servers that are alike serve the same index.
//!
//! ```text
//! s3://bucket/prefix/
//!   CURRENT                              which generation is in use, replaced under a condition
//!   generations/3f0c…/manifest.json      one generation, by its fingerprint; never changed
//!   generations/3f0c…/columns.codes
//! ```
//!
//! - [`Storage`] is a place: S3 and what speaks like it, Azure, Google, a folder; a website to read from.
//! - [`Publication`] brings the generation in use of a store there: files first, then the pointer.
//! - [`Replica`] follows the pointer: fetches, checks, and makes it the generation in use of its own store.
//!
//! `docs/guides/replicas.md` says how to run them.

mod address;
mod pointer;
mod publication;
mod replica;
mod storage;

pub use pointer::{Pointer, PointerError};
pub use publication::{Publication, PublishError, Published};
pub use replica::{PullError, Pulled, Replica};
pub use storage::{Storage, StorageError};
