//! Acknowledgements: a reminder that was seen on one device stays silent on the others.

use crate::language::Message;
use crate::model::edit::{Edit, Operation};
use crate::model::event::EventBody;
use crate::model::ids::{DocId, EventId, PersonId};
use crate::model::promise::{reduce, seen_rungs};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::promise_record;
use crate::remind;
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Writes that I saw a rung, so that my other devices stay silent. `rung` is a reminder's id, or the name of a rung
    /// of the present terms. A second call writes nothing more.
    pub fn acknowledge_reminder(&self, promise: DocId, rung: String) -> ApiResult<()> {
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            let edit = acknowledgement(&context, store, promise, &rung)?;
            let is_new = edit.operation != Operation::AppendEvents(vec![]);
            Ok((is_new.then_some(edit).into_iter().collect(), ()))
        })
    }
}

/// Returns the edit by which a person says that they saw a rung; one without events if they have said so.
pub(in crate::notebook) fn acknowledgement(
    context: &Context,
    store: Reading<'_>,
    promise: DocId,
    rung: &str,
) -> ApiResult<Edit> {
    let record = promise_record(store, promise)?;
    let facts = reduce(&record.events, &context.registry)
        .ok_or_else(|| KeptError::not_found("thing-promise", promise))?;
    let (terms, name) = match rung.split_once('/') {
        Some((terms, name)) => (terms.parse::<EventId>().ok(), name),
        None => (Some(facts.present.event), rung),
    };
    let terms = terms
        .filter(|_| remind::is_rung(name))
        .ok_or_else(|| KeptError::invalid("rung", Message::new("error-rung").text("rung", rung)))?;
    let rung = format!("{terms}/{name}");
    let mine = |by: Option<PersonId>| by.is_none_or(|by| by == context.me());
    let seen = seen_rungs(&record, &facts);
    let seen = seen.iter().any(|seen| seen.rung == rung && mine(seen.by));
    let events = if seen {
        vec![]
    } else {
        vec![EventBody::ReminderAcked { rung }]
    };
    Ok(Edit {
        doc: promise,
        operation: Operation::AppendEvents(events),
    })
}
