//! The limit of tries of a secret from one address. A try is counted before anything is done for it, malformed ones
//! too, and given back by a right secret.
//!
//! Secrets have 128 bits and more, so no number of tries finds one, and a right one always opens: else a caller who
//! shares an address with others, behind a proxy for example, could keep them out. The work before a secret is known to
//! be right is bounded by the size of what is read.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Tries in one window.
const TRIES: u32 = 20;
/// The length of a window, in milliseconds.
const WINDOW_MS: i64 = 60_000;
/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;

/// Tries per address since a moment of the boot clock.
#[derive(Default)]
pub(crate) struct RateLimits(Mutex<HashMap<IpAddr, (i64, u32)>>);

impl RateLimits {
    /// Counts a try at `now` of the boot clock, in milliseconds. By how many the address has more than it may.
    pub(crate) fn count(&self, address: IpAddr, now: i64) -> u32 {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= ADDRESSES {
            tries.retain(|_, (since, _)| now - *since < WINDOW_MS);
        }
        // A caller with so many addresses is not stopped by counting them; memory is kept instead.
        if tries.len() >= ADDRESSES {
            tries.clear();
        }
        let entry = tries.entry(network(address)).or_insert((now, 0));
        if now - entry.0 >= WINDOW_MS {
            *entry = (now, 0);
        }
        entry.1 = entry.1.saturating_add(1);
        entry.1.saturating_sub(TRIES)
    }

    /// Takes back the try of a right secret.
    pub(crate) fn give_back(&self, address: IpAddr) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, count)) = tries.get_mut(&network(address)) {
            *count = count.saturating_sub(1);
        }
    }
}

/// The network that an address stands for: with IPv6 its whole /64, for every caller has one.
pub(crate) fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into()
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tries_twenty_times_a_minute_and_others_are_not_touched_by_it() {
        let limits = RateLimits::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        assert!((0..TRIES).all(|_| limits.count(one, 0) == 0));
        assert_eq!(limits.count(one, WINDOW_MS - 1), 1);
        assert_eq!(limits.count(one, WINDOW_MS - 1), 2);
        assert_eq!(limits.count(other, 0), 0);
        assert_eq!(limits.count(one, WINDOW_MS), 0);
    }

    #[test]
    fn a_right_secret_costs_no_try() {
        let limits = RateLimits::default();
        let address = IpAddr::from([10, 0, 0, 1]);
        for _ in 0..TRIES * 3 {
            assert_eq!(limits.count(address, 0), 0);
            limits.give_back(address);
        }
    }

    #[test]
    fn whoever_has_a_network_of_addresses_counts_as_one() {
        let limits = RateLimits::default();
        let address = |host: u32| -> IpAddr { format!("2001:db8::{host:x}").parse().unwrap() };
        assert!((0..TRIES).all(|host| limits.count(address(host), 0) == 0));
        assert_eq!(limits.count(address(TRIES), 0), 1);
        assert_eq!(limits.count("2001:db8:0:1::1".parse().unwrap(), 0), 0);
    }
}
