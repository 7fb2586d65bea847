//! The runs of a notebook that are under way: `pause` ends them first, and a run that begins later is none of its;
//! after `shut_down` none begins.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::notebook::errors::{ApiResult, KeptError};

/// The synchronisations that are under way.
#[derive(Default)]
pub(in crate::notebook) struct ActiveRuns {
    /// The number of times that all runs were told to end; each run remembers the one at its beginning.
    told: watch::Sender<u64>,
    begun: Mutex<BegunRuns>,
    ended: Condvar,
}

#[derive(Default)]
struct BegunRuns {
    /// The number of times that runs had been told to end when each of them began.
    told: Vec<u64>,
    /// True once no run may begin any more.
    closed: bool,
}

impl ActiveRuns {
    /// Counts a run as one under way, until the value is dropped.
    pub(in crate::notebook) fn begin(&self) -> ApiResult<ActiveRun<'_>> {
        let mut begun = self.begun();
        if begun.closed {
            return Err(KeptError::Closed);
        }
        let told = self.told.subscribe();
        let number = *told.borrow();
        begun.told.push(number);
        Ok(ActiveRun {
            syncs: self,
            number,
            told,
        })
    }

    /// Returns what tells a transport that all runs are to end from now on.
    pub(in crate::notebook) fn subscribe(&self) -> watch::Receiver<u64> {
        self.told.subscribe()
    }

    /// Tells all runs to end, and waits until they have. A run cannot call it.
    pub(in crate::notebook) fn end(&self) {
        self.end_all(self.begun());
    }

    /// The same, and lets no other run begin.
    pub(in crate::notebook) fn close(&self) {
        let mut begun = self.begun();
        begun.closed = true;
        self.end_all(begun);
    }

    fn end_all(&self, begun: MutexGuard<'_, BegunRuns>) {
        self.told.send_modify(|told| *told = told.wrapping_add(1));
        let now = *self.told.borrow();
        let earlier = |begun: &mut BegunRuns| begun.told.iter().any(|told| *told != now);
        drop(
            self.ended
                .wait_while(begun, earlier)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    fn begun(&self) -> MutexGuard<'_, BegunRuns> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of runs that are under way.
    #[cfg(test)]
    pub(in crate::notebook) fn count(&self) -> usize {
        self.begun().told.len()
    }
}

/// A run that is under way.
pub(in crate::notebook) struct ActiveRun<'a> {
    syncs: &'a ActiveRuns,
    /// The number of times that runs had been told to end when it began.
    number: u64,
    told: watch::Receiver<u64>,
}

impl ActiveRun<'_> {
    /// True if the run was told to end.
    pub(in crate::notebook) fn is_told_to_end(&self) -> bool {
        self.told.has_changed().unwrap_or(true)
    }
}

impl Drop for ActiveRun<'_> {
    fn drop(&mut self) {
        let mut begun = self.syncs.begun();
        if let Some(at) = begun.told.iter().position(|number| *number == self.number) {
            begun.told.swap_remove(at);
        }
        drop(begun);
        self.syncs.ended.notify_all();
    }
}
