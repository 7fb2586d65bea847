//! Commands that are written for another author: the office builds a group as its author would write it, and saves
//! nothing.

use crate::environment::new_uuid;
use crate::model::account::AccountEdit;
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{Actor, DocId, GroupId, InstallationId, PersonId};
use crate::notebook::Notebook;
use crate::notebook::clock::device_zone;
use crate::notebook::conflicts::settlement::Settlement;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit, RewriteDraft};
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::promises::records::Promise;
use crate::notebook::reminders::acknowledgement::acknowledgement;
use crate::notebook::save::write_context;
use crate::store::meta::Identity;
use crate::store::{Reading, changes, group_writer, outbox};
use crate::wire::Group;

/// A command of a person, as screens say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficeCommand {
    /// Changes a customer.
    EditAccount {
        /// The customer's document.
        id: DocId,
        /// The edits.
        edits: Vec<AccountEdit>,
    },
    /// Writes events of a promise.
    ChangePromise {
        /// The promise's document.
        id: DocId,
        /// The edits that stand for the events.
        edits: Vec<PromiseEdit>,
        /// The person who answers or works, where the author writes for one who phones in; none: the author.
        speaks_for: Option<PersonId>,
    },
    /// Writes that the author saw a rung of a promise's ladder.
    AcknowledgeReminder {
        /// The promise's document.
        id: DocId,
        /// The rung, as a reminder names it.
        rung: String,
    },
    /// Makes a promise.
    MakePromise {
        /// The draft.
        draft: Box<PromiseDraft>,
    },
    /// Writes a promise again that does not count.
    RewritePromise {
        /// The promise's document.
        id: DocId,
        /// The changes with which it is written again.
        draft: Box<RewriteDraft>,
    },
    /// Settles a conflict.
    SettleConflict {
        /// The conflict's id.
        conflict: String,
        /// The number of the choice.
        choice: u32,
    },
}

/// A group that was built and not saved: the office hands it to the log.
pub struct PreparedGroup {
    /// The group, as it travels.
    pub group: Group,
    /// The documents that it is about.
    pub docs: Vec<DocId>,
}

/// The author of a command, and the actor with which they write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandAuthor {
    /// The person.
    pub person: PersonId,
    /// The actor that the registry binds to a device of that person.
    pub actor: Actor,
    /// That device.
    pub device: InstallationId,
}

impl Notebook {
    /// Builds a command as a group, as its author would write it by the rules of their own notebook, and saves nothing.
    /// A group without changes means that the command changes nothing; one that would be stored and not count is
    /// refused with its reason. It is checked against what it is written upon: nothing is taken from a feed in between.
    pub fn prepare_command(
        &self,
        command: OfficeCommand,
        author: &CommandAuthor,
        group: GroupId,
    ) -> ApiResult<PreparedGroup> {
        self.write(|store| {
            store.dry_run(|tx| {
                let context = Context::load(self, tx.into())?;
                let identity = Identity {
                    installation: author.device,
                    actor: author.actor,
                    ..identity_of(&context, author.person)
                };
                let context = context.with_author(identity);
                let edit = self.edit_for(&context, tx.into(), command)?;
                device_zone(self.environment.as_ref())?;
                let new_id = || new_uuid(self.environment.as_ref());
                let team = context.identity.team.as_ref();
                let write_context = write_context(&context.identity, context.time.clone(), &new_id);
                let docs = group_writer::write_group(tx, &[edit], &write_context, group, team)?;
                Ok(PreparedGroup {
                    group: outbox::group(tx, group)?,
                    docs,
                })
            })
        })
    }

    /// Returns one promise as a person reads it who signed in at the office: with the actions that they may write;
    /// `NotFound` if it is not here.
    pub fn promise_for(&self, id: DocId, person: PersonId) -> ApiResult<Promise> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let identity = identity_of(&context, person);
            context.with_author(identity).promise_in_full(store, id)
        })
    }

    /// Returns the edit that a command stands for, written by the context's author.
    fn edit_for(
        &self,
        context: &Context,
        store: Reading<'_>,
        command: OfficeCommand,
    ) -> ApiResult<Edit> {
        Ok(match command {
            OfficeCommand::EditAccount { id, edits } => self.account_edit(store, id, edits)?,
            OfficeCommand::ChangePromise {
                id,
                edits,
                speaks_for,
            } => Edit {
                doc: id,
                operation: self.promise_operation(context, store, id, edits, speaks_for)?,
            },
            OfficeCommand::AcknowledgeReminder { id, rung } => {
                acknowledgement(context, store, id, &rung)?
            }
            OfficeCommand::MakePromise { draft } => Edit {
                doc: self.new_doc(),
                operation: Operation::CreatePromise(context.events_of_draft(
                    store,
                    *draft,
                    PromiseOrigin::default(),
                )?),
            },
            OfficeCommand::RewritePromise { id, draft } => Edit {
                doc: self.new_doc(),
                operation: Operation::CreatePromise(context.rewrite_events(store, id, *draft)?),
            },
            OfficeCommand::SettleConflict { conflict, choice } => {
                match context.settlement(store, &conflict, choice)? {
                    Settlement::Edit(edit) => edit,
                    Settlement::Change { id, edit } => Edit {
                        doc: id,
                        operation: self.promise_operation(context, store, id, vec![edit], None)?,
                    },
                }
            }
        })
    }

    /// Returns the documents that a group wrote, in its order; empty if the group is not here.
    pub fn docs_of_group(&self, group: GroupId) -> ApiResult<Vec<DocId>> {
        self.read(|store| Ok(changes::docs_of_group(store.read(), group)?))
    }
}

/// Returns this notebook's identity with another person in place of its own.
fn identity_of(context: &Context, person: PersonId) -> Identity {
    let own = context.identity.clone();
    let known = context.registry.colleagues.get(&person);
    Identity {
        person,
        person_name: known.map(|known| known.name.clone()).unwrap_or_default(),
        role: known.map_or(own.role, |known| known.role),
        team: known.and_then(|known| known.teams.first().cloned()),
        ..own
    }
}
