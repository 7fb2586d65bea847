//! How many connections may stand at once, in all and from one address, and how long one may be silent.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// Connections where nobody says how many files a process may open.
const USUAL: usize = 768;
/// More than these cost more memory than a company's server has.
const MOST: usize = 16_384;

/// How long the server waits for others, and for how many at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// From a connection to the end of its first request's head.
    pub(crate) first_head: Duration,
    /// For the head of every request after it; a connection without requests is closed then.
    pub(crate) head: Duration,
    /// From a request's head to its answer's head, the request's body included.
    pub(crate) request: Duration,
    /// Without a byte in either direction; twice this at most.
    pub(crate) silence: Duration,
    /// Connections in all.
    pub(crate) connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first_head: Duration::from_secs(30),
            // Longer than proxies keep what they do not use: they, not the server, choose when to close.
            head: Duration::from_secs(75),
            // 4 MB on a link of 300 kbit/s.
            request: Duration::from_secs(120),
            // Longer than any answer takes, and than the heartbeat of an event stream.
            silence: Duration::from_secs(150),
            connections: ceiling(),
        }
    }
}

/// Three quarters of the files that this process may open: log, replica and their journals need the rest.
fn ceiling() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let soft = files.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    soft.map_or(USUAL, |soft| soft / 4 * 3).clamp(1, MOST)
}

/// Lets connections in as long as there are not too many.
#[derive(Clone)]
pub(super) struct Doorkeeper {
    standing: Arc<Mutex<Standing>>,
    most: usize,
    silence: Duration,
}

#[derive(Default)]
struct Standing {
    all: usize,
    by_peer: HashMap<IpAddr, usize>,
    /// Whether somebody was turned away since the last one came in.
    turned_away: bool,
}

impl Doorkeeper {
    pub(super) fn new(patience: &Patience) -> Self {
        Self {
            standing: Arc::default(),
            most: patience.connections,
            silence: patience.silence,
        }
    }

    /// A place for a connection; none where there are too many. One address gets half of all places, for a
    /// whole company may stand behind it; this machine itself gets all, for it may be a proxy.
    fn place(&self, peer: IpAddr) -> Option<Place> {
        let peer = network(peer);
        let mut standing = lock(&self.standing);
        let of_peer = standing.by_peer.get(&peer).copied().unwrap_or_default();
        let full = standing.all >= self.most;
        if full || (of_peer >= self.most.div_ceil(2) && !peer.is_loopback()) {
            if !std::mem::replace(&mut standing.turned_away, true) {
                let all = standing.all;
                tracing::warn!(%peer, of_peer, all, "connections are turned away");
            }
            return None;
        }
        standing.turned_away = false;
        standing.all += 1;
        standing.by_peer.insert(peer, of_peer + 1);
        Some(Place {
            standing: Arc::clone(&self.standing),
            peer,
        })
    }
}

impl<S> Accept<TcpStream, S> for Doorkeeper {
    type Stream = Connection;
    type Service = S;
    type Future = std::future::Ready<io::Result<(Connection, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let entered = stream.peer_addr().and_then(|peer| {
            let place = self.place(peer.ip()).ok_or(io::ErrorKind::QuotaExceeded)?;
            let connection = Connection {
                stream,
                moved: false,
                silence: self.silence,
                look: Box::pin(sleep(self.silence)),
                _place: place,
            };
            Ok((connection, service))
        });
        std::future::ready(entered)
    }
}

/// Whose an address is: with IPv6 everybody has a whole /64.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into()
        }
        address => address,
    }
}

fn lock(standing: &Mutex<Standing>) -> MutexGuard<'_, Standing> {
    standing.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One of the places, given back when it is dropped.
struct Place {
    standing: Arc<Mutex<Standing>>,
    peer: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut standing = lock(&self.standing);
        standing.all = standing.all.saturating_sub(1);
        let of_peer = standing.by_peer.get(&self.peer).copied();
        match of_peer {
            Some(more @ 2..) => standing.by_peer.insert(self.peer, more - 1),
            _ => standing.by_peer.remove(&self.peer),
        };
    }
}

/// A connection that ends when nothing moves on it.
pub(super) struct Connection {
    stream: TcpStream,
    /// Whether something moved since the last look.
    moved: bool,
    silence: Duration,
    look: Pin<Box<Sleep>>,
    _place: Place,
}

impl Connection {
    /// Whoever cannot go on waits, or hears that it was silent for too long. Looking now and then spares a
    /// clock for each read.
    fn wait<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        loop {
            ready!(self.look.as_mut().poll(cx));
            if !std::mem::take(&mut self.moved) {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.look.set(sleep(self.silence));
        }
    }

    fn or_wait<T>(
        &mut self,
        cx: &mut Context<'_>,
        done: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if done.is_pending() {
            return self.wait(cx);
        }
        self.moved = true;
        done
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.or_wait(cx, done)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.or_wait(cx, done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.or_wait(cx, done)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doorkeeper(connections: usize) -> Doorkeeper {
        Doorkeeper::new(&Patience {
            connections,
            ..Patience::default()
        })
    }

    #[test]
    fn one_address_gets_half_of_the_places_and_gives_them_back() {
        let door = doorkeeper(4);
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let mut places = vec![door.place(one).unwrap(), door.place(one).unwrap()];
        assert!(door.place(one).is_none());
        places.push(door.place(other).unwrap());
        places.swap_remove(0);
        places.push(door.place(one).unwrap());
        drop(places);
        assert!(lock(&door.standing).by_peer.is_empty());
        assert_eq!(lock(&door.standing).all, 0);
    }

    #[test]
    fn a_proxy_on_this_machine_may_have_all_places_but_no_more() {
        let door = doorkeeper(4);
        let proxy: IpAddr = "::ffff:127.0.0.1".parse().unwrap();
        let places: Vec<_> = (0..5).map(|_| door.place(proxy)).collect();
        assert_eq!(places.iter().flatten().count(), 4);
        assert!(door.place(IpAddr::from([10, 0, 0, 1])).is_none());
    }

    #[test]
    fn whoever_has_a_network_of_addresses_counts_as_one() {
        let door = doorkeeper(4);
        let peer = |text: &str| door.place(text.parse().unwrap());
        let _places = (peer("2001:db8::1").unwrap(), peer("2001:db8::2").unwrap());
        assert!(peer("2001:db8::3").is_none());
        assert!(peer("2001:db8:0:1::1").is_some());
    }
}
