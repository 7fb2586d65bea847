//! Writing again: a promise that does not count, written as a new one by an author who may.

use crate::language::Message;
use crate::model::edit::{Edit, Operation};
use crate::model::event::EventBody;
use crate::model::ids::DocId;
use crate::model::promise::read;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::drafts::{PromiseDraft, RewriteDraft};
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::rows::promise_record;
use crate::store::{Reading, queries};

#[uniffi::export]
impl Notebook {
    /// Writes a promise that does not count again, with the same content; its author answers for it. Returns the new
    /// one's id. Refused if the promise counts or was written again already.
    pub fn rewrite_promise(&self, id: DocId, draft: RewriteDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            let operation = Operation::CreatePromise(context.rewrite_events(store, id, draft)?);
            Ok((vec![Edit { doc, operation }], doc))
        })
    }
}

impl Context {
    /// Returns the events of a promise that writes another one again.
    pub(in crate::notebook) fn rewrite_events(
        &self,
        store: Reading<'_>,
        id: DocId,
        draft: RewriteDraft,
    ) -> ApiResult<Vec<EventBody>> {
        let record = promise_record(store, id)?;
        let facts = read(&record.events, &self.registry)
            .ok_or_else(|| KeptError::not_found("thing-promise", id))?;
        if facts.not_counted.is_none() || facts.retracted {
            return Err(refused(Message::new("error-counts-already")));
        }
        if let Some(successor) = queries::successor(store.read(), id)? {
            let words = Message::new("error-written-again");
            return Err(refused(words.text("id", successor.to_string())));
        }
        let happened = |what: fn(&EventBody) -> bool| {
            let mut events = record.events.iter();
            events.any(|event| what(&event.stored.body))
        };
        let made = facts.made;
        let moved = draft.due.is_some();
        let named = draft
            .performer
            .as_ref()
            .is_some_and(|performer| *performer != made.performer);
        let kept_words = if moved { String::new() } else { made.words };
        let draft = PromiseDraft {
            kind: made.kind,
            deliverable: made.deliverable,
            criterion: made.criterion,
            account: made.account,
            contact: made.contact,
            performer: draft.performer.unwrap_or(made.performer),
            due: draft.due.unwrap_or(made.due),
            words: draft.words.unwrap_or(kept_words),
            channel: made.channel,
            told: happened(EventBody::tells_customer),
            ask: named || happened(|body| matches!(body, EventBody::Asked { .. })),
            not_before: made.not_before,
            suggestion: None,
            makes_right: None,
        };
        let origin = PromiseOrigin {
            visit: made.visit,
            labels: made.labels,
            predecessor: Some(id),
        };
        self.events_of_draft(store, draft, origin)
    }
}

fn refused(words: Message) -> KeptError {
    KeptError::invalid("promise", words)
}

#[cfg(test)]
#[path = "rewrite_tests.rs"]
mod tests;
