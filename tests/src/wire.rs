//! The wire between a device and the server: it can be cut, lose answers, cut them short, double them and
//! change what is sent; everything that passed is kept.

use std::sync::{Mutex, MutexGuard, PoisonError};

use kept_core::sync::outage::OutageCause;
use kept_core::sync::transport::{Transport, TransportError};
use kept_core::wire::{self, Reply, Request};

/// Something that is done to a request before it travels.
type Rewrite = Box<dyn Fn(&mut Request) + Send>;
/// Something that is done to an answer before it arrives.
type Spoil = Box<dyn FnOnce(&mut Reply) + Send>;

/// A switch and a record.
#[derive(Default)]
pub struct Wire {
    switch: Mutex<Switch>,
    passed: Mutex<Vec<Exchanged>>,
}

#[derive(Default)]
struct Switch {
    offline: bool,
    lose_requests: u32,
    /// The number of answers that still pass before the first is lost.
    passing: u32,
    lose_answers: u32,
    cut_answers_after: Option<usize>,
    duplicate: bool,
    rewrite: Option<Rewrite>,
    spoil: Option<Spoil>,
}

/// One body that was sent, and what came back to the device.
#[derive(Clone, Debug)]
pub struct Exchanged {
    /// The request as it travelled.
    pub sent: Vec<u8>,
    /// The answer as the device got it; none if it got none.
    pub answer: Option<Vec<u8>>,
}

impl Exchanged {
    /// The request, read.
    pub fn request(&self) -> Request {
        wire::unpack(&self.sent).expect("what was sent can be read")
    }

    /// The answer, read; none if none came whole.
    pub fn reply(&self) -> Option<Reply> {
        wire::unpack(self.answer.as_deref()?).ok()
    }
}

impl Wire {
    /// Pulls the plug: nothing reaches the server until [`Wire::online`].
    pub fn offline(&self) {
        self.switch().offline = true;
    }

    /// Everything passes again, as it is.
    pub fn online(&self) {
        *self.switch() = Switch::default();
    }

    /// The next `count` requests never arrive.
    pub fn lose_requests(&self, count: u32) {
        self.switch().lose_requests = count;
    }

    /// The next `count` requests arrive, and their answers do not.
    pub fn lose_answers(&self, count: u32) {
        self.switch().lose_answers = count;
    }

    /// Loses `count` answers after `passing` more have passed.
    pub fn lose_answers_after(&self, passing: u32, count: u32) {
        let mut switch = self.switch();
        (switch.passing, switch.lose_answers) = (passing, count);
    }

    /// Every answer from now on ends after so many bytes: one that is cut once is asked for again at once.
    pub fn cut_answers_after(&self, bytes: usize) {
        self.switch().cut_answers_after = Some(bytes);
    }

    /// Every request is delivered twice from now on; the device gets the second answer.
    pub fn duplicate(&self) {
        self.switch().duplicate = true;
    }

    /// Changes every request from now on.
    pub fn rewrite(&self, rewrite: impl Fn(&mut Request) + Send + 'static) {
        self.switch().rewrite = Some(Box::new(rewrite));
    }

    /// Changes the next answer.
    pub fn spoil_answer(&self, spoil: impl FnOnce(&mut Reply) + Send + 'static) {
        self.switch().spoil = Some(Box::new(spoil));
    }

    /// Everything that passed since the last call.
    pub fn take_passed(&self) -> Vec<Exchanged> {
        std::mem::take(&mut *self.passed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The wire in front of a way to a server.
    pub fn before<'a>(&'a self, server: &'a dyn Transport) -> impl Transport + 'a {
        OnWire { wire: self, server }
    }

    fn switch(&self) -> MutexGuard<'_, Switch> {
        self.switch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, sent: Vec<u8>, answer: Option<Vec<u8>>) {
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        passed.push(Exchanged { sent, answer });
    }
}

struct OnWire<'a> {
    wire: &'a Wire,
    server: &'a dyn Transport,
}

impl Transport for OnWire<'_> {
    fn is_stopped(&self) -> bool {
        self.server.is_stopped()
    }

    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let mut switch = self.wire.switch();
        let broken = |what: &str| Err(TransportError::of(OutageCause::Cut, what));
        if switch.offline {
            return broken("the wire is cut");
        }
        if spend(&mut switch.lose_requests) {
            return broken("the request was lost");
        }
        let body = match &switch.rewrite {
            None => body,
            Some(rewrite) => {
                let mut request = wire::unpack(&body).expect("a request of ours");
                rewrite(&mut request);
                wire::pack(&request).expect("a request that fits")
            }
        };
        let mut answer = self.server.exchange(body.clone())?;
        if switch.duplicate {
            answer = self.server.exchange(body.clone())?;
        }
        if !spend(&mut switch.passing) && spend(&mut switch.lose_answers) {
            self.wire.keep(body, None);
            return broken("the answer was lost");
        }
        if let Some(spoil) = switch.spoil.take() {
            let mut reply = wire::unpack(&answer).expect("an answer of ours");
            spoil(&mut reply);
            answer = wire::pack(&reply).expect("an answer that fits");
        }
        if let Some(bytes) = switch.cut_answers_after {
            answer.truncate(bytes);
        }
        self.wire.keep(body, Some(answer.clone()));
        Ok(answer)
    }
}

/// Takes one of a number of times; false when none is left.
fn spend(left: &mut u32) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}
