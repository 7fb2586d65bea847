//! Notebooks and drafts that the tests of several rooms share.

use std::sync::Arc;

use crate::environment::{Environment, ScriptedEnvironment};
use crate::model::account::AccountDraft;
use crate::model::colleague_profile::PersonEdit;
use crate::model::event::{EventBody, Performer, PromiseMade};
use crate::model::ids::{Actor, DocId, PersonId};
use crate::model::registry::{RegistryRow, Role};
use crate::model::time::{Due, DuePart};
use crate::model::visit::{Channel, VisitDraft};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::folder::secrets::MemorySecretStore;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::rows::promise_record;
use crate::notebook::visits::VisitEntry;
use crate::store::meta::{self, Identity, ServerClock};
use crate::store::{Store, registry};
pub(in crate::notebook) use crate::testing::SAM;
use crate::testing::{NOON, colleague};

/// A notebook that belongs to no company.
pub(in crate::notebook) struct LocalNotebook {
    pub(in crate::notebook) folder: tempfile::TempDir,
    pub(in crate::notebook) secrets: Arc<MemorySecretStore>,
    pub(in crate::notebook) environment: Arc<ScriptedEnvironment>,
    pub(in crate::notebook) notebook: Notebook,
}

/// Makes a notebook that belongs to no company, at noon.
pub(in crate::notebook) fn local_notebook() -> LocalNotebook {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(MemorySecretStore::default());
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let notebook = Notebook::open_with(
        folder.path().join("n"),
        secrets.clone(),
        environment.clone(),
    )
    .unwrap();
    LocalNotebook {
        folder,
        secrets,
        environment,
        notebook,
    }
}

/// The draft of a customer with a name only.
pub(in crate::notebook) fn named(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

/// The draft of a visit at a customer.
pub(in crate::notebook) fn visit(account: Option<DocId>, said: &str) -> VisitEntry {
    let visit = VisitDraft {
        account,
        said: said.into(),
        ..VisitDraft::default()
    };
    VisitEntry {
        visit,
        usages: vec![],
        promises: vec![],
    }
}

/// The key of the sentence of an error.
pub(in crate::notebook) fn error_key(error: &KeptError) -> String {
    error.message().key
}

/// A notebook that belongs to a company, and its owner's role in it.
pub(in crate::notebook) fn notebook_of(
    folder: &tempfile::TempDir,
    role: Role,
) -> (Notebook, Arc<ScriptedEnvironment>) {
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let secrets = Arc::new(MemorySecretStore::default());
    let notebook =
        Notebook::open_with(folder.path().join("n"), secrets, environment.clone()).unwrap();
    let joined = notebook.write(|store| {
        let mut identity = meta::identity(store.read())?;
        identity.server = Some("https://kept.example".into());
        identity.role = role;
        let row = |id, name, role| RegistryRow::Colleague(colleague(id, name, role, &[]));
        store.write(|tx| {
            meta::set(tx, &identity)?;
            registry::take(tx, &row(identity.person, "Ann", role))?;
            registry::take(tx, &row(SAM, "Sam", Role::Technician))?;
            Ok::<_, crate::store::StoreError>(())
        })?;
        Ok(())
    });
    joined.unwrap();
    (notebook, environment)
}

/// The key of the sentence with which something was refused.
pub(in crate::notebook) fn key_of<T: std::fmt::Debug>(result: ApiResult<T>) -> String {
    result.unwrap_err().message().key
}

/// Lets a notebook compare its clock with a server's, which shows the same time.
pub(in crate::notebook) fn compare_clock(notebook: &Notebook, environment: &ScriptedEnvironment) {
    let clock = ServerClock {
        offset_ms: 0,
        boot_ms: environment.boot_ms(),
        boot_id: environment.boot_id(),
        server_ms: notebook.now_ms().unwrap(),
    };
    let compared = |store: &mut Store| Ok(store.write(|tx| meta::set(tx, &clock))?);
    notebook.write(compared).unwrap();
}

/// A Sunday; the tests begin on the one before.
pub(in crate::notebook) const SUNDAY: &str = "2026-11-29";

/// A date in Berlin.
pub(in crate::notebook) fn due(date: &str, part: DuePart) -> Due {
    Due {
        date: date.into(),
        part,
        zone: "Europe/Berlin".into(),
        end_of_day: None,
        repeated: false,
    }
}

/// The draft of a promise of a kind.
pub(in crate::notebook) fn draft(kind: &str, due: Due) -> PromiseDraft {
    PromiseDraft {
        kind: kind.into(),
        deliverable: "a call".into(),
        criterion: String::new(),
        account: None,
        contact: None,
        performer: Performer::Person { person: SAM },
        due,
        words: String::new(),
        channel: Channel::Call,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    }
}

/// The bodies of the events of a promise.
pub(in crate::notebook) fn events(notebook: &Notebook, id: DocId) -> Vec<EventBody> {
    let record = notebook.read(|store| promise_record(store, id)).unwrap();
    let bodies = record.events.into_iter().map(|event| event.stored.body);
    bodies.collect()
}

/// The first event of a promise.
pub(in crate::notebook) fn made(notebook: &Notebook, id: DocId) -> PromiseMade {
    match events(notebook, id).remove(0) {
        EventBody::Made(made) => *made,
        other => panic!("{other:?}"),
    }
}

/// A day on which a colleague does not work.
pub(in crate::notebook) fn day_off(date: &str) -> PersonEdit {
    PersonEdit::Absent { date: date.into() }
}

/// A colleague who has no part in anything.
const EVA: PersonId = PersonId([0xe0; 16]);

/// Lets something be written as a colleague writes it who has no part in it.
pub(in crate::notebook) fn as_stranger(notebook: &Notebook, write: impl FnOnce()) {
    let become_one = |identity: &Identity| {
        let done = notebook.write(|store| {
            let eva = RegistryRow::Colleague(colleague(EVA, "Eva", Role::Technician, &[]));
            let taken = store.write(|tx| {
                registry::take(tx, &eva)?;
                meta::set(tx, identity)
            });
            taken.map_err(KeptError::from)
        });
        done.unwrap();
    };
    let known = notebook.read(|store| Ok(meta::identity(store.read())?));
    let known = known.unwrap();
    become_one(&Identity {
        person: EVA,
        actor: Actor([0xe0; 16]),
        ..known.clone()
    });
    write();
    become_one(&known);
}
