//! The HTTP API for devices: its routes, and the answer to a request that panicked.

mod api_state;
mod body;
mod health;
mod join;
mod poke;
mod renewal;
mod response;
mod sync;

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kept_core::wire::problem;
use tower_http::timeout::TimeoutLayer;

use crate::connections::Timeouts;
use crate::state::ServerState;
use api_state::ApiState;
use response::ApiError;

/// The API's routes. Devices whose token is known may take as long as their line needs, as long as something moves.
pub(crate) fn routes(state: Arc<ServerState>, timeouts: &Timeouts) -> Router {
    let known = Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/poke", get(poke::poke))
        .route("/v1/installation", post(renewal::renew));
    let anybody = Router::new()
        .route("/v1/join", post(join::join))
        .route("/healthz", get(health::health));
    let in_time = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, timeouts.request);
    known
        .merge(anybody.layer(in_time))
        .with_state(ApiState::new(state, timeouts))
}

/// The answer to a request whose handler panicked.
pub(crate) fn panic_response(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    ApiError::new(
        problem::UNAVAILABLE,
        "the server stumbled over this request",
    )
    .into_response()
}
