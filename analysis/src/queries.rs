//! Queries to measure with: a file of them ([`QueryFile`]), or made up like those of residents ([`draw`]).
//!
//! A query is what the API is asked: the names and values of its parameters, and a class under which its times are
//! gathered.

mod draw;
mod file;
mod trec;

pub use draw::{Weights, WeightsError, draw};
pub use file::{BrokenLine, QueryFile, QueryFormat};

/// A query and the class it is measured in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The class, such as `near`.
    pub class: String,
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// The parameters of the API, in their order.
    pub parameters: Vec<(String, String)>,
}
