//! Promises that do not count: their author might not make them, or their date cannot be read here. They stay, and are
//! shown with the reason.

use std::collections::BTreeSet;

use super::event_history::{EventHistory, Verdict};
use super::performance::PerformanceResult;
use super::performer_answer::PerformerAnswer;
use super::permissions::NotAllowed;
use super::reduce::{Facts, reduce};
use super::terms::Terms;
use crate::model::event::{Event, EventBody, PromiseMade};
use crate::model::registry::Registry;

/// Reads the events of a promise, also of one that does not count. None where no event makes the promise.
pub fn read(events: &[Event], registry: &Registry) -> Option<Facts> {
    reduce(events, registry).or_else(|| uncounted(&EventHistory::of(events, registry)))
}

/// The promise that does not count: the position of its event, its content, and the reason.
fn made<'a>(history: &EventHistory<'a>) -> Option<(usize, &'a PromiseMade, NotAllowed)> {
    let of = |position: usize| {
        let EventBody::Made(made) = history.body(position) else {
            return None;
        };
        Some((position, &**made))
    };
    if let Some(position) = history.made {
        return of(position).map(|(position, made)| (position, made, NotAllowed::DateUnreadable));
    }
    let first = (0..history.events.len()).find_map(of);
    first.map(|(position, made)| match history.verdicts[position] {
        Verdict::NotAllowed(reason) => (position, made, reason),
        Verdict::Counts | Verdict::TakenBack(_) => (position, made, NotAllowed::NotFirst),
    })
}

fn uncounted(history: &EventHistory<'_>) -> Option<Facts> {
    let (position, made, reason) = made(history)?;
    let made_at = history.instants[position];
    let terms = Terms {
        event: history.id(position),
        told_at: made_at,
        due: made.due.clone(),
        due_at: made.due.instant().unwrap_or(made_at),
        grace_ms: 0,
        words: made.words.clone(),
        impossible: false,
    };
    let takes_back = |by: &usize| {
        let retracted = matches!(
            history.body(*by),
            EventBody::Retracted { event } if *event == terms.event
        );
        retracted && history.counts(*by)
    };
    let judged_events = || history.verdicts.iter().zip(&history.events);
    Some(Facts {
        made: made.clone(),
        made_at,
        communicated_at: None,
        told_without_asking: false,
        retracted: (0..history.events.len()).any(|by| takes_back(&by)),
        present: terms.clone(),
        owed: terms,
        performer: made.performer.clone(),
        assigned: made.performer.clone(),
        performers_before_due: BTreeSet::new(),
        answerable: None,
        answer: PerformerAnswer::None,
        customer_notice: None,
        started: false,
        started_at: None,
        fulfilled_at: None,
        cancelled: None,
        decision: PerformanceResult::Undone,
        alternatives: Some(vec![]),
        disputed: None,
        open_dispute: None,
        finding: None,
        found_at: None,
        not_counted: Some(reason),
        flags: vec![],
        not_allowed: judged_events()
            .enumerate()
            .filter_map(|(event, (verdict, known))| match verdict {
                _ if event == position => Some((known.id, reason)),
                Verdict::NotAllowed(NotAllowed::PromiseUnseen) => {
                    Some((known.id, NotAllowed::PromiseNotCounted))
                }
                Verdict::NotAllowed(reason) => Some((known.id, *reason)),
                Verdict::Counts | Verdict::TakenBack(_) => None,
            })
            .collect(),
        taken_back: judged_events()
            .filter(|(verdict, _)| matches!(verdict, Verdict::TakenBack(_)))
            .map(|(_, event)| event.id)
            .collect(),
    })
}
