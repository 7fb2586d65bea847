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

use super::Patience;
use super::connections::{ConnectionHandle, ConnectionLimiter};
use super::stream::Stream;

/// The other end of a connection that was let in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(SocketAddr);

impl Address for Peer {
    type Stream = Stream;
    type Listener = Listener;
}

impl Connected<Peer> for SocketAddr {
    fn connect_info(peer: Peer) -> Self {
        peer.0
    }
}

/// Lets connections in as far as there are places.
pub(super) struct Listener {
    listener: TcpListener,
    limiter: ConnectionLimiter,
    silence: Duration,
}

impl Listener {
    /// Listens where a socket is bound already.
    pub(super) fn new(bound: std::net::TcpListener, patience: &Patience) -> io::Result<Self> {
        bound.set_nonblocking(true)?;
        Ok(Self {
            listener: TcpListener::from_std(bound)?,
            limiter: ConnectionLimiter::new(patience.connections),
            silence: patience.silence,
        })
    }
}

impl AddrListener<Stream, Peer> for Listener {
    async fn bind_to(_: Peer) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    async fn accept_stream(&self) -> io::Result<(Stream, Peer)> {
        loop {
            self.limiter.settle().await;
            let (stream, peer) = self.listener.accept().await?;
            if let Some((handle, told)) = self.limiter.place(peer.ip()) {
                let stream = Stream::new(stream, self.silence, told, handle);
                return Ok((stream, Peer(peer)));
            }
        }
    }

    fn get_local_addr(&self) -> io::Result<Peer> {
        self.listener.local_addr().map(Peer)
    }
}

/// Gives each request of a connection its [`ConnectionHandle`].
#[derive(Clone, Copy)]
pub(super) struct WithHandle;

impl<S> Accept<Stream, S> for WithHandle {
    type Stream = Stream;
    type Service = AddExtension<S, ConnectionHandle>;
    type Future = Ready<io::Result<(Stream, Self::Service)>>;

    fn accept(&self, stream: Stream, service: S) -> Self::Future {
        let service = AddExtension::new(service, stream.handle().clone());
        ready(Ok((stream, service)))
    }
}
