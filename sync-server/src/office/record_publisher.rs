//! Publishes the company's record of promises, which the office's replica makes, in the log for every device.

use std::sync::{Mutex, PoisonError};

use kept_core::Notebook;
use kept_core::notebook::{ApiResult, RecordTracker};

use crate::state::ServerState;

/// Follows the replica.
#[derive(Default)]
pub(super) struct RecordPublisher {
    keeper: Mutex<RecordTracker>,
}

impl RecordPublisher {
    /// Brings the record in the log to what the replica says now. Blocks.
    pub(super) fn publish(&self, state: &ServerState, notebook: &Notebook) -> ApiResult<()> {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        let news = keeper.update(notebook)?;
        if let Err(error) = state.keep_record(news) {
            tracing::warn!(%error, "the record of promises could not be kept");
            keeper.start_over();
        }
        Ok(())
    }
}
