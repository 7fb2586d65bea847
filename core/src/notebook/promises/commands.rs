//! Commands on promises: one is made, and events are written to one.

use crate::environment::new_uuid;
use crate::model::company::Company;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{DocId, EventId, PersonId};
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::notebook::identity::joined_identity;
use crate::notebook::promises::checks::PromiseChecks;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::promises::event_builder::EventBuilder;
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::rows::promise_record;
use crate::store::meta::{self, Identity};
use crate::store::{Store, company};

#[uniffi::export]
impl Notebook {
    /// Makes a promise. Returns its id. `NeedsJoin` before `join`, for there must be a person who can keep it.
    pub fn make_promise(&self, draft: PromiseDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        self.save(|store| {
            let identity = joined_identity(store)?;
            let source = PromiseOrigin::default();
            let operation =
                Operation::CreatePromise(self.events_of_draft(store, draft, source, &identity)?);
            Ok((vec![Edit { doc, operation }], doc))
        })
    }

    /// Writes events of a promise. One call is one entry in its history. An event that its author may not write is
    /// refused.
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
            let identity = joined_identity(store)?;
            let operation = self.promise_operation(store, id, edits, &identity, for_person)?;
            Ok((vec![Edit { doc: id, operation }], ()))
        })
    }

    /// Returns the deed that edits of a promise stand for, written by `identity`, for the person for whom they are
    /// written.
    pub(in crate::notebook) fn promise_operation(
        &self,
        store: &Store,
        id: DocId,
        edits: Vec<PromiseEdit>,
        identity: &Identity,
        for_person: Option<PersonId>,
    ) -> ApiResult<Operation> {
        let registry = crate::store::registry::load(store.read())?;
        let now = meta::now(store.read(), self.environment.as_ref())?;
        let checks = PromiseChecks {
            company: &company_of(store)?,
            registry: &registry,
            identity,
            now: &now,
        };
        let edits = edits.into_iter().map(|edit| checks.edit(edit));
        let happening = EventBuilder {
            record: &promise_record(store, id)?,
            registry: &registry,
            now: &now,
            identity,
            for_person,
        };
        let new_id = || EventId(new_uuid(self.environment.as_ref()));
        let bodies = happening.events(edits.collect::<ApiResult<_>>()?, &new_id)?;
        Ok(Operation::AppendEvents(bodies))
    }
}

/// Returns the company with what it agreed on, which is all that a promise is made under.
pub(in crate::notebook) fn company_of(store: &Store) -> ApiResult<Company> {
    Ok(Company {
        handbook: company::handbook(store.read())?,
        ..Company::default()
    })
}
