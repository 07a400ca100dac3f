//! Measuring: queries put to an engine by several clients at once, and how long each took.
//!
//! In a closed loop a client asks its next query when it has the answer to the last: that says how much the engine
//! can do. In an open loop queries come at a set rate, whether or not answers have come: that says how long people
//! wait. There a time runs from the moment at which the query was due, so that queries that had to wait for a slow
//! one count as slow too (G. Tene, "How NOT to Measure Latency", on coordinated omission).

mod compare;
mod page;
mod report;
mod run;

pub use compare::{Change, CompareError, Comparison};
pub use report::{BenchReport, ClassReport, Made, Measured};
pub use run::{Load, Plan, Recorded, Run, Until, run};

/// Why a query was not answered, in words for the report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(pub String);

/// One of several who ask at the same time, each on a thread of its own.
pub trait Client {
    /// Asks the query with this number and waits for the whole answer.
    fn ask(&mut self, query: usize) -> Result<(), NoAnswer>;

    /// Asks, and gives a hash of what was found: the total and the identifiers in their order.
    fn fingerprint(&mut self, query: usize) -> Result<u64, NoAnswer>;
}
