//! The reasons why a run cannot go on.

use crate::store::StoreError;
use crate::store::feed::FeedError;
use crate::sync::outage::{Outage, OutageCause};
use crate::wire;

/// The reason why a run cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server's answer cannot be read.
    #[error("the server's answer cannot be used: {0}")]
    PendingReply(#[from] wire::WireError),
    /// The server's answer contradicts what is here.
    #[error("the server's answer cannot be used: {0}")]
    Feed(FeedError),
    /// The answer belongs to another request.
    #[error("the answer belongs to another request")]
    Echo,
    /// Another program joined, replaced or synchronised the notebook during the run.
    #[error("another program changed whose notebook this is, or how far it is synchronised")]
    Changed,
    /// One side is too old for the other.
    #[error("the server speaks versions {min} to {max} of the protocol, this program {ours}")]
    Version {
        /// The oldest that the server speaks.
        min: u32,
        /// The newest.
        max: u32,
        /// Ours.
        ours: u32,
    },
}

impl EngineError {
    /// The outage that an answer means which is not one to the request, or was damaged on the way.
    pub fn outage(&self) -> Option<Outage> {
        match self {
            Self::PendingReply(wire::WireError::Garbled(how)) => {
                Some(Outage::new(OutageCause::Garbled, how))
            }
            Self::PendingReply(_) | Self::Echo => {
                Some(Outage::new(OutageCause::Unusable, self.to_string()))
            }
            Self::Store(_) | Self::Feed(_) | Self::Version { .. } | Self::Changed => None,
        }
    }
}

impl From<FeedError> for EngineError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Store(store) => Self::Store(store),
            other => Self::Feed(other),
        }
    }
}
