//! One clock for the past and the present: moved by hand while the history is written, the machine's own
//! from then on.

use std::sync::atomic::{AtomicBool, Ordering};

use kept_core::model::time::Millis;
use kept_core::{Environment, ScriptedEnvironment, SystemEnvironment};

/// Clocks and randomness that are scripted until [`DemoClock::release`].
#[derive(Debug)]
pub(crate) struct DemoClock {
    scripted: ScriptedEnvironment,
    started_at: Millis,
    zone: String,
    live: AtomicBool,
}

impl DemoClock {
    /// Stands at `wall_ms` in a zone, with the randomness of `seed`.
    pub(crate) fn new(wall_ms: Millis, seed: u64, zone: &str) -> Self {
        Self {
            scripted: ScriptedEnvironment::new(wall_ms, seed),
            started_at: wall_ms,
            zone: zone.to_owned(),
            live: AtomicBool::new(false),
        }
    }

    /// Says what time it is, on the boot clock as well. It may be earlier than before: then the device must
    /// ask the server anew before it writes.
    pub(crate) fn set(&self, wall_ms: Millis) {
        self.scripted.set_wall(wall_ms);
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, millis: i64) {
        self.scripted.advance(millis);
    }

    /// From now on it is the machine's own clock.
    pub(crate) fn release(&self) {
        self.live.store(true, Ordering::SeqCst);
    }

    fn current(&self) -> &dyn Environment {
        if self.live.load(Ordering::SeqCst) {
            &SystemEnvironment
        } else {
            &self.scripted
        }
    }
}

impl Environment for DemoClock {
    fn wall_ms(&self) -> Millis {
        self.current().wall_ms()
    }

    fn boot_ms(&self) -> i64 {
        if self.live.load(Ordering::SeqCst) {
            SystemEnvironment.boot_ms()
        } else {
            self.scripted.wall_ms().saturating_sub(self.started_at)
        }
    }

    fn boot_id(&self) -> String {
        self.current().boot_id()
    }

    fn zone(&self) -> String {
        self.zone.clone()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.current().fill_random(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_clock_is_the_machines() {
        let clock = DemoClock::new(5, 1, "UTC");
        clock.set(7);
        assert_eq!((clock.wall_ms(), clock.boot_ms()), (7, 2));
        clock.release();
        assert!(clock.wall_ms() > 1_700_000_000_000);
    }
}
