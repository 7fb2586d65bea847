//! The connections that only read: calls that read wait for no call that writes, and several read at once.
//!
//! Readers follow the file that the notebook has open: [`Readers::serve`] names it, [`Readers::close`] closes them all
//! before that file is closed, so that the connection that writes is the last one and copies the log into the file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Transaction;

use crate::notebook::folder::Files;
use crate::store::{Key, ReadConnection};

/// The number of readers that stay open between calls.
const MOST_IDLE: usize = 2;

/// The number of readers that work at once. Each has a cache of its own; one more call waits for the first that is done.
const MOST: usize = 4;

/// The file that readers open.
pub(in crate::notebook) struct ReaderSource {
    pub(super) path: PathBuf,
    /// The key of the file that is open: a reader that is opened later asks no secret store, which may be locked by then.
    pub(super) key: Key,
    pub(super) files: Files,
}

/// The readers of a notebook.
#[derive(Default)]
pub(in crate::notebook) struct Readers {
    state: Mutex<ReadersState>,
    /// Tells that a reader came back, or that the file was closed.
    returned: Condvar,
}

#[derive(Default)]
struct ReadersState {
    /// The file; none while no file is open that readers may use.
    source: Option<Arc<ReaderSource>>,
    idle: Vec<ReadConnection>,
    /// The number of readers that calls have.
    taken: usize,
}

impl Readers {
    /// Lets readers open a file.
    pub(in crate::notebook) fn serve(&self, source: ReaderSource) {
        self.state().source = Some(Arc::new(source));
    }

    /// Closes all readers, once the calls that have one are done; none is opened until a file is served again.
    pub(in crate::notebook) fn close(&self) {
        let mut state = self.state();
        state.source = None;
        state.idle.clear();
        self.returned.notify_all();
        let works = |state: &mut ReadersState| state.taken > 0;
        drop(
            self.returned
                .wait_while(state, works)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    /// Returns a reader of the file that the folder has now; none if that is not the file that is open, or if no reader
    /// can open it. The call then enters the folder, which tells the reason.
    pub(in crate::notebook) fn take(&self, folder: &Path) -> Option<Reader<'_>> {
        let busy = |state: &mut ReadersState| state.source.is_some() && state.taken >= MOST;
        let mut state = self
            .returned
            .wait_while(self.state(), busy)
            .unwrap_or_else(PoisonError::into_inner);
        let source = state.source.clone()?;
        state.taken += 1;
        let connection = state.idle.pop();
        drop(state);
        // From here on the reader counts as taken until it is dropped.
        let mut reader = Reader {
            readers: self,
            connection,
        };
        if source.files != Files::of(folder) {
            reader.discard();
            return None;
        }
        if reader.connection.is_none() {
            reader.connection = ReadConnection::open(&source.path, Some(&source.key)).ok();
        }
        reader.connection.is_some().then_some(reader)
    }

    fn state(&self) -> MutexGuard<'_, ReadersState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True if readers may be opened.
    #[cfg(test)]
    pub(in crate::notebook) fn is_served(&self) -> bool {
        self.state().source.is_some()
    }

    /// The number of readers that are open.
    #[cfg(test)]
    pub(in crate::notebook) fn open(&self) -> usize {
        let state = self.state();
        state.idle.len() + state.taken
    }
}

/// A reader that one call has; it is given back when this is dropped.
pub(in crate::notebook) struct Reader<'a> {
    readers: &'a Readers,
    connection: Option<ReadConnection>,
}

impl Reader<'_> {
    /// Begins to read one state of the file; none if this connection cannot.
    pub(in crate::notebook) fn begin(&self) -> Option<Transaction<'_>> {
        self.connection.as_ref()?.begin().ok().flatten()
    }

    /// Closes the connection instead of keeping it for the next call.
    pub(in crate::notebook) fn discard(&mut self) {
        self.connection = None;
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let connection = self.connection.take();
        let mut state = self.readers.state();
        let stays = state.source.is_some() && state.idle.len() < MOST_IDLE;
        let closes = connection.and_then(|connection| {
            if stays {
                state.idle.push(connection);
                return None;
            }
            Some(connection)
        });
        // It is closed before it no longer counts: whoever waits for that closes the file next.
        if closes.is_some() {
            drop(state);
            drop(closes);
            state = self.readers.state();
        }
        state.taken -= 1;
        drop(state);
        self.readers.returned.notify_all();
    }
}
