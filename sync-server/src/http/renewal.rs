//! `POST /v1/installation`: a device that was copied asks, with its token, for an installation of its own.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use kept_core::limits;
use kept_core::wire::{self, RenewalRequest};

use super::api_state::ApiState;
use super::body;
use super::response::{ApiError, PackedMessage};
use super::sync::AuthenticatedDevice;
use crate::audit::{AuditAuthor, AuditEvent};

/// Renews the installation. Each is a try like that of an invitation, so that no device makes many.
pub(super) async fn renew(
    State(api): State<ApiState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    AuthenticatedDevice(parent): AuthenticatedDevice,
    headers: HeaderMap,
    body: Body,
) -> Result<PackedMessage, ApiError> {
    let address = address.ip();
    let now = api.state.environment().boot_ms();
    if api.invitation_limits.count(address, now) > 0 {
        return Err(ApiError::rate_limited());
    }
    let received = body::read(
        (&headers, body),
        limits::JOIN_BODY_BYTES,
        api.body_idle_timeout,
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
        let request: RenewalRequest =
            wire::unpack_limited(&received.bytes, limits::JOIN_INFLATED_BYTES)?;
        let reply = state.renew_installation(parent, &request)?;
        let event = AuditEvent::new("renewed")
            .with("device", reply.installation)
            .with("copy-of", parent)
            .with("label", request.label);
        let by = AuditAuthor::Person(reply.colleague.name.clone());
        Ok::<_, ApiError>((PackedMessage(wire::pack(&reply)?), event, by))
    });
    let (packed_message, event, by) = done.await??;
    api.audit(by, address, event).await;
    Ok(packed_message)
}
