//! The server's words on groups, time and people.
//!
//! A run sends a group again once if the server lacks it. A server that asks again ends the run; the groups wait, and
//! status says so.

use std::collections::BTreeSet;

use minicbor::bytes::ByteVec;

use super::error::EngineError;
use super::pending_reply::PendingReply;
use super::request::InFlight;
use super::run::Engine;
use crate::environment::Environment;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::store::feed::PageContext;
use crate::store::meta::{self, PushAddress, ServerClock, SyncVersions, Tickets};
use crate::store::outbox::{self, GroupState};
use crate::store::{Store, StoreError, registry, samples};
use crate::wire::{GroupOutcome, ReasonCode, Reply};

impl Engine {
    /// Takes what the server says about groups, time and people, and with it the tickets of the exchange.
    pub(super) fn take_results(
        &mut self,
        store: &mut Store,
        environment: &dyn Environment,
        answer: &mut PendingReply,
    ) -> Result<(), EngineError> {
        let PendingReply {
            in_flight,
            reply,
            page_context,
            ..
        } = &mut *answer;
        let (again, tickets) = store.write(|tx| {
            let again = self.note_results(tx, in_flight, reply, page_context)?;
            let tickets = note_exchange(tx, environment, in_flight, reply)?;
            for group in &page_context.stored {
                outbox::acknowledged(tx, *group)?;
            }
            Ok::<_, StoreError>((again, tickets))
        })?;
        answer.again = Some(again);
        self.stats.exchanges += 1;
        self.remember_state(store, tickets)?;
        Ok(())
    }

    /// Takes rows of the company's record; its version with the last of them.
    pub(super) fn take_samples(
        &mut self,
        store: &mut Store,
        reply: &Reply,
        rows: &[ByteVec],
    ) -> Result<(), StoreError> {
        let is_end = reply.samples.is_empty();
        let known = store.write(|tx| {
            let mut known = false;
            for row in rows {
                known |= samples::take(tx, row)?;
            }
            if is_end {
                let versions: SyncVersions = meta::get(tx)?.unwrap_or_default();
                let samples = reply.samples_version;
                meta::set(
                    tx,
                    &SyncVersions {
                        samples,
                        ..versions
                    },
                )?;
            }
            Ok::<_, StoreError>(known)
        })?;
        self.stats.people |= known;
        Ok(())
    }

    /// Notes what became of groups. True if something must go again.
    fn note_results(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        in_flight: &InFlight,
        reply: &Reply,
        page_context: &mut PageContext,
    ) -> Result<bool, StoreError> {
        let (mut progress, mut lacking) = (false, 0);
        for result in &reply.results {
            let Some(changes) = in_flight.groups.get(&result.id) else {
                continue;
            };
            // An unsent change is shown as one: every outcome changes that.
            self.stats.docs.extend(changes.iter().map(|(doc, _)| *doc));
            match &result.outcome {
                GroupOutcome::Stored | GroupOutcome::Already => {
                    page_context.stored.insert(result.id);
                    self.stats.sent += 1;
                    progress |= self.stored.insert(result.id);
                }
                GroupOutcome::MissingDeps(missing) => {
                    let asked_for = resend(tx, result.id, changes, missing)?;
                    lacking += u64::from(!asked_for.is_empty());
                    for group in asked_for {
                        progress |= self.sent_again.insert(group);
                    }
                }
                GroupOutcome::Held(reasons) => {
                    tracing::warn!(group = %result.id, ?reasons, "held");
                    outbox::set_state(tx, result.id, GroupState::Held, reasons)?;
                    self.stats.held += 1;
                }
                GroupOutcome::Refused(reasons) => {
                    tracing::warn!(group = %result.id, ?reasons, "refused");
                    outbox::set_state(tx, result.id, GroupState::Refused, reasons)?;
                    self.stats.refused += 1;
                }
            }
        }
        let again = progress && lacking > 0;
        if !again {
            self.stats.lacking += lacking;
        }
        self.stats.people |= !reply.presence.is_empty();
        Ok(again)
    }
}

/// Notes whom the server heard, what time it is there, and that the exchange is over. Returns the tickets.
fn note_exchange(
    tx: &rusqlite::Transaction<'_>,
    environment: &dyn Environment,
    in_flight: &InFlight,
    reply: &Reply,
) -> Result<Tickets, StoreError> {
    for presence in &reply.presence {
        registry::take_presence(tx, presence)?;
    }
    for ended in &reply.silences {
        registry::take_silence(tx, ended)?;
    }
    if let (Some(taken), Some(known)) = (&reply.push, meta::get::<PushAddress>(tx)?) {
        let told = Some(taken.clone());
        meta::set(tx, &PushAddress { told, ..known })?;
    }
    let before: SyncVersions = meta::get(tx)?.unwrap_or_default();
    if reply.samples_version < before.samples {
        samples::clear(tx)?;
    }
    meta::set(
        tx,
        &SyncVersions {
            presence: reply.presence_version,
            samples: match reply.samples.is_empty() {
                true => reply.samples_version,
                false => before.samples,
            },
            last_contact: Some(reply.server_time),
        },
    )?;
    let mut tickets: Tickets = meta::get(tx)?.unwrap_or_default();
    if tickets.pending == Some(in_flight.ticket) {
        tickets = in_flight.completed();
        meta::set(tx, &tickets)?;
    }
    // The server looked at its clock midway between sending and now; wall clocks may jump meanwhile.
    let (boot_id, boot) = environment.boot();
    let since = boot.saturating_sub(in_flight.sent_boot) / 2;
    meta::set(
        tx,
        &ServerClock {
            offset_ms: reply
                .server_time
                .saturating_add(since)
                .saturating_sub(environment.wall_ms()),
            boot_ms: boot.saturating_sub(since),
            boot_id,
            server_ms: reply.server_time,
        },
    )?;
    Ok(tickets)
}

/// The server lacks changes that a group depends on: the groups that go again, or, where they are held or
/// refused here, none, and the group shares their fate.
fn resend(
    tx: &rusqlite::Transaction<'_>,
    group: GroupId,
    own: &[(DocId, Hash)],
    missing: &[Hash],
) -> Result<BTreeSet<GroupId>, StoreError> {
    let mut again = BTreeSet::new();
    // A change that another depends on is in the same document.
    let docs: BTreeSet<DocId> = own.iter().map(|(doc, _)| *doc).collect();
    for hash in missing {
        for doc in &docs {
            again.extend(outbox::send_again(tx, *doc, *hash)?);
        }
    }
    if again.is_empty() {
        let detail = missing
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        let reason = ReasonCode::DependsOnRefused.about(own.first().map(|(_, hash)| *hash), detail);
        outbox::set_state(tx, group, GroupState::Refused, &[reason])?;
    }
    Ok(again)
}
