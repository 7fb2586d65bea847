//! How a notebook rests and ends: its files are closed, for a while or for good, and its threads end with it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime::{Handle, Runtime};

use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::folder;
use crate::notebook::folder::access::FolderUse;

#[uniffi::export]
impl Notebook {
    /// Ends a synchronisation that is under way, then checkpoints and closes the database; the next call opens it again.
    /// For hosts that must not have a file open while they sleep. Everything that the run has moved stays moved. Not to
    /// be called by a transport, whose run it would wait for.
    pub fn pause(&self) -> ApiResult<()> {
        self.active_runs.end();
        self.close_file(&mut self.folder_use.take())
    }

    /// Ends the notebook for good, whoever still holds it: runs and streams end, the database is checkpointed and closed,
    /// and the folder is free for another. Every later call fails with `Closed`; a second `shut_down` does nothing. For
    /// hosts whose objects live on for a while after their use. Not to be called by a transport.
    pub fn shut_down(&self) -> ApiResult<()> {
        self.active_runs.close();
        self.events.close();
        let mut folder = self.folder_use.take();
        folder.closed = true;
        let closed = self.close_file(&mut folder);
        // A file that could not be checkpointed is closed all the same: the next opening reads its log.
        folder.file = None;
        folder.kept_lock = None;
        drop(folder);
        self.runtime.close();
        closed
    }
}

impl Notebook {
    /// Checkpoints and closes the database, once the calls that read are done.
    fn close_file(&self, folder: &mut FolderUse) -> ApiResult<()> {
        self.record.give_back();
        self.basis.give_back();
        let Some(open) = folder.file.take() else {
            return Ok(());
        };
        self.readers.close();
        let lock_held = match folder.kept_lock.take() {
            Some(lock_held) => lock_held,
            None => folder::lock_folder(&self.folder, self.wait_ms)?,
        };
        if open.is_current(&self.folder) {
            let checkpoint =
                open.store
                    .read()
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            checkpoint.map_err(KeptError::from)?;
        }
        drop((open, lock_held));
        Ok(())
    }

    /// Returns the core's own runtime, made at the first call: code that awaits a socket or a timer runs here.
    pub(in crate::notebook) fn runtime(&self) -> ApiResult<Handle> {
        self.runtime.handle()
    }
}

/// The threads of a notebook; none before something has to be awaited.
#[derive(Default)]
pub(in crate::notebook) struct CoreRuntime(Mutex<RuntimeState>);

#[derive(Default)]
enum RuntimeState {
    #[default]
    NotMade,
    Made(Runtime),
    Closed,
}

impl CoreRuntime {
    fn handle(&self) -> ApiResult<Handle> {
        let mut state = self.state();
        let runtime = match &*state {
            RuntimeState::Made(runtime) => return Ok(runtime.handle().clone()),
            RuntimeState::Closed => return Err(KeptError::Closed),
            RuntimeState::NotMade => tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .thread_name("kept")
                .enable_all()
                .build()
                .map_err(|e| KeptError::Unexpected {
                    reason: e.to_string(),
                })?,
        };
        let handle = runtime.handle().clone();
        *state = RuntimeState::Made(runtime);
        Ok(handle)
    }

    /// Ends the threads; what they await is dropped.
    fn close(&self) {
        let state = std::mem::replace(&mut *self.state(), RuntimeState::Closed);
        if let RuntimeState::Made(runtime) = state {
            // The caller may be a task of a runtime of its own, which must not wait.
            runtime.shutdown_background();
        }
    }

    fn state(&self) -> MutexGuard<'_, RuntimeState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for CoreRuntime {
    fn drop(&mut self) {
        self.close();
    }
}
