//! A run of exchanges: what is asked next, what becomes of an answer, and when it is over.

use std::collections::BTreeSet;

use crate::environment::{Environment, random_bytes};
use crate::limits;
use crate::model::ids::DocId;
use crate::model::ids::{GroupId, InstallationId};
use crate::store::feed::{self, PageContext};
use crate::store::meta::{self, SyncVersions, Tickets};
use crate::store::{Store, StoreError, outbox};
use crate::sync::outage::OutageCause;
use crate::wire::{self, Reply};

use super::error::EngineError;
use super::pending_reply::{ApplyProgress, PendingReply};
use super::pieces::{Weight, next_piece};
use super::request::{GroupOffer, InFlight, compose};
use super::response::Response;
use super::sizes::{Filled, Sizes};
use super::stats::RunStats;

/// One run of exchanges.
pub struct Engine {
    /// None until the first request, which begins with what is remembered.
    pub(super) sizes: Option<Sizes>,
    /// The weight that a piece of an answer may have.
    pub(super) weight: Weight,
    /// The installation of the notebook, and the tickets as this run stored them last.
    pub(super) known: Option<(InstallationId, Tickets)>,
    pub(super) in_flight: Option<InFlight>,
    /// The groups that the request after the one in flight will offer, where they were read already.
    pub(super) ready: Option<GroupOffer>,
    pub(super) finished: bool,
    /// The last unsent group that this run has offered: nothing is offered twice in one run.
    pub(super) offered: i64,
    /// Groups that the server took in this run, and those that it asked for again. A run that goes on because of one
    /// does so once for each, so that every run ends.
    pub(super) stored: BTreeSet<GroupId>,
    pub(super) sent_again: BTreeSet<GroupId>,
    pub(super) stats: RunStats,
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
            sizes: None,
            weight: Weight::START,
            known: None,
            in_flight: None,
            ready: None,
            finished: false,
            offered: i64::MIN,
            stored: BTreeSet::new(),
            sent_again: BTreeSet::new(),
            stats: RunStats::default(),
        }
    }

    /// Begins once more, where something was written since that is to go with this run.
    pub fn go_on(&mut self) {
        self.finished = false;
        self.offered = i64::MIN;
    }

    /// Takes the documents that may read differently since the last call, and if people may.
    pub fn take_changes(&mut self) -> (BTreeSet<DocId>, bool) {
        let docs = std::mem::take(&mut self.stats.docs);
        (docs, std::mem::take(&mut self.stats.people))
    }

    /// The counts and changes of the run so far.
    pub fn stats(&self) -> &RunStats {
        &self.stats
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
        let (known, offered) = (self.sizes, self.offered);
        self.ready = None;
        self.ensure_unchanged(store)?;
        let (request, in_flight, tickets, sizes) = store.write(|tx| {
            let sizes = known.map_or_else(|| Sizes::remembered(tx), Ok)?;
            sizes.remember(tx)?;
            let mut tickets: Tickets = meta::get(tx)?.unwrap_or_default();
            // The ticket is on disk before it travels; a request that failed is repeated under it.
            let next = *tickets
                .pending
                .get_or_insert_with(|| random_bytes::<16>(environment).into());
            meta::set(tx, &tickets)?;
            let versions: SyncVersions = meta::get(tx)?.unwrap_or_default();
            let cursors = feed::cursors(tx)?;
            let wants = feed::missing_changes(tx, 1024)?;
            let (mut request, in_flight) = compose(
                tx,
                environment,
                sizes,
                GroupOffer::read(tx, sizes, offered)?,
            )?;
            request.prev = tickets.prev;
            request.next = next;
            request.cursors = cursors;
            // A group that an earlier exchange of this run offered and did not get through is not here.
            request.whole = in_flight.all && !outbox::has_unsent_up_to(tx, offered)?;
            request.presence_version = versions.presence;
            request.samples_version = versions.samples;
            request.wants = wants;
            let in_flight = InFlight {
                ticket: next,
                wants: !request.wants.is_empty(),
                ..in_flight
            };
            Ok::<_, StoreError>((request, in_flight, tickets, sizes))
        })?;
        self.sizes = Some(sizes);
        self.remember_state(store, tickets)?;
        self.in_flight = Some(in_flight);
        Ok(Some(wire::pack(&request)?))
    }

    /// Makes sure that the notebook is as this run left it, even if others used it in between; else
    /// [`EngineError::Changed`].
    pub(super) fn ensure_unchanged(&self, store: &Store) -> Result<(), EngineError> {
        let Some((installation, tickets)) = &self.known else {
            return Ok(());
        };
        let found: Tickets = meta::get(store.read())?.unwrap_or_default();
        let same = found == *tickets && meta::identity(store.read())?.installation == *installation;
        same.then_some(()).ok_or(EngineError::Changed)
    }

    pub(super) fn remember_state(
        &mut self,
        store: &Store,
        tickets: Tickets,
    ) -> Result<(), StoreError> {
        let installation = match &self.known {
            Some((installation, _)) => *installation,
            None => meta::identity(store.read())?.installation,
        };
        self.known = Some((installation, tickets));
        Ok(())
    }

    /// Finds the request that an answer belongs to. Nothing is changed by one that belongs to another.
    pub fn received(
        &mut self,
        environment: &dyn Environment,
        response: Response,
    ) -> Result<PendingReply, EngineError> {
        let Response { reply, checked } = response;
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
        if !reply.forked {
            let filled = Filled {
                batch: !in_flight.all,
                page: reply.more,
            };
            self.sizes = self.sizes.map(|sizes| sizes.after(travelled, filled));
        }
        let gives = !reply.given.is_empty();
        Ok(PendingReply {
            in_flight,
            reply,
            page_context: PageContext::with(checked),
            again: None,
            stale: false,
            gives,
        })
    }

    /// Takes the next piece of an answer: all of it is on disk afterwards, or nothing. After an error nothing more of
    /// the answer may be taken.
    pub fn take(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        answer: &mut PendingReply,
    ) -> Result<ApplyProgress, EngineError> {
        let taken = self.take_next(store, environment, answer);
        if !matches!(
            taken,
            Ok(ApplyProgress::Piece | ApplyProgress::All { holds: true })
        ) {
            self.in_flight = None;
        }
        taken
    }

    fn take_next(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        answer: &mut PendingReply,
    ) -> Result<ApplyProgress, EngineError> {
        self.ensure_unchanged(store)?;
        if answer.reply.forked {
            return self.take_fork(store);
        }
        let Some(again) = answer.again else {
            self.take_results(store, environment, answer)?;
            return Ok(ApplyProgress::Piece);
        };
        let before = environment.boot_ms();
        let Some(weighed) = self.take_rows(store, answer)? else {
            return self.finish(store, answer, again);
        };
        let took = environment.boot_ms().saturating_sub(before);
        self.weight = self.weight.after(weighed, took);
        Ok(ApplyProgress::Piece)
    }

    /// The server knows another copy of this notebook.
    fn take_fork(&mut self, store: &mut Store) -> Result<ApplyProgress, EngineError> {
        let tickets = store.write(|tx| {
            let tickets = Tickets {
                forked: true,
                ..meta::get(tx)?.unwrap_or_default()
            };
            meta::set(tx, &tickets)?;
            Ok::<_, StoreError>(tickets)
        })?;
        self.remember_state(store, tickets)?;
        self.stats.forked = true;
        self.finished = true;
        Ok(ApplyProgress::All { holds: true })
    }

    /// Takes a piece of what an answer brings, and says what it weighed. None if nothing was left.
    fn take_rows(
        &mut self,
        store: &mut Store,
        answer: &mut PendingReply,
    ) -> Result<Option<usize>, EngineError> {
        let most = self.weight.0;
        answer.stale = feed::any_stale(store.read())?;
        if answer.stale {
            // Before rows that rest on the same people come.
            let weighed = self.refresh_stale(store)?;
            answer.stale = feed::any_stale(store.read())?;
            return Ok(Some(weighed));
        }
        let reply = &mut answer.reply;
        if !reply.samples.is_empty() {
            let few = most.min(reply.samples.len());
            let rows: Vec<_> = reply.samples.drain(..few).collect();
            self.take_samples(store, reply, &rows)?;
            return Ok(Some(few));
        }
        if !reply.given.is_empty() {
            let few = most.min(reply.given.len());
            let rows: Vec<_> = reply.given.drain(..few).collect();
            let taken = store.write(|tx| feed::apply_requested(tx, &rows))?;
            self.note(taken);
            return Ok(Some(few));
        }
        let Some(page) = reply.pages.first_mut() else {
            return Ok(None);
        };
        let (piece, weighed) = next_piece(store.read(), page, self.weight)?;
        let is_end = page.rows.is_empty();
        let page_context = &mut answer.page_context;
        let taken = store.write(|tx| feed::apply_page(tx, &piece, is_end, page_context))?;
        answer.stale = taken.registry && feed::any_stale(store.read())?;
        self.note(taken);
        if is_end {
            answer.reply.pages.remove(0);
        }
        Ok(Some(weighed))
    }

    /// Makes rows anew that an earlier run was stopped among, a piece of them. False if none were left.
    pub fn resume(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
    ) -> Result<bool, StoreError> {
        if !feed::any_stale(store.read())? {
            return Ok(false);
        }
        let before = environment.boot_ms();
        let weighed = self.refresh_stale(store)?;
        let took = environment.boot_ms().saturating_sub(before);
        self.weight = self.weight.after(weighed, took);
        Ok(true)
    }

    fn refresh_stale(&mut self, store: &mut Store) -> Result<usize, StoreError> {
        let most = self.weight.0;
        let (taken, weighed) = store.write(|tx| feed::refresh_stale(tx, most))?;
        self.note(taken);
        Ok(weighed)
    }

    /// Ends the exchange of an answer that was taken.
    fn finish(
        &mut self,
        store: &mut Store,
        answer: &PendingReply,
        again: bool,
    ) -> Result<ApplyProgress, EngineError> {
        let PendingReply {
            in_flight, reply, ..
        } = answer;
        if again {
            self.in_flight = None;
        }
        self.offered = if again { i64::MIN } else { in_flight.offered };
        if self.in_flight.is_some() {
            self.preload_offer(store)?;
            return Ok(ApplyProgress::All { holds: true });
        }
        let asked_in_vain = in_flight.wants && !answer.gives;
        let wants = !asked_in_vain && !feed::missing_changes(store.read(), 1)?.is_empty();
        self.finished = !reply.more && in_flight.all && !again && !wants;
        if self.finished {
            self.stats.agrees = Some(agrees(store, reply)?);
        }
        Ok(ApplyProgress::All { holds: !again })
    }

    /// The request or its answer was lost: where it was on its way, the next one is smaller.
    pub fn failed(&mut self, cause: OutageCause) {
        self.in_flight = None;
        let on_its_way = matches!(
            cause,
            OutageCause::Cut | OutageCause::Silent | OutageCause::Garbled | OutageCause::TooLarge
        );
        if on_its_way {
            self.sizes = self.sizes.map(Sizes::halved);
        }
    }

    pub(super) fn note(&mut self, taken: feed::PageOutcome) {
        self.stats.rows += taken.rows;
        self.stats.received += taken.new_changes;
        self.stats.docs.extend(taken.docs);
        self.stats.people |= taken.registry;
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
