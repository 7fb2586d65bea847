//! When the server took something: from which moment on that changes nothing of how a promise stands.

use crate::model::event::{Event, EventBody};
use crate::model::ids::PersonId;
use crate::model::people::{Colleague, Registry};
use crate::model::time::{Millis, Time, Trust};

/// Whatever the server says of when it took these events, if it is no earlier than this, in milliseconds since
/// the epoch: terms, performer, work and dates stay as they are without it. The last moment there is where a
/// clock is unknown or a role rests on it. What the answer is does not depend on what it has said already.
///
/// An instant is never later than that moment. Roles are asked at the instant, and at the moment itself for
/// unknown clocks, for what was written before somebody's first row or while they did not work here, and for
/// whoever has become something else since.
pub fn indifferent_from(events: &[Event], registry: &Registry) -> Millis {
    let moments = events.iter().map(|event| moment(event, registry));
    moments
        .collect::<Option<Vec<_>>>()
        .and_then(|moments| moments.into_iter().max())
        .unwrap_or(Millis::MAX)
}

fn moment(event: &Event, registry: &Registry) -> Option<Millis> {
    let written = told(&event.stored.time)?;
    let same = is_the_same_since(registry, event.by.person?, written);
    (same && event.stored.on_behalf.is_none()).then_some(())?;
    match &event.stored.body {
        EventBody::Accepted { for_person, .. }
        | EventBody::Declined { for_person, .. }
        | EventBody::TermsProposed { for_person, .. }
        | EventBody::Started { for_person, .. } => for_person.is_none().then_some(written),
        EventBody::Fulfilled {
            for_person,
            occurred_at,
            ..
        } => {
            for_person.is_none().then_some(())?;
            Some(written.max(told(occurred_at)?))
        }
        _ => Some(written),
    }
}

/// Whether somebody worked here at an instant, and has since been nothing that might do more.
fn is_the_same_since(registry: &Registry, person: PersonId, instant: Millis) -> bool {
    let then = registry.at(person, instant);
    then.is_some_and(|then| {
        let later = registry.rows(person).filter(|row| row.from > instant);
        let same = |row: &Colleague| (row.role, &row.pools) == (then.role, &then.pools);
        then.to.is_none_or(|left| instant < left) && later.into_iter().all(same)
    })
}

fn told(time: &Time) -> Option<Millis> {
    (time.trust() != Trust::Unknown).then(|| time.instant(None))
}
