//! Measured times, and what can be said of them.

/// Measured times of one sort of thing, in microseconds.
///
/// ```
/// let times: nabij_analysis::Times = [30.0, 10.0, 20.0, 40.0].into_iter().collect();
/// assert_eq!((times.percentile(50.0), times.percentile(99.0), times.mean()), (Some(30.0), Some(40.0), Some(25.0)));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Times {
    /// Sorted.
    micros: Vec<f64>,
}

impl Times {
    /// How many were measured.
    pub fn len(&self) -> usize {
        self.micros.len()
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.micros.is_empty()
    }

    /// The time in microseconds below which this share of the times lies, in per cent: the first measured time with
    /// at least so many before it. None without a time.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list, cut off at its ends"
    )]
    pub fn percentile(&self, percent: f64) -> Option<f64> {
        let place = (percent / 100.0 * self.micros.len() as f64).max(0.0) as usize;
        self.micros
            .get(place.min(self.micros.len().checked_sub(1)?))
            .copied()
    }

    /// The mean in microseconds. None without a time.
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 times")]
    pub fn mean(&self) -> Option<f64> {
        (!self.is_empty()).then(|| self.micros.iter().sum::<f64>() / self.micros.len() as f64)
    }
}

impl FromIterator<f64> for Times {
    fn from_iter<I: IntoIterator<Item = f64>>(micros: I) -> Self {
        let mut micros: Vec<f64> = micros.into_iter().collect();
        micros.sort_by(f64::total_cmp);
        Self { micros }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_measured_times_and_nothing_comes_of_none() {
        let times: Times = (0..1_000).rev().map(f64::from).collect();
        assert_eq!(times.percentile(0.0), Some(0.0));
        assert_eq!(times.percentile(99.0), Some(990.0));
        assert_eq!(times.percentile(100.0), Some(999.0));
        assert_eq!(
            (Times::default().percentile(50.0), Times::default().mean()),
            (None, None)
        );
    }
}
