//! The memory that bodies may take all together, and the queue of requests that wait for a share of it.
//!
//! A caller who waits too long for a share is answered with 503.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The unit in which memory is shared out, in bytes.
const UNIT: usize = 1024;

/// An amount of memory of which each body takes a share before it is expanded.
pub(crate) struct MemoryBudget {
    units: Arc<Semaphore>,
    all: u32,
    waiting: AtomicUsize,
    /// The most callers that may wait for a share at once.
    max_waiting: usize,
    /// The longest time for which one waits.
    max_wait: Duration,
}

/// A share of a budget, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct MemoryShare(
    #[expect(dead_code, reason = "held for its drop")] OwnedSemaphorePermit,
);

impl MemoryBudget {
    /// A budget of some bytes, for which `max_waiting` may wait for `max_wait` each.
    pub(crate) fn new(bytes: usize, max_waiting: usize, max_wait: Duration) -> Self {
        let all = units(bytes);
        Self {
            units: Arc::new(Semaphore::new(usize::try_from(all).unwrap_or(usize::MAX))),
            all,
            waiting: AtomicUsize::new(0),
            max_waiting,
            max_wait,
        }
    }

    /// Takes a share, waiting for it in the order of asking; all of the budget where more is asked. None where too
    /// many wait already, or where it took too long.
    pub(crate) async fn share(&self, bytes: usize) -> Option<MemoryShare> {
        let requested = units(bytes).min(self.all);
        if let Ok(permit) = Arc::clone(&self.units).try_acquire_many_owned(requested) {
            return Some(MemoryShare(permit));
        }
        let _waiting = self.wait()?;
        let share = Arc::clone(&self.units).acquire_many_owned(requested);
        let in_time = tokio::time::timeout(self.max_wait, share).await;
        in_time.ok()?.ok().map(MemoryShare)
    }

    /// Takes a share that is there now, and waits for none.
    pub(crate) fn try_share(&self, bytes: usize) -> Option<MemoryShare> {
        let units = Arc::clone(&self.units);
        let permit = units.try_acquire_many_owned(self::units(bytes));
        permit.ok().map(MemoryShare)
    }

    fn wait(&self) -> Option<WaitingGuard<'_>> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = WaitingGuard(&self.waiting);
        (before < self.max_waiting).then_some(waiting)
    }
}

/// One of those who wait; a caller that hangs up waits no longer.
struct WaitingGuard<'a>(&'a AtomicUsize);

impl Drop for WaitingGuard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn units(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT).max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_few_wait_for_a_share_and_get_it_when_one_is_given_back() {
        let budget = Arc::new(MemoryBudget::new(4 * UNIT, 1, Duration::from_secs(60)));
        let first = budget.share(3 * UNIT).await.unwrap();
        let small = budget.try_share(UNIT).unwrap();
        assert!(budget.try_share(1).is_none());
        let waits = tokio::spawn({
            let budget = Arc::clone(&budget);
            // More than there is means all that there is.
            async move { budget.share(100 * UNIT).await.is_some() }
        });
        while budget.waiting.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        assert!(budget.share(UNIT).await.is_none(), "too many wait");
        drop((first, small));
        assert!(waits.await.unwrap());
        assert_eq!(budget.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn nobody_waits_for_long() {
        let budget = MemoryBudget::new(UNIT, 1, Duration::from_millis(20));
        let _all = budget.share(UNIT).await.unwrap();
        assert!(budget.share(UNIT).await.is_none());
        assert_eq!(budget.waiting.load(Ordering::Relaxed), 0);
    }
}
