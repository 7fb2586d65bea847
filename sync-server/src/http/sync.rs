//! `POST /v1/sync`: who calls, the body within its limits, one exchange off the async threads.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use kept_core::limits;
use kept_core::model::ids::InstallationId;
use kept_core::wire::{self, Request, problem};

use super::answer::{Packed, Refusal};
use super::join::Doors;
use crate::exchange::Caller;
use crate::server::ServerState;

/// The installation whose token the request carries. It stands before the body, so that nobody's body is
/// read whose token is wrong.
pub(super) struct Bearer(pub(super) InstallationId);

impl FromRequestParts<Doors> for Bearer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, doors: &Doors) -> Result<Self, Refusal> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        header
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|token| doors.state.verify_token(token))
            .map(Self)
            .ok_or_else(|| Refusal::new(problem::SIGNED_OUT, "the token is not one of this server"))
    }
}

/// One exchange.
pub(super) async fn sync(
    State(state): State<Arc<ServerState>>,
    Bearer(installation): Bearer,
    body: Result<Bytes, BytesRejection>,
) -> Result<Packed, Refusal> {
    let body = whole(body)?;
    let done = tokio::task::spawn_blocking(move || {
        let request: Request = wire::unpack(&body)?;
        let reply = state.exchange(Caller::Device(installation), &request)?;
        Ok::<_, Refusal>(Packed(wire::pack(&reply)?))
    });
    done.await?
}

/// A body that came whole and within the limit.
pub(super) fn whole(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => wire::WireError::TooLarge(limits::BODY_BYTES).into(),
        _ => Refusal::new(problem::MALFORMED, "the body did not come whole"),
    })
}
