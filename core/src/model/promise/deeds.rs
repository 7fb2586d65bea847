//! What was done or called off, when, and what that makes of the word that was given.

use serde::Serialize;

use super::reading::Reading;
use super::terms::{Terms, Told, owed};
use crate::model::event::{CancelledBy, EventBody};
use crate::model::time::{Millis, Trust};

/// When it was called off, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// When, in milliseconds since the epoch.
    pub at: Millis,
    /// Whether the customer did it or agreed.
    pub with_customer: bool,
    /// Whether it came before fulfilment and before the date that was owed then.
    pub in_time: bool,
}

/// What the deeds make of the word, whatever the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Called off in time by the customer, or with their agreement.
    Void,
    /// Called off in time by us alone.
    CancelledByUs,
    /// Done by the owed date.
    Kept,
    /// Done after it.
    Late,
    /// Not done.
    Undone,
}

/// What was done, and what it is measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deeds {
    /// What they make of the word.
    pub decision: Decision,
    /// The date that this was measured against.
    pub owed: Terms,
    /// The earliest fulfilment: its event, and when it was done.
    pub done: Option<(usize, Millis)>,
    /// The earliest cancellation.
    pub cancelled: Option<(usize, Cancellation)>,
}

/// When things happened: each told date, cancellation and fulfilment.
#[derive(Clone)]
struct Times {
    told: Vec<Told>,
    done: Vec<(usize, Millis)>,
    cancelled: Vec<(usize, Millis)>,
}

impl Times {
    fn of(reading: &Reading<'_>, told: &[Told]) -> Self {
        let mut times = Self {
            told: told.to_vec(),
            done: Vec::new(),
            cancelled: Vec::new(),
        };
        for at in reading.counting() {
            match reading.body(at) {
                EventBody::Fulfilled { occurred_at, .. } => {
                    let received_at = reading.events[at].received_at;
                    times.done.push((at, occurred_at.instant(received_at)));
                }
                EventBody::Cancelled { .. } => times.cancelled.push((at, reading.instants[at])),
                _ => {}
            }
        }
        times
    }

    /// Lets the time of an event be another one.
    fn set(&mut self, event: usize, time: Millis) {
        for (at, known) in self.done.iter_mut().chain(&mut self.cancelled) {
            if *at == event {
                *known = time;
            }
        }
        for (at, terms) in &mut self.told {
            if *at == event {
                terms.told_at = time;
            }
        }
    }

    fn deeds(&self, reading: &Reading<'_>) -> Option<Deeds> {
        let first = |times: &[(usize, Millis)]| times.iter().copied().min_by_key(|t| (t.1, t.0));
        let done = first(&self.done);
        let mut cancelled = None;
        let mut against = None;
        if let Some((event, at)) = first(&self.cancelled) {
            let owed = owed(reading, &self.told, Some(at))?;
            let in_time = done.is_none_or(|(_, done)| at < done) && at <= owed.through();
            let with_customer = match reading.body(event) {
                EventBody::Cancelled { by, agreed_by, .. } => {
                    *by == CancelledBy::Customer || agreed_by.is_some()
                }
                _ => false,
            };
            let cancellation = Cancellation {
                at,
                with_customer,
                in_time,
            };
            against = in_time.then_some(owed);
            cancelled = Some((event, cancellation));
        }
        let (decision, owed) = match (against, &cancelled, done) {
            (Some(owed), Some((_, cancelled)), _) if cancelled.with_customer => {
                (Decision::Void, owed)
            }
            (Some(owed), ..) => (Decision::CancelledByUs, owed),
            (None, _, Some((_, done))) => {
                let owed = owed(reading, &self.told, Some(done))?;
                let kept = done <= owed.through();
                (if kept { Decision::Kept } else { Decision::Late }, owed)
            }
            (None, _, None) => (Decision::Undone, owed(reading, &self.told, None)?),
        };
        Some(Deeds {
            decision,
            owed,
            done,
            cancelled,
        })
    }
}

/// What was done, by the times as they are.
pub(super) fn deeds(reading: &Reading<'_>, told: &[Told]) -> Option<Deeds> {
    Times::of(reading, told).deeds(reading)
}

/// Whether a broken outcome would be another if a time of an unknown clock were any other one up to the
/// moment at which the server took it.
///
/// What the deeds make of the word changes only where a time passes a date or another time, so each
/// unknown time is tried at these, alone, and all together as early and as late as they can be.
pub(super) fn doubtful(reading: &Reading<'_>, told: &[Told], deeds: &Deeds) -> bool {
    if matches!(deeds.decision, Decision::Void | Decision::Kept) {
        return false;
    }
    let times = Times::of(reading, told);
    let unknown: Vec<usize> = reading
        .counting()
        .filter(|at| match reading.body(*at) {
            EventBody::Fulfilled { occurred_at, .. } => occurred_at.trust() == Trust::Unknown,
            EventBody::Cancelled { .. } | EventBody::TermsAgreed { .. } => {
                reading.events[*at].stored.time.trust() == Trust::Unknown
            }
            _ => false,
        })
        .collect();
    if unknown.is_empty() {
        return false;
    }
    let ends = |(_, terms): &Told| [terms.due_at, terms.through(), terms.told_at];
    let known = times.done.iter().chain(&times.cancelled).map(|t| t.1);
    let mut marks: Vec<Millis> = times.told.iter().flat_map(ends).chain(known).collect();
    marks.push(EARLIEST);
    let latest = |at: usize| reading.events[at].received_at.unwrap_or(LATEST);
    let differs = |tried: Times| {
        tried.deeds(reading).is_some_and(|other| {
            other.decision != deeds.decision
                || (other.decision == Decision::Undone
                    && other.owed.through() > deeds.owed.through())
        })
    };
    let mut early = times.clone();
    let mut late = times.clone();
    for at in &unknown {
        early.set(*at, EARLIEST);
        late.set(*at, latest(*at));
    }
    differs(early)
        || differs(late)
        || unknown.iter().any(|at| {
            let around = |mark: &Millis| [*mark, mark.saturating_add(1), mark.saturating_sub(1)];
            let mut tries = marks.iter().flat_map(around).chain([latest(*at)]);
            tries.any(|time| {
                let mut tried = times.clone();
                tried.set(*at, time);
                time <= latest(*at) && differs(tried)
            })
        })
}

/// Before and after everything that a date can name, far from where sums saturate.
const EARLIEST: Millis = Millis::MIN / 4;
const LATEST: Millis = Millis::MAX / 4;
