//! The past is read from the changes alone, and nothing may be missing or altered in them.

use super::*;
use crate::environment::ScriptedEnvironment;
use crate::model::account::{AccountDraft, AccountEdit};
use crate::model::event::Performer;
use crate::model::ids::Actor;
use crate::model::ids::InstallationId;
use crate::model::registry::{Device, RegistryRow, Role};
use crate::model::time::Due;
use crate::model::visit::Channel;
use crate::notebook::test_kit::{SAM, notebook_of};
use crate::notebook::{MemorySecretStore, PromiseDraft};
use crate::store::meta::{self, Identity};
use crate::store::registry;
use crate::testing::{HOUR, NOON};
use std::sync::Arc;

struct Fixture {
    _folder: tempfile::TempDir,
    environment: Arc<ScriptedEnvironment>,
    notebook: Notebook,
}

fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let secrets = Arc::new(MemorySecretStore::default());
    let notebook =
        Notebook::open_with(folder.path().join("n"), secrets, environment.clone()).unwrap();
    Fixture {
        _folder: folder,
        environment,
        notebook,
    }
}

impl Fixture {
    fn account(&self, name: &str) -> DocId {
        let draft = AccountDraft {
            name: name.into(),
            ..AccountDraft::default()
        };
        self.notebook.create_account(draft).unwrap()
    }

    fn rename(&self, id: DocId, name: &str) {
        let edits = vec![AccountEdit::Name { name: name.into() }];
        self.notebook.edit_account(id, edits).unwrap();
    }

    fn name_at(&self, id: DocId, at: Millis) -> Option<String> {
        let past = self.notebook.history_at(id, at, PastBasis::Written).ok()?;
        past.account.map(|account| account.name)
    }

    fn sql(&self, sql: &str) {
        let done = self.notebook.write(|store| {
            store
                .write(|tx| Ok::<_, StoreError>(tx.execute_batch(sql)?))
                .map_err(KeptError::from)
        });
        done.unwrap();
    }

    fn problems(&self, id: DocId) -> Vec<String> {
        let check = self.notebook.verify_history(id).unwrap();
        // An intact history is one sentence, another one its problems.
        let intact = check.messages()[0].key == "history-intact";
        assert_eq!(intact, check.problems.is_empty());
        check.problems.into_iter().map(|words| words.key).collect()
    }
}

#[test]
fn a_document_is_seen_as_it_was_with_who_wrote_each_field() {
    let fixture = fixture();
    let id = fixture.account("Adler");
    fixture.environment.advance(HOUR);
    let edits = vec![
        AccountEdit::Name {
            name: "Falke".into(),
        },
        AccountEdit::Notes {
            text: "Dog bites.".into(),
            was: None,
        },
        AccountEdit::AddTag { tag: "oven".into() },
    ];
    fixture.notebook.edit_account(id, edits).unwrap();
    assert_eq!(fixture.name_at(id, NOON - 1), None);
    assert_eq!(fixture.name_at(id, NOON).as_deref(), Some("Adler"));
    let told = |at| {
        let past = fixture
            .notebook
            .history_at(id, at, PastBasis::Written)
            .unwrap();
        [past.moment_message("UTC").key, past.later_message().key]
    };
    assert_eq!(told(NOON), ["past-was", "past-later"]);
    assert_eq!(told(NOON + HOUR), ["past-was", "past-nothing-later"]);
    let past = fixture
        .notebook
        .history_at(id, NOON + HOUR, PastBasis::Written)
        .unwrap();
    assert_eq!(
        (past.account.unwrap().name.as_str(), past.later),
        ("Falke", 0)
    );
    let said = |label: &str| {
        let line = past
            .lines
            .iter()
            .find(|line| line.label.key == label)
            .unwrap();
        (format!("{:?}", line.value), line.written_at)
    };
    let (value, at) = said("field-notes");
    assert!(value.contains("Dog bites.") && at == NOON + HOUR);
    assert!(said("field-tag").0.contains("oven"));
    assert_eq!(
        said("field-form").1,
        NOON,
        "what nobody touched is as old as it was"
    );
}

#[test]
fn nothing_is_written_before_what_it_builds_upon_whatever_a_clock_says() {
    let fixture = fixture();
    let id = fixture.account("Adler");
    fixture.environment.set_wall(NOON - 5 * HOUR);
    fixture.rename(id, "Falke");
    assert_eq!(fixture.name_at(id, NOON - HOUR), None);
    assert_eq!(fixture.name_at(id, NOON).as_deref(), Some("Falke"));
}

#[test]
fn what_is_missing_or_altered_in_a_history_is_named() {
    let fixture = fixture();
    let id = fixture.account("Adler");
    for name in ["B", "C", "D"] {
        fixture.rename(id, name);
    }
    assert!(fixture.problems(id).is_empty());
    fixture.sql("DELETE FROM change WHERE seq = 3");
    assert_eq!(fixture.problems(id), ["history-missing", "history-gap"]);
    fixture.sql("DELETE FROM change WHERE seq = 4");
    assert!(
        fixture.problems(id).is_empty(),
        "an end that was never here is no gap"
    );
    fixture.sql("UPDATE change SET bytes = zeroblob(length(bytes)) WHERE seq = 2");
    assert_eq!(fixture.problems(id), ["history-unreadable"]);
    let checkup = fixture.notebook.verify().unwrap();
    assert_eq!(checkup.broken.len(), 1);
    assert!(!checkup.is_healthy());
}

#[test]
fn an_event_is_shown_with_the_device_of_its_author_whatever_it_claims() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let me = ann.read(|store| Ok(meta::identity(store.read())?)).unwrap();
    let device = |id, person, label: &str, actors| {
        RegistryRow::Device(Device {
            id,
            person,
            label: label.into(),
            actors,
            push: None,
            enrolled: 0,
            revoked: None,
            server: false,
        })
    };
    let sams = InstallationId([9; 16]);
    let known = [
        device(me.installation, me.person, "Ann's phone", vec![me.actor]),
        device(sams, SAM, "Sam's phone", vec![Actor([9; 16])]),
    ];
    let claims = Identity {
        installation: sams,
        ..me
    };
    let prepared = ann.write(|store| {
        let prepared = store.write(|tx| {
            for row in &known {
                registry::take(tx, row)?;
            }
            meta::set(tx, &claims)
        });
        prepared.map_err(KeptError::from)
    });
    prepared.unwrap();
    let id = ann
        .make_promise(PromiseDraft {
            kind: "callback".into(),
            deliverable: "a call".into(),
            criterion: String::new(),
            account: None,
            contact: None,
            performer: Performer::Nobody,
            due: Due::at(NOON + 24 * HOUR, "Europe/Berlin").unwrap(),
            words: String::new(),
            channel: Channel::Call,
            told: true,
            ask: false,
            not_before: None,
            suggestion: None,
            makes_right: None,
        })
        .unwrap();
    let past = ann.history_at(id, NOON + HOUR, PastBasis::Written).unwrap();
    let events = past.lines.iter();
    let events = events.filter(|line| line.label.key == "field-event");
    let devices: Vec<&str> = events.map(|line| line.device.as_str()).collect();
    assert_eq!(devices, ["Ann's phone", "Ann's phone"]);
}
