//! The clock of this device: warnings where the content of the notebook says that it is behind.

use super::Notebook;
use super::errors::ApiResult;
use crate::model::time::{Due, Millis, Trust};
use crate::store::{Store, meta};
use crate::words::Words;

#[uniffi::export]
impl Notebook {
    /// Returns a warning if the clock of this device is behind by what it knows itself: it was not compared with the
    /// server's since the device started, and shows a moment before others that have passed. To be said wherever
    /// something is written down; none if nothing speaks against the clock.
    pub fn clock_warning(&self) -> ApiResult<Option<Words>> {
        self.read(|store| self.clock_warning_in(store))
    }

    /// Returns a warning if a date had passed before it was promised, by what this notebook knows; none if it had not.
    pub fn due_warning(&self, due: Due) -> ApiResult<Option<Words>> {
        self.read(|store| {
            let now = meta::now(store.read(), self.environment.as_ref())?;
            let passed = due.instant()? < now.known_ms.unwrap_or(Millis::MIN);
            Ok(passed.then(|| Words::new("clock-behind-due").due("due", &due)))
        })
    }
}

/// Returns the remark beside a time that is not to be trusted; none for one that is.
#[uniffi::export]
pub fn trust_words(trust: Trust) -> Option<Words> {
    match trust {
        Trust::Good => None,
        Trust::Drifting => Some(Words::new("trust-drifting")),
        Trust::Unknown => Some(Words::new("trust-unknown")),
    }
}

impl Notebook {
    pub(super) fn clock_warning_in(&self, store: &Store) -> ApiResult<Option<Words>> {
        let now = meta::now(store.read(), self.environment.as_ref())?;
        let passed = meta::passed_already(store.read(), &now)?;
        Ok(passed.map(|passed| clock_words(now.wall_ms, passed, &now.zone)))
    }
}

/// Returns the warning that a clock shows `shown` though `passed` is over, both in milliseconds since the epoch.
pub(super) fn clock_words(shown: Millis, passed: Millis, zone: &str) -> Words {
    Words::new("clock-behind")
        .number("behind", passed.saturating_sub(shown))
        .instant("passed", passed, zone)
}
