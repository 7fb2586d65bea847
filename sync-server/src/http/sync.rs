//! `POST /v1/sync`: who calls, the body within its limits, one exchange off the async threads.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use kept_core::limits;
use kept_core::model::ids::InstallationId;
use kept_core::wire::{self, Request, problem};
use zstd::zstd_safe::get_frame_content_size;

use super::api_state::ApiState;
use super::body;
use super::response::{ApiError, PackedMessage};
use crate::audit::AuditEvent;
use crate::connections::ConnectionHandle;
use crate::exchange::{Caller, ExchangeError};

/// Memory for an answer and its pages, whatever was asked, in bytes.
const REPLY_BYTES: usize = 2 * limits::PAGE_BYTES;

/// The installation whose token the request carries, and which is not shut out. It stands before the body, so that no
/// body is read that comes with a wrong token.
pub(super) struct AuthenticatedDevice(pub(super) InstallationId);

impl FromRequestParts<ApiState> for AuthenticatedDevice {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION);
        let header = header.and_then(|value| value.to_str().ok());
        let installation = header
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|token| api.state.verify_token(token));
        let Some(installation) = installation else {
            audit_token_failure(parts, api, AuditEvent::new("token-failed")).await;
            let detail = "the token is not one of this server";
            return Err(ApiError::new(problem::SIGNED_OUT, detail));
        };
        let state = Arc::clone(&api.state);
        let shut_out = tokio::task::spawn_blocking(move || state.is_shut_out(installation));
        if shut_out.await?.map_err(ExchangeError::from)? {
            let audit_event =
                AuditEvent::new("signed-out-device-called").with("device", installation);
            audit_token_failure(parts, api, audit_event).await;
            return Err(ExchangeError::SignedOut.into());
        }
        if let Some(connection) = parts.extensions.get::<ConnectionHandle>() {
            connection.mark_known();
        }
        Ok(Self(installation))
    }
}

/// Notes a token that opens nothing.
async fn audit_token_failure(parts: &mut Parts, api: &ApiState, audit_event: AuditEvent) {
    let address = ConnectInfo::<SocketAddr>::from_request_parts(parts, api).await;
    if let Ok(ConnectInfo(address)) = address {
        let beyond = api
            .token_limits
            .count(address.ip(), api.state.environment().boot_ms());
        api.audit_failure(address.ip(), beyond, audit_event).await;
    }
}

/// One exchange.
pub(super) async fn sync(
    State(api): State<ApiState>,
    AuthenticatedDevice(installation): AuthenticatedDevice,
    headers: HeaderMap,
    body: Body,
) -> Result<PackedMessage, ApiError> {
    let received = body::read(
        (&headers, body),
        limits::BODY_BYTES,
        api.body_idle_timeout,
        &api.upload_memory,
    );
    let received = received.await?;
    let weight = body::memory_needed(inflated_size(&received.bytes)) + REPLY_BYTES;
    let share = api
        .exchange_memory
        .share(weight)
        .await
        .ok_or_else(ApiError::busy)?;
    let state = api.state;
    let done = tokio::task::spawn_blocking(move || {
        let _share = share;
        let request: Request = wire::unpack(&received.bytes)?;
        let reply = state.exchange(Caller::Device(installation), &request)?;
        Ok::<_, ApiError>(PackedMessage(wire::pack(&reply)?))
    });
    done.await?
}

/// The bytes that a body says it inflates to; none of a body that [`wire::unpack`] will not take.
fn inflated_size(body: &[u8]) -> usize {
    let size = get_frame_content_size(body).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok());
    size.filter(|size| *size <= limits::INFLATED_BYTES)
        .unwrap_or(0)
}
