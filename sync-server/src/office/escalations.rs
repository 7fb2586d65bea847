//! The calls that time alone brings: promises that were escalated to a pool or to the office, each announced once to
//! every person whom it calls.
//!
//! Nothing is recorded: a server that starts again calls again to what still waits.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kept_core::Notebook;
use kept_core::model::ids::{DocId, PersonId, Team};
use kept_core::model::time::Millis;
use kept_core::notebook::ApiResult;
use kept_core::remind::ReminderLevel;

use super::push::Push;
use crate::log::LogError;
use crate::state::ServerState;

/// The call of a rung: the people whom the server called, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CallRecord {
    /// The promise.
    pub(super) promise: DocId,
    /// The pool, or the office.
    pub(super) level: ReminderLevel,
    /// The people, each with the moment in milliseconds since the epoch.
    pub(super) people: BTreeMap<PersonId, Millis>,
}

/// The calls of the server since it started, to what still waits.
pub(super) struct Escalations {
    push: Box<dyn Push>,
    /// By rung.
    placed: Mutex<BTreeMap<String, CallRecord>>,
}

impl Escalations {
    pub(super) fn new(push: Box<dyn Push>) -> Self {
        Self {
            push,
            placed: Mutex::default(),
        }
    }

    /// Looks whom promises call now, and calls those who were not called yet: a promise is first let into the pool that
    /// steps in. True if anything came or went. Blocks.
    pub(super) fn update(&self, state: &ServerState, notebook: &Notebook) -> ApiResult<bool> {
        let calls = notebook.calls()?;
        let mut placed = self.placed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut now = BTreeMap::new();
        for call in calls {
            let (promise, level) = (call.reminder.promise, call.reminder.level);
            if let Err(error) = share_with_pools(state, promise, &call.pools) {
                // The promise counts as not called, so the next look tries again.
                tracing::error!(%error, %promise, "a pool could not be let in");
                continue;
            }
            let before = placed.get(&call.reminder.id).map(|known| &known.people);
            let mut people = BTreeMap::new();
            for person in call.people {
                let at = before.and_then(|known| known.get(&person)).copied();
                let at = at.unwrap_or_else(|| {
                    tracing::info!(%promise, rung = call.reminder.rung, %person, "a promise calls");
                    state.wake(person);
                    self.push.fetch(person, addresses_of(state, person));
                    state.now()
                });
                people.insert(person, at);
            }
            let called = CallRecord {
                promise,
                level,
                people,
            };
            now.insert(call.reminder.id, called);
        }
        let moved = *placed != now;
        *placed = now;
        Ok(moved)
    }

    /// The calls of the server to what still waits.
    pub(super) fn called(&self) -> Vec<CallRecord> {
        let placed = self.placed.lock().unwrap_or_else(PoisonError::into_inner);
        placed.values().cloned().collect()
    }
}

/// Lets pools read a promise that they step in for.
fn share_with_pools(state: &ServerState, promise: DocId, pools: &[Team]) -> Result<(), LogError> {
    if state.share(promise, pools)? {
        state.publish_heads()?;
    }
    Ok(())
}

/// Returns the addresses of a person's devices. A person whose addresses cannot be read is called without them: the
/// gateway may know its own.
fn addresses_of(state: &ServerState, person: PersonId) -> Vec<String> {
    state.push_addresses(person).unwrap_or_else(|error| {
        tracing::error!(%error, %person, "the addresses for pushes could not be read");
        Vec::new()
    })
}
