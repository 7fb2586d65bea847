//! The state that the API's handlers share: the server, the limits of tries, and the memory for bodies.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;

use crate::audit::{AuditAuthor, AuditEvent};
use crate::connections::Timeouts;
use crate::memory_budget::MemoryBudget;
use crate::rate_limits::RateLimits;
use crate::state::ServerState;

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
pub(super) struct ApiState {
    pub(super) state: Arc<ServerState>,
    /// Tries of invitations, and of tokens.
    pub(super) invitation_limits: Arc<RateLimits>,
    pub(super) token_limits: Arc<RateLimits>,
    pub(super) anonymous_memory: Arc<MemoryBudget>,
    pub(super) upload_memory: Arc<MemoryBudget>,
    pub(super) exchange_memory: Arc<MemoryBudget>,
    /// Held by the request that looks if the server is well.
    pub(super) health_check: Arc<tokio::sync::Mutex<()>>,
    /// The longest pause within a body.
    pub(super) body_idle_timeout: Duration,
}

impl ApiState {
    /// The state of a server, with no try counted and all memory free.
    pub(super) fn new(state: Arc<ServerState>, timeouts: &Timeouts) -> Self {
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
    pub(super) async fn audit(&self, by: AuditAuthor, from: IpAddr, audit_event: AuditEvent) {
        let state = Arc::clone(&self.state);
        let noted = move || state.audit().record(&by, Some(from), &audit_event);
        let _ = tokio::task::spawn_blocking(noted).await;
    }

    /// The same on a secret that did not fit, where the address has tried `beyond` more than it may.
    pub(super) async fn audit_failure(&self, from: IpAddr, beyond: u32, audit_event: AuditEvent) {
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
