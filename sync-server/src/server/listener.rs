//! Accepts connections: no faster than those that were told to go are gone, so that the rest waits with the system and
//! not among this process's files.

use std::future::{Ready, ready};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum_server::accept::Accept;
use axum_server::{AddrListener, Address};
use tokio::net::TcpListener;
use tower_http::add_extension::AddExtension;

use crate::connections::{ConnectionHandle, ConnectionLimiter, ManagedStream, Timeouts};

/// The other end of a connection that was let in.
#[derive(Clone, Copy, Debug)]
pub(super) struct PeerAddress(SocketAddr);

impl Address for PeerAddress {
    type Stream = ManagedStream;
    type Listener = LimitedListener;
}

impl Connected<PeerAddress> for SocketAddr {
    fn connect_info(peer: PeerAddress) -> Self {
        peer.0
    }
}

/// Lets connections in as far as there are places.
pub(super) struct LimitedListener {
    listener: TcpListener,
    limiter: ConnectionLimiter,
    idle_timeout: Duration,
}

impl LimitedListener {
    /// Listens where a socket is bound already.
    pub(super) fn new(bound: std::net::TcpListener, timeouts: &Timeouts) -> io::Result<Self> {
        bound.set_nonblocking(true)?;
        Ok(Self {
            listener: TcpListener::from_std(bound)?,
            limiter: ConnectionLimiter::new(timeouts.max_connections),
            idle_timeout: timeouts.idle_timeout,
        })
    }
}

impl AddrListener<ManagedStream, PeerAddress> for LimitedListener {
    async fn bind_to(_: PeerAddress) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    async fn accept_stream(&self) -> io::Result<(ManagedStream, PeerAddress)> {
        loop {
            self.limiter.wait_for_closing().await;
            let (stream, peer) = self.listener.accept().await?;
            if let Some((handle, close_requested)) = self.limiter.acquire(peer.ip()) {
                let stream = ManagedStream::new(stream, self.idle_timeout, close_requested, handle);
                return Ok((stream, PeerAddress(peer)));
            }
        }
    }

    fn get_local_addr(&self) -> io::Result<PeerAddress> {
        self.listener.local_addr().map(PeerAddress)
    }
}

/// Gives each request of a connection its [`ConnectionHandle`].
#[derive(Clone, Copy)]
pub(super) struct HandleAcceptor;

impl<S> Accept<ManagedStream, S> for HandleAcceptor {
    type Stream = ManagedStream;
    type Service = AddExtension<S, ConnectionHandle>;
    type Future = Ready<io::Result<(ManagedStream, Self::Service)>>;

    fn accept(&self, stream: ManagedStream, service: S) -> Self::Future {
        let service = AddExtension::new(service, stream.handle().clone());
        ready(Ok((stream, service)))
    }
}
