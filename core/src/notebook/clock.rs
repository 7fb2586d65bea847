//! The clock and zone of this device: its instants, and warnings where the content of the notebook says that it is
//! behind.

use crate::environment::{Environment, ZoneError};
use crate::language::Message;
use crate::model::time::{DAY_MS, Due, Millis, Trust, zoned};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::store::{Reading, meta};

#[uniffi::export]
impl Notebook {
    /// Returns a warning if the clock of this device is behind by what it knows itself: it was not compared with the
    /// server's since the device started, and shows a moment before others that have passed. To be said wherever
    /// something is written down; none if nothing speaks against the clock.
    pub fn clock_warning(&self) -> ApiResult<Option<Message>> {
        self.read(|store| self.clock_warning_in(store))
    }

    /// Returns a warning if a date had passed before it was promised, by what this notebook knows; none if it had not.
    pub fn due_warning(&self, due: Due) -> ApiResult<Option<Message>> {
        self.read(|store| {
            let now = meta::now(store.read(), self.environment.as_ref())?;
            let passed = due.instant()? < now.known_ms.unwrap_or(Millis::MIN);
            Ok(passed.then(|| Message::new("clock-behind-due").due("due", &due)))
        })
    }
}

/// Returns the remark beside a time that is not to be trusted; none for one that is.
#[uniffi::export]
pub fn trust_message(trust: Trust) -> Option<Message> {
    match trust {
        Trust::Good => None,
        Trust::Drifting => Some(Message::new("trust-drifting")),
        Trust::Unknown => Some(Message::new("trust-unknown")),
    }
}

impl Notebook {
    /// Returns the warning that the clock of this device is behind; none if nothing speaks against it.
    pub(in crate::notebook) fn clock_warning_in(
        &self,
        store: Reading<'_>,
    ) -> ApiResult<Option<Message>> {
        let now = meta::now(store.read(), self.environment.as_ref())?;
        let passed = meta::moment_passed(store.read(), &now)?;
        Ok(passed.map(|passed| clock_message(now.wall_ms, passed, &now.zone)))
    }
}

/// Returns the warning that a clock shows `shown` though `passed` is over, both in milliseconds since the epoch.
pub(in crate::notebook) fn clock_message(shown: Millis, passed: Millis, zone: &str) -> Message {
    Message::new("clock-behind")
        .number("behind", passed.saturating_sub(shown))
        .instant("passed", passed, zone)
}

impl Notebook {
    /// The present instant, in milliseconds since the epoch, corrected by the server's clock where that is known.
    pub fn now_ms(&self) -> ApiResult<Millis> {
        self.read(|store| Ok(meta::now(store.read(), self.environment.as_ref())?.instant(None)))
    }
}

/// Returns the zone of the device; an error that asks for it where it is not found.
pub(in crate::notebook) fn device_zone(environment: &dyn Environment) -> ApiResult<String> {
    match environment.found_zone() {
        Ok(found) => Ok(found.name),
        Err(trouble) => Err(KeptError::invalid("zone", zone_message(&trouble))),
    }
}

/// Returns the last instant of the local day, in milliseconds since the epoch.
pub(in crate::notebook) fn last_instant_of_day(now: Millis, zone: &str) -> ApiResult<Millis> {
    let local = zoned(now, zone)?;
    let tomorrow = local.tomorrow().and_then(|day| day.start_of_day());
    Ok(tomorrow.map_or_else(
        |_| now.saturating_add(DAY_MS),
        |start| start.timestamp().as_millisecond() - 1,
    ))
}

/// Returns the instant at which the month of an instant began in a zone, in milliseconds since the epoch.
pub(in crate::notebook) fn start_of_month(now: Millis, zone: &str) -> ApiResult<Millis> {
    let local = zoned(now, zone)?;
    let first = local.first_of_month().and_then(|day| day.start_of_day());
    Ok(first.map_or(now, |day| day.timestamp().as_millisecond()))
}

/// Returns the sentence that says why the zone of the device is not known, and what to do.
pub(in crate::notebook) fn zone_message(error: &ZoneError) -> Message {
    match error {
        ZoneError::NotAZone(variable, text) => Message::new("error-zone-unknown")
            .text("variable", *variable)
            .text("text", text),
        ZoneError::PosixRule(text) => Message::new("error-zone-rule").text("text", text),
        ZoneError::NotFound => Message::new("error-zone-nowhere"),
        ZoneError::UnknownHostZone(text) => Message::new("error-zone-of-device").text("text", text),
        ZoneError::NoHostZone => Message::new("error-zone-not-told"),
    }
}
