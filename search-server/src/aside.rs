//! Answers that take long are given where they hold up nobody.

use std::time::Duration;

use nabij_engine::Prepared;

use crate::note;

/// An answer that takes longer than this is not given between other requests.
const LONG: Duration = Duration::from_micros(500);

/// Does the work of answering a query. Nearly all answers take microseconds, less than handing them to another
/// thread; for the others this thread leaves the requests that wait on it to another.
pub(crate) fn aside<T>(prepared: &Prepared<'_>, work: impl FnOnce() -> T) -> T {
    note::timed(prepared.plan(), || {
        if prepared.expected_time() > LONG {
            tokio::task::block_in_place(work)
        } else {
            work()
        }
    })
}
