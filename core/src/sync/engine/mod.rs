//! The sans-IO engine: it says what to send, takes what comes back, and knows neither network nor clock.
//!
//! A run is a sequence of exchanges. [`Engine::next`] builds a request, after storing the ticket that names it;
//! the driver sends it, reads the body of the answer as [`Heard`], hands that to [`Engine::received`] and what it
//! makes of it to [`Engine::take`], or tells [`Engine::failed`]. All are safe at any point: an answer that never
//! came is asked for again under the same ticket, one that comes twice changes nothing. Results are applied
//! before pages, and an answer is one transaction; where a page cannot be used, what comes before it is still
//! taken, each page in one. While an answer is taken, the next may be on its way: see [`Engine::ahead`].

mod ahead;
mod heard;
mod request;
mod results;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use minicbor::bytes::ByteArray;

use crate::environment::{Environment, random_bytes};
use crate::limits;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::store::feed::{self, Checked, FeedError, Told};
use crate::store::meta::{self, Tickets, Versions};
use crate::store::{Store, StoreError};
use crate::wire::{self, Page, Reply};

use request::{Offer, Sizes, compose, has_unsent_up_to};
use results::acknowledge;

pub use heard::Heard;

/// Why a run cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server's answer cannot be read.
    #[error("the server's answer cannot be used: {0}")]
    Answer(#[from] wire::WireError),
    /// The server's answer contradicts what is here.
    #[error("the server's answer cannot be used: {0}")]
    Feed(FeedError),
    /// The answer belongs to another request.
    #[error("the answer belongs to another request")]
    Echo,
    /// One side is too old for the other.
    #[error("the server speaks versions {min} to {max} of the protocol, this program {ours}")]
    Version {
        /// The oldest that the server speaks.
        min: u32,
        /// The newest.
        max: u32,
        /// Ours.
        ours: u32,
    },
}

impl From<FeedError> for EngineError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Store(store) => Self::Store(store),
            other => Self::Feed(other),
        }
    }
}

/// What a run has moved so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Exchanges that were completed.
    pub exchanges: u32,
    /// Groups that the server stored, or had.
    pub sent: u64,
    /// Changes that were new here.
    pub received: u64,
    /// Rows that passed cursors.
    pub rows: u64,
    /// Groups that the server holds for the office.
    pub held: u64,
    /// Groups that the server refused.
    pub refused: u64,
    /// Groups that the server does not take because it lacks what they build on, though that was sent again.
    pub lacking: u64,
    /// Whether the server knows another copy of this notebook; then nothing moved.
    pub forked: bool,
    /// Documents that may read differently now.
    pub docs: BTreeSet<DocId>,
    /// Whether people, devices, presence or the company's record changed.
    pub people: bool,
    /// Whether everything here agrees with the server's digest.
    pub agrees: Option<bool>,
}

/// One run of exchanges.
pub struct Engine {
    sizes: Sizes,
    in_flight: Option<InFlight>,
    /// What the request after the one in flight will offer, where that was read already.
    ready: Option<Offer>,
    finished: bool,
    /// The last unsent group that this run has offered: nothing is offered twice in one run.
    offered: i64,
    /// Groups that the server took in this run, and those that it asked for again. Whoever goes on because
    /// of one does so once for each, so that every run ends.
    stored: BTreeSet<GroupId>,
    sent_again: BTreeSet<GroupId>,
    moved: Moved,
}

/// An exchange that takes less, in milliseconds of the boot clock, shows a quick link.
const QUICK_MS: i64 = 1_000;
/// By how much a batch grows over a quick link, and over another one.
const GROWTH: (usize, usize) = (4, 2);

struct InFlight {
    ticket: ByteArray<16>,
    sent_boot: i64,
    /// The last group that was offered before, and with this request.
    offered_before: i64,
    offered: i64,
    groups: BTreeMap<GroupId, Vec<(DocId, Hash)>>,
    all: bool,
    wants: bool,
}

/// An answer that belongs to its request, still to be taken.
pub struct Answer {
    in_flight: InFlight,
    reply: Reply,
    checked: Checked,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// A run that has not begun.
    pub fn new() -> Self {
        Self {
            sizes: Sizes::START,
            in_flight: None,
            ready: None,
            finished: false,
            offered: i64::MIN,
            stored: BTreeSet::new(),
            sent_again: BTreeSet::new(),
            moved: Moved::default(),
        }
    }

    /// What the run has moved so far.
    pub fn moved(&self) -> &Moved {
        &self.moved
    }

    /// The next request, ready to be sent. None when nothing is left to do.
    pub fn next(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
    ) -> Result<Option<Vec<u8>>, EngineError> {
        if self.finished {
            return Ok(None);
        }
        let (sizes, offered) = (self.sizes, self.offered);
        self.ready = None;
        let (request, in_flight) = store.write(|tx| {
            let mut tickets: Tickets = meta::get(tx)?.unwrap_or_default();
            // The ticket is on disk before it travels; a request that failed is repeated under it.
            let next = *tickets
                .pending
                .get_or_insert_with(|| random_bytes::<16>(environment).into());
            meta::set(tx, &tickets)?;
            let versions: Versions = meta::get(tx)?.unwrap_or_default();
            let cursors = feed::cursors(tx)?;
            let wants = feed::wanted(tx, 1024)?;
            let (mut request, in_flight) =
                compose(tx, environment, sizes, Offer::read(tx, sizes, offered)?)?;
            request.prev = tickets.prev;
            request.next = next;
            request.cursors = cursors;
            // What an earlier exchange of this run offered and did not get through is not here.
            request.whole = in_flight.all && !has_unsent_up_to(tx, offered)?;
            request.presence_version = versions.presence;
            request.samples_version = versions.samples;
            request.wants = wants;
            let in_flight = InFlight {
                ticket: next,
                wants: !request.wants.is_empty(),
                ..in_flight
            };
            Ok::<_, StoreError>((request, in_flight))
        })?;
        self.in_flight = Some(in_flight);
        Ok(Some(wire::pack(&request)?))
    }

    /// Finds the request that an answer belongs to. Nothing is changed by one that belongs to another.
    pub fn received(
        &mut self,
        environment: &dyn Environment,
        heard: Heard,
    ) -> Result<Answer, EngineError> {
        let Heard { reply, checked } = heard;
        let Some(in_flight) = self.in_flight.take() else {
            return Err(EngineError::Echo);
        };
        if reply.echo != in_flight.ticket {
            return Err(EngineError::Echo);
        }
        if !(reply.min_version..=reply.max_version).contains(&limits::PROTOCOL) {
            return Err(EngineError::Version {
                min: reply.min_version,
                max: reply.max_version,
                ours: limits::PROTOCOL,
            });
        }
        let travelled = environment.boot_ms().saturating_sub(in_flight.sent_boot);
        let growth = if travelled < QUICK_MS {
            GROWTH.0
        } else {
            GROWTH.1
        };
        if !reply.forked {
            self.sizes = self.sizes.grown(growth);
        }
        Ok(Answer {
            in_flight,
            reply,
            checked,
        })
    }

    /// Takes an answer. False if what was asked [`Engine::ahead`] of it rests on what did not come to be: the
    /// answer to that is to be thrown away.
    pub fn take(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        answer: Answer,
    ) -> Result<bool, EngineError> {
        let Answer {
            in_flight,
            reply,
            checked,
        } = answer;
        if reply.forked {
            store.write(|tx| {
                let tickets: Tickets = meta::get(tx)?.unwrap_or_default();
                meta::set(
                    tx,
                    &Tickets {
                        forked: true,
                        ..tickets
                    },
                )
            })?;
            self.moved.forked = true;
            self.finished = true;
            return Ok(true);
        }
        // Counted apart, so that an attempt can be forgotten without copying all that the run has moved.
        let mut docs = std::mem::take(&mut self.moved.docs);
        let again = self.take_whole(store, environment, &in_flight, &reply, checked);
        docs.extend(std::mem::take(&mut self.moved.docs));
        self.moved.docs = docs;
        if !matches!(again, Ok(false)) {
            self.in_flight = None;
        }
        let again = again?;
        self.offered = if again { i64::MIN } else { in_flight.offered };
        self.moved.exchanges += 1;
        if self.in_flight.is_some() {
            self.make_ready(store)?;
            return Ok(true);
        }
        let asked_in_vain = in_flight.wants && reply.given.is_empty();
        let wants = !asked_in_vain && !feed::wanted(store.read(), 1)?.is_empty();
        self.finished = !reply.more && in_flight.all && !again && !wants;
        if self.finished {
            self.moved.agrees = Some(agrees(store, &reply)?);
        }
        Ok(!again)
    }

    /// The request or its answer was lost: the next one is smaller.
    pub fn failed(&mut self) {
        self.in_flight = None;
        self.sizes = self.sizes.halved();
    }

    /// Takes an answer in one transaction. True if something must go again.
    fn take_whole(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        in_flight: &InFlight,
        reply: &Reply,
        checked: Checked,
    ) -> Result<bool, EngineError> {
        let before = (
            self.moved.clone(),
            self.stored.clone(),
            self.sent_again.clone(),
        );
        let taken = store.write(|tx| {
            let mut told = Told::with(checked);
            let again = self.take_results(tx, environment, in_flight, reply, &mut told)?;
            self.take_given(tx, reply)?;
            for page in &reply.pages {
                self.take_page(tx, page, &mut told)?;
            }
            // After the pages: where these carry receipts, one update of a change says both.
            acknowledge(tx, &told)?;
            Ok(again)
        });
        match taken {
            Err(EngineError::Feed(_)) => {
                (self.moved, self.stored, self.sent_again) = before;
                self.take_by_part(store, environment, in_flight, reply)
            }
            other => other,
        }
    }

    /// Takes an answer of which a part cannot be used: what comes before that stays.
    fn take_by_part(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        in_flight: &InFlight,
        reply: &Reply,
    ) -> Result<bool, EngineError> {
        let mut told = Told::default();
        let again = store.write(|tx| {
            let again = self.take_results(tx, environment, in_flight, reply, &mut told)?;
            acknowledge(tx, &told)?;
            Ok::<_, StoreError>(again)
        })?;
        store.write(|tx| self.take_given(tx, reply))?;
        for page in &reply.pages {
            store.write(|tx| self.take_page(tx, page, &mut told))?;
        }
        Ok(again)
    }

    /// Takes changes that were wanted: a page may name one whose bytes were given.
    fn take_given(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        reply: &Reply,
    ) -> Result<(), EngineError> {
        if !reply.given.is_empty() {
            let taken = feed::take_given(tx, &reply.given)?;
            self.note(taken);
        }
        Ok(())
    }

    fn take_page(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        page: &Page,
        told: &mut Told,
    ) -> Result<(), EngineError> {
        let taken = feed::take(tx, page, told)?;
        self.note(taken);
        Ok(())
    }

    fn note(&mut self, taken: feed::Taken) {
        self.moved.rows += taken.rows;
        self.moved.received += taken.new_changes;
        self.moved.docs.extend(taken.docs);
        self.moved.people |= taken.registry;
    }
}

/// What the ticket of a completed exchange leaves.
fn completed(in_flight: &InFlight) -> Tickets {
    Tickets {
        prev: Some(in_flight.ticket),
        pending: None,
        forked: false,
    }
}

/// Compares the digest over everything that was read with the server's.
fn agrees(store: &Store, reply: &Reply) -> Result<bool, StoreError> {
    let scopes = feed::scopes(store.read())?;
    let read = scopes
        .iter()
        .filter(|scope| !reply.lost.contains(&scope.number));
    let ours =
        wire::digest(read.map(|scope| (scope.number, scope.epoch, scope.seq, scope.checksum)));
    Ok(ours == reply.digest)
}
