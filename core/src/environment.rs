//! The only source of clocks, time zone and randomness.
//!
//! Everything that needs the time or a random number is given an [`Environment`]; clippy's
//! `disallowed-methods` forbids every other source. Phones and servers use [`SystemEnvironment`];
//! tests, the simulation and the demo own a [`ScriptedEnvironment`].

mod zone;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, OnceLock};

use sha2::{Digest, Sha256};

use crate::model::time::Millis;

pub(crate) use zone::iana_name_of;
pub use zone::{FoundZone, UNKNOWN_ZONE, ZONE_VARIABLE, ZoneError, ZoneSource};

/// Time, boot clock and randomness.
pub trait Environment: Send + Sync {
    /// The wall clock, in milliseconds since the epoch. It may be days off.
    fn wall_ms(&self) -> Millis;

    /// Milliseconds since the machine started, sleep included. It never goes back within one boot.
    fn boot_ms(&self) -> i64;

    /// Names this boot of the machine: another name means that the boot clock started over.
    fn boot_id(&self) -> String;

    /// The name of this boot and its clock, in milliseconds: both of one clock.
    fn boot(&self) -> (String, i64) {
        (self.boot_id(), self.boot_ms())
    }

    /// The IANA time zone that the device is in; [`UNKNOWN_ZONE`] where it is not known.
    fn zone(&self) -> String;

    /// The time zone with its source, or the reason why it is not known.
    fn found_zone(&self) -> Result<FoundZone, ZoneError> {
        Ok(FoundZone {
            name: self.zone(),
            source: ZoneSource::Host,
        })
    }

    /// Forgets the zone that was found, so that it is looked for anew.
    fn forget_zone(&self) {}

    /// The reason why a clock or the zone of the host is replaced by the system's, in the words of whatever failed;
    /// none if none is.
    fn replaced(&self) -> Option<String> {
        None
    }

    /// Fills `bytes` with randomness fit for keys.
    fn fill_random(&self, bytes: &mut [u8]);
}

/// A fresh UUIDv7: the wall clock's milliseconds and randomness.
pub fn new_uuid(environment: &dyn Environment) -> [u8; 16] {
    let mut random = [0; 10];
    environment.fill_random(&mut random);
    let millis = u64::try_from(environment.wall_ms()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random)
        .into_uuid()
        .into_bytes()
}

/// `N` random bytes.
pub fn random_bytes<const N: usize>(environment: &dyn Environment) -> [u8; N] {
    let mut bytes = [0; N];
    environment.fill_random(&mut bytes);
    bytes
}

/// The machine's own clocks and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door that the others go through"
    )]
    fn wall_ms(&self) -> Millis {
        jiff::Timestamp::now().as_millisecond()
    }

    fn boot_ms(&self) -> i64 {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let clock = rustix::time::ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let clock = rustix::time::ClockId::Monotonic;
        let now = rustix::time::clock_gettime(clock);
        now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    }

    fn boot_id(&self) -> String {
        // Every tap asks, and no process outlives the boot that it runs in.
        static NAMED: OnceLock<Option<String>> = OnceLock::new();
        let named = NAMED.get_or_init(|| {
            let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
            Some(id.trim().to_owned())
        });
        // Where the system does not name its boots, the moment of the boot to the minute serves: it
        // moves when the wall clock is set, which costs trust in the clock and never grants it.
        named
            .clone()
            .unwrap_or_else(|| format!("boot-{}", (self.wall_ms() - self.boot_ms()) / 60_000))
    }

    fn zone(&self) -> String {
        match self.found_zone() {
            Ok(found) => found.name,
            Err(_) => UNKNOWN_ZONE.to_owned(),
        }
    }

    fn found_zone(&self) -> Result<FoundZone, ZoneError> {
        zone::system_zone(self.boot_ms())
    }

    fn forget_zone(&self) {
        zone::forget_system_zone();
    }

    #[expect(
        clippy::expect_used,
        reason = "without randomness no key may be made: stopping is right"
    )]
    fn fill_random(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}

/// Clocks that are moved by hand and randomness that repeats for the same seed.
#[derive(Debug)]
pub struct ScriptedEnvironment {
    wall_ms: AtomicI64,
    boot_ms: AtomicI64,
    boot: AtomicI64,
    random: Mutex<(u64, u64)>,
}

impl ScriptedEnvironment {
    /// Starts at `wall_ms`, in UTC, with the randomness of `seed`.
    pub fn new(wall_ms: Millis, seed: u64) -> Self {
        Self {
            wall_ms: AtomicI64::new(wall_ms),
            boot_ms: AtomicI64::new(0),
            boot: AtomicI64::new(0),
            random: Mutex::new((seed, 0)),
        }
    }

    /// Lets time pass on both clocks.
    pub fn advance(&self, millis: i64) {
        self.wall_ms.fetch_add(millis, Ordering::SeqCst);
        self.boot_ms.fetch_add(millis, Ordering::SeqCst);
    }

    /// Sets the wall clock; the boot clock goes on.
    pub fn set_wall(&self, wall_ms: Millis) {
        self.wall_ms.store(wall_ms, Ordering::SeqCst);
    }

    /// The device restarts: the boot clock starts over.
    pub fn restart(&self) {
        self.boot_ms.store(0, Ordering::SeqCst);
        self.boot.fetch_add(1, Ordering::SeqCst);
    }
}

impl Environment for ScriptedEnvironment {
    fn wall_ms(&self) -> Millis {
        self.wall_ms.load(Ordering::SeqCst)
    }

    fn boot_ms(&self) -> i64 {
        self.boot_ms.load(Ordering::SeqCst)
    }

    fn boot_id(&self) -> String {
        format!("scripted-{}", self.boot.load(Ordering::SeqCst))
    }

    fn zone(&self) -> String {
        "UTC".to_owned()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        let mut state = self
            .random
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for piece in bytes.chunks_mut(32) {
            let block = Sha256::new()
                .chain_update(state.0.to_be_bytes())
                .chain_update(state.1.to_be_bytes())
                .finalize();
            state.1 += 1;
            piece.copy_from_slice(&block[..piece.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (one, two) = (
            ScriptedEnvironment::new(5, 1),
            ScriptedEnvironment::new(5, 1),
        );
        assert_eq!(new_uuid(&one), new_uuid(&two));
        assert_ne!(new_uuid(&one), new_uuid(&ScriptedEnvironment::new(5, 2)));
    }

    #[test]
    fn the_system_knows_its_boot() {
        let system = SystemEnvironment;
        assert_eq!(system.boot_id(), system.boot_id());
        assert!(system.boot_ms() > 0 && system.wall_ms() > 1_700_000_000_000);
    }
}
