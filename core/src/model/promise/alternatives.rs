//! Alternatives: the facts that a promise would rest on if the times of unknown clocks were others. Where that makes
//! another outcome, no one is blamed.
//!
//! The alternatives are computed with the facts; the outcome that they make is asked for at the moment of looking.

use std::collections::BTreeSet;

use super::event_history::EventHistory;
use super::performance::{EventTimes, PerformanceResult};
use super::performer::performers_until;
use super::terms::ToldTerms;
use crate::model::event::Performer;
use crate::model::event_kind::ClockUse;
use crate::model::ids::PersonId;
use crate::model::time::{Millis, RecordedTime, Trust};

/// Events of unknown clocks that are tried; with more, the outcome is not known.
const MAX_TRIED: usize = 8;
/// Before and after everything that a date can name, far from where sums saturate.
const EARLIEST: Millis = Millis::MIN / 4;
const LATEST: Millis = Millis::MAX / 4;

/// The facts that the outcome would rest on if some times were others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The result of fulfilments and cancellations.
    pub decision: PerformanceResult,
    /// The owed instant with grace, in milliseconds since the epoch.
    pub through: Millis,
    /// Everyone who was to deliver up to then.
    pub performers: BTreeSet<PersonId>,
}

/// An event whose time is not known, and the instants that it lies between.
struct UnknownTime {
    event: usize,
    from: Millis,
    until: Millis,
}

/// The facts that the outcome would rest on if the unknown times that it rests on were others; None where these are too
/// many to try.
///
/// Tried are all at the beginning of the spans that they lie in, all at the end, and each alone at both and at the
/// owed dates within.
pub(super) fn alternatives(
    history: &EventHistory<'_>,
    told: &[ToldTerms],
) -> Option<Vec<Alternative>> {
    let unknown = unknown_times(history);
    if unknown.len() > MAX_TRIED {
        return None;
    }
    let dates: Vec<Millis> = told.iter().map(|(_, terms)| terms.through()).collect();
    let mut tried: Vec<Vec<(usize, Millis)>> = Vec::new();
    if !unknown.is_empty() {
        tried.push(unknown.iter().map(|one| (one.event, one.from)).collect());
        tried.push(unknown.iter().map(|one| (one.event, one.until)).collect());
    }
    for one in &unknown {
        let within = dates
            .iter()
            .filter(|date| (one.from..=one.until).contains(*date));
        let times = [one.from, one.until].into_iter().chain(within.copied());
        tried.extend(times.map(|time| vec![(one.event, time)]));
    }
    let mut alternatives: Vec<Alternative> = Vec::new();
    for times in tried {
        let alternative = alternative(history, told, &times);
        let new = alternative.filter(|one| !alternatives.contains(one));
        alternatives.extend(new);
    }
    Some(alternatives)
}

fn alternative(
    history: &EventHistory<'_>,
    told: &[ToldTerms],
    changed: &[(usize, Millis)],
) -> Option<Alternative> {
    let mut times = EventTimes::of(history, told);
    let mut instants = history.instants.clone();
    for (event, time) in changed {
        if trust_of_time(history, *event) == Trust::Unknown {
            times.set(*event, *time);
        }
        let own = history.events[*event].stored.time.trust();
        if let Some(instant) = instants.get_mut(*event).filter(|_| own == Trust::Unknown) {
            *instant = *time;
        }
    }
    let performance = times.performance(history)?;
    let through = performance.owed.through();
    Some(Alternative {
        decision: performance.decision,
        through,
        performers: performers_until(history, &instants, through),
    })
}

/// The trust in the time that an event tells: that of the fulfilment, else that of writing.
fn trust_of_time(history: &EventHistory<'_>, position: usize) -> Trust {
    told_time(history, position).trust()
}

/// The time that an event tells: that of the fulfilment, else that of writing.
fn told_time<'a>(history: &EventHistory<'a>, position: usize) -> &'a RecordedTime {
    let event = history.events[position];
    event
        .stored
        .body
        .occurred_at()
        .unwrap_or(&event.stored.time)
}

/// The events on which an outcome rests and whose time is unknown.
fn unknown_times(history: &EventHistory<'_>) -> Vec<UnknownTime> {
    let of_pool = |performer: &Performer| matches!(performer, Performer::Pool { .. });
    let pools = history.counting().any(|position| {
        history
            .body(position)
            .named_performer()
            .is_some_and(of_pool)
    });
    let is_unknown = |position: &usize| {
        let own = history.events[*position].stored.time.trust() == Trust::Unknown;
        let body = history.body(*position);
        let Some(kind) = body.kind() else {
            return false;
        };
        match kind.clock_use() {
            // A fulfilment tells when it was done; the clock that wrote it matters for who took it from a pool.
            ClockUse::Always if body.occurred_at().is_some() => {
                trust_of_time(history, *position) == Trust::Unknown || (pools && own)
            }
            ClockUse::Always => own,
            ClockUse::WithPools => pools && own,
            ClockUse::Never => false,
        }
    };
    let found = history.counting().filter(is_unknown);
    found
        .map(|event| UnknownTime {
            event,
            from: known_before(history, event),
            until: history.events[event].received_at.unwrap_or(LATEST),
        })
        .collect()
}

/// The latest trusted instant of the events that the author of an event had seen, or that their device knew of.
fn known_before(history: &EventHistory<'_>, event: usize) -> Millis {
    let trusted = (0..event)
        .filter(|position| history.saw(event, *position))
        .filter(|position| history.events[*position].stored.time.trust() != Trust::Unknown);
    let known = told_time(history, event).known_ms;
    let latest = trusted
        .map(|position| history.instants[position])
        .chain(known)
        .max();
    let until = history.events[event].received_at.unwrap_or(LATEST);
    latest.unwrap_or(EARLIEST).min(until)
}
