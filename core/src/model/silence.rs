//! Long silences that ended: the presence of every device just before one of them spoke again.
//!
//! Presence is known as of now. To tell if a promise counted as missed before needs the presence that was known then.

use minicbor::{Decode, Encode};

use super::ids::InstallationId;
use super::registry::{Presence, Registry};
use super::time::{DAY_MS, Millis};

/// A device that says nothing for so long, in milliseconds, may be taken as one that has nothing to say.
pub const LONG_SILENCE: i64 = 30 * DAY_MS;

/// A device spoke after a long silence, during which no decision waited for the events that it may hold.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SilenceEnded {
    /// The device.
    #[n(0)]
    pub installation: InstallationId,
    /// The moment at which it spoke, in milliseconds of server time.
    #[n(1)]
    pub at: Millis,
    /// The presence of all devices until then.
    #[n(2)]
    pub before: Vec<Presence>,
}

/// True if a device that was heard at `now`, and before that at `heard`, had been silent for long.
pub fn was_silent(heard: Millis, now: Millis) -> bool {
    now.saturating_sub(heard) >= LONG_SILENCE
}

impl Registry {
    /// The registry as it was known just before a silence ended.
    pub fn before(&self, ended: &SilenceEnded) -> Self {
        let mut then = self.clone();
        then.devices.retain(|_, device| device.enrolled < ended.at);
        for device in then.devices.values_mut() {
            device.revoked = device.revoked.filter(|revoked| *revoked < ended.at);
        }
        let rows = ended.before.iter().cloned();
        then.presence = rows.map(|row| (row.installation, row)).collect();
        then
    }
}
