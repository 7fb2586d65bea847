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

use super::Api;
use super::answer::{Packed, Refusal};
use super::body;
use crate::audit::Deed;
use crate::exchange::{Caller, ExchangeError};
use crate::server::ConnectionHandle;

/// Memory for an answer and its pages, whatever was asked, in bytes.
const REPLY_BYTES: usize = 2 * limits::PAGE_BYTES;

/// The installation whose token the request carries, and which is not shut out. It stands before the body, so that no
/// body is read that comes with a wrong token.
pub(super) struct Bearer(pub(super) InstallationId);

impl FromRequestParts<Api> for Bearer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let header = parts.headers.get(AUTHORIZATION);
        let header = header.and_then(|value| value.to_str().ok());
        let installation = header
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|token| api.state.verify_token(token));
        let Some(installation) = installation else {
            failed(parts, api, Deed::new("token-failed")).await;
            let told = "the token is not one of this server";
            return Err(Refusal::new(problem::SIGNED_OUT, told));
        };
        let state = Arc::clone(&api.state);
        let shut_out = tokio::task::spawn_blocking(move || state.is_shut_out(installation));
        if shut_out.await?.map_err(ExchangeError::from)? {
            let deed = Deed::new("signed-out-device-called").with("device", installation);
            failed(parts, api, deed).await;
            return Err(ExchangeError::SignedOut.into());
        }
        if let Some(connection) = parts.extensions.get::<ConnectionHandle>() {
            connection.recognise();
        }
        Ok(Self(installation))
    }
}

/// Notes a token that opens nothing.
async fn failed(parts: &mut Parts, api: &Api, deed: Deed) {
    let address = ConnectInfo::<SocketAddr>::from_request_parts(parts, api).await;
    if let Ok(ConnectInfo(address)) = address {
        let beyond = api
            .tokens
            .count(address.ip(), api.state.environment().boot_ms());
        api.failed(address.ip(), beyond, deed).await;
    }
}

/// One exchange.
pub(super) async fn sync(
    State(api): State<Api>,
    Bearer(installation): Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Packed, Refusal> {
    let arrived = body::read(
        (&headers, body),
        limits::BODY_BYTES,
        api.silence,
        &api.arriving,
    );
    let arrived = arrived.await?;
    let weight = body::weight(inflated(&arrived.bytes)) + REPLY_BYTES;
    let share = api.devices.share(weight).await.ok_or_else(Refusal::busy)?;
    let state = api.state;
    let done = tokio::task::spawn_blocking(move || {
        let _share = share;
        let request: Request = wire::unpack(&arrived.bytes)?;
        let reply = state.exchange(Caller::Device(installation), &request)?;
        Ok::<_, Refusal>(Packed(wire::pack(&reply)?))
    });
    done.await?
}

/// The bytes that a body says it inflates to; none of a body that [`wire::unpack`] will not take.
fn inflated(body: &[u8]) -> usize {
    let size = get_frame_content_size(body).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok());
    size.filter(|size| *size <= limits::INFLATED_BYTES)
        .unwrap_or(0)
}
