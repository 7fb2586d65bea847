//! "Corrected on": tells if an outcome was once shown otherwise, by the events that had arrived then or by the devices
//! that had been heard from.

use super::event_history::EventHistory;
use super::performance::{Performance, PerformanceResult, performance};
use super::reduce::reduce;
use super::state::{Doubt, Outcome};
use super::terms::{ToldTerms, told};
use crate::model::event::Event;
use crate::model::event_kind::{EffectClass, EventKind};
use crate::model::ids::DocId;
use crate::model::registry::Registry;
use crate::model::silence::SilenceEnded;
use crate::model::time::Millis;

/// The outcome that was to be seen at a moment, as far as a correction is concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ShownOutcome {
    Open,
    Void,
    Cancelled,
    Kept,
    Broken,
}

fn shown_outcome(performance: &Performance, now: Millis) -> ShownOutcome {
    let done = performance.done.is_some_and(|(_, done)| done <= now);
    let cancelled = performance
        .cancelled
        .as_ref()
        .is_some_and(|(_, c)| c.at <= now);
    match performance.decision {
        PerformanceResult::Void if cancelled => ShownOutcome::Void,
        PerformanceResult::CancelledByUs if cancelled => ShownOutcome::Cancelled,
        PerformanceResult::Kept if done => ShownOutcome::Kept,
        PerformanceResult::Void
        | PerformanceResult::CancelledByUs
        | PerformanceResult::Kept
        | PerformanceResult::Late
        | PerformanceResult::Undone => {
            if now > performance.owed.through() {
                ShownOutcome::Broken
            } else {
                ShownOutcome::Open
            }
        }
    }
}

/// The last moment at which something arrived that changed an outcome that had been shown: just before,
/// the events that had arrived gave another outcome than is known of that moment today.
pub(super) fn corrected_at(
    history: &EventHistory<'_>,
    told_terms: &[ToldTerms],
    full: &Performance,
) -> Option<Millis> {
    let first_due = told_terms.iter().map(|(_, terms)| terms.due_at).min()?;
    // Only these change the outcome between dates; made is the first of all.
    let weighs = |position: &usize| {
        let kind = history.body(*position).kind();
        kind.is_some_and(|kind| match kind.effect() {
            EffectClass::Date => kind != EventKind::Made,
            EffectClass::Proof | EffectClass::Cancellation => true,
            EffectClass::Lead
            | EffectClass::Ask
            | EffectClass::Answer
            | EffectClass::Assignment
            | EffectClass::Start
            | EffectClass::Dispute
            | EffectClass::Finding
            | EffectClass::Customer
            | EffectClass::Retraction
            | EffectClass::Nothing => false,
        })
    };
    let arrivals = history.counting().filter(weighs);
    let mut moments: Vec<Millis> = arrivals
        .filter_map(|position| history.events[position].received_at)
        .filter(|received| *received > first_due)
        .collect();
    moments.sort_unstable();
    moments.dedup();
    moments.into_iter().rev().find(|moment| {
        let before = moment.saturating_sub(1);
        let known = history
            .counting()
            .map(|position| history.events[position])
            .filter(|event| event.received_at.is_some_and(|at| at <= before));
        let known = EventHistory::of(known, history.registry);
        let known = told(&known).and_then(|told| performance(&known, &told));
        known.is_some_and(|known| {
            let then = shown_outcome(&known, before);
            then != ShownOutcome::Open && then != shown_outcome(full, before)
        })
    })
}

/// The last end of a silence until which a promise counted as missed that is not confirmed now, for the device that
/// spoke may still hold the proof; None if there is none.
///
/// `outcome` is the one that the promise shows now. Just before, by the events that had arrived and the devices that
/// had been heard from, it was missed: people may have read so.
pub fn missed_until<'a>(
    events: &[Event],
    doc: DocId,
    outcome: &Outcome,
    ended: &'a [SilenceEnded],
    registry: &Registry,
) -> Option<&'a SilenceEnded> {
    let Outcome::NotConfirmed {
        doubt: Doubt::Silent { .. } | Doubt::AtOffice { .. },
    } = outcome
    else {
        return None;
    };
    let mut latest: Vec<&SilenceEnded> = ended.iter().collect();
    latest.sort_by_key(|ended| std::cmp::Reverse((ended.at, ended.installation)));
    latest.into_iter().find(|ended| {
        let arrived = |event: &&Event| event.received_at.is_some_and(|at| at < ended.at);
        let known: Vec<Event> = events.iter().filter(arrived).cloned().collect();
        let then = registry.before(ended);
        let shown_outcome = reduce(&known, &then).map(|facts| {
            let before = ended.at.saturating_sub(1);
            facts.state(doc, before, &then).outcome
        });
        shown_outcome == Some(Outcome::BrokenMissed)
    })
}
