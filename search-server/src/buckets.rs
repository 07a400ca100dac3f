//! How many requests a client may make: a token bucket that holds the requests of a minute and fills evenly.
//!
//! A bucket is one number, the moment at which it will be full again (the generic cell rate algorithm of ITU-T I.371),
//! so that a request costs a few atomic operations and no lock. Of a client's four places the emptiest counts: others who
//! share some of them take nothing from it.

use std::{
    net::IpAddr,
    num::NonZero,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use crate::slots::Slots;

/// What a bucket holds, in nanoseconds of filling.
const MINUTE: u64 = 60_000_000_000;

/// The buckets of all clients.
#[derive(Debug)]
pub(crate) struct Buckets {
    /// When each is full again, in nanoseconds since the server started.
    full_at: Slots<AtomicU64>,
    /// What a request costs, in nanoseconds of filling.
    cost: u64,
}

impl Buckets {
    pub(crate) fn new(requests_per_minute: NonZero<u32>) -> Self {
        Self {
            full_at: Slots::default(),
            cost: MINUTE / u64::from(requests_per_minute.get()),
        }
    }

    /// Takes a request out of a client's bucket; `now` is the time since the server started. If there is none, says when
    /// there will be.
    pub(crate) fn take(&self, client: IpAddr, now: Duration) -> Result<(), Duration> {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let places = self.full_at.of(client);
        let full_at = places.iter().map(|place| place.load(Ordering::Relaxed)).min();
        let then = full_at.unwrap_or_default().max(now).saturating_add(self.cost);
        let missing = then.saturating_sub(now).saturating_sub(MINUTE);
        if missing > 0 {
            return Err(Duration::from_nanos(missing));
        }
        for place in places {
            place.fetch_max(then, Ordering::Relaxed);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn buckets(requests_per_minute: u32) -> Buckets {
        Buckets::new(NonZero::new(requests_per_minute).unwrap())
    }

    fn v4(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    #[test]
    fn a_minute_of_requests_is_there_at_once_and_fills_evenly() {
        let buckets = buckets(60);
        let taken = |seconds: u64, times: usize| {
            let now = Duration::from_secs(seconds);
            (0..times).filter(|_| buckets.take(v4(1), now).is_ok()).count()
        };
        assert_eq!(taken(0, 100), 60);
        assert_eq!(buckets.take(v4(1), Duration::ZERO), Err(Duration::from_secs(1)));
        assert_eq!(taken(10, 100), 10);
        assert_eq!(taken(3_600, 100), 60);
    }

    #[test]
    fn those_who_ask_too_much_take_nothing_from_others() {
        let buckets = buckets(5);
        for number in 0..1_000 {
            while buckets.take(v4(number), Duration::ZERO).is_ok() {}
        }
        let refused = (1_000..11_000)
            .filter(|number| buckets.take(v4(*number), Duration::ZERO).is_err())
            .count();
        // A thousand fill 6 % of each row: 1 in 80,000 has all four places among them.
        assert!(refused < 10, "{refused}");
    }

    #[test]
    fn the_addresses_of_one_subscriber_share_a_bucket() {
        let buckets = buckets(1);
        let now = Duration::ZERO;
        assert!(buckets.take("2001:db8:0:1::1".parse().unwrap(), now).is_ok());
        assert!(
            buckets
                .take("2001:db8:0:1:ffff::2".parse().unwrap(), now)
                .is_err()
        );
        assert!(buckets.take("2001:db8:0:2::1".parse().unwrap(), now).is_ok());
        assert!(buckets.take(v4(1), now).is_ok());
        assert!(buckets.take("::ffff:0.0.0.1".parse().unwrap(), now).is_err());
    }

    proptest! {
        /// Beside a bucket that counts tokens.
        #[test]
        fn a_bucket_is_a_bucket(a_minute in 1_u32..1_000, pauses in prop::collection::vec(0_u64..20_000, 1..300)) {
            let buckets = buckets(a_minute);
            let cost = MINUTE / u64::from(a_minute);
            let (mut now, mut level) = (0, MINUTE);
            for pause in pauses {
                now += pause * 1_000_000;
                level = (level + pause * 1_000_000).min(MINUTE);
                let expected = level >= cost;
                if expected {
                    level -= cost;
                }
                prop_assert_eq!(buckets.take(v4(7), Duration::from_nanos(now)).is_ok(), expected);
            }
        }
    }
}
