//! The limits of connections at once, in all and from one address, and the choice of the one that gives way where there
//! are too many.
//!
//! A new connection always comes in as long as one can go: of the address with most of these the one that has been idle
//! for longest, else the one that has been asking for longest without having shown a token or a session that this
//! server knows. A request of a known caller is never cut off.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::{Notify, oneshot};

use crate::rate_limits::network;

/// The time for which connections that were told to go are waited for.
const CLOSE_WAIT: Duration = Duration::from_secs(1);

/// Lets connections in.
#[derive(Clone)]
pub(crate) struct ConnectionLimiter {
    all: Arc<Shared>,
    max_connections: usize,
}

/// All connections.
#[derive(Default)]
struct Shared {
    table: Mutex<ConnectionTable>,
    /// Told when one is gone.
    gone: Notify,
}

#[derive(Default)]
struct ConnectionTable {
    connections: HashMap<u64, ConnectionState>,
    by_peer: HashMap<IpAddr, usize>,
    /// The number of those that were told to go and are still here.
    closing: usize,
    /// Counts what happens, in its order: the number of the newest connection, and when one became idle.
    clock: u64,
    /// True if a connection was told to go, or was turned away, since there was room.
    is_saturated: bool,
}

/// The state of one connection.
struct ConnectionState {
    peer: IpAddr,
    /// Requests that are not answered yet.
    active_requests: usize,
    /// True if one of them comes from a known caller.
    is_known: bool,
    /// The clock's count since which it is idle, or has been asking.
    since: u64,
    /// Closes it; None once it was closed.
    close: Option<oneshot::Sender<()>>,
}

impl ConnectionLimiter {
    /// Lets in `max_connections` at once.
    pub(crate) fn new(max_connections: usize) -> Self {
        Self {
            all: Arc::default(),
            max_connections,
        }
    }

    /// Waits until most of those that were told to go are gone, for a second at most.
    pub(crate) async fn wait_for_closing(&self) {
        let settled = async {
            while lock(&self.all.table).connections.len() >= self.hard_limit() {
                self.all.gone.notified().await;
            }
        };
        let _in_time = tokio::time::timeout(CLOSE_WAIT, settled).await;
    }

    /// The most connections that may be here, with those that were told to go.
    fn hard_limit(&self) -> usize {
        self.max_connections + (self.max_connections / 8).max(8)
    }

    /// A place for a connection; None where no other can give way. One address gets half of all places, for a whole
    /// company may stand behind it; this machine itself gets all, for it may be a proxy.
    pub(crate) fn acquire(
        &self,
        peer: IpAddr,
    ) -> Option<(ConnectionHandle, oneshot::Receiver<()>)> {
        let peer = network(peer);
        let mut table = lock(&self.all.table);
        let of_peer = table.by_peer.get(&peer).copied().unwrap_or_default();
        let is_full = table.connections.len() - table.closing >= self.max_connections;
        let has_its_share = of_peer >= self.max_connections.div_ceil(2) && !peer.is_loopback();
        let is_at_hard_limit = table.connections.len() >= self.hard_limit();
        let has_room = !is_at_hard_limit
            && match (is_full, has_its_share) {
                (_, true) => table.close_one(Some(peer)),
                (true, false) => table.close_one(None),
                (false, false) => true,
            };
        if (is_full || has_its_share) && !std::mem::replace(&mut table.is_saturated, true) {
            let all = table.connections.len();
            tracing::warn!(%peer, of_peer, all, has_room, "there are too many connections");
        }
        if !has_room {
            return None;
        }
        table.is_saturated &= is_full || has_its_share;
        let (close, close_requested) = oneshot::channel();
        let number = table.tick();
        let state = ConnectionState {
            peer,
            active_requests: 0,
            is_known: false,
            since: number,
            close: Some(close),
        };
        table.connections.insert(number, state);
        *table.by_peer.entry(peer).or_default() += 1;
        let slot = Arc::new(ConnectionSlot {
            all: Arc::clone(&self.all),
            number,
        });
        Some((ConnectionHandle(slot), close_requested))
    }
}

impl ConnectionTable {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    /// Tells a connection to go, of `peer`, or where that is None of the address with most; false where none may go.
    fn close_one(&mut self, peer: Option<IpAddr>) -> bool {
        let may_go = |state: &ConnectionState| {
            state.close.is_some() && !state.is_known && peer.is_none_or(|peer| peer == state.peer)
        };
        let mut by_peer: HashMap<IpAddr, usize> = HashMap::new();
        for state in self.connections.values().filter(|state| may_go(state)) {
            *by_peer.entry(state.peer).or_default() += 1;
        }
        let closes = self.connections.values_mut().filter(|state| may_go(state));
        let closes = closes.min_by_key(|state| {
            let of_peer = by_peer.get(&state.peer).copied().unwrap_or_default();
            (Reverse(of_peer), state.active_requests > 0, state.since)
        });
        let Some(state) = closes else {
            return false;
        };
        // One that has just ended by itself is gone as well.
        let _ = state.close.take().map(|close| close.send(()));
        let peer = state.peer;
        self.closing += 1;
        self.release_peer(peer);
        true
    }

    /// One connection less counts for an address.
    fn release_peer(&mut self, peer: IpAddr) {
        match self.by_peer.get_mut(&peer) {
            Some(count @ 2..) => *count -= 1,
            _ => drop(self.by_peer.remove(&peer)),
        }
    }
}

/// The place of a connection, given back when the last handle is dropped.
#[derive(Clone)]
pub(crate) struct ConnectionHandle(Arc<ConnectionSlot>);

struct ConnectionSlot {
    all: Arc<Shared>,
    number: u64,
}

impl ConnectionHandle {
    /// Says that the caller is known.
    pub(crate) fn mark_known(&self) {
        self.0.change(|state| state.is_known = true);
    }
}

impl ConnectionSlot {
    fn change(&self, change: impl FnOnce(&mut ConnectionState)) {
        let mut table = lock(&self.all.table);
        let now = table.tick();
        if let Some(state) = table.connections.get_mut(&self.number) {
            change(state);
            state.since = now;
        }
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut table = lock(&self.all.table);
        match table.connections.remove(&self.number) {
            Some(ConnectionState { close: None, .. }) => table.closing -= 1,
            Some(state) => table.release_peer(state.peer),
            None => {}
        }
        drop(table);
        self.all.gone.notify_one();
    }
}

/// A request that is not answered to its end.
struct ActiveRequest(ConnectionHandle);

impl ActiveRequest {
    fn begin(handle: ConnectionHandle) -> Self {
        handle.0.change(|state| state.active_requests += 1);
        Self(handle)
    }
}

impl Drop for ActiveRequest {
    fn drop(&mut self) {
        self.0.0.change(|state| {
            state.active_requests = state.active_requests.saturating_sub(1);
            state.is_known &= state.active_requests > 0;
        });
    }
}

/// Marks a connection as in use from a request's head to its answer's last byte.
pub(crate) async fn connection_in_use(request: Request, next: Next) -> Response {
    let handle = request.extensions().get::<ConnectionHandle>().cloned();
    let Some(active_request) = handle.map(ActiveRequest::begin) else {
        return next.run(request).await;
    };
    let answer = next.run(request).await;
    answer.map(|body| {
        Body::new(TrackedBody {
            body,
            _active_request: active_request,
        })
    })
}

/// The body of an answer, for as long as it is sent.
struct TrackedBody {
    body: Body,
    _active_request: ActiveRequest,
}

impl http_body::Body for TrackedBody {
    type Data = axum::body::Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

fn lock(table: &Mutex<ConnectionTable>) -> MutexGuard<'_, ConnectionTable> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Admitted = (ConnectionHandle, oneshot::Receiver<()>);

    fn limiter(connections: usize) -> ConnectionLimiter {
        ConnectionLimiter::new(connections)
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn was_closed(admitted: &mut Admitted) -> bool {
        admitted.1.try_recv().is_ok()
    }

    #[test]
    fn one_address_gets_half_of_the_places_and_gives_them_back() {
        let limiter = limiter(4);
        let mut first = limiter.acquire(address(1)).unwrap();
        let second = limiter.acquire(address(1)).unwrap();
        let other = limiter.acquire(address(2)).unwrap();
        assert!(!was_closed(&mut first));
        let third = limiter.acquire(address(1)).unwrap();
        assert!(
            was_closed(&mut first),
            "the oldest of the same address goes"
        );
        drop((first, second, other, third));
        let table = lock(&limiter.all.table);
        assert!(table.by_peer.is_empty() && table.connections.is_empty());
        assert_eq!(table.closing, 0);
    }

    #[test]
    fn whoever_has_most_gives_way_and_the_longest_idle_first() {
        let limiter = limiter(6);
        let mut honest = limiter.acquire(address(9)).unwrap();
        let mut many: Vec<Admitted> = (0..3)
            .map(|_| limiter.acquire(address(1)).unwrap())
            .collect();
        let mut few: Vec<Admitted> = (0..2)
            .map(|_| limiter.acquire(address(2)).unwrap())
            .collect();
        let asks = ActiveRequest::begin(many[0].0.clone());
        let _new = limiter.acquire(address(3)).unwrap();
        assert!(was_closed(&mut many[1]), "idle before asking");
        drop(asks);
        let _newer = limiter.acquire(address(4)).unwrap();
        let close_requested = [2, 0].map(|number| was_closed(&mut many[number]));
        assert_eq!(close_requested, [true, false], "idle for longer");
        assert!(!was_closed(&mut few[0]) && !was_closed(&mut honest));
    }

    #[test]
    fn whoever_is_known_is_not_cut_off_and_nobody_comes_in_where_nobody_can_go() {
        let limiter = limiter(2);
        let mut known = limiter.acquire(address(1)).unwrap();
        let asks = ActiveRequest::begin(known.0.clone());
        known.0.mark_known();
        let mut slow = limiter.acquire(address(2)).unwrap();
        let _asks = ActiveRequest::begin(slow.0.clone());
        let newcomer = limiter.acquire(address(3)).unwrap();
        assert!(was_closed(&mut slow), "a stranger who asks slowly goes");
        assert!(!was_closed(&mut known));
        let _asks = ActiveRequest::begin(newcomer.0.clone());
        newcomer.0.mark_known();
        assert!(limiter.acquire(address(4)).is_none());
        drop(asks);
        assert!(limiter.acquire(address(4)).is_some());
        assert!(was_closed(&mut known), "what was answered is idle");
    }

    #[test]
    fn a_proxy_on_this_machine_may_have_all_places() {
        let limiter = limiter(4);
        let proxy: IpAddr = "::ffff:127.0.0.1".parse().unwrap();
        let mut all: Vec<Admitted> = (0..4).map(|_| limiter.acquire(proxy).unwrap()).collect();
        assert!(!all.iter_mut().any(was_closed));
        let _one_more = limiter.acquire(proxy).unwrap();
        assert!(was_closed(&mut all[0]));
    }
}
