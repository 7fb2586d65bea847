//! One promise in full: its events as lines, and the explanation of its state.

use crate::language::Message;
use crate::model::event::{Event, EvidenceKind};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{Facts, NotAllowed, OpenPromise, PromiseRecord, WorkState, why};
use crate::model::time::Trust;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::actions::ActionJudge;
use crate::notebook::promises::event_messages::{
    effect_message, not_allowed_key, outcome_rule_message, work_rule_message,
};
use crate::notebook::promises::records::{EventLine, ExplainedEvent, Promise, PromiseExplanation};
use crate::notebook::promises::state_messages::{next_step_message, tell_customer_message};
use crate::notebook::rows::row_of_kind;
use crate::store::Reading;
use crate::store::queries::{self, ListedEntry};

impl Context {
    /// Returns a promise with its links to others, and with what its reader may do about it; `NotFound` if it is not
    /// here.
    pub(in crate::notebook) fn promise_in_full(
        &self,
        store: Reading<'_>,
        id: DocId,
    ) -> ApiResult<Promise> {
        let row = row_of_kind(store, id, DocumentKind::Promise, "thing-promise")?;
        let (record, facts) = self.record_and_facts(&row)?;
        let mut promise = self.promise_of(&row, &record, &facts)?;
        let state = promise.summary.state.clone();
        self.add_links(store, &row, &mut promise)?;
        if let WorkState::NotCounted { .. } = state.work {
            promise.successor = queries::successor(store.read(), id)?;
        }
        if promise.successor.is_some() {
            promise.next_words = Message::new("next-written-again");
        }
        promise.calls = self.calls(store, &facts, &state)?;
        if let Some(open_promise) = OpenPromise::of(&record, &facts) {
            promise.start_by = self.start_by(store, &open_promise)?;
        }
        let judge = ActionJudge {
            context: self,
            record: &record,
            facts: &facts,
            state: &state,
            may_make_right: promise.may_make_right,
            is_written_again: promise.successor.is_some(),
            is_begun_too_late: promise.start_by.is_some_and(|at| at < self.now),
        };
        promise.actions = judge.actions();
        promise.actions_for_performer = judge.actions_for_performer();
        promise.retractable = judge.retractable();
        Ok(promise)
    }

    /// Returns a promise by itself, as at a moment of the past: without its links to others and without what may be
    /// done about it.
    pub(in crate::notebook) fn promise(&self, row: &ListedEntry) -> ApiResult<Promise> {
        let (record, facts) = self.record_and_facts(row)?;
        self.promise_of(row, &record, &facts)
    }

    fn promise_of(
        &self,
        row: &ListedEntry,
        record: &PromiseRecord,
        facts: &Facts,
    ) -> ApiResult<Promise> {
        let summary = self.summary(row, record, facts)?;
        Ok(Promise {
            next_words: next_step_message(&summary),
            tell: tell_customer_message(facts, &summary),
            summary,
            spoken: facts.present.words.clone(),
            owed: facts.owed.due.clone(),
            channel: facts.made.channel,
            visit: facts.made.visit,
            team: record.team.clone(),
            predecessor: facts.made.predecessor,
            successor: None,
            makes_right: None,
            made_right_by: vec![],
            may_make_right: false,
            events: self.events(record, facts),
            open_dispute: facts.open_dispute,
            actions: vec![],
            actions_for_performer: vec![],
            retractable: vec![],
            evidence_wanted: evidence_wanted(facts),
            calls: vec![],
            contact: facts.made.contact,
            heard_by: facts.made.labels.contact.clone(),
            not_before: facts.made.not_before.clone(),
            suggestion: facts.made.suggestion.clone(),
            start_by: None,
        })
    }

    /// Explains the state of a promise: the effect of each event, and the rules that matched.
    pub(in crate::notebook) fn explain_promise(
        &self,
        row: &ListedEntry,
    ) -> ApiResult<PromiseExplanation> {
        let (record, facts) = self.record_and_facts(row)?;
        let trace = why(&record.events, row.doc, self.now, &self.registry)
            .ok_or_else(|| KeptError::not_found("thing-promise", row.doc))?;
        let event = |id| record.events.iter().find(|event| event.id == id);
        Ok(PromiseExplanation {
            summary: self.summary(row, &record, &facts)?,
            outcome: trace.outcome,
            outcome_words: outcome_rule_message(trace.outcome),
            work: trace.work,
            work_words: work_rule_message(trace.work),
            events: trace
                .lines
                .iter()
                .filter_map(|line| {
                    Some(ExplainedEvent {
                        event: self.event(event(line.event)?, &facts),
                        effect: line.effect,
                        words: effect_message(line.effect),
                    })
                })
                .collect(),
        })
    }

    /// Returns the events, and after them those that found no room.
    pub(in crate::notebook) fn events(
        &self,
        record: &PromiseRecord,
        facts: &Facts,
    ) -> Vec<EventLine> {
        let counted = record.events.iter().map(|event| self.event(event, facts));
        let beyond = record.overflow.iter().flat_map(|overflow| &overflow.events);
        let beyond = beyond.map(|event| {
            let why = Message::new("event-not-allowed");
            EventLine {
                counts: false,
                remarks: vec![why.keyed("why", not_allowed_key(NotAllowed::NoRoom))],
                ..self.event(event, facts)
            }
        });
        counted.chain(beyond).collect()
    }

    pub(in crate::notebook) fn event(&self, event: &Event, facts: &Facts) -> EventLine {
        let remarks = self.remarks(event, facts);
        EventLine {
            id: event.id,
            kind: event.stored.body.kind(),
            words: self.event_message(event),
            by: event.by.clone(),
            at: event.instant(),
            trust: trust_of(event),
            received_at: event.received_at,
            counts: !facts.taken_back.contains(&event.id)
                && facts.not_allowed.iter().all(|(id, _)| *id != event.id),
            remarks,
        }
    }
}

/// Returns the kinds of proof of which one is wanted; none where the performer's word is enough.
pub(in crate::notebook) fn evidence_wanted(facts: &Facts) -> Vec<EvidenceKind> {
    let wanted = &facts.made.rules.evidence;
    match wanted.as_slice() {
        [EvidenceKind::SaidDone] => vec![],
        _ => wanted.clone(),
    }
}

/// Returns the trust in the times of an event: in that of writing, and in that of the work done.
fn trust_of(event: &Event) -> Trust {
    let written = event.stored.time.trust();
    let occurred_at = event.stored.body.occurred_at();
    occurred_at.map_or(written, |time| time.trust().max(written))
}
