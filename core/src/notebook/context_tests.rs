//! The basis of a context is held between calls, and is always the one that was written last, by any program.

use super::*;
use crate::model::colleague_profile::PersonEdit;
use crate::model::handbook::KindEdit;
use crate::model::registry::{RegistryRow, Role};
use crate::model::silence::SilenceEnded;
use crate::notebook::test_kit::{SAM, day_off, notebook_of};
use crate::store::{Store, StoreError};
use crate::testing::{NOON, colleague, device, presence};

/// The context of a call, and the one that is read anew.
fn held_and_read(notebook: &Notebook) -> (Basis, Basis) {
    let both = notebook.read(|store| {
        let read = Basis {
            version: basis::version(store.read())?,
            registry: Arc::new(registry::load(store.read())?),
            company: Arc::new(company::load(store.read())?),
            silences: Arc::new(Silences::load(store.read())?),
        };
        Ok((notebook.basis.now(store)?, read))
    });
    both.unwrap()
}

fn assert_held(notebook: &Notebook) -> Basis {
    let (held, read) = held_and_read(notebook);
    assert_eq!(held.version, read.version);
    assert_eq!(held.registry, read.registry);
    assert_eq!(held.company, read.company);
    assert_eq!(held.silences, read.silences);
    held
}

#[test]
fn a_call_after_any_change_of_what_is_held_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Owner);
    let store = |work: &dyn Fn(&rusqlite::Transaction<'_>) -> Result<(), StoreError>| {
        let written = notebook.write(|store: &mut Store| Ok(store.write(|tx| work(tx))?));
        written.unwrap();
    };
    let take = |row: RegistryRow| store(&|tx| registry::take(tx, &row).map(|_| ()));
    let heard = |heard| presence(device(SAM).id, heard, heard);
    let ended = SilenceEnded {
        installation: device(SAM).id,
        at: NOON,
        before: vec![],
    };
    let changes: [(&str, &dyn Fn()); 8] = [
        ("role", &|| {
            take(RegistryRow::Colleague(colleague(
                SAM,
                "Sam",
                Role::Sales,
                &[],
            )));
        }),
        ("device", &|| take(RegistryRow::Device(device(SAM)))),
        ("presence", &|| {
            store(&|tx| registry::take_presence(tx, &heard(NOON)))
        }),
        ("silence", &|| {
            store(&|tx| registry::take_silence(tx, &ended))
        }),
        ("a kind", &|| {
            let edit = KindEdit::Lead { minutes: 77 };
            notebook.save_kind("fix".into(), vec![edit]).unwrap();
        }),
        ("the kind again", &|| {
            let edit = KindEdit::Lead { minutes: 78 };
            notebook.save_kind("fix".into(), vec![edit]).unwrap();
        }),
        ("a day off", &|| {
            let me = notebook.me().unwrap().person;
            let edits: Vec<PersonEdit> = vec![day_off("2026-12-24")];
            notebook.edit_colleague_profile(me, edits).unwrap();
        }),
        ("myself", &|| {
            store(&|tx| {
                let mut identity = meta::identity(tx)?;
                identity.person = crate::testing::EVA;
                identity.person_name = "Eva".into();
                meta::set(tx, &identity)
            });
        }),
    ];
    let mut before = assert_held(&notebook);
    for (name, change) in changes {
        change();
        let after = assert_held(&notebook);
        let same = before.registry == after.registry
            && before.company == after.company
            && before.silences == after.silences;
        assert!(!same && after.version > before.version, "{name}");
        before = after;
    }
    // Nothing changed, and nothing is read again.
    store(&|tx| registry::take_presence(tx, &heard(NOON)));
    let after = assert_held(&notebook);
    assert!(Arc::ptr_eq(&before.registry, &after.registry));
    notebook.rebuild().unwrap();
    assert_held(&notebook);
    notebook.pause().unwrap();
    assert!(notebook.basis.place().is_none());
}

#[test]
fn what_a_writer_read_and_did_not_commit_is_not_held() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, _) = notebook_of(&folder, Role::Owner);
    let before = assert_held(&notebook);
    let refused = notebook.write(|store: &mut Store| {
        let refused: Result<(), StoreError> = store.write(|tx| {
            let row = RegistryRow::Colleague(colleague(SAM, "Nobody", Role::Sales, &[]));
            registry::take(tx, &row)?;
            let reading: Reading<'_> = tx.into();
            let read = notebook.basis.now(reading);
            assert!(read.is_ok_and(|read| read.version > before.version));
            Err(StoreError::Corrupt("no".into()))
        });
        assert!(refused.is_err());
        Ok(())
    });
    refused.unwrap();
    let after = assert_held(&notebook);
    assert!(Arc::ptr_eq(&before.registry, &after.registry));
    let row = RegistryRow::Colleague(colleague(SAM, "Samuel", Role::Sales, &[]));
    let taken = notebook
        .write(|store: &mut Store| Ok(store.write(|tx| registry::take(tx, &row).map(|_| ()))?));
    taken.unwrap();
    assert_eq!(assert_held(&notebook).registry.name(SAM), Some("Samuel"));
}
