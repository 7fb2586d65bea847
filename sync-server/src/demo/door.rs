//! Ways to the server: straight into it while the history is written, and over HTTP with a signal that comes
//! and goes.
//!
//! Both note every change that passes, so that the log can be compared with what was written.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::environment::random_bytes;
use kept_core::model::ids::{Hash, InstallationId};
use kept_core::model::time::Millis;
use kept_core::sync::transport::{HttpTransport, Transport, TransportError};
use kept_core::sync::wire::{self, Group, Reply, Request, Ticket};

use super::clock::DemoClock;
use crate::exchange::{Caller, ExchangeError};
use crate::server::ServerState;

/// Groups that were written within this time are sent together.
const TOGETHER_MS: i64 = 36 * 60 * 60 * 1000;

/// Every change that was sent, by whomever.
#[derive(Debug, Default)]
pub struct Sent(Mutex<BTreeSet<Hash>>);

impl Sent {
    fn note(&self, groups: &[Group]) {
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
    pub fn hashes(&self) -> BTreeSet<Hash> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The server's door in the past: its clock is set to when somebody would have come by.
pub struct PastDoor {
    /// The server.
    pub state: Arc<ServerState>,
    /// Its clock.
    pub clock: Arc<DemoClock>,
    /// What passed.
    pub sent: Arc<Sent>,
    /// The clock belongs to whoever is in the door.
    pub turn: Mutex<()>,
}

/// One device at the door of the past.
pub struct PastTransport<'a> {
    /// The door.
    pub door: &'a PastDoor,
    /// Who.
    pub installation: InstallationId,
    /// When the device is heard from for the last time.
    pub until: Millis,
    /// Whether it also reads; else it only sends.
    pub reads: bool,
}

fn refused(error: &ExchangeError) -> TransportError {
    TransportError::Problem {
        code: error.code().into(),
        detail: error.to_string(),
    }
}

impl PastTransport<'_> {
    fn answer(&self, mut request: Request) -> Result<Reply, ExchangeError> {
        let door = self.door;
        door.sent.note(&request.groups);
        let _turn = door.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let caller = Caller::Device(self.installation);
        let mut results = Vec::new();
        let groups = std::mem::take(&mut request.groups);
        let mut visits = visits_of(groups);
        let last = visits.pop().unwrap_or_default();
        for groups in visits {
            let at = groups.last().map_or(self.until, written_at);
            let ticket: Ticket = random_bytes::<16>(door.clock.as_ref()).into();
            let part = Request {
                next: ticket,
                groups,
                whole: false,
                as_of: None,
                cursors: vec![],
                wants: vec![],
                page_bytes: 0,
                ..request.clone()
            };
            door.clock.set(at.min(self.until));
            results.extend(door.state.exchange(caller, &part)?.results);
            request.prev = Some(ticket);
        }
        request.groups = last;
        if !self.reads {
            request.page_bytes = 0;
        }
        door.clock.set(self.until);
        let mut reply = door.state.exchange(caller, &request)?;
        results.append(&mut reply.results);
        reply.results = results;
        if !self.reads {
            reply.pages.clear();
            reply.more = false;
        }
        Ok(reply)
    }
}

impl Transport for PastTransport<'_> {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let unreadable = |e: wire::WireError| TransportError::Setup(e.to_string());
        let request = wire::unpack(&body).map_err(unreadable)?;
        let reply = self.answer(request).map_err(|e| refused(&e))?;
        wire::pack(&reply).map_err(unreadable)
    }
}

/// When a group was written: its id says so.
fn written_at(group: &Group) -> Millis {
    let millis = group.id.0.iter().take(6);
    millis.fold(0, |at, byte| at << 8 | i64::from(*byte))
}

/// Groups as they were sent: what was written within a day or so at once.
fn visits_of(groups: Vec<Group>) -> Vec<Vec<Group>> {
    let mut visits: Vec<Vec<Group>> = Vec::new();
    for group in groups {
        let at = written_at(&group);
        match visits.last_mut() {
            Some(visit)
                if visit
                    .first()
                    .is_some_and(|first| (at - written_at(first)).abs() < TOGETHER_MS) =>
            {
                visit.push(group);
            }
            _ => visits.push(vec![group]),
        }
    }
    visits
}

/// A phone's signal.
#[derive(Debug, Default)]
pub struct Signal {
    /// There is none.
    gone: AtomicBool,
    /// The next answer does not arrive.
    swallows: AtomicBool,
}

impl Signal {
    /// Goes away or comes back.
    pub fn set_gone(&self, gone: bool) {
        self.gone.store(gone, Ordering::SeqCst);
    }

    /// Lets the next answer get lost.
    pub fn swallow_next(&self) {
        self.swallows.store(true, Ordering::SeqCst);
    }
}

/// HTTP as a phone has it.
pub struct PhoneTransport<'a> {
    /// The connection.
    pub http: HttpTransport,
    /// The signal.
    pub signal: &'a Signal,
    /// What passed.
    pub sent: &'a Sent,
}

impl Transport for PhoneTransport<'_> {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        if self.signal.gone.load(Ordering::SeqCst) {
            return Err(TransportError::Offline("no signal".into()));
        }
        if let Ok(request) = wire::unpack::<Request>(&body) {
            self.sent.note(&request.groups);
        }
        let answer = self.http.exchange(body)?;
        if self.signal.swallows.swap(false, Ordering::SeqCst) {
            return Err(TransportError::Offline("the connection broke".into()));
        }
        Ok(answer)
    }
}
