//! What the server allows, and how patient it is.

use std::{num::NonZero, time::Duration};

/// What the server allows, and how patient it is.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections may be open. From three quarters of them, answers close theirs; beyond all of them, a
    /// connection is told to come back later.
    pub connections: NonZero<u32>,
    /// How many of them one client may have open.
    pub connections_per_client: Option<NonZero<u32>>,
    /// How many requests are worked on at once; the next is told to come back later.
    pub requests_at_once: NonZero<u32>,
    /// How many requests one client may make in a minute.
    pub requests_per_minute: Option<NonZero<u32>>,
    /// How long the head of a request may take, from the first moment that the server waits for it.
    pub header_time: Duration,
    /// How long a request may take from its head to its answer.
    pub request_time: Duration,
    /// How long requests under way may take when the server is to stop.
    pub drain_time: Duration,
    /// How long browsers shall use nothing but TLS, in seconds.
    pub hsts_seconds: Option<u32>,
}

/// How long the other end may take no byte of an answer.
pub(crate) const WRITE_TIME: Duration = Duration::from_secs(30);
/// The most headers of a request.
pub(crate) const MOST_HEADERS: usize = 64;
/// The largest head of a request, in bytes.
pub(crate) const LARGEST_HEAD: usize = 16_384;
/// When somebody who was refused may ask again.
pub(crate) const RETRY: Duration = Duration::from_secs(5);
/// The largest body of a request, in bytes. A form is smaller; what is larger is not read to its end.
pub(crate) const LARGEST_BODY: usize = 65_536;
