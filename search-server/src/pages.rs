//! Pages for residents and for the people who refer them. Complete without a script; a file a page.
//!
//! Everything a visitor asked stands in the address ([`asked::Asked`]), every word comes from `locales`
//! ([`messages::Messages`]), and what stands around a page is its [`frame::Frame`].

mod asked;
mod busy;
mod calendar;
mod choose;
mod closed;
mod correction;
mod coverage;
mod detail;
mod drawn_map;
mod embedded;
mod facts;
mod filters;
mod frame;
mod here;
mod language;
mod listed;
mod look;
mod messages;
mod missing;
mod opening;
mod outside;
mod own_list;
mod paper;
mod places;
mod privacy;
mod record;
mod referral;
mod results;
mod search;
mod short;
mod start;
mod statement;
mod structured;
mod tile;
mod worded;
mod words;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

pub(crate) use self::{
    asked::Asked,
    busy::busy,
    calendar::calendar,
    choose::choose,
    closed::{closed, needs_licence},
    correction::{correction, send_correction},
    coverage::{coverage, coverage_csv, coverage_map},
    detail::detail,
    drawn_map::{drawn, map_of_offering, map_of_results},
    embedded::embedded,
    here::{outline, place_names, postcodes},
    language::Language,
    look::{logo_path, look},
    missing::missing,
    own_list::own_list,
    places::places,
    privacy::privacy,
    referral::referral,
    results::results,
    short::short,
    start::start,
    statement::statement,
    tile::tile,
    worded::add_words,
};
use crate::problem::Problem;

fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Problem::internal(&error).into_response(),
    }
}
