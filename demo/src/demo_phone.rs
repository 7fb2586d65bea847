//! A phone of the demo: what it sends is noted, so that the log can be compared with what was written.

use std::ops::Deref;
use std::sync::Arc;

use kept_core::notebook::{KeptError, Notebook, SyncReport};
use kept_kit::Phone;

use crate::past_server::SentChanges;

/// A person's phone, and the changes that were sent from it and from others.
pub(crate) struct DemoPhone {
    phone: Phone,
    /// The changes that were sent.
    pub(crate) sent: Arc<SentChanges>,
}

impl DemoPhone {
    /// Makes the phone of a notebook that belongs to the company.
    pub(crate) fn new(
        name: &str,
        notebook: Arc<Notebook>,
        sent: Arc<SentChanges>,
    ) -> Result<Self, KeptError> {
        let phone = Phone::new(name, notebook)?;
        Ok(Self { phone, sent })
    }

    /// Synchronises over HTTP, if there is a signal.
    pub(crate) fn sync(&self) -> Result<SyncReport, KeptError> {
        let done = self.phone.sync();
        // Also after a failure: where an answer was lost, the request arrived.
        for exchange in self.phone.network.take_recorded() {
            if let Ok(request) = exchange.request() {
                self.sent.add(&request.groups);
            }
        }
        done
    }
}

impl Deref for DemoPhone {
    type Target = Phone;

    fn deref(&self) -> &Phone {
        &self.phone
    }
}
