//! What the server says of groups, time and people.

use std::collections::BTreeSet;

use super::{Engine, InFlight, completed};
use crate::environment::Environment;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::store::feed::Told;
use crate::store::meta::{self, ServerClock, Tickets, Versions};
use crate::store::outbox::{self, TapState};
use crate::store::{StoreError, registry, samples};
use crate::wire::{Outcome, ReasonCode, Reply};

impl Engine {
    /// Applies what the server says about groups, time and people, and notes in `told` which groups it has.
    /// True if something must go again.
    pub(super) fn take_results(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        environment: &dyn Environment,
        in_flight: &InFlight,
        reply: &Reply,
        told: &mut Told,
    ) -> Result<bool, StoreError> {
        let (mut progress, mut lacking) = (false, 0);
        for result in &reply.results {
            let Some(changes) = in_flight.groups.get(&result.id) else {
                continue;
            };
            // What is unsent is shown so: every outcome changes that.
            self.moved.docs.extend(changes.iter().map(|(doc, _)| *doc));
            match &result.outcome {
                Outcome::Stored | Outcome::Already => {
                    told.stored.insert(result.id);
                    self.moved.sent += 1;
                    progress |= self.stored.insert(result.id);
                }
                Outcome::MissingDeps(missing) => {
                    let asked_for = resend(tx, result.id, changes, missing)?;
                    lacking += u64::from(!asked_for.is_empty());
                    for group in asked_for {
                        progress |= self.sent_again.insert(group);
                    }
                }
                Outcome::Held(reasons) => {
                    outbox::set_state(tx, result.id, TapState::Held, reasons)?;
                    self.moved.held += 1;
                }
                Outcome::Refused(reasons) => {
                    outbox::set_state(tx, result.id, TapState::Refused, reasons)?;
                    self.moved.refused += 1;
                }
            }
        }
        let again = progress && lacking > 0;
        if !again {
            self.moved.lacking += lacking;
        }
        for presence in &reply.presence {
            registry::take_presence(tx, presence)?;
            self.moved.people = true;
        }
        for ended in &reply.silences {
            registry::take_silence(tx, ended)?;
        }
        let before: Versions = meta::get(tx)?.unwrap_or_default();
        if reply.samples_version < before.samples {
            samples::clear(tx)?;
        }
        for row in &reply.samples {
            self.moved.people |= samples::take(tx, row)?;
        }
        let tickets: Tickets = meta::get(tx)?.unwrap_or_default();
        if tickets.pending == Some(in_flight.ticket) {
            meta::set(tx, &completed(in_flight))?;
        }
        meta::set(
            tx,
            &Versions {
                presence: reply.presence_version,
                samples: reply.samples_version,
                last_contact: Some(reply.server_time),
            },
        )?;
        // The server looked at its clock midway between sending and now; wall clocks may jump meanwhile.
        let boot = environment.boot_ms();
        let since = boot.saturating_sub(in_flight.sent_boot) / 2;
        meta::set(
            tx,
            &ServerClock {
                offset_ms: reply
                    .server_time
                    .saturating_add(since)
                    .saturating_sub(environment.wall_ms()),
                boot_ms: boot.saturating_sub(since),
                boot_id: environment.boot_id(),
                server_ms: reply.server_time,
            },
        )?;
        Ok(again)
    }
}

/// Notes in the outbox what the server has.
pub(super) fn acknowledge(tx: &rusqlite::Transaction<'_>, told: &Told) -> Result<(), StoreError> {
    told.stored
        .iter()
        .try_for_each(|group| outbox::acknowledged(tx, *group))
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
    // What a change depends on is in its document.
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
        outbox::set_state(tx, group, TapState::Refused, &[reason])?;
    }
    Ok(again)
}
