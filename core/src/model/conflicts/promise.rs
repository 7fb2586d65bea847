//! Conflicts in a promise: dates, takers and findings that contradict each other.

use super::{AuthoredStatement, ConflictSubject, SettlementOption, Statement, UnsettledConflict};
use crate::model::event::Event;
use crate::model::ids::PersonId;
use crate::model::promise::{Contradictions, Facts, PromiseRecord, contradictions, reduce};
use crate::model::registry::Registry;
use crate::model::time::Millis;

/// Returns the conflicts that concurrent editing left to be settled in a promise, at `now` (milliseconds since the
/// epoch): a date that has passed cannot be told any more. Empty where nothing is left to be done.
pub fn of_promise(
    record: &PromiseRecord,
    registry: &Registry,
    now: Millis,
) -> Vec<UnsettledConflict> {
    let facts = reduce(&record.events, registry).filter(|facts| facts.work().is_open());
    let Some(facts) = facts else {
        return vec![];
    };
    let Contradictions {
        dates,
        takers,
        findings,
    } = contradictions(&record.events, registry);
    let mut clashes = Vec::new();
    let mut clash = |about, mut events: Vec<&Event>, ways: Vec<SettlementOption>| {
        events.sort_by_key(|event| std::cmp::Reverse(event.order()));
        let side = |event: &&Event| AuthoredStatement {
            statement: statement(event),
            by: event.by.clone(),
        };
        if !events.is_empty() {
            clashes.push(UnsettledConflict {
                doc: record.id,
                about,
                sides: events.iter().map(side).collect(),
                ways,
            });
        }
    };
    let ahead = |way: &SettlementOption| matches!(way, SettlementOption::Date { due, .. } if due.instant().is_ok_and(|at| at > now));
    let ways = dates.iter().rev().filter_map(|event| told(event));
    let ways = ways.filter(ahead).collect();
    clash(ConflictSubject::Dates, dates, ways);
    let performer =
        |(person, _): &(PersonId, &Event)| SettlementOption::Performer { person: *person };
    let ways = takers.iter().map(performer).collect();
    let took = takers.into_iter().map(|(_, event)| event).collect();
    clash(ConflictSubject::Takers, took, ways);
    let mut ways: Vec<SettlementOption> = Vec::new();
    for event in &findings {
        let finding = event.stored.body.finding().map(|(_, finding)| finding);
        // While findings contradict each other, a dispute is open; deciding it replaces them all.
        if let Some((dispute, finding)) = facts.open_dispute.zip(finding) {
            let known = |way: &SettlementOption| matches!(way, SettlementOption::Finding { finding: known, .. } if *known == finding);
            if !ways.iter().any(known) {
                ways.push(SettlementOption::Finding { dispute, finding });
            }
        }
    }
    clash(ConflictSubject::Findings, findings, ways);
    clashes
}

/// True if [`of_promise`] finds conflicts in a promise with these facts, at any moment.
pub fn is_promise_unsettled(record: &PromiseRecord, facts: &Facts, registry: &Registry) -> bool {
    // It takes two events after the first, written by people who did not see each other's.
    record.events.len() > 2
        && facts.not_counted.is_none()
        && facts.work().is_open()
        && !contradictions(&record.events, registry).is_empty()
}

/// The statement or act that an event carries.
fn statement(event: &Event) -> Statement {
    let body = &event.stored.body;
    match (body.told_date(), body.finding()) {
        (Some(told), _) => Statement::Told(told.due.clone()),
        (None, Some((_, finding))) => Statement::Found(finding),
        (None, None) => Statement::Took,
    }
}

/// The date that an event told the customer, as it is told again.
fn told(event: &Event) -> Option<SettlementOption> {
    let told = event.stored.body.told_date()?;
    Some(SettlementOption::Date {
        due: told.due.clone(),
        words: told.words.to_owned(),
        contact: told.contact,
        channel: told.channel,
    })
}
