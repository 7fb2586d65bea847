//! `POST /v1/join`: a device with an invitation. Any caller may send one, so everything about it is small, and every
//! one is a try.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use kept_core::limits;
use kept_core::wire::{self, JoinRequest};

use super::Api;
use super::answer::{Packed, Refusal};
use super::body;
use crate::audit::{By, Deed};

/// Joins a device. A caller whose address tried too often hears only that, unless the invitation is right.
pub(super) async fn join(
    State(api): State<Api>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Packed, Refusal> {
    let address = address.ip();
    let beyond = api.codes.count(address, api.state.environment().boot_ms());
    let (refusal, deed) = match joined(&api, &headers, body).await {
        Ok((packed, deed, by)) => {
            api.codes.give_back(address);
            api.note(by, address, deed).await;
            return Ok(packed);
        }
        Err(refusal) => {
            let deed = Deed::new("join-failed").with("reason", refusal.code());
            (refusal, deed)
        }
    };
    if refusal.is_callers_fault() {
        api.failed(address, beyond, deed).await;
    }
    Err(if beyond > 0 {
        Refusal::too_often()
    } else {
        refusal
    })
}

async fn joined(api: &Api, headers: &HeaderMap, body: Body) -> Result<(Packed, Deed, By), Refusal> {
    let silence = api.silence;
    let arrived = body::read(
        (headers, body),
        limits::JOIN_BODY_BYTES,
        silence,
        &api.strangers,
    );
    let arrived = arrived.await?;
    let share = api
        .strangers
        .share(body::weight(limits::JOIN_INFLATED_BYTES))
        .await;
    let share = share.ok_or_else(Refusal::busy)?;
    let state = api.state.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _share = share;
        let request: JoinRequest =
            wire::unpack_within(&arrived.bytes, limits::JOIN_INFLATED_BYTES)?;
        let reply = state.join(&request)?;
        let packed = Packed(wire::pack(&reply)?);
        let deed = Deed::new("joined")
            .with("device", reply.installation)
            .with("label", request.label);
        Ok::<_, Refusal>((packed, deed, By::Person(reply.colleague.name)))
    });
    done.await?
}
