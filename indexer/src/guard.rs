//! Guards against a source that broke: when much fails, or much is gone, nothing is published.

use nabij_engine::SourceInfo;

/// How much may go wrong before nothing is published. Shares are between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guard {
    /// The largest share of the rows of a source that may be rejected.
    pub rejected: f64,
    /// The largest share of the offerings of the last generation that may be gone.
    pub gone: f64,
}

/// What a guard did not let through.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GuardError {
    /// Too many rows of a source were rejected.
    #[error(
        "{rejected} of the {rows} rows of {source_name} were rejected, more than {allowed}; mend them (see the report), or allow \
         more with --max-rejected"
    )]
    Rejected {
        /// Name of the source.
        source_name: String,
        /// How many were rejected.
        rejected: u64,
        /// How many there are.
        rows: u64,
        /// How many percent may be.
        allowed: Percent,
    },
    /// The index would lose too many offerings.
    #[error(
        "there would be {now} offerings where there are {before}, a loss of more than {allowed}; see whether a source is \
         incomplete, or allow more with --max-gone"
    )]
    Gone {
        /// How many there would be.
        now: u64,
        /// How many there are.
        before: u64,
        /// How many percent may be gone.
        allowed: Percent,
    },
}

/// A share, written in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(f64);

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0} %", self.0 * 100.0)
    }
}

impl Default for Guard {
    /// A tenth may be rejected, a fifth may be gone.
    fn default() -> Self {
        Self {
            rejected: 0.1,
            gone: 0.2,
        }
    }
}

/// Below so many rows or offerings, shares say nothing.
const FEW: u64 = 20;

impl Guard {
    /// Lets a build through, or says why not. `before` is how many offerings the last generation has.
    pub(crate) fn pass(
        self,
        sources: &[SourceInfo],
        rejected: &[u64],
        now: u64,
        before: u64,
    ) -> Result<(), GuardError> {
        for (source, rejected) in sources.iter().zip(rejected) {
            if source.rows >= FEW && share(*rejected, source.rows) > self.rejected {
                return Err(GuardError::Rejected {
                    source_name: source.name.clone(),
                    rejected: *rejected,
                    rows: source.rows,
                    allowed: Percent(self.rejected),
                });
            }
        }
        if before >= FEW && share(before.saturating_sub(now), before) > self.gone {
            return Err(GuardError::Gone {
                now,
                before,
                allowed: Percent(self.gone),
            });
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(rows: u64, rejected: u64, now: u64, before: u64) -> String {
        let source = SourceInfo {
            name: "sheet.csv".to_owned(),
            rows,
            indexed: rows - rejected,
            xxh3: String::new(),
        };
        let outcome = Guard::default().pass(&[source], &[rejected], now, before);
        outcome.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_share_over_the_limit_is_held_and_said() {
        assert_eq!(pass(100, 10, 80, 100), "");
        assert!(
            pass(100, 11, 100, 100)
                .starts_with("11 of the 100 rows of sheet.csv were rejected, more than 10 %")
        );
        assert!(
            pass(100, 0, 79, 100)
                .starts_with("there would be 79 offerings where there are 100, a loss of more than 20 %")
        );
    }

    #[test]
    fn a_handful_of_rows_and_a_first_index_are_let_through() {
        assert_eq!(pass(19, 10, 9, 0), "");
        assert_eq!(pass(20, 0, 20, 0), "");
        assert_eq!(pass(20, 0, 1, 19), "");
    }
}
