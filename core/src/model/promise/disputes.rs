//! Disputes of a promise, and the office's findings.

use super::event_history::EventHistory;
use crate::model::event::{EventBody, Finding};
use crate::model::time::Millis;

/// The result of disputes and findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Disputes {
    /// The position of the newest dispute without a finding, or of one with findings that contradict each other.
    pub open: Option<usize>,
    /// The finding that decides the outcome, and the instant at which it was found, in milliseconds since the epoch.
    pub found: Option<(Finding, Millis)>,
    /// The findings that count.
    pub findings: Vec<usize>,
}

/// Reads disputes and findings. A finding settles the dispute that it names and every one that it saw; one
/// that saw another replaces it.
pub(super) fn disputes(history: &EventHistory<'_>) -> Disputes {
    let disputes: Vec<usize> = history
        .counting()
        .filter(|position| matches!(history.body(*position), EventBody::Disputed { .. }))
        .collect();
    if disputes.is_empty() {
        return Disputes::default();
    }
    let settles = |finding: usize, dispute: usize| {
        history
            .body(finding)
            .finding()
            .is_some_and(|(named, _)| history.id(dispute) == named || history.saw(finding, dispute))
    };
    let all: Vec<usize> = history
        .counting()
        .filter(|position| disputes.iter().any(|dispute| settles(*position, *dispute)))
        .collect();
    let findings: Vec<usize> = all
        .iter()
        .copied()
        .filter(|position| !all.iter().any(|later| history.saw(*later, *position)))
        .collect();
    let verdict = |position: usize| history.body(position).finding().map(|(_, finding)| finding);
    let agree = |findings: &[usize]| {
        let first = findings.first().and_then(|position| verdict(*position));
        first.filter(|first| {
            findings
                .iter()
                .all(|position| verdict(*position) == Some(*first))
        })
    };
    let unsettled = |dispute: &&usize| !all.iter().any(|finding| settles(*finding, **dispute));
    let mut open = disputes.iter().rev().find(unsettled).copied();
    let mut found = None;
    let latest = disputes.iter().rev().find(|dispute| !unsettled(dispute));
    if let Some(latest) = latest {
        let deciding: Vec<usize> = findings
            .iter()
            .copied()
            .filter(|finding| settles(*finding, *latest))
            .collect();
        let found_at = deciding
            .iter()
            .map(|position| history.instants[*position])
            .min();
        found = agree(&deciding).zip(found_at);
        if agree(&findings).is_none() {
            open = open.or(Some(*latest));
        }
    }
    Disputes {
        open,
        found,
        findings,
    }
}
