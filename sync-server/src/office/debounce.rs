//! The pause between a poke and the feeding of the replica: to take several changes together costs less, and phones
//! that exchange meanwhile have the processor for themselves.
//!
//! Commands on the office's own pages are taken at once.

use std::time::Duration;

/// The pause of phones that is waited for, in milliseconds.
const QUIET_MS: i64 = 200;
/// The longest wait while they do not pause, in milliseconds: so far may pages of the office lag behind the log.
const MAX_WAIT_MS: i64 = 2_000;
/// The longest wait while a phone sends or fetches more than one exchange carries, in milliseconds.
const MAX_WAIT_UNFINISHED_MS: i64 = 10_000;

/// A wait, in milliseconds of the boot clock.
pub(super) struct Debounce {
    started_at: i64,
    last_activity_at: i64,
    max_wait_ms: i64,
}

impl Debounce {
    /// Something came.
    pub(super) fn start(now: i64) -> Self {
        Self {
            started_at: now,
            last_activity_at: now,
            max_wait_ms: MAX_WAIT_MS,
        }
    }

    /// A phone asked meanwhile, or was answered; whether one has more to say or to hear.
    pub(super) fn record_activity(&mut self, now: i64, more: bool) {
        self.last_activity_at = now;
        if more {
            self.max_wait_ms = MAX_WAIT_UNFINISHED_MS;
        }
    }

    /// The time to wait yet, if no phone asks.
    pub(super) fn remaining(&self, now: i64) -> Duration {
        let until = (self.last_activity_at + QUIET_MS).min(self.started_at + self.max_wait_ms);
        Duration::from_millis(u64::try_from(until - now).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moment at which the replica takes what came at 5,000, if phones ask at the moments `asks`, those before
    /// `much_until` with more to say.
    fn taken(asks: impl IntoIterator<Item = i64>, much_until: i64) -> i64 {
        let mut debounce = Debounce::start(5_000);
        let mut now = 5_000;
        for ask in asks {
            let until = now + i64::try_from(debounce.remaining(now).as_millis()).unwrap();
            if until <= ask {
                return until;
            }
            now = ask;
            debounce.record_activity(now, now < much_until);
        }
        now + i64::try_from(debounce.remaining(now).as_millis()).unwrap()
    }

    #[test]
    fn the_replica_waits_for_a_pause_but_not_for_ever() {
        assert_eq!(taken([], 0), 5_200);
        assert_eq!(taken([5_100, 5_250, 5_449], 0), 5_649);
        assert_eq!(taken([5_100, 5_301], 0), 5_300);
        let never_pausing = || (0..100).map(|exchange| 5_000 + 150 * exchange);
        assert_eq!(taken(never_pausing(), 0), 7_000);
        assert_eq!(
            taken(never_pausing(), 5_200),
            15_000,
            "a first exchange of many"
        );
        assert_eq!(taken([5_100], 5_200), 5_300, "whose next one does not come");
    }
}
