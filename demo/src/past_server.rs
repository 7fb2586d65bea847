//! The server while the history is written: its clock is set to the past, and devices exchange with it without HTTP.
//!
//! Every change that passes is noted, so that the log can be compared with what was written.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::model::ids::{Hash, InstallationId};
use kept_core::model::time::Millis;
use kept_core::sync::outage::OutageCause;
use kept_core::sync::transport::{Transport, TransportError};
use kept_core::wire::{self, Group, Reply, Request};
use kept_server::ServerState;
use kept_server::exchange::{Caller, ExchangeError};

use crate::clock::DemoClock;

/// Every change that was sent, from any device.
#[derive(Debug, Default)]
pub(crate) struct SentChanges(Mutex<BTreeSet<Hash>>);

impl SentChanges {
    /// Adds the changes of groups.
    pub(crate) fn add(&self, groups: &[Group]) {
        let hashes = groups
            .iter()
            .flat_map(|group| &group.changes)
            .map(|change| change.hash);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(hashes);
    }

    /// All of them.
    pub(crate) fn hashes(&self) -> BTreeSet<Hash> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The server in the past: its clock is set to the moment at which a device would have come by.
pub(crate) struct PastServer {
    /// The server.
    pub(crate) state: Arc<ServerState>,
    /// Its clock.
    pub(crate) clock: Arc<DemoClock>,
    /// The changes that passed.
    pub(crate) sent: Arc<SentChanges>,
    /// Held by the device whose turn it is: the clock is set for it.
    pub(crate) turn: Mutex<()>,
}

/// One device at the server in the past.
pub(crate) struct PastTransport<'a> {
    /// The server in the past.
    pub(crate) past_server: &'a PastServer,
    /// The device.
    pub(crate) installation: InstallationId,
    /// The moment of the exchange, in milliseconds since the epoch.
    pub(crate) at: Millis,
    /// True if it also reads; else it only sends.
    pub(crate) reads: bool,
}

fn transport_error(error: &ExchangeError) -> TransportError {
    TransportError::Problem {
        code: error.code().into(),
        detail: error.to_string(),
    }
}

impl PastTransport<'_> {
    fn answer(&self, mut request: Request) -> Result<Reply, ExchangeError> {
        let past_server = self.past_server;
        past_server.sent.add(&request.groups);
        let presence_version = request.presence_version;
        if !self.reads {
            (request.cursors, request.wants, request.page_bytes) = (vec![], vec![], 0);
        }
        let _turn = past_server
            .turn
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        past_server.clock.set(self.at);
        let mut reply = past_server
            .state
            .exchange(Caller::Device(self.installation), &request)?;
        if !self.reads {
            reply.pages.clear();
            reply.presence.clear();
            reply.presence_version = presence_version;
            reply.more = false;
        }
        Ok(reply)
    }
}

impl Transport for PastTransport<'_> {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let unreadable = |e: wire::WireError| TransportError::of(OutageCause::Setup, e.to_string());
        let request = wire::unpack(&body).map_err(unreadable)?;
        let reply = self.answer(request).map_err(|e| transport_error(&e))?;
        wire::pack(&reply).map_err(unreadable)
    }
}
