//! What an operator sets for the pages.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use nabij_analysis::Population;

use crate::{corrections::Corrections, demand::Demand, pages::Asked, tiles::Tiles, variant::Variant};

/// What an operator sets for the pages.
#[derive(Debug)]
pub struct Site {
    /// Reads the clock.
    pub clock: fn() -> DateTime<Utc>,
    /// The address under which visitors know the site, such as `https://nabij.example`; for links on paper.
    pub public_url: Option<String>,
    /// Where the tiles of the map come from; without them the map shows neighbourhoods and names.
    pub tiles: Option<Tiles>,
    /// Whom to tell when something does not work, in words for visitors.
    pub contact: Option<String>,
    /// Where what visitors say is wrong goes; nobody is asked when there is nowhere to go.
    pub corrections: Option<Corrections>,
    /// How many live where, for the page of coverage; without it every postcode weighs the same.
    pub population: Option<Population>,
    /// Where the daily totals of what was asked go; nothing is counted when there is nowhere to go.
    pub demand: Option<Demand>,
}

impl Site {
    /// The moment.
    pub(crate) fn moment(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// The moment, as Dutch clocks say it.
    pub(crate) fn now(&self) -> NaiveDateTime {
        self.moment().with_timezone(&Amsterdam).naive_local()
    }

    /// A path of a library's pages as a whole address: under its own host name if it has one.
    pub(crate) fn absolute_for(&self, asked: &Asked, path: &str, headers: &HeaderMap) -> String {
        let own = asked.variant.as_ref().and_then(Variant::origin);
        own.map_or_else(|| self.absolute(path, headers), |own| format!("{own}{path}"))
    }

    /// A path of ours as a whole address; under the name by which the visitor called us if the operator set none.
    pub(crate) fn absolute(&self, path: &str, headers: &HeaderMap) -> String {
        let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
        match &self.public_url {
            Some(url) => format!("{}{path}", url.trim_end_matches('/')),
            None => format!("http://{}{path}", host().unwrap_or("localhost")),
        }
    }
}
