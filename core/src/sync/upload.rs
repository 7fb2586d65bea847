//! A body on its way to the server, piece by piece, and how long nothing may move meanwhile.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::Notify;

/// Bytes of a piece.
const PIECE: usize = 4 * 1024;
/// The slowest line that is waited for, in bytes a second: 4 kbit/s.
const SLOWEST: usize = 500;

/// The part of a body that was taken by the connection.
#[derive(Debug, Default)]
pub struct Progress {
    taken: AtomicUsize,
    moved: Notify,
}

/// A body that is handed to the connection piece by piece.
pub struct Upload {
    left: Bytes,
    progress: Arc<Progress>,
}

impl Upload {
    /// A body, and how far it has come.
    pub fn new(body: Vec<u8>) -> (Self, Arc<Progress>) {
        let progress = Arc::new(Progress::default());
        let upload = Self {
            left: body.into(),
            progress: Arc::clone(&progress),
        };
        (upload, progress)
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.left.len().min(PIECE);
        let piece = self.left.split_to(length);
        self.progress.taken.fetch_add(length, Ordering::Relaxed);
        self.progress.moved.notify_one();
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.left.len()).unwrap_or(u64::MAX))
    }
}

/// Returns when nothing has moved for too long.
pub async fn wait_until_idle(progress: &Progress, silence: Duration) {
    loop {
        let taken = progress.taken.load(Ordering::Relaxed);
        tokio::select! {
            () = progress.moved.notified() => {}
            () = tokio::time::sleep(idle_timeout(taken, silence)) => return,
        }
    }
}

/// The time to wait after the connection has taken so many bytes: `silence`, and as long as the socket's buffers, which
/// take a body long before it has left, need for it on the slowest line. That the line itself is dead is noticed
/// before: the system ends connections on which nothing is acknowledged.
fn idle_timeout(taken: usize, silence: Duration) -> Duration {
    let draining = u64::try_from(taken / SLOWEST).unwrap_or(u64::MAX);
    silence.saturating_add(Duration::from_secs(draining))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENCE: Duration = Duration::from_secs(30);

    #[test]
    fn a_body_is_taken_in_pieces_and_says_how_long_it_is() {
        let whole: Vec<u8> = (0..10_000).map(|at| (at % 251) as u8).collect();
        let (mut upload, progress) = Upload::new(whole.clone());
        let mut taken = Vec::new();
        let mut cx = Context::from_waker(std::task::Waker::noop());
        while !upload.is_end_stream() {
            let left = whole.len() - taken.len();
            assert_eq!(upload.size_hint().exact(), Some(left as u64));
            let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut upload).poll_frame(&mut cx) else {
                panic!("a piece is always there");
            };
            let piece = frame.into_data().unwrap();
            assert!(piece.len() <= PIECE);
            taken.extend_from_slice(&piece);
            assert_eq!(progress.taken.load(Ordering::Relaxed), taken.len());
        }
        assert_eq!(taken, whole);
    }

    #[test]
    fn a_slow_line_gets_the_time_that_it_needs_and_a_short_request_no_more_than_the_silence() {
        // 300 kB at 9.6 kbit/s, all of it in the socket's buffer.
        assert!(idle_timeout(300_000, SILENCE) > Duration::from_secs(300_000 / 1_200) + SILENCE);
        assert!(idle_timeout(400, SILENCE) <= SILENCE + Duration::from_secs(1));
    }
}
