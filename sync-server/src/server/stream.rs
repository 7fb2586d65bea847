//! A connection that ends when nothing moves on it, or when it is told to go.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

use super::connections::ConnectionHandle;

/// A connection that ends when nothing moves on it, or when it is told to go.
pub(super) struct Stream {
    stream: TcpStream,
    /// True if something moved since the last look.
    moved: bool,
    silence: Duration,
    look: Pin<Box<Sleep>>,
    told: oneshot::Receiver<()>,
    /// True if it must go.
    goes: bool,
    handle: ConnectionHandle,
}

impl Stream {
    /// A connection that ends after `silence` without a byte, twice that at most.
    pub(super) fn new(
        stream: TcpStream,
        silence: Duration,
        told: oneshot::Receiver<()>,
        handle: ConnectionHandle,
    ) -> Self {
        Self {
            stream,
            moved: false,
            silence,
            look: Box::pin(sleep(silence)),
            told,
            goes: false,
            handle,
        }
    }

    /// Its place among all connections.
    pub(super) fn handle(&self) -> &ConnectionHandle {
        &self.handle
    }

    /// Waits on behalf of a read or write that cannot go on; an error if the connection must go or was silent for too
    /// long. Looking now and then spares a clock for each read.
    fn wait<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        // A channel that has said its word is not asked again.
        self.goes = self.goes || Pin::new(&mut self.told).poll(cx).is_ready();
        if self.goes {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
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

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.or_wait(cx, done)
    }
}

impl AsyncWrite for Stream {
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
