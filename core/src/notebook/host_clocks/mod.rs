//! The clocks and the zone that a host gives: what is believed of them, and what takes their place where they fail.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::environment::{
    Environment, FoundZone, SystemEnvironment, UNKNOWN_ZONE, ZoneError, ZoneSource, iana_name_of,
};
use crate::model::time::Millis;
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::events::NotebookEvent;
use crate::notebook::folder::secrets::SecretStore;

/// The last moment that a clock may show, in milliseconds since the epoch: the year 3000.
const LAST_MS: i64 = 32_503_680_000_000;
/// The longest name of a boot, in bytes.
const BOOT_ID_BYTES: usize = 200;
/// The number of characters of a host's own text that are kept.
const HOST_TEXT_CHARS: usize = 200;
/// The time for which the zone of the host is used, in milliseconds of the boot clock: phones travel.
const ZONE_FRESH_MS: i64 = 60_000;

/// Clocks and zone of the host. Each call returns at once and calls no notebook, for one waits for the answer. Where a
/// call fails or returns what no clock shows, the system's own is used, and the status says so.
#[uniffi::export(foreign)]
pub trait Clocks: Send + Sync {
    /// Returns the wall clock, in milliseconds since the epoch. It may be days off and may be set: the ids of what is
    /// written meanwhile do not grow then, and nothing rests on that.
    fn wall_ms(&self) -> Result<Millis, KeptError>;
    /// Returns the milliseconds since the device started, sleep included. It never goes back within one boot.
    fn boot_ms(&self) -> Result<i64, KeptError>;
    /// Returns the name of this boot: another name means that the boot clock started over.
    fn boot_id(&self) -> Result<String, KeptError>;
    /// Returns the IANA name of the time zone that the device is in; none if the host does not know it.
    fn zone(&self) -> Result<Option<String>, KeptError>;
}

#[uniffi::export]
impl Notebook {
    /// Opens the notebook of a folder, or makes one, with clocks and zone of the host; randomness is the system's.
    /// Errors as those of `open`; failing clocks are none.
    #[uniffi::constructor]
    pub fn open_with_clocks(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        clocks: Arc<dyn Clocks>,
    ) -> ApiResult<Arc<Self>> {
        let environment = Arc::new(HostEnvironment::new(clocks));
        Self::open_with(folder, secrets, environment).map(Arc::new)
    }

    /// Looks for the zone of the device anew, and tells listeners to load again what they show. To be called when the
    /// system says that the zone changed; reminders are to be armed again then.
    pub fn zone_changed(&self) {
        self.environment.forget_zone();
        self.events.send(NotebookEvent::Missed);
    }
}

/// The environment of a host's clocks.
struct HostEnvironment {
    clocks: Arc<dyn Clocks>,
    system: SystemEnvironment,
    state: Mutex<HostState>,
}

/// The memory of a host's clocks. It is never locked while the host is asked.
#[derive(Default)]
struct HostState {
    /// The reasons why the answers of calls are replaced, by the names of the calls.
    failures: BTreeMap<&'static str, String>,
    /// True once the boot clock failed: mixed with the system's, two readings would not be of one clock.
    boot_failed: bool,
    /// The zone that was found last, and the moment of the boot clock.
    zone: Option<(i64, Result<FoundZone, ZoneError>)>,
    /// The number of times that the zone was forgotten.
    zone_changes: u64,
}

impl HostEnvironment {
    fn new(clocks: Arc<dyn Clocks>) -> Self {
        Self {
            clocks,
            system: SystemEnvironment,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, HostState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer of a call if it is believed, else none, with the reason remembered until the call is believed again.
    fn believed<T: std::fmt::Debug>(
        &self,
        call: &'static str,
        answer: Result<T, KeptError>,
        is_possible: impl Fn(&T) -> bool,
    ) -> Option<T> {
        let reason = match answer {
            Ok(value) if is_possible(&value) => {
                self.state().failures.remove(call);
                return Some(value);
            }
            Ok(value) => format!("{call}: {value:?}"),
            Err(KeptError::Unexpected { reason }) => format!("{call}: {reason}"),
            Err(error) => format!("{call}: {error}"),
        };
        self.state().failures.insert(call, shortened(&reason));
        None
    }
}

impl Environment for HostEnvironment {
    fn wall_ms(&self) -> Millis {
        let is_time = |at: &Millis| (0..=LAST_MS).contains(at);
        self.believed("wall_ms", self.clocks.wall_ms(), is_time)
            .unwrap_or_else(|| self.system.wall_ms())
    }

    fn boot_ms(&self) -> i64 {
        self.boot().1
    }

    fn boot_id(&self) -> String {
        self.boot().0
    }

    fn boot(&self) -> (String, i64) {
        if !self.state().boot_failed {
            let is_name = |id: &String| !id.is_empty() && id.len() <= BOOT_ID_BYTES;
            let id = self.believed("boot_id", self.clocks.boot_id(), is_name);
            let is_time = |at: &i64| (0..=LAST_MS).contains(at);
            let at = self.believed("boot_ms", self.clocks.boot_ms(), is_time);
            if let (Some(id), Some(at)) = (id, at) {
                return (id, at);
            }
            self.state().boot_failed = true;
        }
        // Another name than the system's, for the host's clock may have been used under that one.
        let (id, at) = self.system.boot();
        (format!("host-failed-{id}"), at)
    }

    fn zone(&self) -> String {
        let found = self.found_zone();
        found.map_or_else(|_| UNKNOWN_ZONE.to_owned(), |found| found.name)
    }

    fn found_zone(&self) -> Result<FoundZone, ZoneError> {
        let now = self.boot_ms();
        let changes = {
            let state = self.state();
            if let Some((at, found)) = &state.zone
                && (0..ZONE_FRESH_MS).contains(&now.saturating_sub(*at))
            {
                return found.clone();
            }
            state.zone_changes
        };
        let found = match self.believed("zone", self.clocks.zone(), |_| true) {
            Some(Some(name)) => match iana_name_of(&name) {
                Some(name) => Ok(FoundZone {
                    name,
                    source: ZoneSource::Host,
                }),
                None => Err(ZoneError::UnknownHostZone(shortened(&name))),
            },
            _ => self.system.found_zone().map_err(|_| ZoneError::NoHostZone),
        };
        let mut state = self.state();
        // What was asked before the zone changed is not kept beyond that.
        if state.zone_changes == changes {
            state.zone = Some((now, found.clone()));
        }
        found
    }

    fn forget_zone(&self) {
        self.system.forget_zone();
        let mut state = self.state();
        state.zone = None;
        state.zone_changes += 1;
    }

    fn replaced(&self) -> Option<String> {
        self.state().failures.values().next().cloned()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.system.fill_random(bytes);
    }
}

/// A text of the host, cut where it is long.
fn shortened(text: &str) -> String {
    text.chars().take(HOST_TEXT_CHARS).collect()
}

#[cfg(test)]
mod tests;
