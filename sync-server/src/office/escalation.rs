//! What time alone brings to the office: promises that were escalated to it, each announced once.
//!
//! Nothing is recorded: who starts the server again is told again what still waits.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use kept_core::Notebook;
use kept_core::notebook::ApiResult;
use kept_core::remind::Reminder;

/// Reaches people who look at no page.
pub(super) trait Push: Send + Sync {
    /// A promise needs the office.
    fn office_is_needed(&self, need: &Reminder);
}

/// Writes it into the log, without whom and what it is about.
pub(super) struct Logged;

impl Push for Logged {
    fn office_is_needed(&self, need: &Reminder) {
        tracing::info!(promise = %need.promise, rung = need.rung, "a promise needs the office");
    }
}

/// What the office was told since the server started.
pub(super) struct Escalations {
    push: Box<dyn Push>,
    told: Mutex<BTreeSet<String>>,
}

impl Escalations {
    pub(super) fn new(push: impl Push + 'static) -> Self {
        Self {
            push: Box::new(push),
            told: Mutex::default(),
        }
    }

    /// Looks at what needs the office now and announces what is new. Whether anything came or went. Blocks.
    pub(super) fn look(&self, notebook: &Notebook) -> ApiResult<bool> {
        let needs = notebook.office_needs()?;
        let now: BTreeSet<String> = needs.iter().map(|need| need.id.clone()).collect();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for need in needs.iter().filter(|need| !told.contains(&need.id)) {
            self.push.office_is_needed(need);
        }
        let moved = *told != now;
        *told = now;
        Ok(moved)
    }
}
