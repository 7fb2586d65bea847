//! From a promise to a sample of the record: which promises say how long we take, from when to when.

use super::sample::{Ending, Sample};
use crate::model::event::{Event, EventBody, Finding, Performer};
use crate::model::promise::{Facts, Outcome, PromiseRecord, reduce};
use crate::model::registry::Registry;
use crate::model::time::{Millis, Trust};

/// The sample of a promise at `now`; None for one that says nothing about how long we take.
///
/// The performer is the id of the person who performed when it ended, their team the first that they had then.
pub fn sample_of(
    record: &PromiseRecord,
    facts: &Facts,
    now: Millis,
    registry: &Registry,
) -> Option<Sample> {
    if facts.retracted || facts.finding == Some(Finding::Void) || waits_for_a_date(facts) {
        return None;
    }
    let start = start_of(facts);
    if start > now || rests_on_an_unknown_clock(record, facts, start) {
        return None;
    }
    let ending = ending_of(record, facts, start, now, registry);
    let ended_at = match ending {
        Ending::Closed(at) | Ending::Censored(at) => Some(at),
        Ending::Open => None,
    };
    let performer = match performer_at(record, facts, ended_at, registry) {
        Performer::Person { person } => Some(person),
        Performer::Pool { .. } | Performer::Nobody => None,
    };
    let row = performer.and_then(|person| {
        let then = ended_at.and_then(|at| registry.colleague_at(person, at));
        then.or_else(|| registry.colleagues.get(&person))
    });
    Some(Sample {
        kind: facts.made.kind.clone(),
        performer: performer.map(|person| person.to_string()),
        team: row
            .and_then(|row| row.teams.first())
            .map(ToString::to_string),
        start,
        ending,
        received_at: received_at(record, facts, ending),
    })
}

/// Not wanted before a date later than it was made: its lead is the customer's wish.
fn waits_for_a_date(facts: &Facts) -> bool {
    let not_before = facts.made.not_before.as_ref();
    not_before
        .and_then(|due| due.instant().ok())
        .is_some_and(|at| at > facts.made_at)
}

/// The instant when the customer was told; when it was made where that was not written down, or where it was done
/// before.
pub(super) fn start_of(facts: &Facts) -> Millis {
    match (facts.communicated_at, facts.fulfilled_at) {
        (Some(told), Some(done)) if done < told => facts.made_at,
        (Some(told), _) => told,
        (None, _) => facts.made_at,
    }
}

fn ending_of(
    record: &PromiseRecord,
    facts: &Facts,
    start: Millis,
    now: Millis,
    registry: &Registry,
) -> Ending {
    if let Some(done) = facts.fulfilled_at {
        return Ending::Closed(done.max(start));
    }
    if facts.finding == Some(Finding::Kept) {
        return Ending::Censored(facts.found_at.unwrap_or(now).max(start));
    }
    if let Some(cancelled) = &facts.cancelled {
        return Ending::Censored(cancelled.at.max(start));
    }
    match facts.state(record.id, now, registry).outcome {
        Outcome::NotConfirmed { .. } => Ending::Censored(facts.owed.due_at.max(start)),
        _ => Ending::Open,
    }
}

/// The performer when the promise ended at `ended_at`, in milliseconds since the epoch: later events that hand it on
/// are left out. The present one if that is None.
pub fn performer_at(
    record: &PromiseRecord,
    facts: &Facts,
    ended_at: Option<Millis>,
    registry: &Registry,
) -> Performer {
    let Some(ended_at) = ended_at else {
        return facts.performer.clone();
    };
    let handed_on_later = |event: &Event| {
        matches!(event.stored.body, EventBody::Reassigned { .. }) && event.instant() > ended_at
    };
    if !record.events.iter().any(handed_on_later) {
        return facts.performer.clone();
    }
    let until: Vec<Event> = record
        .events
        .iter()
        .filter(|event| !handed_on_later(event))
        .cloned()
        .collect();
    reduce(&until, registry).map_or_else(|| facts.performer.clone(), |then| then.performer)
}

/// True if the beginning or the fulfilment was dated by a clock that was never compared.
fn rests_on_an_unknown_clock(record: &PromiseRecord, facts: &Facts, start: Millis) -> bool {
    counting_events(record, facts).any(|event| {
        let body = &event.stored.body;
        let made = matches!(body, EventBody::Made(_)) && start == facts.made_at;
        let time = match body.occurred_at() {
            _ if made || (body.tells_customer() && event.instant() == start) => &event.stored.time,
            Some(done) if Some(done.instant(event.received_at)) == facts.fulfilled_at => done,
            _ => return false,
        };
        time.trust() == Trust::Unknown
    })
}

/// The events that count: those that are allowed and were not taken back.
fn counting_events<'a>(
    record: &'a PromiseRecord,
    facts: &'a Facts,
) -> impl Iterator<Item = &'a Event> {
    let gone =
        |id| facts.taken_back.contains(&id) || facts.not_allowed.iter().any(|(not, _)| *not == id);
    record.events.iter().filter(move |event| !gone(event.id))
}

/// The instant when the server learnt of the end: proof that came late was not known before.
fn received_at(record: &PromiseRecord, facts: &Facts, ending: Ending) -> Option<Millis> {
    let of = |counts: &dyn Fn(&Event) -> bool| {
        let carried = counting_events(record, facts).filter(|event| counts(event));
        carried.filter_map(|event| event.received_at).min()
    };
    match ending {
        Ending::Closed(_) => of(&|event| {
            let done = event.stored.body.occurred_at();
            done.is_some_and(|done| Some(done.instant(event.received_at)) == facts.fulfilled_at)
        }),
        Ending::Censored(at) => of(&|event| {
            let ends = matches!(
                event.stored.body,
                EventBody::DisputeResolved { .. } | EventBody::Cancelled { .. }
            );
            ends && event.instant() == at
        }),
        Ending::Open => None,
    }
}

#[cfg(test)]
#[path = "sampling_tests.rs"]
mod tests;
