//! `POST /v1/join`: a device with an invitation, at most twenty tries a minute from one address.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, FromRef, State};
use kept_core::wire::{self, JoinRequest};

use super::answer::{Packed, Refusal};
use super::sync::whole;
use crate::server::ServerState;

const TRIES: u32 = 20;
const WINDOW_MS: i64 = 60_000;
/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;

/// What the handlers share.
#[derive(Clone)]
pub(super) struct Doors {
    pub(super) state: Arc<ServerState>,
    tries: Arc<Tries>,
}

impl Doors {
    pub(super) fn new(state: Arc<ServerState>) -> Self {
        Self {
            state,
            tries: Arc::default(),
        }
    }
}

impl FromRef<Doors> for Arc<ServerState> {
    fn from_ref(doors: &Doors) -> Self {
        Self::clone(&doors.state)
    }
}

/// Joins a device.
pub(super) async fn join(
    State(doors): State<Doors>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Packed, Refusal> {
    if !doors
        .tries
        .may(address.ip(), doors.state.environment().boot_ms())
    {
        return Err(Refusal::too_often());
    }
    let body = whole(body)?;
    let done = tokio::task::spawn_blocking(move || {
        let request: JoinRequest = wire::unpack(&body)?;
        let reply = doors.state.join(&request)?;
        Ok::<_, Refusal>(Packed(wire::pack(&reply)?))
    });
    done.await?
}

/// Tries per address since a moment of the boot clock.
#[derive(Default)]
struct Tries(Mutex<HashMap<IpAddr, (i64, u32)>>);

impl Tries {
    /// Counts a try and says whether it is one too many.
    fn may(&self, address: IpAddr, now: i64) -> bool {
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
