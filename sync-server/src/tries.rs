//! How often one address failed at a door. Secrets have 128 bits and more, so no number of tries finds one, and a
//! right one always opens: else whoever shares an address with others, behind a proxy for example, could keep them
//! out. Whoever fails too often is told to wait, and stands in the log once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Failures in one window.
const TRIES: u32 = 20;
const WINDOW_MS: i64 = 60_000;
/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;

/// Failures per address since a moment of the boot clock.
#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<IpAddr, (i64, u32)>>);

impl Tries {
    /// Counts a failure at `now` of the boot clock, in milliseconds; true where it is one too many.
    pub(crate) fn failed_too_often(&self, address: IpAddr, now: i64) -> bool {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= ADDRESSES {
            tries.retain(|_, (since, _)| now - *since < WINDOW_MS);
        }
        // Somebody with so many addresses is not stopped by counting them; memory is kept instead.
        if tries.len() >= ADDRESSES {
            tries.clear();
        }
        let entry = tries.entry(address).or_insert((now, 0));
        if now - entry.0 >= WINDOW_MS {
            *entry = (now, 0);
        }
        entry.1 = entry.1.saturating_add(1);
        if entry.1 == TRIES + 1 {
            tracing::warn!(%address, "somebody tries secrets that do not fit");
        }
        entry.1 > TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fails_twenty_times_a_minute_and_others_are_not_touched_by_it() {
        let tries = Tries::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        assert!(!(0..TRIES).any(|_| tries.failed_too_often(one, 0)));
        assert!(tries.failed_too_often(one, WINDOW_MS - 1));
        assert!(!tries.failed_too_often(other, 0));
        assert!(!tries.failed_too_often(one, WINDOW_MS));
    }
}
