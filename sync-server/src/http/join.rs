//! `POST /v1/join`: a device with an invitation.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, FromRef, State};
use kept_core::wire::{self, JoinRequest};

use super::answer::{Packed, Refusal};
use super::sync::whole;
use crate::enrol::EnrolError;
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
    let body = whole(body)?;
    let (state, tries) = (doors.state, doors.tries);
    let done = tokio::task::spawn_blocking(move || {
        let request: JoinRequest = wire::unpack(&body)?;
        match state.join(&request) {
            Ok(reply) => Ok(Packed(wire::pack(&reply)?)),
            Err(EnrolError::Wrong)
                if tries.failed_too_often(address.ip(), state.environment().boot_ms()) =>
            {
                Err(Refusal::too_often())
            }
            Err(error) => Err(error.into()),
        }
    });
    done.await?
}
