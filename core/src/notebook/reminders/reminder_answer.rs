//! The answer to a reminder, as a button of its notification gives it: seen, and whatever else it says, in one entry.

use crate::environment::new_uuid;
use crate::language::Message;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{EventBody, Evidence, EvidenceKind};
use crate::model::ids::{DocId, EventId};
use crate::model::promise::{Facts, PerformerAnswer, PromiseRecord, reduce};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::detail::evidence_wanted;
use crate::notebook::promises::drafts::PromiseEdit;
use crate::notebook::promises::event_builder::EventBuilder;
use crate::notebook::reminders::acknowledgement::acknowledgement;
use crate::notebook::reminders::alarms::ReminderAction;
use crate::notebook::rows::promise_record;
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Answers a reminder of a promise in one entry: it is seen, so that my other devices stay silent, and work begins,
    /// is done or is declined. `reminder` is its id. A second call writes nothing more. `Invalid` for `Renegotiate`,
    /// which needs a date, for `Done` where the customer is to see more than a call or a word, and where I may not
    /// write it: then nothing is written, not even that it was seen.
    pub fn answer_reminder(
        &self,
        promise: DocId,
        reminder: String,
        action: ReminderAction,
    ) -> ApiResult<()> {
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            let mut events = self.answer_events(&context, store, promise, action)?;
            let seen = acknowledgement(&context, store, promise, &reminder)?;
            if let Operation::AppendEvents(seen) = seen.operation {
                events.extend(seen);
            }
            let operation = Operation::AppendEvents(events);
            let is_new = operation != Operation::AppendEvents(vec![]);
            let edit = Edit {
                doc: promise,
                operation,
            };
            Ok((is_new.then_some(edit).into_iter().collect(), ()))
        })
    }
}

impl Notebook {
    /// Returns the events that an answer stands for, beside that the reminder was seen; none if they are written.
    fn answer_events(
        &self,
        context: &Context,
        store: Reading<'_>,
        promise: DocId,
        action: ReminderAction,
    ) -> ApiResult<Vec<EventBody>> {
        let record = promise_record(store, promise)?;
        let facts = reduce(&record.events, &context.registry)
            .ok_or_else(|| KeptError::not_found("thing-promise", promise))?;
        let edit = match action {
            ReminderAction::Call | ReminderAction::StillFine | ReminderAction::Seen => None,
            ReminderAction::Renegotiate => {
                let needs_date = Message::new("error-answer-needs-date");
                return Err(KeptError::invalid("action", needs_date));
            }
            ReminderAction::Start => (!facts.started).then_some(PromiseEdit::Start),
            ReminderAction::Cannot => {
                let declined = matches!(facts.answer, PerformerAnswer::Declined { .. });
                (!declined).then(|| PromiseEdit::Decline {
                    reason: String::new(),
                })
            }
            ReminderAction::Done if facts.fulfilled_at.is_some() => None,
            ReminderAction::Done => Some(PromiseEdit::Fulfil {
                occurred_at: None,
                evidence: vec![proof(&facts)?],
            }),
        };
        self.events_of(context, &record, edit)
    }

    fn events_of(
        &self,
        context: &Context,
        record: &PromiseRecord,
        edit: Option<PromiseEdit>,
    ) -> ApiResult<Vec<EventBody>> {
        let builder = EventBuilder {
            context,
            record,
            for_person: None,
        };
        let new_id = || EventId(new_uuid(self.environment.as_ref()));
        match edit {
            Some(edit) => builder.events(vec![context.checked_edit(edit)?], &new_id),
            None => Ok(vec![]),
        }
    }
}

/// Returns the proof that one tap gives; refused where the customer is to see another one.
fn proof(facts: &Facts) -> ApiResult<Evidence> {
    let wanted = evidence_wanted(facts);
    let kind = [EvidenceKind::Call, EvidenceKind::SaidDone]
        .into_iter()
        .find(|kind| wanted.contains(kind));
    let kind = kind.or(wanted.is_empty().then_some(EvidenceKind::SaidDone));
    let kind = kind
        .ok_or_else(|| KeptError::invalid("evidence", Message::new("error-answer-needs-proof")))?;
    Ok(Evidence {
        kind,
        note: String::new(),
        file: None,
    })
}

#[cfg(test)]
#[path = "reminder_answer_tests.rs"]
mod tests;
