//! The HTTP doors: which paths there are, and what holds for all of them.

mod answer;
mod body;
mod health;
mod join;
mod poke;
mod sync;

#[cfg(test)]
mod tests;

use std::any::Any;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, Request};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kept_core::wire::{SERVER_HEADER, problem};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnFailure, TraceLayer};

use crate::audit::{By, Deed};
use crate::memory_budget::MemoryBudget;
use crate::office::{self, Office};
use crate::rate_limits::RateLimits;
use crate::server::{Patience, ServerState, connection_in_use};
use answer::Refusal;

/// Memory for bodies of strangers, in bytes: what they may send is small.
const STRANGERS_BYTES: usize = 4 * 1024 * 1024;
/// Memory for bodies of devices on their way in, in bytes.
const ARRIVING_BYTES: usize = 256 * 1024 * 1024;
/// Memory for messages of devices that are read and answered, in bytes: a few of the largest, dozens of usual ones.
const DEVICES_BYTES: usize = 256 * 1024 * 1024;
/// Requests that wait for memory, of each sort.
const MOST_WAITING: usize = 64;
/// The longest time for which a request waits for memory. Devices listen for 30 s.
const MEMORY_WAIT: Duration = Duration::from_secs(10);
/// The time in seconds for which a browser calls this server by HTTPS only: half a year.
const HTTPS_ONLY: &str = "max-age=15552000";

/// The state that the API's handlers share.
#[derive(Clone)]
struct Api {
    state: Arc<ServerState>,
    /// Tries of invitations, and of tokens.
    codes: Arc<RateLimits>,
    tokens: Arc<RateLimits>,
    strangers: Arc<MemoryBudget>,
    arriving: Arc<MemoryBudget>,
    devices: Arc<MemoryBudget>,
    /// Held by the request that looks if the server is well.
    looking: Arc<tokio::sync::Mutex<()>>,
    /// The longest pause within a body.
    silence: Duration,
}

impl Api {
    fn new(state: Arc<ServerState>, patience: &Patience) -> Self {
        let budget = |bytes| Arc::new(MemoryBudget::new(bytes, MOST_WAITING, MEMORY_WAIT));
        Self {
            state,
            codes: Arc::default(),
            tokens: Arc::default(),
            strangers: budget(STRANGERS_BYTES),
            arriving: budget(ARRIVING_BYTES),
            devices: budget(DEVICES_BYTES),
            looking: Arc::default(),
            silence: patience.body_silence,
        }
    }
}

impl Api {
    /// Writes an audit line, off the async threads.
    async fn note(&self, by: By, from: IpAddr, deed: Deed) {
        let state = Arc::clone(&self.state);
        let noted = move || state.audit().note(&by, Some(from), &deed);
        let _ = tokio::task::spawn_blocking(noted).await;
    }

    /// The same on a secret that did not fit, where the address has tried `beyond` more than it may.
    async fn failed(&self, from: IpAddr, beyond: u32, deed: Deed) {
        let state = Arc::clone(&self.state);
        let noted = move || state.audit().failed(from, beyond, &deed);
        let _ = tokio::task::spawn_blocking(noted).await;
    }
}

impl FromRef<Api> for Arc<ServerState> {
    fn from_ref(api: &Api) -> Self {
        Self::clone(&api.state)
    }
}

/// Everything that the server answers: the API and the office's pages. `https` says whether this server is called
/// by HTTPS. Devices whose token is known may take as long as their line needs, as long as something moves.
pub(crate) fn router(
    state: Arc<ServerState>,
    office: Arc<Office>,
    patience: &Patience,
    https: bool,
) -> Router {
    let known = Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/poke", get(poke::poke));
    let anybody = Router::new()
        .route("/v1/join", post(join::join))
        .route("/healthz", get(health::health));
    let in_time = || TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, patience.request);
    let always =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    known
        .merge(anybody.layer(in_time()))
        .with_state(Api::new(state, patience))
        .merge(office::router(office).layer(in_time()))
        .layer(CatchPanicLayer::custom(panicked))
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
            https.then(|| HeaderValue::from_static(HTTPS_ONLY)),
        ))
        .layer(middleware::from_fn(connection_in_use))
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
