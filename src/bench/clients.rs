//! Who asks: the engine in this process, or a server over HTTP.

use std::{hint::black_box, time::Duration};

use nabij_analysis::{Client, NoAnswer, queries::Asked};
use nabij_atlas::Atlas;
use nabij_engine::{Hits, Index};
use nabij_language::Lexicon;
use nabij_search_server::{Search, answer};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

/// How long an answer of a server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Searches an index in this process. What is measured is understanding the words and the search, without reading
/// parameters or writing JSON.
pub(super) struct InProcess<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) atlas: &'a Atlas,
    pub(super) index: &'a Index,
    pub(super) searches: &'a [Search],
}

impl InProcess<'_> {
    fn answer(&self, query: usize) -> Result<(Search, Hits), NoAnswer> {
        let search = self.searches.get(query);
        let mut search = search
            .ok_or_else(|| no_answer(&"there is no such query"))?
            .clone();
        search.understand(self.lexicon, self.atlas, self.index);
        let answered = search.carry_out(self.lexicon, self.index, |prepared| (prepared.answer(), None));
        let (hits, _) = answered.map_err(|error| no_answer(&error))?;
        Ok((search, hits))
    }
}

impl Client for InProcess<'_> {
    fn ask(&mut self, query: usize) -> Result<(), NoAnswer> {
        self.answer(query).map(|answer| drop(black_box(answer)))
    }

    fn fingerprint(&mut self, query: usize) -> Result<u64, NoAnswer> {
        let (search, hits) = self.answer(query)?;
        fingerprint(&answer(self.index, &search, &hits, None))
    }
}

/// Asks a server, over a connection of its own that is kept.
pub(super) struct OverHttp<'a> {
    agent: ureq::Agent,
    base: &'a str,
    asked: &'a [Asked],
}

impl<'a> OverHttp<'a> {
    pub(super) fn new(url: &'a str, asked: &'a [Asked]) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .proxy(None)
            .build()
            .into();
        Self {
            agent,
            base: url.trim_end_matches('/'),
            asked,
        }
    }

    fn get(&self, query: usize) -> Result<Vec<u8>, NoAnswer> {
        let asked = self
            .asked
            .get(query)
            .ok_or_else(|| no_answer(&"there is no such query"))?;
        let address = format!("{}/v1/offerings?{}", self.base, query_string(asked));
        let request = self.agent.get(address).header("accept-encoding", "identity");
        let mut response = request.call().map_err(|error| no_answer(&error))?;
        let body = response
            .body_mut()
            .read_to_vec()
            .map_err(|error| no_answer(&error))?;
        if response.status() != 200 {
            return Err(no_answer(&format!(
                "line {}: status {}",
                asked.line,
                response.status()
            )));
        }
        Ok(body)
    }
}

impl Client for OverHttp<'_> {
    fn ask(&mut self, query: usize) -> Result<(), NoAnswer> {
        self.get(query).map(|body| drop(black_box(body)))
    }

    fn fingerprint(&mut self, query: usize) -> Result<u64, NoAnswer> {
        fingerprint(&self.get(query)?)
    }
}

/// The parameters as they stand in an address.
pub(super) fn query_string(asked: &Asked) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&asked.parameters)
        .finish()
}

/// A hash of the total and the identifiers in an answer of the API.
fn fingerprint(json: &[u8]) -> Result<u64, NoAnswer> {
    let answer: Value = serde_json::from_slice(json).map_err(|error| no_answer(&error))?;
    let ids = |list: &str| {
        let found = answer.get(list).and_then(Value::as_array).into_iter().flatten();
        let ids = found.filter_map(|offering| offering.get("id")?.as_str());
        ids.collect::<Vec<_>>().join("\n")
    };
    let total = answer.get("total").and_then(Value::as_u64).unwrap_or(0);
    let text = format!("{total}\n\n{}\n\n{}", ids("offerings"), ids("area_wide"));
    Ok(xxh3_64(text.as_bytes()))
}

fn no_answer(reason: &impl ToString) -> NoAnswer {
    NoAnswer(reason.to_string())
}
