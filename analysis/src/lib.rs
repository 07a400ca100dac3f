//! What analysts measure: how fast and how well queries are answered, and who has what near by.
//!
//! - [`queries`] draws queries or reads them, [`run`] puts them to a [`Client`], [`BenchReport`] keeps what came of
//!   it, [`Comparison`] says what changed.
//! - [`coverage`] measures from every postcode what is near, and sums it up by who lives there.
//! - [`relevance`] measures answers by what people judged.
//! - [`Population`] weighs postcodes by who lives there.
//!
//! Nothing here reads the clock of the day or the network: a command brings both.

mod bench;
pub mod coverage;
pub mod demand;
mod environment;
mod plot;
mod population;
pub mod queries;
pub mod relevance;
mod times;
pub mod words;

pub use bench::{
    BenchReport, Change, ClassReport, Client, CompareError, Comparison, Load, Made, Measured, NoAnswer, Plan,
    Recorded, Run, Until, run,
};
pub use environment::{Environment, IndexInfo};
pub use population::{Population, PopulationError, PopulationFile};
pub use times::Times;
