//! The writer of the office's commands, one after the other: it feeds the replica to the log's head, builds the group,
//! appends it and feeds the replica again.
//!
//! A form's id is the id of the group that it writes, so that the log itself knows a second click.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::Notebook;
use kept_core::environment::random_bytes;
use kept_core::language::Message;
use kept_core::model::ids::{Actor, DocId, GroupId, ItemId, PersonId};
use kept_core::notebook::{CommandAuthor, KeptError, OfficeCommand, PromiseEdit};
use kept_core::wire::{Group, GroupOutcome, ReasonCode};

use crate::office::replica::Replica;
use crate::state::ServerState;

/// The most times that an act is built: anew each time that the log moved meanwhile.
const ATTEMPTS: u32 = 3;

/// The reason for which an act was not done, as a sentence; nothing was changed.
#[derive(Debug)]
pub(in crate::office) struct CommandRefusal(pub(in crate::office) Message);

impl CommandRefusal {
    /// Something failed that no form can help.
    pub(in crate::office) fn internal() -> Self {
        Self(Message::new("office-act-stumbled"))
    }
}

impl From<KeptError> for CommandRefusal {
    fn from(error: KeptError) -> Self {
        Self(error.message())
    }
}

/// The writer for the office's people: each has an actor of this start of the server.
pub(in crate::office) struct OfficeWriter {
    state: Arc<ServerState>,
    /// The authors by person; the lock's holder is the only one who acts in this process.
    authors: Mutex<HashMap<PersonId, CommandAuthor>>,
}

/// The log's answer to a group.
enum AppendOutcome {
    Stored,
    /// The log has moved: build it anew.
    Retry,
    Held,
    Refused,
}

impl OfficeWriter {
    /// A writer without authors yet.
    pub(in crate::office) fn new(state: Arc<ServerState>) -> Self {
        Self {
            state,
            authors: Mutex::default(),
        }
    }

    /// Does an act for a person. Blocks. The same `form` does nothing twice, also after a restart. Returns
    /// the document that was written; none if the act changes nothing.
    pub(in crate::office) fn write(
        &self,
        replica: &Replica,
        person: PersonId,
        form: GroupId,
        act: &OfficeCommand,
    ) -> Result<Option<DocId>, CommandRefusal> {
        let mut authors = self.authors.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..ATTEMPTS {
            replica.catch_up()?;
            let notebook = replica.notebook().ok_or_else(internal)?;
            if let Some(done) = notebook.docs_of_group(form)?.first() {
                return Ok(Some(*done));
            }
            let author = match authors.get(&person) {
                Some(author) => author.clone(),
                None => self.register(person)?,
            };
            authors.insert(person, author.clone());
            check_contacts(&notebook, act)?;
            let prepared = notebook.prepare_command(act.clone(), &author, form)?;
            let Some(doc) = prepared.docs.first().copied() else {
                return Ok(None);
            };
            match self.append(&author, &prepared.group)? {
                AppendOutcome::Stored => {
                    replica.catch_up()?;
                    return Ok(Some(doc));
                }
                AppendOutcome::Retry => {}
                AppendOutcome::Held => return Err(CommandRefusal(Message::new("office-act-held"))),
                AppendOutcome::Refused => return Err(internal()),
            }
        }
        Err(CommandRefusal(Message::new("office-act-busy")))
    }

    fn register(&self, person: PersonId) -> Result<CommandAuthor, CommandRefusal> {
        let actor = Actor(random_bytes::<16>(&**self.state.environment()));
        let device = self.state.register_office(person, actor).map_err(|error| {
            tracing::error!(%error, "an office actor could not be registered");
            internal()
        })?;
        Ok(CommandAuthor {
            person,
            actor,
            device,
        })
    }

    fn append(
        &self,
        author: &CommandAuthor,
        group: &Group,
    ) -> Result<AppendOutcome, CommandRefusal> {
        let outcome = self.state.append(author.device, group).map_err(|error| {
            tracing::error!(%error, "the log does not take what the office writes");
            internal()
        })?;
        Ok(match outcome {
            GroupOutcome::Stored | GroupOutcome::Already => AppendOutcome::Stored,
            GroupOutcome::MissingDeps(_) => AppendOutcome::Retry,
            GroupOutcome::Held(_) => AppendOutcome::Held,
            GroupOutcome::Refused(reasons) => {
                let moved = [ReasonCode::SequenceTaken, ReasonCode::NotFirst];
                let moved = moved.map(ReasonCode::number);
                if reasons.iter().any(|reason| moved.contains(&reason.code)) {
                    AppendOutcome::Retry
                } else {
                    tracing::error!(?reasons, "the log refuses what the office writes");
                    AppendOutcome::Refused
                }
            }
        })
    }
}

/// Refuses a contact at a customer's that the page cannot have offered.
fn check_contacts(notebook: &Notebook, act: &OfficeCommand) -> Result<(), CommandRefusal> {
    let (account, named): (_, Vec<ItemId>) = match act {
        OfficeCommand::MakePromise { draft } => {
            (draft.account, draft.contact.into_iter().collect())
        }
        OfficeCommand::ChangePromise { id, edits, .. } => {
            let named: Vec<ItemId> = edits.iter().filter_map(contact_of).collect();
            if named.is_empty() {
                return Ok(());
            }
            (notebook.promise(*id)?.summary.account, named)
        }
        OfficeCommand::EditAccount { .. }
        | OfficeCommand::AcknowledgeReminder { .. }
        | OfficeCommand::SettleConflict { .. }
        | OfficeCommand::RewritePromise { .. } => return Ok(()),
    };
    if named.is_empty() {
        return Ok(());
    }
    // A customer who is not here has no contacts.
    let page = account.and_then(|account| notebook.account(account).ok());
    let contacts = page.map(|page| page.account.contacts).unwrap_or_default();
    let is_known = |id: &ItemId| contacts.iter().any(|contact| contact.id == *id);
    if named.iter().all(is_known) {
        Ok(())
    } else {
        Err(CommandRefusal(Message::new("office-act-no-contact")))
    }
}

fn contact_of(edit: &PromiseEdit) -> Option<ItemId> {
    match edit {
        PromiseEdit::Confirm { contact, .. }
        | PromiseEdit::Communicate { contact, .. }
        | PromiseEdit::Agree { contact, .. } => *contact,
        PromiseEdit::Cancel { agreed_by, .. } => *agreed_by,
        _ => None,
    }
}

fn internal() -> CommandRefusal {
    CommandRefusal::internal()
}
