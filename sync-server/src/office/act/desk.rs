//! One act after the other: feed the replica to the log's head, build, append, feed again, answer.
//!
//! A form's id is the id of the group that it writes, so that the log itself knows a second click.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::Notebook;
use kept_core::environment::random_bytes;
use kept_core::model::ids::{Actor, DocId, GroupId, ItemId, PersonId};
use kept_core::notebook::{Act, Author, KeptError, PromiseEdit};
use kept_core::wire::{Group, Outcome, ReasonCode};
use kept_core::words::Words;

use crate::office::replica::Replica;
use crate::server::ServerState;

/// The most times that an act is built: anew each time that the log moved meanwhile.
const ATTEMPTS: u32 = 3;

/// The reason for which an act was not done, as a sentence; nothing was changed.
#[derive(Debug)]
pub(in crate::office) struct Refusal(pub(in crate::office) Words);

impl Refusal {
    /// Something failed that no form can help.
    pub(in crate::office) fn stumbled() -> Self {
        Self(Words::new("office-act-stumbled"))
    }
}

impl From<KeptError> for Refusal {
    fn from(error: KeptError) -> Self {
        Self(error.words())
    }
}

/// The writer for the office's people: each has an actor of this start of the server.
pub(in crate::office) struct Desk {
    state: Arc<ServerState>,
    /// The authors by person; the lock's holder is the only one who acts in this process.
    authors: Mutex<HashMap<PersonId, Author>>,
}

/// The log's answer to a group.
enum Answer {
    Stored,
    /// The log has moved: build it anew.
    Again,
    Held,
    Refused,
}

impl Desk {
    /// A writer without authors yet.
    pub(in crate::office) fn new(state: Arc<ServerState>) -> Self {
        Self {
            state,
            authors: Mutex::default(),
        }
    }

    /// Does an act for a person. Blocks. The same `form` does nothing twice, also after a restart. Returns
    /// the document that was written; none if the act changes nothing.
    pub(in crate::office) fn act(
        &self,
        replica: &Replica,
        person: PersonId,
        form: GroupId,
        act: &Act,
    ) -> Result<Option<DocId>, Refusal> {
        let mut authors = self.authors.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..ATTEMPTS {
            replica.catch_up()?;
            let notebook = replica.notebook().ok_or_else(stumbled)?;
            if let Some(done) = notebook.docs_of_group(form)?.first() {
                return Ok(Some(*done));
            }
            let author = match authors.get(&person) {
                Some(author) => author.clone(),
                None => self.register(person)?,
            };
            authors.insert(person, author.clone());
            knows_contacts(&notebook, act)?;
            let prepared = notebook.prepare_act(act.clone(), &author, form)?;
            let Some(doc) = prepared.docs.first().copied() else {
                return Ok(None);
            };
            match self.append(&author, &prepared.group)? {
                Answer::Stored => {
                    replica.catch_up()?;
                    return Ok(Some(doc));
                }
                Answer::Again => {}
                Answer::Held => return Err(Refusal(Words::new("office-act-held"))),
                Answer::Refused => return Err(stumbled()),
            }
        }
        Err(Refusal(Words::new("office-act-busy")))
    }

    fn register(&self, person: PersonId) -> Result<Author, Refusal> {
        let actor = Actor(random_bytes::<16>(&**self.state.environment()));
        let device = self.state.register_office(person, actor).map_err(|error| {
            tracing::error!(%error, "an office actor could not be registered");
            stumbled()
        })?;
        Ok(Author {
            person,
            actor,
            device,
        })
    }

    fn append(&self, author: &Author, group: &Group) -> Result<Answer, Refusal> {
        let outcome = self.state.append(author.device, group).map_err(|error| {
            tracing::error!(%error, "the log does not take what the office writes");
            stumbled()
        })?;
        Ok(match outcome {
            Outcome::Stored | Outcome::Already => Answer::Stored,
            Outcome::MissingDeps(_) => Answer::Again,
            Outcome::Held(_) => Answer::Held,
            Outcome::Refused(reasons) => {
                let moved = [ReasonCode::SequenceTaken, ReasonCode::NotFirst];
                let moved = moved.map(ReasonCode::number);
                if reasons.iter().any(|reason| moved.contains(&reason.code)) {
                    Answer::Again
                } else {
                    tracing::error!(?reasons, "the log refuses what the office writes");
                    Answer::Refused
                }
            }
        })
    }
}

/// Refuses a contact at a customer's that the page cannot have offered.
fn knows_contacts(notebook: &Notebook, act: &Act) -> Result<(), Refusal> {
    let (account, named): (_, Vec<ItemId>) = match act {
        Act::MakePromise { draft } => (draft.account, draft.contact.into_iter().collect()),
        Act::ChangePromise { id, edits, .. } => {
            let named: Vec<ItemId> = edits.iter().filter_map(contact_of).collect();
            if named.is_empty() {
                return Ok(());
            }
            (notebook.promise(*id)?.summary.account, named)
        }
        Act::EditAccount { .. }
        | Act::Edit(_)
        | Act::Acknowledge { .. }
        | Act::Settle { .. }
        | Act::WriteAgain { .. } => return Ok(()),
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
        Err(Refusal(Words::new("office-act-no-contact")))
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

fn stumbled() -> Refusal {
    Refusal::stumbled()
}
