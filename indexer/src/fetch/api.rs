//! A live Open Referral HSDS API: its pages of services, and each service whole, as files in a folder.
//!
//! One request at a time, with a pause in between. What was fetched stays until all is there, so that a fetch that was
//! broken off goes on where it was; what is refused goes, so that the next try asks for it again.

use std::{
    cell::Cell,
    collections::HashSet,
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use fs_err as fs;
use serde_json::Value;
use ureq::http::{Response, StatusCode, header};
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use super::{FetchError, FetchPolicy, Fetched, connection::Connection, folder_of, parse, write_whole};

/// How many services are asked for at once.
const PER_PAGE: u32 = 100;
/// More pages than any register has.
const MOST_PAGES: u32 = 10_000;
/// More services than any register has.
const MOST_SERVICES: usize = 1_000_000;
/// More bytes than a page of any register has: an answer is held in memory, some ten times as large.
const LARGEST_ANSWER: u64 = 32 << 20;
/// How often a server may say that it is too busy.
const TRIES: u32 = 4;

/// Fetches all services of an API, by its base address, into a folder in the cache.
pub fn fetch_api(base: &str, cache: &Path, policy: &FetchPolicy) -> Result<Fetched, FetchError> {
    let mut base = parse(base)?;
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    let folder = folder_of(&base, cache);
    let (whole, partial) = (folder.join("services"), folder.join("services.partial"));
    fs::create_dir_all(&partial)?;
    let api = Api {
        connection: Connection::new(policy)?,
        base,
        folder: partial.clone(),
        fetched: Cell::new(0),
        policy,
    };
    match api.fetch_all() {
        Ok(()) => {}
        Err(error) if error.is_passing() && whole.is_dir() => {
            let stale = Some(format!("{error}; the copy of before was used"));
            return Ok(Fetched { path: whole, stale });
        }
        Err(error) => {
            if matches!(error, FetchError::Api { .. } | FetchError::TooLarge { .. }) {
                fs::remove_dir_all(&partial)?;
            }
            return Err(error);
        }
    }
    if whole.is_dir() {
        fs::remove_dir_all(&whole)?;
    }
    fs::rename(&partial, &whole)?;
    Ok(Fetched {
        path: whole,
        stale: None,
    })
}

struct Api<'a> {
    connection: Connection,
    base: Url,
    /// Where what was fetched is kept until all is there.
    folder: PathBuf,
    /// The bytes of all answers so far.
    fetched: Cell<u64>,
    policy: &'a FetchPolicy,
}

impl Api<'_> {
    fn fetch_all(&self) -> Result<(), FetchError> {
        let mut seen = HashSet::new();
        for number in 1..=MOST_PAGES {
            let url = self.url(&format!("services?page={number}&per_page={PER_PAGE}"))?;
            let page = self.json(&url, &format!("page-{number:05}.json"))?;
            let services = page.as_array().or_else(|| {
                ["contents", "content"]
                    .iter()
                    .find_map(|key| page.get(*key)?.as_array())
            });
            let services = services.ok_or_else(|| wrong(&url, "it has no list of services"))?;
            let new = services.iter().filter_map(|service| service.get("id")?.as_str());
            let new: Vec<&str> = new.filter(|id| seen.insert((*id).to_owned())).collect();
            if seen.len() > MOST_SERVICES {
                return Err(wrong(&url, &format!("it has more than {MOST_SERVICES} services")));
            }
            for id in &new {
                self.detail(id)?;
            }
            let last = page.get("last_page").and_then(Value::as_bool).unwrap_or(false)
                || page
                    .get("total_pages")
                    .and_then(Value::as_u64)
                    .is_some_and(|pages| u64::from(number) >= pages);
            // An API without pages, or one that gives the same page over and over, ends here too.
            if last || new.is_empty() || page.is_array() {
                return Ok(());
            }
        }
        Err(wrong(&self.base, &format!("it has more than {MOST_PAGES} pages")))
    }

    /// The service whole. A list that names a service which is not there itself is kept as the list has it.
    fn detail(&self, id: &str) -> Result<(), FetchError> {
        let mut url = self.url("services")?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.push(id);
        }
        let file = format!("service-{:016x}.json", xxh3_64(id.as_bytes()));
        match self.json(&url, &file) {
            Ok(_) => Ok(()),
            Err(FetchError::Status { status, .. }) if status == StatusCode::NOT_FOUND => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The JSON at an address, from the folder if it was fetched before.
    fn json(&self, url: &Url, file: &str) -> Result<Value, FetchError> {
        let path = self.folder.join(file);
        if !path.is_file() {
            self.download(url, &path)?;
            sleep(self.policy.pause);
        }
        let json = fs::read(&path)?;
        self.fetched.set(self.fetched.get() + json.len() as u64);
        serde_json::from_slice(&json).map_err(|error| wrong(url, &error.to_string()))
    }

    fn download(&self, url: &Url, path: &Path) -> Result<(), FetchError> {
        for _ in 1..TRIES {
            let (at, response) = self
                .connection
                .get(url, &[(header::ACCEPT, "application/json")])?;
            let busy = matches!(
                response.status(),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            );
            if !busy {
                return self.write(&at, response, path);
            }
            let seconds = response
                .headers()
                .get(header::RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok());
            sleep(Duration::from_secs(seconds.unwrap_or(5)).min(self.policy.longest_wait));
        }
        let (at, response) = self
            .connection
            .get(url, &[(header::ACCEPT, "application/json")])?;
        self.write(&at, response, path)
    }

    /// Writes an answer, as far as all of them together are not more than a source may have.
    fn write(&self, at: &Url, response: Response<ureq::Body>, path: &Path) -> Result<(), FetchError> {
        let left = self.policy.largest.saturating_sub(self.fetched.get());
        match write_whole(at, response, path, left.min(LARGEST_ANSWER)) {
            Err(FetchError::TooLarge { limit, .. }) if limit < left => {
                Err(wrong(at, &format!("an answer has more than {limit} bytes")))
            }
            Err(FetchError::TooLarge { .. }) => Err(FetchError::TooLarge {
                url: self.base.clone(),
                limit: self.policy.largest,
            }),
            written => written,
        }
    }

    fn url(&self, path: &str) -> Result<Url, FetchError> {
        self.base
            .join(path)
            .map_err(|error| wrong(&self.base, &error.to_string()))
    }
}

fn wrong(url: &Url, reason: &str) -> FetchError {
    FetchError::Api {
        url: url.clone(),
        reason: reason.to_owned(),
    }
}
