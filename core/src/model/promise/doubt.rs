//! Alternatives: the facts that a promise would rest on if the times of unknown clocks were others. Where that makes
//! another outcome, no one is blamed.
//!
//! The alternatives are computed with the facts; the outcome that they make is asked for at the moment of looking.

use std::collections::BTreeSet;

use super::deeds::{Decision, Times};
use super::performer::performers_until;
use super::reading::Reading;
use super::terms::Told;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::PersonId;
use crate::model::time::{Millis, Trust};

/// Events of unknown clocks that are tried; with more, the outcome is not known.
const TRIED: usize = 8;
/// Before and after everything that a date can name, far from where sums saturate.
const EARLIEST: Millis = Millis::MIN / 4;
const LATEST: Millis = Millis::MAX / 4;

/// The facts that the outcome would rest on if some times were others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The result of fulfilments and cancellations.
    pub decision: Decision,
    /// The owed instant with grace, in milliseconds since the epoch.
    pub through: Millis,
    /// Everyone who was to deliver up to then.
    pub performers: BTreeSet<PersonId>,
}

/// An event whose time is not known, and the instants that it lies between.
struct Unknown {
    event: usize,
    from: Millis,
    until: Millis,
}

/// The facts that the outcome would rest on if the unknown times that it rests on were others; None where these are too
/// many to try.
///
/// Tried are all at the beginning of the spans that they lie in, all at the end, and each alone at both and at the
/// owed dates within.
pub(super) fn alternatives(reading: &Reading<'_>, told: &[Told]) -> Option<Vec<Alternative>> {
    let unknown = unknown(reading);
    if unknown.len() > TRIED {
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
            .filter(|at| (one.from..=one.until).contains(*at));
        let times = [one.from, one.until].into_iter().chain(within.copied());
        tried.extend(times.map(|time| vec![(one.event, time)]));
    }
    let mut alternatives: Vec<Alternative> = Vec::new();
    for times in tried {
        let alternative = alternative(reading, told, &times);
        let new = alternative.filter(|one| !alternatives.contains(one));
        alternatives.extend(new);
    }
    Some(alternatives)
}

fn alternative(
    reading: &Reading<'_>,
    told: &[Told],
    changed: &[(usize, Millis)],
) -> Option<Alternative> {
    let mut times = Times::of(reading, told);
    let mut instants = reading.instants.clone();
    for (event, time) in changed {
        if deed_trust(reading, *event) == Trust::Unknown {
            times.set(*event, *time);
        }
        let own = reading.events[*event].stored.time.trust();
        if let Some(instant) = instants.get_mut(*event).filter(|_| own == Trust::Unknown) {
            *instant = *time;
        }
    }
    let deeds = times.deeds(reading)?;
    let through = deeds.owed.through();
    Some(Alternative {
        decision: deeds.decision,
        through,
        performers: performers_until(reading, &instants, through),
    })
}

/// The trust in the time that an event tells: that of the fulfilment, else that of writing.
fn deed_trust(reading: &Reading<'_>, at: usize) -> Trust {
    match reading.body(at) {
        EventBody::Fulfilled { occurred_at, .. } => occurred_at.trust(),
        _ => reading.events[at].stored.time.trust(),
    }
}

/// The events on which an outcome rests and whose time is unknown.
fn unknown(reading: &Reading<'_>) -> Vec<Unknown> {
    let of_pool = |performer: &Performer| matches!(performer, Performer::Pool { .. });
    let pools = reading.counting().any(|at| match reading.body(at) {
        EventBody::Made(made) => of_pool(&made.performer),
        EventBody::Reassigned { performer, .. } => of_pool(performer),
        _ => false,
    });
    let is_unknown = |at: &usize| {
        let own = || reading.events[*at].stored.time.trust() == Trust::Unknown;
        match reading.body(*at) {
            EventBody::Fulfilled { .. } => {
                deed_trust(reading, *at) == Trust::Unknown || (pools && own())
            }
            EventBody::Cancelled { .. }
            | EventBody::TermsAgreed { .. }
            | EventBody::Reassigned { .. } => own(),
            EventBody::Accepted { .. } | EventBody::Started { .. } | EventBody::Declined { .. } => {
                pools && own()
            }
            _ => false,
        }
    };
    let found = reading.counting().filter(is_unknown);
    found
        .map(|event| Unknown {
            event,
            from: known_before(reading, event),
            until: reading.events[event].received_at.unwrap_or(LATEST),
        })
        .collect()
}

/// The latest trusted instant of the events that the author of an event had seen, or that their device knew of.
fn known_before(reading: &Reading<'_>, event: usize) -> Millis {
    let trusted = (0..event)
        .filter(|at| reading.saw(event, *at))
        .filter(|at| reading.events[*at].stored.time.trust() != Trust::Unknown);
    let known = match reading.body(event) {
        EventBody::Fulfilled { occurred_at, .. } => occurred_at.known_ms,
        _ => reading.events[event].stored.time.known_ms,
    };
    let latest = trusted.map(|at| reading.instants[at]).chain(known).max();
    let until = reading.events[event].received_at.unwrap_or(LATEST);
    latest.unwrap_or(EARLIEST).min(until)
}
