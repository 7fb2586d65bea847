//! `POST /v1/join`: a device with an invitation, at most twenty tries a minute from one address.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, FromRef, State};
use kept_core::wire::{self, JoinRequest};

use super::answer::{Packed, Refusal};
use super::sync::whole;
use crate::server::ServerState;
use crate::tries::Tries;

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
