//! What analysts measure. So far: [`Times`], which the benches put their measurements into.

mod times;

pub use times::Times;
