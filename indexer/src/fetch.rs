//! Sources on the web: fetched into a cache folder, and from there read like any other.
//!
//! A copy that is still right is not fetched again (`ETag`, `Last-Modified`). When a server fails, the copy of before is
//! used and the report says so. A download counts only when it is whole.

mod api;
mod connection;

use std::{
    io::{Read, Write, copy},
    path::{Path, PathBuf},
    time::Duration,
};

use fs_err as fs;
use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, Response, StatusCode, header};
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

pub use api::fetch_api;
use connection::Connection;

/// What may be fetched, and how long that may take.
#[derive(Debug, Clone)]
pub struct FetchPolicy {
    /// How long a server may be silent.
    pub timeout: Duration,
    /// How many bytes a source may have: a file, or all answers of an API together.
    pub largest: u64,
    /// Between two requests to an API.
    pub pause: Duration,
    /// The longest that is waited for an API that says it is too busy.
    pub longest_wait: Duration,
    /// Whether `http://` is good enough.
    pub allow_http: bool,
    /// Whether the server may be in a private network, or this machine.
    pub allow_private: bool,
    /// Whether a server may send us on to another host.
    pub allow_other_hosts: bool,
    /// A PEM file of the certificate authorities to trust, instead of those of Mozilla.
    pub ca_file: Option<PathBuf>,
}

impl Default for FetchPolicy {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            largest: 512 << 20,
            pause: Duration::from_millis(200),
            longest_wait: Duration::from_secs(60),
            allow_http: false,
            allow_private: false,
            allow_other_hosts: false,
            ca_file: None,
        }
    }
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The file or folder in the cache.
    pub path: PathBuf,
    /// Why the copy of before is used, if it is.
    pub stale: Option<String>,
}

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not the address of a web server.
    #[error("`{0}` is no address of a web server; write https://…")]
    NotAnAddress(String),
    /// Anyone on the way could change it.
    #[error("{0} is not https; use https, or set allow_http if the network can be trusted")]
    NotHttps(Url),
    /// The server is in a private network, or this machine.
    #[error("{0} leads to a private address; set allow_private if it is meant to")]
    PrivateAddress(Url),
    /// The server sends us on to another host.
    #[error("{from} sends on to {to}, another host; give that address, or set allow_other_hosts")]
    OtherHost {
        /// The address that was asked.
        from: Url,
        /// The address that it named.
        to: Box<Url>,
    },
    /// The server sends us round.
    #[error("{0} sends on without an end")]
    TooManyRedirects(Url),
    /// The server does not give it.
    #[error("{url} answers {status}")]
    Status {
        /// The address.
        url: Url,
        /// What the server said.
        status: StatusCode,
    },
    /// More than a source may have.
    #[error("{url} has more than {limit} bytes; raise largest_mb if it is meant to")]
    TooLarge {
        /// The address.
        url: Url,
        /// How many bytes it may have.
        limit: u64,
    },
    /// An answer that ends where the connection does: if that is cut, nobody can tell.
    #[error(
        "{0} does not say where its answer ends (Content-Length or chunks), so that half of it would look whole; fetch it \
         another way and give the path"
    )]
    Endless(Url),
    /// No answer, or one that breaks off.
    #[error("{url} cannot be fetched: {source}")]
    Transport {
        /// The address.
        url: Url,
        /// What went wrong.
        source: Box<ureq::Error>,
    },
    /// An API that does not answer as HSDS says.
    #[error("{url} does not answer as an HSDS API: {reason}")]
    Api {
        /// The address.
        url: Url,
        /// What is wrong.
        reason: String,
    },
    /// A file of certificate authorities that cannot be used.
    #[error("{path} is no PEM file of certificate authorities: {reason}")]
    Authorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The cache cannot be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl FetchError {
    /// Whether the server failed, and not we refused: then what it gave before is good enough.
    fn is_passing(&self) -> bool {
        match self {
            Self::Status { status, .. } => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::Transport { .. } => true,
            _ => false,
        }
    }
}

/// Fetches a file into the cache folder, unless the copy that is there is still right.
pub fn fetch(url: &str, cache: &Path, policy: &FetchPolicy) -> Result<Fetched, FetchError> {
    let url = parse(url)?;
    let connection = Connection::new(policy)?;
    let folder = folder_of(&url, cache);
    fs::create_dir_all(&folder)?;
    let copy = Copy::read(&folder);
    let path = folder.join(file_name(&url));
    match download(&connection, &url, copy.as_ref(), &path, policy) {
        Ok(Some(tags)) => Copy::from(&tags).write(&folder)?,
        Ok(None) => {}
        Err(error) if error.is_passing() && copy.is_some() && path.is_file() => {
            let stale = Some(format!("{error}; the copy of before was used"));
            return Ok(Fetched { path, stale });
        }
        Err(error) => return Err(error),
    }
    Ok(Fetched { path, stale: None })
}

fn parse(url: &str) -> Result<Url, FetchError> {
    match Url::parse(url) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Ok(url),
        _ => Err(FetchError::NotAnAddress(url.to_owned())),
    }
}

/// The folder of one address in the cache.
fn folder_of(url: &Url, cache: &Path) -> PathBuf {
    cache.join(format!("{:016x}", xxh3_64(url.as_str().as_bytes())))
}

/// The last part of the address, so that its ending still says what it is.
fn file_name(url: &Url) -> String {
    let last = url
        .path_segments()
        .and_then(|mut parts| parts.next_back())
        .unwrap_or_default();
    let name: String = last
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .take(80)
        .collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() || name == COPY {
        "source".to_owned()
    } else {
        name.to_owned()
    }
}

/// Fetches a file; nothing if the copy is still right. Otherwise the headers that came with it.
fn download(
    connection: &Connection,
    url: &Url,
    copy_of_before: Option<&Copy>,
    path: &Path,
    policy: &FetchPolicy,
) -> Result<Option<HeaderMap>, FetchError> {
    let known = copy_of_before.filter(|_| path.is_file());
    let tags = known.map_or_else(Vec::new, Copy::conditions);
    let (url, response) = connection.get(url, &tags)?;
    if response.status() == StatusCode::NOT_MODIFIED && known.is_some() {
        return Ok(None);
    }
    let headers = response.headers().clone();
    write_whole(&url, response, path, policy.largest)?;
    Ok(Some(headers))
}

/// Writes an answer beside the file, and puts it in its place when it is whole.
fn write_whole(url: &Url, response: Response<ureq::Body>, path: &Path, limit: u64) -> Result<(), FetchError> {
    if response.status() != StatusCode::OK {
        let status = response.status();
        return Err(FetchError::Status {
            url: url.clone(),
            status,
        });
    }
    let ends = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
    if !ends.iter().any(|name| response.headers().contains_key(name)) {
        return Err(FetchError::Endless(url.clone()));
    }
    let part = path.with_extension("part");
    let mut file = fs::File::create(&part)?;
    let mut body = response.into_body().into_reader().take(limit.saturating_add(1));
    // The reader of the body fails if the connection closes before all bytes that were announced are there.
    let url = url.clone();
    let written = match copy(&mut body, &mut file) {
        Ok(written) if written <= limit => Ok(()),
        Ok(_) => Err(FetchError::TooLarge { url, limit }),
        Err(error) => Err(FetchError::Transport {
            url,
            source: Box::new(error.into()),
        }),
    };
    if written.is_err() {
        drop(file);
        fs::remove_file(&part)?;
        return written;
    }
    file.flush()?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    Ok(())
}

/// The file beside a copy that says by what it is known.
const COPY: &str = "copy.json";

/// By what a server knows again what it gave.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Copy {
    etag: Option<String>,
    last_modified: Option<String>,
}

impl Copy {
    /// What is known of a copy; nothing if there is none, or its file is damaged: then it is fetched again.
    fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(COPY)).ok()?).ok()
    }

    fn write(&self, folder: &Path) -> Result<(), FetchError> {
        let json = serde_json::to_vec(self).map_err(std::io::Error::other)?;
        Ok(fs::write(folder.join(COPY), json)?)
    }

    fn conditions(&self) -> Vec<(header::HeaderName, &str)> {
        let conditions = [
            (header::IF_NONE_MATCH, &self.etag),
            (header::IF_MODIFIED_SINCE, &self.last_modified),
        ];
        conditions
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
            .collect()
    }
}

impl From<&HeaderMap> for Copy {
    fn from(headers: &HeaderMap) -> Self {
        let text = |name| {
            headers
                .get(name)
                .and_then(|value: &header::HeaderValue| value.to_str().ok())
        };
        Self {
            etag: text(header::ETAG).map(str::to_owned),
            last_modified: text(header::LAST_MODIFIED).map(str::to_owned),
        }
    }
}
