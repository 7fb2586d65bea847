//! The presence that an exchange reports of its device: heard from, clear through, and what it still holds open.

use std::collections::BTreeSet;

use kept_core::limits;
use kept_core::model::ids::{DocId, InstallationId, OrganisationId};
use kept_core::model::registry::Presence;
use kept_core::model::silence::{SilenceEnded, was_silent};
use kept_core::model::time::Millis;
use kept_core::wire::{GroupOutcome, GroupResult, Request};

use crate::log::{LogError, Transaction};

/// Notes that a device was heard from, and through when it is clear.
///
/// It is clear through the moment at which it looked at its outbox, but never later than now, if it said that it
/// brought everything and nothing must be sent again. Where it had been silent for long, what was known of all devices
/// until now is kept: no device waited for this one.
///
/// The documents of the groups that `results` hold or refuse are open from now on. The device names them from its next
/// exchange on, and that may be long after it was said to be clear.
pub(super) fn record_presence(
    log: &dyn Transaction,
    organisation: OrganisationId,
    installation: InstallationId,
    request: &Request,
    results: &[GroupResult],
    now: Millis,
) -> Result<(), LogError> {
    let taken_whole = results
        .iter()
        .all(|result| !matches!(result.outcome, GroupOutcome::MissingDeps(_)));
    let old = log.presence(organisation, installation)?;
    let clear_before = old.as_ref().and_then(|presence| presence.clear_through);
    let clear_now = request
        .as_of
        .filter(|_| request.whole && taken_whole)
        .map(|as_of| as_of.min(now));
    let nobody_waited = match &old {
        Some(old) => was_silent(old.heard, now),
        // A new device is waited for from now on if it says that it holds more.
        None => clear_now.is_none(),
    };
    if nobody_waited {
        let (before, _) = log.presence_since(organisation, 0)?;
        let ended = SilenceEnded {
            installation,
            at: now,
            before,
        };
        log.put_silence(organisation, &ended)?;
    }
    let presence = Presence {
        installation,
        heard: old.as_ref().map_or(now, |presence| presence.heard.max(now)),
        clear_through: clear_before.max(clear_now),
        open: open(request, results),
        closed: old.is_some_and(|presence| presence.closed),
    };
    log.put_presence(organisation, &presence)
}

/// The documents that a device holds open, with those of the groups that are held or refused now.
fn open(request: &Request, results: &[GroupResult]) -> Vec<DocId> {
    let stays = |outcome: &GroupOutcome| {
        matches!(outcome, GroupOutcome::Held(_) | GroupOutcome::Refused(_))
    };
    let taken = request.groups.iter().zip(results);
    let waiting = taken.filter(|(_, result)| stays(&result.outcome));
    let changes = waiting.flat_map(|(group, _)| &group.changes);
    let named = request.open.iter().take(limits::REQUEST_GROUPS);
    let mut open: BTreeSet<DocId> = named.copied().collect();
    open.extend(changes.map(|change| change.doc));
    open.into_iter().take(limits::REQUEST_GROUPS).collect()
}
