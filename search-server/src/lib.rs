//! The search server: `/v1/…` for programs, pages for residents, from one index that can be swapped while it runs.
//!
//! A handler reads: parse the parameters, take the current index, search, render. JSON and HTML part only after the
//! hits, so they cannot disagree. A library's own variant is found before any route is chosen, and its selection is part
//! of every query.

mod answer;
mod api;
mod aside;
mod assets;
mod corrections;
mod demand;
mod follow;
mod formats;
mod licences;
mod measured;
mod openapi;
mod operator;
mod overview;
mod pages;
mod params;
mod problem;
mod profiles;
mod serve;
mod site;
mod state;
mod suggestions;
mod tiles;
mod understanding;
mod variant;
mod variants;
mod widget;

pub use answer::answer;
pub use corrections::Corrections;
pub use demand::Demand;
pub use follow::watch;
pub use formats::Wanted;
pub use operator::{TokenHash, TokenHashError};
pub use overview::{Overview, Titled};
pub use params::{Search, parse};
pub use problem::{ParamProblem, Problem};
pub use serve::{router, serve};
pub use site::Site;
pub use state::App;
pub use tiles::Tiles;
pub use understanding::{Understanding, Widened};
