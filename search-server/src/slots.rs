//! A table in which each client has a few places, found by a keyed hash of its address.
//!
//! No address is in the table, and nobody who sees the table can find one: the key is made up when the server starts and
//! is never told. The table never grows. Clients share places; as each has four, that two share all of them is rare.

use std::{
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv6Addr},
};

/// How many places a client has.
const PLACES: usize = 4;
/// How many places a row of the table has.
const ROW: usize = 1 << 14;
/// The network of an IPv6 address, which one subscriber has to himself.
const NETWORK: u128 = !0 << 64;

/// A table in which each client has a few places.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    slots: Box<[T]>,
    key: RandomState,
}

impl<T: Default> Default for Slots<T> {
    fn default() -> Self {
        Self {
            slots: std::iter::repeat_with(T::default).take(PLACES * ROW).collect(),
            key: RandomState::new(),
        }
    }
}

impl<T> Slots<T> {
    /// The places of a client.
    pub(crate) fn of(&self, client: IpAddr) -> [&T; PLACES] {
        let client = match client.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
            v4 @ IpAddr::V4(_) => v4,
        };
        let hash = self.key.hash_one(client).to_le_bytes();
        std::array::from_fn(|row| {
            let place = u16::from_le_bytes([hash[2 * row], hash[2 * row + 1]]);
            &self.slots[row * ROW + usize::from(place) % ROW]
        })
    }
}
