//! A phone that runs in real time: a real notebook, HTTP, and a signal that comes and goes.

use std::sync::Arc;

use kept_core::model::ids::PersonId;
use kept_core::notebook::{KeptError, Notebook, SyncReport};

use crate::past_server::{PhoneTransport, SentChanges, Signal};

/// A person's phone.
pub(crate) struct Phone {
    /// The owner's name.
    pub(crate) name: String,
    /// The owner.
    pub(crate) person: PersonId,
    /// The notebook on it.
    pub(crate) notebook: Arc<Notebook>,
    /// Its signal.
    pub(crate) signal: Signal,
    /// The changes that pass.
    pub(crate) sent: Arc<SentChanges>,
}

impl Phone {
    /// A phone with a notebook that belongs to a company.
    pub(crate) fn new(
        name: &str,
        notebook: Arc<Notebook>,
        sent: Arc<SentChanges>,
    ) -> Result<Self, KeptError> {
        Ok(Self {
            name: name.into(),
            person: notebook.me()?.person,
            notebook,
            signal: Signal::default(),
            sent,
        })
    }

    /// Synchronises over HTTP, if there is a signal.
    pub(crate) fn sync(&self) -> Result<SyncReport, KeptError> {
        let transport = PhoneTransport {
            http: self.notebook.http()?,
            signal: &self.signal,
            sent: &self.sent,
        };
        self.notebook.sync_with(&transport)
    }
}
