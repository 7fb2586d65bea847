//! The company's record of promises, which the office's replica makes for every device.

use std::sync::{Mutex, PoisonError};

use kept_core::Notebook;
use kept_core::notebook::{ApiResult, RecordKeeper};

use crate::server::ServerState;

/// Follows the replica.
#[derive(Default)]
pub(super) struct Record {
    keeper: Mutex<RecordKeeper>,
}

impl Record {
    /// Brings the record in the log to what the replica says now. Blocks.
    pub(super) fn keep(&self, state: &ServerState, notebook: &Notebook) -> ApiResult<()> {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        let news = keeper.news(notebook)?;
        if let Err(error) = state.keep_record(news) {
            tracing::warn!(%error, "the record of promises could not be kept");
            keeper.start_over();
        }
        Ok(())
    }
}
