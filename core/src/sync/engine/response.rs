//! An answer that came: read and checked without the notebook, so that this can be done while it is busy.

use crate::document::chunk::CheckedChange;
use crate::store::feed::CheckedChanges;
use crate::wire::{self, Reply, WireError};

/// The rows that are checked between two looks at whether the run goes on.
const CHANGES_A_LOOK: usize = 64;

/// An answer that came.
pub struct Response {
    pub(super) reply: Reply,
    pub(super) checked: CheckedChanges,
}

impl Response {
    /// Reads the body of an answer and checks the changes of its pages. One that is not in order is named when
    /// its page is taken, which leaves what comes before it. None if `is_stopped` says so meanwhile; a short answer is
    /// read whole, for it was paid for.
    pub fn read(body: &[u8], is_stopped: impl Fn() -> bool) -> Result<Option<Self>, WireError> {
        let reply: Reply = wire::unpack(body)?;
        let rows = reply.pages.iter().flat_map(|page| &page.rows);
        let mut checked = CheckedChanges::default();
        for (number, row) in rows.enumerate() {
            if number > 0 && number % CHANGES_A_LOOK == 0 && is_stopped() {
                return Ok(None);
            }
            if let (Some(hash), Some(bytes)) = (row.hash, &row.bytes)
                && let Ok(change) = CheckedChange::stored(bytes, hash)
            {
                checked.insert(hash, change);
            }
        }
        Ok(Some(Self { checked, reply }))
    }
}
