//! Everything that the server answers: the API beside the office's pages, and what holds for all of them.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware;
use kept_core::wire::SERVER_HEADER;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnFailure, TraceLayer};

use crate::connections::{Timeouts, connection_in_use};
use crate::http;
use crate::office::{self, Office};
use crate::state::ServerState;

/// The time in seconds for which a browser calls this server by HTTPS only: half a year.
const HSTS_MAX_AGE: &str = "max-age=15552000";

/// Everything that the server answers: the API and the office's pages. `https` says whether this server is called
/// by HTTPS. Devices whose token is known may take as long as their line needs, as long as something moves.
pub(super) fn router(
    state: Arc<ServerState>,
    office: Arc<Office>,
    timeouts: &Timeouts,
    https: bool,
) -> Router {
    let in_time = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, timeouts.request);
    let always =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    http::routes(state, timeouts)
        .merge(office::router(office).layer(in_time))
        .layer(CatchPanicLayer::custom(http::panic_response))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                // Each failure is logged with its reason where it happens; a caller that only asks often fills no log.
                .on_failure(DefaultOnFailure::new().level(tracing::Level::DEBUG)),
        )
        .layer(always(HeaderName::from_static(SERVER_HEADER), "1"))
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(X_FRAME_OPTIONS, "DENY"))
        .layer(always(REFERRER_POLICY, "no-referrer"))
        .layer(always(
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .layer(always(CACHE_CONTROL, "no-store"))
        .layer(SetResponseHeaderLayer::if_not_present(
            STRICT_TRANSPORT_SECURITY,
            https.then(|| HeaderValue::from_static(HSTS_MAX_AGE)),
        ))
        .layer(middleware::from_fn(connection_in_use))
}

/// Queries and headers carry secrets, so a span names neither.
fn span(request: &Request) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}
