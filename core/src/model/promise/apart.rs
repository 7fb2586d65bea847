//! Contradictions in a promise, by people who did not know of each other, that wait for a choice.

use super::performer::takes;
use super::reduce::Answers;
use super::terms::newest;
use crate::model::event::{Event, EventBody};
use crate::model::ids::PersonId;
use crate::model::people::Registry;

/// The contradictions in a promise; each list is empty or names at least two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart<'a> {
    /// The events that told the customer different dates.
    pub dates: Vec<&'a Event>,
    /// The people who took it from the same pool, with the event by which each did.
    pub takers: Vec<(PersonId, &'a Event)>,
    /// Findings that differ.
    pub findings: Vec<&'a Event>,
}

/// Finds the contradictions among events; empty lists where the promise cannot be read.
pub fn apart<'a>(events: &'a [Event], registry: &'a Registry) -> Apart<'a> {
    let Some(answers) = Answers::of(events, registry) else {
        return Apart::default();
    };
    let Answers {
        reading,
        told,
        present,
        performing,
        disputes,
        ..
    } = &answers;
    let event = |at: usize| reading.events.get(at).copied();
    let mut apart = Apart::default();
    if present.conflict {
        let newest = newest(reading, &told.iter().collect::<Vec<_>>());
        apart.dates = newest.iter().filter_map(|(at, _)| event(*at)).collect();
    }
    if performing.takers.len() > 1 {
        let takes = takes(reading, performing.assigned_by, &|at| reading.counts(at));
        let by = |person: &PersonId| {
            let first = takes.iter().find(|at| reading.voice(**at) == Some(*person));
            first.and_then(|at| Some((*person, event(*at)?)))
        };
        apart.takers = performing.takers.iter().filter_map(by).collect();
    }
    let found: Vec<&Event> = disputes
        .findings
        .iter()
        .filter_map(|at| event(*at))
        .collect();
    let verdict = |event: &&Event| match event.stored.body {
        EventBody::DisputeResolved { finding, .. } => Some(finding),
        _ => None,
    };
    if found
        .iter()
        .map(verdict)
        .any(|other| other != found.first().and_then(verdict))
    {
        apart.findings = found;
    }
    apart
}
