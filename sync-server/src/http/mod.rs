//! The HTTP doors: which paths there are, and what holds for all of them.

mod body;
mod health;
mod join;
mod poke;
mod response;
mod sync;

use std::any::Any;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kept_core::wire::problem;
use tower_http::timeout::TimeoutLayer;

use crate::audit::{AuditAuthor, AuditEvent};
use crate::connections::Timeouts;
use crate::memory_budget::MemoryBudget;
use crate::rate_limits::RateLimits;
use crate::state::ServerState;
use response::ApiError;

/// Memory for bodies of strangers, in bytes: what they may send is small.
const ANONYMOUS_BYTES: usize = 4 * 1024 * 1024;
/// Memory for bodies of devices on their way in, in bytes.
const UPLOAD_BYTES: usize = 256 * 1024 * 1024;
/// Memory for messages of devices that are read and answered, in bytes: a few of the largest, dozens of usual ones.
const EXCHANGE_BYTES: usize = 256 * 1024 * 1024;
/// Requests that wait for memory, of each sort.
const MAX_WAITING: usize = 64;
/// The longest time for which a request waits for memory. Devices listen for 30 s.
const MEMORY_WAIT: Duration = Duration::from_secs(10);

/// The state that the API's handlers share.
#[derive(Clone)]
struct ApiState {
    state: Arc<ServerState>,
    /// Tries of invitations, and of tokens.
    invitation_limits: Arc<RateLimits>,
    token_limits: Arc<RateLimits>,
    anonymous_memory: Arc<MemoryBudget>,
    upload_memory: Arc<MemoryBudget>,
    exchange_memory: Arc<MemoryBudget>,
    /// Held by the request that looks if the server is well.
    health_check: Arc<tokio::sync::Mutex<()>>,
    /// The longest pause within a body.
    body_idle_timeout: Duration,
}

impl ApiState {
    fn new(state: Arc<ServerState>, timeouts: &Timeouts) -> Self {
        let budget = |bytes| Arc::new(MemoryBudget::new(bytes, MAX_WAITING, MEMORY_WAIT));
        Self {
            state,
            invitation_limits: Arc::default(),
            token_limits: Arc::default(),
            anonymous_memory: budget(ANONYMOUS_BYTES),
            upload_memory: budget(UPLOAD_BYTES),
            exchange_memory: budget(EXCHANGE_BYTES),
            health_check: Arc::default(),
            body_idle_timeout: timeouts.body_idle_timeout,
        }
    }
}

impl ApiState {
    /// Writes an audit line, off the async threads.
    async fn audit(&self, by: AuditAuthor, from: IpAddr, audit_event: AuditEvent) {
        let state = Arc::clone(&self.state);
        let noted = move || state.audit().record(&by, Some(from), &audit_event);
        let _ = tokio::task::spawn_blocking(noted).await;
    }

    /// The same on a secret that did not fit, where the address has tried `beyond` more than it may.
    async fn audit_failure(&self, from: IpAddr, beyond: u32, audit_event: AuditEvent) {
        let state = Arc::clone(&self.state);
        let noted = move || state.audit().record_failure(from, beyond, &audit_event);
        let _ = tokio::task::spawn_blocking(noted).await;
    }
}

impl FromRef<ApiState> for Arc<ServerState> {
    fn from_ref(api: &ApiState) -> Self {
        Self::clone(&api.state)
    }
}

/// The API's routes. Devices whose token is known may take as long as their line needs, as long as something moves.
pub(crate) fn routes(state: Arc<ServerState>, timeouts: &Timeouts) -> Router {
    let known = Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/poke", get(poke::poke));
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
