//! The reasons why a page of a feed cannot be taken.

use crate::store::StoreError;

/// The reason why a page cannot be taken. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Its rows do not follow what was read.
    #[error("the page of scope {scope} begins after row {after}, and {seq} was read")]
    Gap {
        /// The number of the scope.
        scope: u32,
        /// The row after which the page begins.
        after: u64,
        /// The last row that was read here.
        seq: u64,
    },
    /// A row lacks what its kind needs.
    #[error("row {seq} of scope {scope} is not as it should be: {reason}")]
    Row {
        /// The number of the scope.
        scope: u32,
        /// The number of the row.
        seq: u64,
        /// The fault, in words.
        reason: String,
    },
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for FeedError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
