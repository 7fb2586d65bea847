//! Promises as screens show them: the summary for lists, and one in full.

use crate::insight::performer_at;
use crate::language::Message;
use crate::model::event::{Event, EventBody, Performer};
use crate::model::promise::{
    Facts, NotAllowed, Outcome, PromiseRecord, PromiseState, Work, read, why,
};
use crate::model::time::Trust;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, not_found};
use crate::notebook::promises::event_messages::{
    effect_message, next_step_message, not_allowed_key, outcome_rule_message,
    tell_customer_message, work_rule_message,
};
use crate::notebook::promises::lateness::lateness_message;
use crate::notebook::promises::records::{
    EventEffect, EventLine, Promise, PromiseExplanation, PromiseMark, PromiseSummary,
};
use crate::store::queries::ListedEntry;

impl Context {
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

    /// Returns a promise and the facts that its events say, also for one that does not count.
    pub(in crate::notebook) fn record_and_facts(
        &self,
        row: &ListedEntry,
    ) -> ApiResult<(PromiseRecord, Facts)> {
        let record = row.promise()?;
        let facts = read(&record.events, &self.registry)
            .ok_or_else(|| not_found("thing-promise", row.doc))?;
        Ok((record, facts))
    }

    pub(in crate::notebook) fn explain_promise(
        &self,
        row: &ListedEntry,
    ) -> ApiResult<PromiseExplanation> {
        let (record, facts) = self.record_and_facts(row)?;
        let trace = why(&record.events, row.doc, self.now, &self.registry)
            .ok_or_else(|| not_found("thing-promise", row.doc))?;
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
                    Some(EventEffect {
                        event: self.event(event(line.event)?, &facts),
                        effect: line.effect,
                        words: effect_message(line.effect),
                    })
                })
                .collect(),
        })
    }

    pub(in crate::notebook) fn summary(
        &self,
        row: &ListedEntry,
        record: &PromiseRecord,
        facts: &Facts,
    ) -> ApiResult<PromiseSummary> {
        let state = facts.state(row.doc, self.now, &self.registry);
        let made = &facts.made;
        let name = |person| self.name(person);
        let performer_name_of = |performer: &Performer| match performer {
            Performer::Person { person } => name(*person),
            Performer::Pool { pool } => pool.to_string(),
            Performer::Nobody => String::new(),
        };
        let performer_name = performer_name_of(&facts.performer);
        let sentence = Message::new("promise-sentence")
            .person("promiser", name(made.promiser))
            .text("deliverable", &made.deliverable)
            .due("due", &facts.present.due);
        let sentence = match made.labels.account.as_str() {
            "" => sentence.keyed("account", "remind-no-account"),
            account => sentence.text("account", account),
        };
        let performer_words = match &facts.performer {
            Performer::Nobody => Message::new("performer-line-none"),
            _ if state.work.is_done() => {
                let ended_at = facts.fulfilled_at.or(facts.found_at);
                let by = performer_at(record, facts, ended_at, &self.registry);
                Message::new("performer-line-done").person("performer", performer_name_of(&by))
            }
            Performer::Pool { pool } => {
                Message::new("performer-line-pool").text("pool", pool.to_string())
            }
            _ => Message::new("performer-line").person("performer", &performer_name),
        };
        let flags = self.flags(record, facts, &state)?;
        let late_words = lateness_message(facts, state.late_ms, self.now, &self.company);
        let state_words = self.state_message(
            &state,
            &facts.performer,
            &performer_name,
            late_words.as_ref(),
        );
        // A state that says how late it is needs no flag that repeats it.
        let late = late_words.as_ref().filter(|late| **late != state_words);
        let flag_words = flags
            .iter()
            .filter_map(|flag| self.flag_message(flag, late));
        let flag_words = flag_words.collect();
        Ok(PromiseSummary {
            late_words,
            mover: state.work.mover(),
            flag_words,
            flags,
            id: row.doc,
            kind: made.kind.clone(),
            deliverable: made.deliverable.clone(),
            criterion: made.criterion.clone(),
            account: made.account,
            account_name: made.labels.account.clone(),
            promiser: made.promiser,
            promiser_name: name(made.promiser),
            performer: facts.performer.clone(),
            due: facts.present.due.clone(),
            due_at: facts.present.due_at,
            made_at: facts.made_at,
            state_words,
            mark: mark(&state),
            state,
            sentence,
            performer_words,
            performer_name,
            unsent: row.unsent,
        })
    }

    /// Returns the events, and after them those that found no room.
    fn events(&self, record: &PromiseRecord, facts: &Facts) -> Vec<EventLine> {
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

    fn event(&self, event: &Event, facts: &Facts) -> EventLine {
        let remarks = self.remarks(event, facts);
        EventLine {
            id: event.id,
            what: event.stored.body.name().to_owned(),
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

/// Returns the trust in the times of an event: in that of writing, and in that of the deed.
fn trust_of(event: &Event) -> Trust {
    let written = event.stored.time.trust();
    match &event.stored.body {
        EventBody::Fulfilled { occurred_at, .. } => occurred_at.trust().max(written),
        _ => written,
    }
}

/// Returns the mark of a state, as the design draws it.
fn mark(state: &PromiseState) -> PromiseMark {
    match (&state.outcome, &state.work) {
        (_, Work::Disputed { .. }) => PromiseMark::Disputed,
        (_, Work::Retracted | Work::NotCounted { .. }) | (Outcome::Void, _) => PromiseMark::Quiet,
        (Outcome::Kept, _) => PromiseMark::Kept,
        (Outcome::BrokenMissed, work) if work.is_open() => PromiseMark::Late,
        (
            Outcome::BrokenLate
            | Outcome::BrokenMissed
            | Outcome::BrokenCancelled
            | Outcome::BrokenFound,
            _,
        ) => PromiseMark::Broken,
        (Outcome::NotConfirmed { .. }, _) => PromiseMark::NotConfirmed,
        (Outcome::Open, Work::Accepted { .. } | Work::Fulfilled) => PromiseMark::Accepted,
        (Outcome::Open, Work::Waiting { .. }) => PromiseMark::Waiting,
        (Outcome::Open, Work::CounterOffered { .. }) => PromiseMark::CounterOffered,
        (Outcome::Open, Work::NotAsked | Work::Declined { .. }) => PromiseMark::NotAsked,
        (Outcome::Open, Work::Settled | Work::Cancelled) => PromiseMark::Quiet,
    }
}
