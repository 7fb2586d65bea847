//! Receipts: the moment from which on the time at which the server took an event changes nothing of a promise's state.
//!
//! The time at which the server took a change stands beside the change and in no projection: what reads a promise puts
//! it in.

use crate::model::event::Event;
use crate::model::ids::PersonId;
use crate::model::registry::{Colleague, Registry};
use crate::model::time::{Millis, RecordedTime, Trust};

/// The moment, in milliseconds since the epoch, from which on receipts of these events change nothing: if the server
/// took each no earlier, terms, performer, work and dates stay as they are without receipts. `Millis::MAX` where a
/// clock is unknown or a role rests on a receipt. The result does not depend on receipts that have come already.
///
/// An instant is never later than that moment. Roles are asked at the instant, and at the moment itself for unknown
/// clocks, for events written before their author's first row or while they did not work here, and for authors who
/// have another role or other pools since.
pub fn receipts_irrelevant_from(events: &[Event], registry: &Registry) -> Millis {
    let moments = events.iter().map(|event| irrelevant_from(event, registry));
    moments
        .collect::<Option<Vec<_>>>()
        .and_then(|moments| moments.into_iter().max())
        .unwrap_or(Millis::MAX)
}

fn irrelevant_from(event: &Event, registry: &Registry) -> Option<Millis> {
    let written = trusted_instant(&event.stored.time)?;
    let same = is_the_same_since(registry, event.by.person?, written);
    (same && event.stored.on_behalf.is_none()).then_some(())?;
    event.stored.body.for_person().is_none().then_some(())?;
    match event.stored.body.occurred_at() {
        Some(occurred_at) => Some(written.max(trusted_instant(occurred_at)?)),
        None => Some(written),
    }
}

/// True if a person worked here at an instant, and has had no other role and no other pools since.
fn is_the_same_since(registry: &Registry, person: PersonId, instant: Millis) -> bool {
    let then = registry.colleague_at(person, instant);
    then.is_some_and(|then| {
        let later = registry.rows(person).filter(|row| row.from > instant);
        let same = |row: &Colleague| (row.role, &row.pools) == (then.role, &then.pools);
        then.works_at(instant) && later.into_iter().all(same)
    })
}

fn trusted_instant(time: &RecordedTime) -> Option<Millis> {
    (time.trust() != Trust::Unknown).then(|| time.instant(None))
}
