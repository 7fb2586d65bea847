//! The number of times that one run asks again after failures, and the time that it waits before; and the time that
//! whoever stays in touch with a server waits before they try again.

use std::time::Duration;

use super::outage::OutageCause;

/// Failures in a row, without any progress between, that end a run which has moved something.
const FAILURES: u32 = 6;
/// Repetitions in a row of what was damaged or too large: no tries of the server, but not for ever either.
const REPEATS: u32 = 12;
/// The longest pause, as a power of two of half seconds: 8 s.
const LONGEST: u32 = 4;

/// The first and the longest pause of whoever stays in touch with a server, in milliseconds.
const PAUSE_MS: (u64, u64) = (1_000, 60_000);

/// Returns the pause after so many failures in a row before this one, which doubles with each. Chance, any number,
/// decides the second half of it, so that many devices do not come back at once.
pub fn pause_before_trying_again(failures: u32, chance: u32) -> Duration {
    let (first, longest) = PAUSE_MS;
    let full = first.saturating_mul(1 << failures.min(16)).min(longest);
    Duration::from_millis(full / 2 + full / 2 * u64::from(chance) / u64::from(u32::MAX))
}

/// The failures of one run since its last progress.
#[derive(Debug, Default)]
pub struct Retries {
    failures: u32,
    repeats: u32,
    moving: bool,
}

impl Retries {
    /// An exchange was completed.
    pub fn progressed(&mut self) {
        *self = Self {
            moving: true,
            ..Self::default()
        };
    }

    /// An exchange failed. The pause before the next try; none where the run ends: at once while nothing was
    /// moved, for then the next run comes as soon, and after some failures in a row later on.
    pub fn failed(&mut self, cause: OutageCause) -> Option<Duration> {
        if matches!(cause, OutageCause::Garbled | OutageCause::TooLarge) {
            self.repeats += 1;
            return (self.repeats <= REPEATS).then_some(Duration::ZERO);
        }
        self.failures += 1;
        if !self.moving || self.failures >= FAILURES {
            return None;
        }
        // The first try is at once: most cuts are over before they are noticed.
        let doubled = match self.failures {
            1 => return Some(Duration::ZERO),
            more => (more - 2).min(LONGEST),
        };
        Some(Duration::from_millis(500 << doubled))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures_until_the_end(retries: &mut Retries, cause: OutageCause) -> u32 {
        let failed = (1..100).find(|_| retries.failed(cause).is_none());
        failed.unwrap_or(u32::MAX)
    }

    #[test]
    fn a_run_that_has_moved_nothing_ends_at_once() {
        for cause in [OutageCause::Cut, OutageCause::Foreign, OutageCause::Silent] {
            assert_eq!(Retries::default().failed(cause), None);
        }
    }

    #[test]
    fn only_failures_without_progress_between_end_a_run() {
        let mut retries = Retries::default();
        for _ in 0..100 {
            retries.progressed();
            for _ in 0..FAILURES - 1 {
                assert!(retries.failed(OutageCause::Cut).is_some());
            }
        }
        retries.progressed();
        assert_eq!(
            failures_until_the_end(&mut retries, OutageCause::Cut),
            FAILURES
        );
    }

    #[test]
    fn pauses_grow_and_stay_below_ten_seconds() {
        let mut retries = Retries::default();
        retries.progressed();
        let pauses: Vec<_> = (1..FAILURES)
            .map(|_| retries.failed(OutageCause::Silent).unwrap())
            .collect();
        assert_eq!(pauses[0], Duration::ZERO);
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(pauses.iter().all(|pause| pause.as_secs() < 10));
    }

    #[test]
    fn whoever_stays_in_touch_waits_between_half_a_second_and_a_minute() {
        for chance in [0, u32::MAX / 2, u32::MAX] {
            let pause = |failures| pause_before_trying_again(failures, chance);
            assert!((500..=1_000).contains(&pause(0).as_millis()));
            assert!((1..40).all(|failures| pause(failures) >= pause(failures - 1)));
            assert!((30_000..=60_000).contains(&pause(u32::MAX).as_millis()));
        }
        assert!(pause_before_trying_again(3, 0) < pause_before_trying_again(3, u32::MAX));
    }

    #[test]
    fn what_was_damaged_on_the_way_is_no_failure_even_in_the_first_exchange() {
        let mut retries = Retries::default();
        for _ in 0..REPEATS {
            assert_eq!(retries.failed(OutageCause::Garbled), Some(Duration::ZERO));
        }
        assert_eq!(retries.failed(OutageCause::Garbled), None);
    }
}
