//! The clock. Only the edge of a command reads it; everything within is given the moment.

use anyhow::{Result, ensure};
use chrono::{DateTime, Utc};

/// The moment, whatever the clock says.
pub(crate) fn moment() -> DateTime<Utc> {
    #[expect(clippy::disallowed_methods, reason = "the edge, where the clock is read")]
    let now = std::time::SystemTime::now();
    now.into()
}

/// The moment, by a clock that was set: one that starts before 1970 would date an index wrongly, and is refused.
pub(crate) fn now() -> Result<DateTime<Utc>> {
    let now = moment();
    ensure!(is_set(now), "{}", unset(now));
    Ok(now)
}

/// Whether a clock that says this was set.
pub(crate) fn is_set(now: DateTime<Utc>) -> bool {
    now >= DateTime::UNIX_EPOCH
}

/// What to do about a clock that was not.
pub(crate) fn unset(now: DateTime<Utc>) -> String {
    let day = now.format("%Y-%m-%d");
    format!(
        "the clock of this machine says {day}, before 1970; set it and try again (`timedatectl` shows it)"
    )
}
