//! A connection that ends when nothing moves on it, or when it is closed to make room.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

use super::limiter::ConnectionHandle;

/// A connection that ends when nothing moves on it, or when it is told to go.
pub(crate) struct ManagedStream {
    stream: TcpStream,
    /// True if something moved since the last look.
    is_active: bool,
    idle_timeout: Duration,
    idle_timer: Pin<Box<Sleep>>,
    close_requested: oneshot::Receiver<()>,
    /// True if it must go.
    is_closing: bool,
    handle: ConnectionHandle,
}

impl ManagedStream {
    /// A connection that ends after `idle_timeout` without a byte, twice that at most.
    pub(crate) fn new(
        stream: TcpStream,
        idle_timeout: Duration,
        close_requested: oneshot::Receiver<()>,
        handle: ConnectionHandle,
    ) -> Self {
        Self {
            stream,
            is_active: false,
            idle_timeout,
            idle_timer: Box::pin(sleep(idle_timeout)),
            close_requested,
            is_closing: false,
            handle,
        }
    }

    /// Its place among all connections.
    pub(crate) fn handle(&self) -> &ConnectionHandle {
        &self.handle
    }

    /// Waits on behalf of a read or write that cannot go on; an error if the connection must go or was silent for too
    /// long. Looking now and then spares a clock for each read.
    fn poll_idle<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        // A channel that has said its word is not asked again.
        self.is_closing =
            self.is_closing || Pin::new(&mut self.close_requested).poll(cx).is_ready();
        if self.is_closing {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        loop {
            ready!(self.idle_timer.as_mut().poll(cx));
            if !std::mem::take(&mut self.is_active) {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.idle_timer.set(sleep(self.idle_timeout));
        }
    }

    fn poll_or_idle<T>(
        &mut self,
        cx: &mut Context<'_>,
        done: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if done.is_pending() {
            return self.poll_idle(cx);
        }
        self.is_active = true;
        done
    }
}

impl AsyncRead for ManagedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.poll_or_idle(cx, done)
    }
}

impl AsyncWrite for ManagedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.poll_or_idle(cx, done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.poll_or_idle(cx, done)
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
