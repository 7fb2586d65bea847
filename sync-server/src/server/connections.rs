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
const SETTLING: Duration = Duration::from_secs(1);

/// Lets connections in.
#[derive(Clone)]
pub(super) struct ConnectionLimiter {
    all: Arc<All>,
    most: usize,
}

/// All connections.
#[derive(Default)]
struct All {
    standing: Mutex<Standing>,
    /// Told when one is gone.
    gone: Notify,
}

#[derive(Default)]
struct Standing {
    connections: HashMap<u64, State>,
    by_peer: HashMap<IpAddr, usize>,
    /// The number of those that were told to go and are still here.
    leaving: usize,
    /// Counts what happens, in its order: the number of the newest connection, and when one became idle.
    clock: u64,
    /// True if a connection was told to go, or was turned away, since there was room.
    crowded: bool,
}

/// The state of one connection.
struct State {
    peer: IpAddr,
    /// Requests that are not answered yet.
    asking: usize,
    /// True if one of them comes from a known caller.
    recognised: bool,
    /// The clock's count since which it is idle, or has been asking.
    since: u64,
    /// Tells it to go; none once it was told.
    go: Option<oneshot::Sender<()>>,
}

impl ConnectionLimiter {
    /// Lets in `most` at once.
    pub(super) fn new(most: usize) -> Self {
        Self {
            all: Arc::default(),
            most,
        }
    }

    /// Waits until most of those that were told to go are gone, for a second at most.
    pub(super) async fn settle(&self) {
        let settled = async {
            while lock(&self.all.standing).connections.len() >= self.brim() {
                self.all.gone.notified().await;
            }
        };
        let _in_time = tokio::time::timeout(SETTLING, settled).await;
    }

    /// The most connections that may be here, with those that were told to go.
    fn brim(&self) -> usize {
        self.most + (self.most / 8).max(8)
    }

    /// A place for a connection; None where no other can give way. One address gets half of all places, for a whole
    /// company may stand behind it; this machine itself gets all, for it may be a proxy.
    pub(super) fn place(&self, peer: IpAddr) -> Option<(ConnectionHandle, oneshot::Receiver<()>)> {
        let peer = network(peer);
        let mut standing = lock(&self.all.standing);
        let of_peer = standing.by_peer.get(&peer).copied().unwrap_or_default();
        let is_full = standing.connections.len() - standing.leaving >= self.most;
        let has_its_share = of_peer >= self.most.div_ceil(2) && !peer.is_loopback();
        let is_brimful = standing.connections.len() >= self.brim();
        let has_room = !is_brimful
            && match (is_full, has_its_share) {
                (_, true) => standing.clear(Some(peer)),
                (true, false) => standing.clear(None),
                (false, false) => true,
            };
        if (is_full || has_its_share) && !std::mem::replace(&mut standing.crowded, true) {
            let all = standing.connections.len();
            tracing::warn!(%peer, of_peer, all, has_room, "there are too many connections");
        }
        if !has_room {
            return None;
        }
        standing.crowded &= is_full || has_its_share;
        let (go, told) = oneshot::channel();
        let number = standing.tick();
        let state = State {
            peer,
            asking: 0,
            recognised: false,
            since: number,
            go: Some(go),
        };
        standing.connections.insert(number, state);
        *standing.by_peer.entry(peer).or_default() += 1;
        let place = Arc::new(Place {
            all: Arc::clone(&self.all),
            number,
        });
        Some((ConnectionHandle(place), told))
    }
}

impl Standing {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    /// Tells a connection to go, of `peer`, or where that is None of the address with most; false where none may go.
    fn clear(&mut self, peer: Option<IpAddr>) -> bool {
        let may_go = |state: &State| {
            state.go.is_some() && !state.recognised && peer.is_none_or(|peer| peer == state.peer)
        };
        let mut by_peer: HashMap<IpAddr, usize> = HashMap::new();
        for state in self.connections.values().filter(|state| may_go(state)) {
            *by_peer.entry(state.peer).or_default() += 1;
        }
        let goes = self.connections.values_mut().filter(|state| may_go(state));
        let goes = goes.min_by_key(|state| {
            let of_peer = by_peer.get(&state.peer).copied().unwrap_or_default();
            (Reverse(of_peer), state.asking > 0, state.since)
        });
        let Some(state) = goes else {
            return false;
        };
        // One that has just ended by itself is gone as well.
        let _ = state.go.take().map(|go| go.send(()));
        let peer = state.peer;
        self.leaving += 1;
        self.forget(peer);
        true
    }

    /// One connection less counts for an address.
    fn forget(&mut self, peer: IpAddr) {
        match self.by_peer.get_mut(&peer) {
            Some(count @ 2..) => *count -= 1,
            _ => drop(self.by_peer.remove(&peer)),
        }
    }
}

/// The place of a connection, given back when the last handle is dropped.
#[derive(Clone)]
pub(crate) struct ConnectionHandle(Arc<Place>);

struct Place {
    all: Arc<All>,
    number: u64,
}

impl ConnectionHandle {
    /// Says that the caller is known.
    pub(crate) fn recognise(&self) {
        self.0.change(|state| state.recognised = true);
    }
}

impl Place {
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut standing = lock(&self.all.standing);
        let now = standing.tick();
        if let Some(state) = standing.connections.get_mut(&self.number) {
            change(state);
            state.since = now;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut standing = lock(&self.all.standing);
        match standing.connections.remove(&self.number) {
            Some(State { go: None, .. }) => standing.leaving -= 1,
            Some(state) => standing.forget(state.peer),
            None => {}
        }
        drop(standing);
        self.all.gone.notify_one();
    }
}

/// A request that is not answered to its end.
struct Asking(ConnectionHandle);

impl Asking {
    fn begin(handle: ConnectionHandle) -> Self {
        handle.0.change(|state| state.asking += 1);
        Self(handle)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.0.change(|state| {
            state.asking = state.asking.saturating_sub(1);
            state.recognised &= state.asking > 0;
        });
    }
}

/// Marks a connection as in use from a request's head to its answer's last byte.
pub(crate) async fn connection_in_use(request: Request, next: Next) -> Response {
    let handle = request.extensions().get::<ConnectionHandle>().cloned();
    let Some(asking) = handle.map(Asking::begin) else {
        return next.run(request).await;
    };
    let answer = next.run(request).await;
    answer.map(|body| {
        Body::new(Answering {
            body,
            _asking: asking,
        })
    })
}

/// The body of an answer, for as long as it is sent.
struct Answering {
    body: Body,
    _asking: Asking,
}

impl http_body::Body for Answering {
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

fn lock(standing: &Mutex<Standing>) -> MutexGuard<'_, Standing> {
    standing.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Entered = (ConnectionHandle, oneshot::Receiver<()>);

    fn limiter(connections: usize) -> ConnectionLimiter {
        ConnectionLimiter::new(connections)
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn was_told(entered: &mut Entered) -> bool {
        entered.1.try_recv().is_ok()
    }

    #[test]
    fn one_address_gets_half_of_the_places_and_gives_them_back() {
        let limiter = limiter(4);
        let mut first = limiter.place(address(1)).unwrap();
        let second = limiter.place(address(1)).unwrap();
        let other = limiter.place(address(2)).unwrap();
        assert!(!was_told(&mut first));
        let third = limiter.place(address(1)).unwrap();
        assert!(was_told(&mut first), "the oldest of the same address goes");
        drop((first, second, other, third));
        let standing = lock(&limiter.all.standing);
        assert!(standing.by_peer.is_empty() && standing.connections.is_empty());
        assert_eq!(standing.leaving, 0);
    }

    #[test]
    fn whoever_has_most_gives_way_and_the_longest_idle_first() {
        let limiter = limiter(6);
        let mut honest = limiter.place(address(9)).unwrap();
        let mut many: Vec<Entered> = (0..3).map(|_| limiter.place(address(1)).unwrap()).collect();
        let mut few: Vec<Entered> = (0..2).map(|_| limiter.place(address(2)).unwrap()).collect();
        let asks = Asking::begin(many[0].0.clone());
        let _new = limiter.place(address(3)).unwrap();
        assert!(was_told(&mut many[1]), "idle before asking");
        drop(asks);
        let _newer = limiter.place(address(4)).unwrap();
        let told = [2, 0].map(|number| was_told(&mut many[number]));
        assert_eq!(told, [true, false], "idle for longer");
        assert!(!was_told(&mut few[0]) && !was_told(&mut honest));
    }

    #[test]
    fn whoever_is_known_is_not_cut_off_and_nobody_comes_in_where_nobody_can_go() {
        let limiter = limiter(2);
        let mut known = limiter.place(address(1)).unwrap();
        let asks = Asking::begin(known.0.clone());
        known.0.recognise();
        let mut slow = limiter.place(address(2)).unwrap();
        let _asks = Asking::begin(slow.0.clone());
        let newcomer = limiter.place(address(3)).unwrap();
        assert!(was_told(&mut slow), "a stranger who asks slowly goes");
        assert!(!was_told(&mut known));
        let _asks = Asking::begin(newcomer.0.clone());
        newcomer.0.recognise();
        assert!(limiter.place(address(4)).is_none());
        drop(asks);
        assert!(limiter.place(address(4)).is_some());
        assert!(was_told(&mut known), "what was answered is idle");
    }

    #[test]
    fn a_proxy_on_this_machine_may_have_all_places() {
        let limiter = limiter(4);
        let proxy: IpAddr = "::ffff:127.0.0.1".parse().unwrap();
        let mut all: Vec<Entered> = (0..4).map(|_| limiter.place(proxy).unwrap()).collect();
        assert!(!all.iter_mut().any(was_told));
        let _one_more = limiter.place(proxy).unwrap();
        assert!(was_told(&mut all[0]));
    }
}
