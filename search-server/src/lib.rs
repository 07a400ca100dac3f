//! The search server: `/v1/…` for programs, pages for residents, from one index that can be swapped while it runs.
//!
//! A handler reads: parse the parameters, take the current index, search, render. JSON and HTML part only after the
//! hits, so they cannot disagree. A library's own variant is found before any route is chosen, and its selection is part
//! of every query.

mod answer;
mod api;
mod aside;
mod assets;
mod buckets;
mod clients;
mod connections;
mod corrections;
mod demand;
mod follow;
mod formats;
mod gate;
mod headers;
mod licences;
mod limits;
mod measured;
mod metrics;
mod note;
mod openapi;
mod operations;
mod operator;
mod overview;
mod pages;
mod params;
mod problem;
mod process;
mod profiles;
mod serve;
mod site;
mod slots;
mod state;
mod suggestions;
mod tiles;
mod tls;
#[cfg(feature = "otel")]
mod traces;
#[cfg(not(feature = "otel"))]
#[path = "untraced.rs"]
mod traces;
mod understanding;
mod variant;
mod variants;
mod widening;
mod widget;

pub use answer::answer;
pub use clients::{TrustedProxies, TrustedProxiesError};
pub use corrections::Corrections;
pub use demand::Demand;
pub use follow::watch;
pub use formats::Wanted;
pub use gate::{Gate, Peer, RequestLog};
pub use limits::Limits;
pub use operator::{TokenHash, TokenHashError};
pub use overview::{Overview, Titled};
pub use params::{Search, Words, parse};
pub use problem::{ParamProblem, Problem};
pub use process::limit_of_files;
pub use serve::{Front, router, serve};
pub use site::Site;
pub use state::App;
pub use suggestions::Near;
pub use tiles::Tiles;
pub use tls::{Tls, TlsError};
pub use traces::{Traces, TracesError};
pub use understanding::Understanding;
pub use variants::criteria;
pub use widening::Widened;
