//! A lock whose threads are served in the order in which they came: no thread that asks again at once, as a run does
//! between two pieces, gets ahead of a screen that waits.

use std::ops::{Deref, DerefMut};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A value that one thread at a time uses, first come, first served.
#[derive(Default)]
pub(in crate::notebook) struct FairLock<T> {
    queue: Mutex<TicketQueue>,
    moved: Condvar,
    value: Mutex<T>,
}

#[derive(Default)]
struct TicketQueue {
    /// The number that the next thread draws.
    next: u64,
    /// The number that is served now.
    serving: u64,
}

impl<T> FairLock<T> {
    /// Waits until all threads that came before are done.
    pub(in crate::notebook) fn take(&self) -> FairLockGuard<'_, T> {
        let mut queue = self.queue();
        let number = queue.next;
        queue.next += 1;
        let waits = |queue: &mut TicketQueue| queue.serving != number;
        drop(
            self.moved
                .wait_while(queue, waits)
                .unwrap_or_else(PoisonError::into_inner),
        );
        FairLockGuard {
            value: Some(self.value.lock().unwrap_or_else(PoisonError::into_inner)),
            lock: self,
        }
    }

    fn queue(&self) -> MutexGuard<'_, TicketQueue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of threads that wait.
    #[cfg(test)]
    pub(in crate::notebook) fn waiting(&self) -> u64 {
        let queue = self.queue();
        (queue.next - queue.serving).saturating_sub(1)
    }
}

/// The turn of one thread; the next one's begins when it is dropped.
pub(in crate::notebook) struct FairLockGuard<'a, T> {
    value: Option<MutexGuard<'a, T>>,
    lock: &'a FairLock<T>,
}

impl<T> Deref for FairLockGuard<'_, T> {
    type Target = T;

    #[expect(clippy::expect_used, reason = "the guard is there until the drop")]
    fn deref(&self) -> &T {
        self.value.as_ref().expect("a turn that is not over")
    }
}

impl<T> DerefMut for FairLockGuard<'_, T> {
    #[expect(clippy::expect_used, reason = "the guard is there until the drop")]
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().expect("a turn that is not over")
    }
}

impl<T> Drop for FairLockGuard<'_, T> {
    fn drop(&mut self) {
        // The next thread finds the value free.
        self.value = None;
        self.lock.queue().serving += 1;
        self.lock.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn whoever_asks_again_at_once_lets_all_others_in_first() {
        let lock = Arc::new(FairLock::<Vec<u64>>::default());
        let held = lock.take();
        let others: Vec<_> = (0..3)
            .map(|number| {
                let others = lock.clone();
                let thread = std::thread::spawn(move || others.take().push(number));
                while lock.waiting() <= number {
                    std::thread::yield_now();
                }
                thread
            })
            .collect();
        drop(held);
        assert_eq!(*lock.take(), [0, 1, 2]);
        others.into_iter().for_each(|thread| thread.join().unwrap());
    }

    #[test]
    fn a_thread_that_panics_in_its_turn_blocks_nobody() {
        let lock = Arc::new(FairLock::<u64>::default());
        let broken = lock.clone();
        let panicked = std::thread::spawn(move || {
            let _turn = broken.take();
            std::panic::resume_unwind(Box::new("broken"));
        });
        assert!(panicked.join().is_err());
        *lock.take() += 1;
        assert_eq!(*lock.take(), 1);
    }
}
