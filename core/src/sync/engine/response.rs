//! An answer that came: read and checked without the notebook, so that this can be done while it is busy.

use crate::document::chunk::CheckedChange;
use crate::store::feed::CheckedChanges;
use crate::wire::{self, Reply, WireError};

/// An answer that came.
pub struct Response {
    pub(super) reply: Reply,
    pub(super) checked: CheckedChanges,
}

impl Response {
    /// Reads the body of an answer and checks the changes of its pages. One that is not in order is named when
    /// its page is taken, which leaves what comes before it.
    pub fn read(body: &[u8]) -> Result<Self, WireError> {
        let reply: Reply = wire::unpack(body)?;
        let rows = reply.pages.iter().flat_map(|page| &page.rows);
        let changes = rows.filter_map(|row| {
            let (hash, bytes) = (row.hash?, row.bytes.as_ref()?);
            Some((hash, CheckedChange::stored(bytes, hash).ok()?))
        });
        Ok(Self {
            checked: changes.collect(),
            reply,
        })
    }
}
