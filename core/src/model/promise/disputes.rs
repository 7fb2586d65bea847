//! Disputes of a promise, and the office's findings.

use super::reading::Reading;
use crate::model::event::{EventBody, Finding};
use crate::model::time::Millis;

/// The result of disputes and findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Disputes {
    /// A dispute without a finding, or with findings that contradict each other: its event.
    pub open: Option<usize>,
    /// The finding that decides the outcome, and the instant at which it was found, in milliseconds since the epoch.
    pub found: Option<(Finding, Millis)>,
    /// The findings that count.
    pub findings: Vec<usize>,
}

/// Reads disputes and findings. A finding settles the dispute that it names and every one that it saw; one
/// that saw another replaces it.
pub(super) fn disputes(reading: &Reading<'_>) -> Disputes {
    let disputes: Vec<usize> = reading
        .counting()
        .filter(|at| matches!(reading.body(*at), EventBody::Disputed { .. }))
        .collect();
    if disputes.is_empty() {
        return Disputes::default();
    }
    let settles = |finding: usize, dispute: usize| match reading.body(finding) {
        EventBody::DisputeResolved { dispute: named, .. } => {
            reading.id(dispute) == *named || reading.saw(finding, dispute)
        }
        _ => false,
    };
    let all: Vec<usize> = reading
        .counting()
        .filter(|at| disputes.iter().any(|dispute| settles(*at, *dispute)))
        .collect();
    let findings: Vec<usize> = all
        .iter()
        .copied()
        .filter(|at| !all.iter().any(|later| reading.saw(*later, *at)))
        .collect();
    let verdict = |at: usize| match reading.body(at) {
        EventBody::DisputeResolved { finding, .. } => Some(*finding),
        _ => None,
    };
    let agree = |findings: &[usize]| {
        let first = findings.first().and_then(|at| verdict(*at));
        first.filter(|first| findings.iter().all(|at| verdict(*at) == Some(*first)))
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
        let at = deciding.iter().map(|at| reading.instants[*at]).min();
        found = agree(&deciding).zip(at);
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
