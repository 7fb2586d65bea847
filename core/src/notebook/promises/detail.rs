//! One promise in full: its events as lines, and the explanation of its state.

use crate::language::Message;
use crate::model::event::Event;
use crate::model::promise::{Facts, NotAllowed, PromiseRecord, why};
use crate::model::time::Trust;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::event_messages::{
    effect_message, not_allowed_key, outcome_rule_message, work_rule_message,
};
use crate::notebook::promises::records::{EventLine, ExplainedEvent, Promise, PromiseExplanation};
use crate::notebook::promises::state_messages::{next_step_message, tell_customer_message};
use crate::store::queries::ListedEntry;

impl Context {
    /// Returns a promise in full, without its links to others.
    pub(in crate::notebook) fn promise(&self, row: &ListedEntry) -> ApiResult<Promise> {
        let (record, facts) = self.record_and_facts(row)?;
        let summary = self.summary(row, &record, &facts)?;
        Ok(Promise {
            next_words: next_step_message(&summary),
            tell: tell_customer_message(&facts, &summary),
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
            events: self.events(&record, &facts),
            open_dispute: facts.open_dispute,
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

/// Returns the trust in the times of an event: in that of writing, and in that of the work done.
fn trust_of(event: &Event) -> Trust {
    let written = event.stored.time.trust();
    let occurred_at = event.stored.body.occurred_at();
    occurred_at.map_or(written, |time| time.trust().max(written))
}
