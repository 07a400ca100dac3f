//! What analysts measure: how fast ([`Times`], which the benches put their measurements into) and how well ([`relevance`])
//! queries are answered.

pub mod relevance;
mod times;

pub use times::Times;
