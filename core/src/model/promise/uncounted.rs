//! Promises that do not count: their author might not make them, or their date cannot be read here. They stay, and are
//! shown with the reason.

use std::collections::BTreeSet;

use super::allowed::NotAllowed;
use super::deeds::Decision;
use super::reading::{Reading, Standing};
use super::reduce::{Facts, reduce};
use super::terms::Terms;
use super::word::Word;
use crate::model::event::{Event, EventBody, Made};
use crate::model::people::Registry;

/// Reads the events of a promise, also of one that does not count. None where no event makes the promise.
pub fn read(events: &[Event], registry: &Registry) -> Option<Facts> {
    reduce(events, registry).or_else(|| uncounted(&Reading::of(events, registry)))
}

/// The promise that does not count: the position of its event, its content, and the reason.
fn made<'a>(reading: &Reading<'a>) -> Option<(usize, &'a Made, NotAllowed)> {
    let of = |at: usize| match reading.body(at) {
        EventBody::Made(made) => Some((at, &**made)),
        _ => None,
    };
    if let Some(at) = reading.made {
        return of(at).map(|(at, made)| (at, made, NotAllowed::DateUnreadable));
    }
    let first = (0..reading.events.len()).find_map(of);
    first.map(|(at, made)| match reading.standing[at] {
        Standing::NotAllowed(reason) => (at, made, reason),
        _ => (at, made, NotAllowed::NotFirst),
    })
}

fn uncounted(reading: &Reading<'_>) -> Option<Facts> {
    let (at, made, reason) = made(reading)?;
    let made_at = reading.instants[at];
    let terms = Terms {
        event: reading.id(at),
        told_at: made_at,
        due: made.due.clone(),
        due_at: made.due.instant().unwrap_or(made_at),
        grace_ms: 0,
        words: made.words.clone(),
        impossible: false,
    };
    let takes_back = |by: &usize| match reading.body(*by) {
        EventBody::Retracted { event } => reading.counts(*by) && *event == terms.event,
        _ => false,
    };
    let fates = || reading.standing.iter().zip(&reading.events);
    Some(Facts {
        made: made.clone(),
        made_at,
        communicated_at: None,
        told_without_asking: false,
        retracted: (0..reading.events.len()).any(|by| takes_back(&by)),
        present: terms.clone(),
        owed: terms,
        performer: made.performer.clone(),
        assigned: made.performer.clone(),
        performers_before_due: BTreeSet::new(),
        answerable: None,
        word: Word::None,
        tell: None,
        started: false,
        started_at: None,
        fulfilled_at: None,
        cancelled: None,
        decision: Decision::Undone,
        alternatives: Some(vec![]),
        disputed: None,
        finding: None,
        found_at: None,
        not_counted: Some(reason),
        flags: vec![],
        not_allowed: fates()
            .enumerate()
            .filter_map(|(event, (standing, known))| match standing {
                _ if event == at => Some((known.id, reason)),
                Standing::NotAllowed(NotAllowed::PromiseUnseen) => {
                    Some((known.id, NotAllowed::PromiseNotCounted))
                }
                Standing::NotAllowed(reason) => Some((known.id, *reason)),
                _ => None,
            })
            .collect(),
        taken_back: fates()
            .filter(|(standing, _)| matches!(standing, Standing::TakenBack(_)))
            .map(|(_, event)| event.id)
            .collect(),
    })
}
