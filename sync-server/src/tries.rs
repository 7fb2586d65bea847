//! How often one address may try a door: a secret is not found by guessing, nor the server kept busy by it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Tries in one window.
const TRIES: u32 = 20;
const WINDOW_MS: i64 = 60_000;
/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;

/// Tries per address since a moment of the boot clock.
#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<IpAddr, (i64, u32)>>);

impl Tries {
    /// Counts a try at `now` of the boot clock, in milliseconds; false where it is one too many.
    pub(crate) fn may(&self, address: IpAddr, now: i64) -> bool {
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
        entry.1 <= TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_twenty_tries_a_minute_and_others_are_not_touched_by_it() {
        let tries = Tries::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        assert!((0..TRIES).all(|_| tries.may(one, 0)));
        assert!(!tries.may(one, WINDOW_MS - 1));
        assert!(tries.may(other, 0));
        assert!(tries.may(one, WINDOW_MS));
    }
}
