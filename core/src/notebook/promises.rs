//! Promises as screens show them: the summary for lists, and one in full.

use super::errors::{ApiResult, missing};
use super::explaining::{
    effect_words, next_words, not_allowed_key, outcome_rule_words, tell_words, work_rule_words,
};
use super::lateness::late_words;
use super::lists::Reader;
use super::promise_records::{EventEffect, EventLine, Mark, Promise, PromiseSummary, PromiseWhy};
use crate::insight::performer_at;
use crate::model::event::{Event, EventBody, Performer};
use crate::model::promise::{
    Facts, NotAllowed, Outcome, PromiseRecord, PromiseState, Work, read, why,
};
use crate::model::time::Trust;
use crate::store::queries::Listed;
use crate::words::Words;

impl Reader {
    pub(super) fn promise(&self, row: &Listed) -> ApiResult<Promise> {
        let (record, facts) = self.known(row)?;
        let summary = self.summary(row, &record, &facts)?;
        Ok(Promise {
            next_words: next_words(&summary),
            tell: tell_words(&facts, &summary),
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
        })
    }

    /// Returns a promise and the facts that its events say, also for one that does not count.
    fn known(&self, row: &Listed) -> ApiResult<(PromiseRecord, Facts)> {
        let record = row.promise()?;
        let facts = read(&record.events, &self.registry)
            .ok_or_else(|| missing("thing-promise", row.doc))?;
        Ok((record, facts))
    }

    pub(super) fn promise_why(&self, row: &Listed) -> ApiResult<PromiseWhy> {
        let (record, facts) = self.known(row)?;
        let trace = why(&record.events, row.doc, self.now, &self.registry)
            .ok_or_else(|| missing("thing-promise", row.doc))?;
        let event = |id| record.events.iter().find(|event| event.id == id);
        Ok(PromiseWhy {
            summary: self.summary(row, &record, &facts)?,
            outcome: trace.outcome,
            outcome_words: outcome_rule_words(trace.outcome),
            work: trace.work,
            work_words: work_rule_words(trace.work),
            events: trace
                .lines
                .iter()
                .filter_map(|line| {
                    Some(EventEffect {
                        event: self.event(event(line.event)?, &facts),
                        effect: line.effect,
                        words: effect_words(line.effect),
                    })
                })
                .collect(),
        })
    }

    pub(super) fn summary(
        &self,
        row: &Listed,
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
        let sentence = Words::new("promise-sentence")
            .person("promiser", name(made.promiser))
            .text("deliverable", &made.deliverable)
            .due("due", &facts.present.due);
        let sentence = match made.labels.account.as_str() {
            "" => sentence.keyed("account", "remind-no-account"),
            account => sentence.text("account", account),
        };
        let performer_words = match &facts.performer {
            Performer::Nobody => Words::new("performer-line-none"),
            _ if state.work.is_done() => {
                let ended_at = facts.fulfilled_at.or(facts.found_at);
                let by = performer_at(record, facts, ended_at, &self.registry);
                Words::new("performer-line-done").person("performer", performer_name_of(&by))
            }
            Performer::Pool { pool } => {
                Words::new("performer-line-pool").text("pool", pool.to_string())
            }
            _ => Words::new("performer-line").person("performer", &performer_name),
        };
        let flags = self.flags(record, facts, &state)?;
        let late_words = late_words(facts, state.late_ms, self.now, &self.company);
        let state_words = self.state_words(
            &state,
            &facts.performer,
            &performer_name,
            late_words.as_ref(),
        );
        // A state that says how late it is needs no flag that repeats it.
        let late = late_words.as_ref().filter(|late| **late != state_words);
        let flag_words = flags.iter().filter_map(|flag| self.flag_words(flag, late));
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
            let why = Words::new("event-not-allowed");
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
            words: self.event_words(event),
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
fn mark(state: &PromiseState) -> Mark {
    match (&state.outcome, &state.work) {
        (_, Work::Disputed { .. }) => Mark::Disputed,
        (_, Work::Retracted | Work::NotCounted { .. }) | (Outcome::Void, _) => Mark::Quiet,
        (Outcome::Kept, _) => Mark::Kept,
        (Outcome::BrokenMissed, work) if work.is_open() => Mark::Late,
        (
            Outcome::BrokenLate
            | Outcome::BrokenMissed
            | Outcome::BrokenCancelled
            | Outcome::BrokenFound,
            _,
        ) => Mark::Broken,
        (Outcome::NotConfirmed { .. }, _) => Mark::NotConfirmed,
        (Outcome::Open, Work::Accepted { .. } | Work::Fulfilled) => Mark::Accepted,
        (Outcome::Open, Work::Waiting { .. }) => Mark::Waiting,
        (Outcome::Open, Work::CounterOffered { .. }) => Mark::CounterOffered,
        (Outcome::Open, Work::NotAsked | Work::Declined { .. }) => Mark::NotAsked,
        (Outcome::Open, Work::Settled | Work::Cancelled) => Mark::Quiet,
    }
}
