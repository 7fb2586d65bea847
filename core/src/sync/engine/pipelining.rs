//! Asking for the next answer while one is being taken: the server works meanwhile.
//!
//! Such a request says what the device will say once it has taken the answer at hand. That is known before: the
//! cursors follow from its pages, and what it acknowledges is not offered again. Its ticket is stored together
//! with the word that the exchange before is over, for an answer with the right echo proves that; who is
//! killed in between asks again under this ticket, with cursors and groups as they are then. While the server
//! works on it, the device reads the groups of the request after it.

use crate::environment::{Environment, random_bytes};
use crate::store::feed;
use crate::store::meta::{self, Tickets};
use crate::store::{Store, StoreError, outbox};
use crate::wire::{self, Cursor, GroupOutcome, Page, checksum_of, row_kind};

use super::error::EngineError;
use super::pending_reply::PendingReply;
use super::request::{GroupOffer, InFlight, compose};
use super::run::Engine;
use super::sizes::Sizes;

impl Engine {
    /// The request that follows an answer that is still to be taken, ready to be sent. None where what to ask
    /// depends on how it is taken, or nothing is left to ask.
    pub fn request_ahead(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        answer: &PendingReply,
    ) -> Result<Option<Vec<u8>>, EngineError> {
        let PendingReply {
            in_flight, reply, ..
        } = answer;
        let goes_on = !reply.forked && (reply.more || !in_flight.all);
        let all_taken =
            reply.results.iter().all(|result| {
                matches!(result.outcome, GroupOutcome::Stored | GroupOutcome::Already)
            }) && reply.results.len() == in_flight.groups.len();
        let asks = in_flight.wants || !reply.given.is_empty();
        if !goes_on || !all_taken || asks {
            return Ok(None);
        }
        let sizes = self.sizes.unwrap_or(Sizes::START);
        let ready = self.ready.take();
        let ready = ready.filter(|offer| offer.after == in_flight.offered);
        self.ensure_unchanged(store)?;
        let asked = store.write(|tx| {
            let mut cursors = feed::cursors(tx)?;
            if !advance(&mut cursors, &reply.pages) {
                return Ok(None);
            }
            let next = random_bytes::<16>(environment).into();
            let tickets = Tickets {
                pending: Some(next),
                ..in_flight.completed()
            };
            meta::set(tx, &tickets)?;
            sizes.remember(tx)?;
            let offer = match ready {
                Some(ready) => ready.refreshed(tx)?,
                None => GroupOffer::read(tx, sizes, in_flight.offered)?,
            };
            let (mut request, following) = compose(tx, environment, sizes, offer)?;
            request.prev = tickets.prev;
            request.next = next;
            request.cursors = cursors;
            request.whole =
                following.all && !outbox::has_unsent_up_to(tx, in_flight.offered_before)?;
            request.presence_version = reply.presence_version;
            request.samples_version = reply.samples_version;
            let following = InFlight {
                ticket: next,
                ..following
            };
            Ok::<_, StoreError>(Some((request, following, tickets)))
        })?;
        let Some((request, following, tickets)) = asked else {
            return Ok(None);
        };
        self.remember_state(store, tickets)?;
        self.in_flight = Some(following);
        Ok(Some(wire::pack(&request)?))
    }

    /// Reads what the request after the one that is on its way will offer.
    pub(super) fn preload_offer(&mut self, store: &mut Store) -> Result<(), StoreError> {
        let sizes = self.sizes.unwrap_or(Sizes::START);
        let on_its_way = self.in_flight.as_ref();
        if let Some(offered) = on_its_way.filter(|it| !it.all).map(|it| it.offered) {
            self.ready = Some(store.write(|tx| GroupOffer::read(tx, sizes, offered))?);
        }
        Ok(())
    }
}

/// Moves cursors to the end of pages. False where these do not follow what was read.
fn advance(cursors: &mut Vec<Cursor>, pages: &[Page]) -> bool {
    for page in pages {
        let known = cursors.iter().position(|cursor| cursor.scope == page.scope);
        let at = known.unwrap_or_else(|| {
            cursors.push(Cursor {
                scope: page.scope,
                epoch: page.epoch,
                seq: 0,
                checksum: 0,
            });
            cursors.len() - 1
        });
        let cursor = &mut cursors[at];
        if cursor.epoch != page.epoch || page.after == 0 {
            (cursor.epoch, cursor.seq, cursor.checksum) = (page.epoch, 0, 0);
        }
        if cursor.seq != page.after {
            return false;
        }
        for row in &page.rows {
            cursor.seq = row.seq;
            if let (row_kind::CHANGE | row_kind::OWN, Some(hash)) = (row.kind, row.hash) {
                cursor.checksum = cursor.checksum.wrapping_add(checksum_of(hash));
            }
        }
    }
    true
}
