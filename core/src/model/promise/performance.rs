//! Fulfilments and cancellations of a promise, their times, and the outcome that follows from them.

use serde::Serialize;

use super::event_history::EventHistory;
use super::terms::{Terms, ToldTerms, owed};
use crate::model::event::{CancelledBy, EventBody};
use crate::model::time::Millis;

/// The cancellation of a promise: its instant, and the side that called it off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// The instant, in milliseconds since the epoch.
    pub at: Millis,
    /// True if the customer did it or agreed.
    pub with_customer: bool,
    /// True if it came before fulfilment and before the date that was owed then.
    pub in_time: bool,
}

/// The result of fulfilments and cancellations, whatever the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PerformanceResult {
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

/// Fulfilments and cancellations, and the date that they are measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Performance {
    /// The result.
    pub decision: PerformanceResult,
    /// The date that this was measured against.
    pub owed: Terms,
    /// The earliest fulfilment: the position of its event, and the instant at which it was done.
    pub done: Option<(usize, Millis)>,
    /// The earliest cancellation.
    pub cancelled: Option<(usize, Cancellation)>,
}

/// The times of all told dates, cancellations and fulfilments.
#[derive(Clone)]
pub(super) struct EventTimes {
    told: Vec<ToldTerms>,
    done: Vec<(usize, Millis)>,
    cancelled: Vec<(usize, Millis)>,
}

impl EventTimes {
    pub(super) fn of(history: &EventHistory<'_>, told: &[ToldTerms]) -> Self {
        let mut times = Self {
            told: told.to_vec(),
            done: Vec::new(),
            cancelled: Vec::new(),
        };
        for position in history.counting() {
            let body = history.body(position);
            if let EventBody::Fulfilled { occurred_at, .. } = body {
                let received_at = history.events[position].received_at;
                times
                    .done
                    .push((position, occurred_at.instant(received_at)));
            } else if let EventBody::Cancelled { .. } = body {
                times.cancelled.push((position, history.instants[position]));
            }
        }
        times
    }

    /// Lets the time of an event be another one.
    pub(super) fn set(&mut self, event: usize, time: Millis) {
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

    /// Fulfilments and cancellations, by these times; None if no date is owed.
    pub(super) fn performance(&self, history: &EventHistory<'_>) -> Option<Performance> {
        let first = |times: &[(usize, Millis)]| times.iter().copied().min_by_key(|t| (t.1, t.0));
        let done = first(&self.done);
        let mut cancelled = None;
        let mut against = None;
        if let Some((event, at)) = first(&self.cancelled) {
            let owed = owed(history, &self.told, Some(at))?;
            let in_time = done.is_none_or(|(_, done)| at < done) && at <= owed.through();
            let with_customer = matches!(
                history.body(event),
                EventBody::Cancelled { by, agreed_by, .. }
                    if *by == CancelledBy::Customer || agreed_by.is_some()
            );
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
                (PerformanceResult::Void, owed)
            }
            (Some(owed), ..) => (PerformanceResult::CancelledByUs, owed),
            (None, _, Some((_, done))) => {
                let owed = owed(history, &self.told, Some(done))?;
                let kept = done <= owed.through();
                (
                    if kept {
                        PerformanceResult::Kept
                    } else {
                        PerformanceResult::Late
                    },
                    owed,
                )
            }
            (None, _, None) => (PerformanceResult::Undone, owed(history, &self.told, None)?),
        };
        Some(Performance {
            decision,
            owed,
            done,
            cancelled,
        })
    }
}

/// Fulfilments and cancellations, by the times as they are; None if no date is owed.
pub(super) fn performance(history: &EventHistory<'_>, told: &[ToldTerms]) -> Option<Performance> {
    EventTimes::of(history, told).performance(history)
}
