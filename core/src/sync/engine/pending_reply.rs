//! An answer that is taken piece by piece.

use super::request::InFlight;
use crate::store::feed::PageContext;
use crate::wire::Reply;

/// An answer that belongs to its request, of which something is still to be taken.
pub struct PendingReply {
    pub(super) in_flight: InFlight,
    /// The part of it that is left.
    pub(super) reply: Reply,
    pub(super) page_context: PageContext,
    /// None until its results were taken; then true if something must go again.
    pub(super) again: Option<bool>,
    /// True if rows are to be made anew because of what was taken.
    pub(super) stale: bool,
    /// True if it brings changes that were wanted.
    pub(super) gives: bool,
}

impl PendingReply {
    /// True if rows are left to take: an answer without any is taken whole, for that takes no time.
    pub fn has_rows(&self) -> bool {
        let reply = &self.reply;
        let taken = reply.pages.is_empty() && reply.samples.is_empty() && reply.given.is_empty();
        self.stale || !taken
    }
}

/// The result of taking a piece of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplyProgress {
    /// There is more to take.
    Piece,
    /// That was the last.
    All {
        /// True if the request that was built [`request_ahead`](super::Engine::request_ahead) rests on what came to be:
        /// if not, the answer to that is to be thrown away.
        holds: bool,
    },
}
