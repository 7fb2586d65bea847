//! Contradictions in a promise, by people who did not know of each other, that wait for a choice.

use super::performer::takes;
use super::reduce::PromiseAnalysis;
use super::terms::newest;
use crate::model::event::Event;
use crate::model::ids::PersonId;
use crate::model::registry::Registry;

/// The contradictions in a promise; each list is empty or names at least two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contradictions<'a> {
    /// The events that told the customer different dates.
    pub dates: Vec<&'a Event>,
    /// The people who took it from the same pool, with the event by which each did.
    pub takers: Vec<(PersonId, &'a Event)>,
    /// Findings that differ.
    pub findings: Vec<&'a Event>,
}

impl Contradictions<'_> {
    /// True if nothing contradicts itself.
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty() && self.takers.is_empty() && self.findings.is_empty()
    }
}

/// Finds the contradictions among events; empty lists where the promise cannot be read.
pub fn contradictions<'a>(events: &'a [Event], registry: &'a Registry) -> Contradictions<'a> {
    let Some(analysis) = PromiseAnalysis::of(events, registry) else {
        return Contradictions::default();
    };
    let PromiseAnalysis {
        history,
        told,
        present,
        assignment,
        disputes,
        ..
    } = &analysis;
    let event = |position: usize| history.events.get(position).copied();
    let mut contradictions = Contradictions::default();
    if present.conflict {
        let newest = newest(history, &told.iter().collect::<Vec<_>>());
        contradictions.dates = newest
            .iter()
            .filter_map(|(position, _)| event(*position))
            .collect();
    }
    if assignment.takers.len() > 1 {
        let takes = takes(history, assignment.assigned_by, &|position| {
            history.counts(position)
        });
        let by = |person: &PersonId| {
            let first = takes
                .iter()
                .find(|position| history.acting_person(**position) == Some(*person));
            first.and_then(|position| Some((*person, event(*position)?)))
        };
        contradictions.takers = assignment.takers.iter().filter_map(by).collect();
    }
    let found: Vec<&Event> = disputes
        .findings
        .iter()
        .filter_map(|position| event(*position))
        .collect();
    let verdict = |event: &&Event| event.stored.body.finding().map(|(_, finding)| finding);
    if found
        .iter()
        .map(verdict)
        .any(|other| other != found.first().and_then(verdict))
    {
        contradictions.findings = found;
    }
    contradictions
}
