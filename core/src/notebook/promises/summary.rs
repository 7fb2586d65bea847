//! The summary of a promise for lists, with its flags and its mark.

use crate::insight::performer_at;
use crate::language::Message;
use crate::model::event::Performer;
use crate::model::promise::{
    Facts, Flag, Outcome, PromiseRecord, PromiseState, WorkState, missed_until, read,
};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::messages::kind_message_by_key;
use crate::notebook::promises::lateness::lateness_message;
use crate::notebook::promises::records::{PromiseMark, PromiseSummary};
use crate::store::queries::ListedEntry;

impl Context {
    /// Returns a promise and the facts that its events say, also for one that does not count.
    pub(in crate::notebook) fn record_and_facts(
        &self,
        row: &ListedEntry,
    ) -> ApiResult<(PromiseRecord, Facts)> {
        let record = row.promise()?;
        let facts = read(&record.events, &self.registry)
            .ok_or_else(|| KeptError::not_found("thing-promise", row.doc))?;
        Ok((record, facts))
    }

    /// Returns a promise as a sentence: the promiser, the thing, the customer and the date.
    pub(in crate::notebook) fn promise_sentence(&self, facts: &Facts) -> Message {
        let made = &facts.made;
        let sentence = Message::new("promise-sentence")
            .person("promiser", self.name(made.promiser))
            .text("deliverable", &made.deliverable)
            .due("due", &facts.present.due);
        match made.labels.account.as_str() {
            "" => sentence.keyed("account", "remind-no-account"),
            account => sentence.text("account", account),
        }
    }

    /// Returns the summary of a promise from its row, record and facts.
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
            sentence: self.promise_sentence(facts),
            performer_words,
            performer_name,
            unsent: row.unsent,
            kind_words: kind_message_by_key(&self.company.handbook, &made.kind),
        })
    }
}

/// Returns the mark of a state.
fn mark(state: &PromiseState) -> PromiseMark {
    match (&state.outcome, &state.work) {
        (_, WorkState::Disputed { .. }) => PromiseMark::Disputed,
        (_, WorkState::Retracted | WorkState::NotCounted { .. }) | (Outcome::Void, _) => {
            PromiseMark::Quiet
        }
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
        (Outcome::Open, WorkState::Accepted { .. } | WorkState::Fulfilled) => PromiseMark::Accepted,
        (Outcome::Open, WorkState::Waiting { .. }) => PromiseMark::Waiting,
        (Outcome::Open, WorkState::CounterOffered { .. }) => PromiseMark::CounterOffered,
        (Outcome::Open, WorkState::NotAsked | WorkState::Declined { .. }) => PromiseMark::NotAsked,
        (Outcome::Open, WorkState::Settled | WorkState::Cancelled) => PromiseMark::Quiet,
    }
}

impl Context {
    /// Returns the flags of a promise in a state.
    pub(in crate::notebook) fn flags(
        &self,
        record: &PromiseRecord,
        facts: &Facts,
        state: &PromiseState,
    ) -> ApiResult<Vec<Flag>> {
        let mut flags = facts.flags_in(state);
        if let (true, Performer::Person { person }) = (state.work.is_open(), &facts.performer) {
            flags.extend(
                self.has_left(*person)
                    .then_some(Flag::PerformerLeft { person: *person }),
            );
        }
        flags.extend(record.overflow.as_ref().map(|overflow| Flag::NoRoom {
            events: overflow.count,
            most_by: overflow.most_by,
        }));
        if matches!(state.outcome, Outcome::NotConfirmed { .. }) {
            let ended = self.silences.between(facts.owed_through(), self.now)?;
            let outcome = &state.outcome;
            let missed = missed_until(&record.events, record.id, outcome, &ended, &self.registry);
            flags.extend(missed.map(|ended| Flag::NoLongerMissed {
                at: ended.at,
                device: ended.installation,
            }));
        }
        Ok(flags)
    }
}

#[cfg(test)]
#[path = "summary_tests.rs"]
mod tests;
