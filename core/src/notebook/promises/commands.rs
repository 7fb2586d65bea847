//! Commands on promises: one is made, and events are written to one.

use crate::environment::new_uuid;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{DocId, EventId, PersonId};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::promises::event_builder::EventBuilder;
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::rows::{copied_names, promise_record};
use crate::store::Reading;

#[uniffi::export]
impl Notebook {
    /// Makes a promise. Returns its id. `NeedsJoin` before `join`, for there must be a person who can keep it.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/make_promise.md")))]
    pub fn make_promise(&self, draft: PromiseDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            let events = context.events_of_draft(store, draft, PromiseOrigin::default())?;
            let operation = Operation::CreatePromise(events);
            Ok((vec![Edit { doc, operation }], doc))
        })
    }

    /// Writes events of a promise. One call is one entry in its history. An event that its author may not write is
    /// refused.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/change_promise.md")))]
    pub fn change_promise(&self, id: DocId, edits: Vec<PromiseEdit>) -> ApiResult<()> {
        self.write_events(id, edits, None)
    }

    /// Writes events of a promise for a person who phoned in, for office and owner: that person accepts, declines,
    /// offers another date, begins or has done it.
    pub fn change_promise_for(
        &self,
        id: DocId,
        person: PersonId,
        edits: Vec<PromiseEdit>,
    ) -> ApiResult<()> {
        self.write_events(id, edits, Some(person))
    }
}

impl Notebook {
    fn write_events(
        &self,
        id: DocId,
        edits: Vec<PromiseEdit>,
        for_person: Option<PersonId>,
    ) -> ApiResult<()> {
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            let operation = self.promise_operation(&context, store, id, edits, for_person)?;
            Ok((vec![Edit { doc: id, operation }], ()))
        })
    }

    /// Returns the operation that edits of a promise stand for, written by the context's author, for the person for
    /// whom they are written.
    pub(in crate::notebook) fn promise_operation(
        &self,
        context: &Context,
        store: Reading<'_>,
        id: DocId,
        edits: Vec<PromiseEdit>,
        for_person: Option<PersonId>,
    ) -> ApiResult<Operation> {
        let edits = edits.into_iter().map(|edit| {
            let edit = context.checked_edit(edit)?;
            with_names(store, edit)
        });
        let builder = EventBuilder {
            context,
            record: &promise_record(store, id)?,
            for_person,
        };
        let new_id = || EventId(new_uuid(self.environment.as_ref()));
        let bodies = builder.events(edits.collect::<ApiResult<_>>()?, &new_id)?;
        Ok(Operation::AppendEvents(bodies))
    }
}

/// Returns an edit with the names that it copies; `NotFound` for a customer who is not here and has no name.
fn with_names(store: Reading<'_>, edit: PromiseEdit) -> ApiResult<PromiseEdit> {
    Ok(match edit {
        PromiseEdit::NameAccount {
            account,
            contact,
            labels,
        } => PromiseEdit::NameAccount {
            account,
            contact,
            labels: copied_names(store, Some(account), contact, labels)?,
        },
        edit => edit,
    })
}

#[cfg(test)]
#[path = "commands_tests.rs"]
mod tests;
