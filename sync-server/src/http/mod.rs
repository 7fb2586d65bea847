//! The HTTP doors: which paths there are, and what holds for all of them.

mod answer;
mod join;
mod poke;
mod sync;

#[cfg(test)]
mod tests;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kept_core::limits;
use kept_core::wire::{SERVER_HEADER, problem};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::office::{self, Office};
use crate::server::ServerState;
use answer::Refusal;

/// Everything that the server answers: the API and the office's pages. `request_time` is how long a request
/// may take until its answer begins, its body included; an event stream begins at once.
pub fn router(state: Arc<ServerState>, office: Arc<Office>, request_time: Duration) -> Router {
    let api = Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/join", post(join::join))
        .route("/healthz", get(health))
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES));
    let live = Router::new().route("/v1/poke", get(poke::poke));
    let always =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    api.merge(live)
        .with_state(join::Doors::new(state))
        .merge(office::router(office))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            request_time,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(always(HeaderName::from_static(SERVER_HEADER), "1"))
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(X_FRAME_OPTIONS, "DENY"))
        .layer(always(REFERRER_POLICY, "no-referrer"))
        .layer(always(
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .layer(always(CACHE_CONTROL, "no-store"))
}

async fn health(State(state): State<Arc<ServerState>>) -> Response {
    let looked = tokio::task::spawn_blocking(move || state.look_at_log()).await;
    match looked {
        Ok(Ok(())) => "ok\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the log cannot be read\n").into_response(),
    }
}

/// Queries and headers carry secrets, so a span names neither.
fn span(request: &Request) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    Refusal::new(
        problem::UNAVAILABLE,
        "the server stumbled over this request",
    )
    .into_response()
}
