//! Acts for somebody else's hand: the office builds what a person does in it, and saves nothing.

use super::Notebook;
use super::errors::ApiResult;
use super::promise_records::{AgainDraft, PromiseDraft, PromiseEdit};
use super::reminding::acknowledgement;
use super::typed_time::own_zone;
use super::writing::{Prepared, Source};
use crate::document::Pen;
use crate::environment::new_uuid;
use crate::model::account::AccountEdit;
use crate::model::edit::{Deed, Edit};
use crate::model::ids::{Actor, DocId, GroupId, InstallationId, PersonId};
use crate::store::meta::{self, Identity};
use crate::store::{Store, changes, outbox, registry, tap};

/// What somebody does, as screens say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Changes a customer.
    EditAccount {
        /// Which.
        id: DocId,
        /// How.
        edits: Vec<AccountEdit>,
    },
    /// Makes an edit that the core built.
    Edit(Box<Edit>),
    /// Says what happened to a promise.
    ChangePromise {
        /// Which.
        id: DocId,
        /// What happened.
        edits: Vec<PromiseEdit>,
        /// Whose word or deed it is, where the author writes for somebody who phones in.
        speaks_for: Option<PersonId>,
    },
    /// Says that they saw a rung of a promise's ladder.
    Acknowledge {
        /// Which promise.
        id: DocId,
        /// The rung, as a reminder names it.
        rung: String,
    },
    /// Makes a promise.
    MakePromise {
        /// Which.
        draft: Box<PromiseDraft>,
    },
    /// Writes a promise again that does not count.
    WriteAgain {
        /// Which.
        id: DocId,
        /// What is to be different.
        draft: Box<AgainDraft>,
    },
    /// Settles a conflict.
    Settle {
        /// Which.
        conflict: String,
        /// The number of the choice.
        choice: u32,
    },
}

/// Whose act it is, and with which actor they write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Who.
    pub person: PersonId,
    /// The actor that the registry binds to a device of theirs.
    pub actor: Actor,
    /// That device.
    pub device: InstallationId,
}

impl Notebook {
    /// Builds an act as a group, as its author would write it by the rules of their own notebook, and
    /// saves nothing. A group without changes says that the act changes nothing; what would be stored and
    /// not count is refused with its reason. It is checked against what it is written upon: nothing is
    /// taken from a feed in between.
    pub fn prepare_act(&self, act: Act, author: &Author, group: GroupId) -> ApiResult<Prepared> {
        self.write(|store| {
            let identity = written_by(store, author)?;
            let edit = self.edit_of(store, act, &identity)?;
            own_zone(self.environment.as_ref())?;
            let time = meta::now(store.read(), self.environment.as_ref())?;
            let new_id = || new_uuid(self.environment.as_ref());
            let pen = Pen {
                actor: identity.actor,
                device: identity.installation,
                time,
                on_behalf: None,
                new_id: &new_id,
            };
            Ok(store.rehearse(|tx| {
                let docs = tap::write(tx, &[edit], &pen, group, identity.team.as_ref())?;
                Ok(Prepared {
                    group: outbox::group(tx, group)?,
                    docs,
                })
            })?)
        })
    }

    /// The edit that an act stands for, in the hand of `identity`.
    fn edit_of(&self, store: &Store, act: Act, identity: &Identity) -> ApiResult<Edit> {
        Ok(match act {
            Act::EditAccount { id, edits } => self.account_edit(store, id, edits)?,
            Act::Edit(edit) => *edit,
            Act::ChangePromise {
                id,
                edits,
                speaks_for,
            } => Edit {
                doc: id,
                deed: self.happening(store, id, edits, identity, speaks_for)?,
            },
            Act::Acknowledge { id, rung } => acknowledgement(store, identity, id, &rung)?,
            Act::MakePromise { draft } => Edit {
                doc: self.new_doc(),
                deed: Deed::Promise(self.checked_promise(
                    store,
                    *draft,
                    Source::default(),
                    identity,
                )?),
            },
            Act::WriteAgain { id, draft } => Edit {
                doc: self.new_doc(),
                deed: Deed::Promise(self.again(store, id, *draft, identity)?),
            },
            Act::Settle { conflict, choice } => {
                let act = self.settlement(store, &conflict, choice)?;
                return self.edit_of(store, act, identity);
            }
        })
    }

    /// The documents that a group wrote, in its order; none if it is not here.
    pub fn docs_of_group(&self, group: GroupId) -> ApiResult<Vec<DocId>> {
        self.read(|store| Ok(changes::docs_of_group(store.read(), group)?))
    }
}

/// This notebook's identity with somebody else's hand in it.
fn written_by(store: &Store, author: &Author) -> ApiResult<Identity> {
    let own = meta::identity(store.read())?;
    let registry = registry::load(store.read())?;
    let known = registry.colleagues.get(&author.person);
    Ok(Identity {
        person: author.person,
        person_name: known.map(|known| known.name.clone()).unwrap_or_default(),
        role: known.map_or(own.role, |known| known.role),
        team: known.and_then(|known| known.teams.first().cloned()),
        installation: author.device,
        actor: author.actor,
        ..own
    })
}
