//! The network between a device and the server: it can be cut, lose requests and answers, cut answers short, deliver
//! requests twice and change both; everything that passed is recorded.

use std::sync::{Mutex, MutexGuard, PoisonError};

use kept_core::sync::outage::OutageCause;
use kept_core::sync::transport::{Transport, TransportError};
use kept_core::wire::{self, Reply, Request, WireError};

/// A change of a request before it travels.
type Rewrite = Box<dyn Fn(&mut Request) + Send>;
/// A change of an answer before it arrives.
type Corruption = Box<dyn FnOnce(&mut Reply) + Send>;

/// The network of one device: its faults, and a record of what passed.
#[derive(Default)]
pub struct Network {
    faults: Mutex<Faults>,
    recorded: Mutex<Vec<RecordedExchange>>,
}

#[derive(Default)]
struct Faults {
    offline: bool,
    lose_requests: u32,
    /// The number of answers that still pass before the first is lost.
    passing: u32,
    lose_answers: u32,
    cut_answers_after: Option<usize>,
    duplicate: bool,
    rewrite: Option<Rewrite>,
    corruption: Option<Corruption>,
}

/// One body that was sent, and what came back to the device.
#[derive(Clone, Debug)]
pub struct RecordedExchange {
    /// The request as it travelled.
    pub sent: Vec<u8>,
    /// The answer as the device got it; None if it got none.
    pub answer: Option<Vec<u8>>,
}

impl RecordedExchange {
    /// The request, decoded.
    pub fn request(&self) -> Result<Request, WireError> {
        wire::unpack(&self.sent)
    }

    /// The answer, decoded; None if none came whole.
    pub fn reply(&self) -> Option<Reply> {
        wire::unpack(self.answer.as_deref()?).ok()
    }
}

impl Network {
    /// Cuts the network: nothing reaches the server until [`Network::online`].
    pub fn offline(&self) {
        self.faults().offline = true;
    }

    /// Ends all faults: everything passes again, as it is.
    pub fn online(&self) {
        *self.faults() = Faults::default();
    }

    /// Loses the next `count` requests.
    pub fn lose_requests(&self, count: u32) {
        self.faults().lose_requests = count;
    }

    /// Loses the answers of the next `count` requests, which arrive.
    pub fn lose_answers(&self, count: u32) {
        self.faults().lose_answers = count;
    }

    /// Loses `count` answers after `passing` more have passed.
    pub fn lose_answers_after(&self, passing: u32, count: u32) {
        let mut faults = self.faults();
        (faults.passing, faults.lose_answers) = (passing, count);
    }

    /// Ends every answer from now on after so many bytes: one that is cut once is asked for again at once.
    pub fn cut_answers_after(&self, bytes: usize) {
        self.faults().cut_answers_after = Some(bytes);
    }

    /// Delivers every request twice from now on; the device gets the second answer.
    pub fn duplicate(&self) {
        self.faults().duplicate = true;
    }

    /// Changes every request from now on.
    pub fn rewrite(&self, rewrite: impl Fn(&mut Request) + Send + 'static) {
        self.faults().rewrite = Some(Box::new(rewrite));
    }

    /// Changes the next answer.
    pub fn corrupt_next_answer(&self, corruption: impl FnOnce(&mut Reply) + Send + 'static) {
        self.faults().corruption = Some(Box::new(corruption));
    }

    /// Takes everything that passed since the last call.
    pub fn take_recorded(&self) -> Vec<RecordedExchange> {
        std::mem::take(&mut *self.recorded.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The network in front of a transport to a server.
    pub fn before<'a>(&'a self, server: &'a dyn Transport) -> impl Transport + 'a {
        NetworkTransport {
            network: self,
            server,
        }
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, sent: Vec<u8>, answer: Option<Vec<u8>>) {
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.push(RecordedExchange { sent, answer });
    }
}

struct NetworkTransport<'a> {
    network: &'a Network,
    server: &'a dyn Transport,
}

impl Transport for NetworkTransport<'_> {
    fn is_stopped(&self) -> bool {
        self.server.is_stopped()
    }

    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let mut faults = self.network.faults();
        let broken = |what: &str| Err(TransportError::of(OutageCause::Cut, what));
        if faults.offline {
            return broken("the network is cut");
        }
        if take_one(&mut faults.lose_requests) {
            return broken("the request was lost");
        }
        let body = match &faults.rewrite {
            None => body,
            Some(rewrite) => {
                let mut request = wire::unpack(&body).map_err(unreadable)?;
                rewrite(&mut request);
                wire::pack(&request).map_err(unreadable)?
            }
        };
        let mut answer = self.server.exchange(body.clone())?;
        if faults.duplicate {
            answer = self.server.exchange(body.clone())?;
        }
        if !take_one(&mut faults.passing) && take_one(&mut faults.lose_answers) {
            self.network.record(body, None);
            return broken("the answer was lost");
        }
        if let Some(corruption) = faults.corruption.take() {
            let mut reply = wire::unpack(&answer).map_err(unreadable)?;
            corruption(&mut reply);
            answer = wire::pack(&reply).map_err(unreadable)?;
        }
        if let Some(bytes) = faults.cut_answers_after {
            answer.truncate(bytes);
        }
        self.network.record(body, Some(answer.clone()));
        Ok(answer)
    }
}

fn unreadable(error: WireError) -> TransportError {
    TransportError::of(OutageCause::Setup, error.to_string())
}

/// Counts `left` down by one; false if it was zero.
fn take_one(left: &mut u32) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}
