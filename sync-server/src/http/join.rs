//! `POST /v1/join`: a device with an invitation. Any caller may send one, so everything about it is small, and every
//! one is a try.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use kept_core::limits;
use kept_core::wire::{self, JoinRequest};

use super::api_state::ApiState;
use super::body;
use super::response::{ApiError, PackedMessage};
use crate::audit::{AuditAuthor, AuditEvent};

/// Joins a device. A caller whose address tried too often hears only that, unless the invitation is right.
pub(super) async fn join(
    State(api): State<ApiState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<PackedMessage, ApiError> {
    let address = address.ip();
    let beyond = api
        .invitation_limits
        .count(address, api.state.environment().boot_ms());
    let (api_error, audit_event) = match redeem(&api, &headers, body).await {
        Ok((packed_message, audit_event, by)) => {
            api.invitation_limits.give_back(address);
            api.audit(by, address, audit_event).await;
            return Ok(packed_message);
        }
        Err(api_error) => {
            let audit_event = AuditEvent::new("join-failed").with("reason", api_error.code());
            (api_error, audit_event)
        }
    };
    if api_error.is_callers_fault() {
        api.audit_failure(address, beyond, audit_event).await;
    }
    Err(if beyond > 0 {
        ApiError::rate_limited()
    } else {
        api_error
    })
}

async fn redeem(
    api: &ApiState,
    headers: &HeaderMap,
    body: Body,
) -> Result<(PackedMessage, AuditEvent, AuditAuthor), ApiError> {
    let body_idle_timeout = api.body_idle_timeout;
    let received = body::read(
        (headers, body),
        limits::JOIN_BODY_BYTES,
        body_idle_timeout,
        &api.anonymous_memory,
    );
    let received = received.await?;
    let share = api
        .anonymous_memory
        .share(body::memory_needed(limits::JOIN_INFLATED_BYTES))
        .await;
    let share = share.ok_or_else(ApiError::busy)?;
    let state = api.state.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _share = share;
        let request: JoinRequest =
            wire::unpack_limited(&received.bytes, limits::JOIN_INFLATED_BYTES)?;
        let reply = state.join(&request)?;
        let packed_message = PackedMessage(wire::pack(&reply)?);
        let audit_event = AuditEvent::new("joined")
            .with("device", reply.installation)
            .with("label", request.label);
        Ok::<_, ApiError>((
            packed_message,
            audit_event,
            AuditAuthor::Person(reply.colleague.name),
        ))
    });
    done.await?
}
