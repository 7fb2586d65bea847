//! Notebooks that cannot be used any more, and those that can.

use std::sync::atomic::Ordering;

use super::*;
use crate::environment::ScriptedEnvironment;
use crate::notebook::folder::readers_tests::LockableStore;
use crate::notebook::storage_problem::StorageProblem;
use crate::notebook::test_kit::{key_of, local_notebook, named};
use crate::notebook::{MemorySecretStore, Notebook};
use crate::testing::NOON;

fn retired(folder: &Path, secrets: &dyn SecretStore) -> ApiResult<RetiredNotebook> {
    retire(folder, secrets, &ScriptedEnvironment::new(NOON, 2), 0)
}

fn secret(secrets: &MemorySecretStore, name: &str) -> Option<Vec<u8>> {
    secrets.load(name.into()).unwrap()
}

#[test]
fn a_notebook_whose_key_does_not_fit_is_retired_whole_and_a_new_one_begins() {
    let fixture = local_notebook();
    let folder = fixture.folder.path().join("n");
    fixture.notebook.create_account(named("Miller")).unwrap();
    drop(fixture.notebook);
    let right = secret(&fixture.secrets, DATABASE_KEY).unwrap();
    let before = std::fs::read(folder.join(DATABASE)).unwrap();
    fixture
        .secrets
        .save(DATABASE_KEY.into(), vec![9; 32])
        .unwrap();
    fixture.secrets.save(TOKEN.into(), vec![1]).unwrap();
    let told = retired(&folder, fixture.secrets.as_ref()).unwrap();
    assert_eq!(told.folder, folder.join("retired-1").display().to_string());
    assert_eq!(
        (told.bytes, told.key_kept),
        (u64::try_from(before.len()).unwrap(), true)
    );
    assert_eq!(
        std::fs::read(folder.join("retired-1").join(DATABASE)).unwrap(),
        before
    );
    assert_eq!(
        secret(&fixture.secrets, "retired-key-1"),
        Some(vec![9; 32]),
        "the key is kept, whatever it opens"
    );
    assert_eq!(secret(&fixture.secrets, TOKEN), None);
    let fresh = Notebook::open_with(
        &folder,
        fixture.secrets.clone(),
        fixture.environment.clone(),
    );
    let fresh = fresh.unwrap();
    assert!(fresh.rows().unwrap().is_empty());
    drop(fresh);
    // Whoever finds the right key reads the old one where it lies.
    let found = MemorySecretStore::default();
    found.save(DATABASE_KEY.into(), right).unwrap();
    let old = Notebook::open_with(
        folder.join("retired-1"),
        Arc::new(found),
        fixture.environment,
    );
    assert_eq!(old.unwrap().rows().unwrap().len(), 1);
}

#[test]
fn a_notebook_that_lost_its_key_or_its_file_is_retired() {
    let fixture = local_notebook();
    let folder = fixture.folder.path().join("n");
    drop(fixture.notebook);
    fixture.secrets.remove(DATABASE_KEY.into()).unwrap();
    let told = retired(&folder, fixture.secrets.as_ref()).unwrap();
    assert!(!told.key_kept && told.bytes > 0);
    let open = || {
        Notebook::open_with(
            &folder,
            fixture.secrets.clone(),
            fixture.environment.clone(),
        )
    };
    drop(open().unwrap());
    std::fs::remove_file(folder.join(DATABASE)).unwrap();
    assert_eq!(key_of(open().map(drop)), "error-database-gone");
    let told = retired(&folder, fixture.secrets.as_ref()).unwrap();
    assert_eq!((told.bytes, told.key_kept), (0, true));
    assert_eq!(told.folder, folder.join("retired-2").display().to_string());
    open().unwrap();
}

#[test]
fn a_sound_notebook_is_not_retired_and_none_is_made_to_be() {
    let fixture = local_notebook();
    let folder = fixture.folder.path().join("n");
    fixture.notebook.create_account(named("Miller")).unwrap();
    let told = retired(&folder, fixture.secrets.as_ref());
    assert_eq!(key_of(told), "error-notebook-sound");
    assert_eq!(fixture.notebook.rows().unwrap().len(), 1);
    let nowhere = fixture.folder.path().join("new");
    let told = retired(&nowhere, &MemorySecretStore::default());
    assert_eq!(key_of(told), "error-notebook-sound");
    assert!(!nowhere.join(DATABASE).exists());
}

#[test]
fn a_locked_device_retires_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n");
    let secrets = Arc::new(LockableStore::default());
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let open = || Notebook::open_with(&path, secrets.clone(), clock.clone());
    drop(open().unwrap());
    secrets.locked.store(true, Ordering::SeqCst);
    let told = retired(&path, secrets.as_ref());
    let is_locked = |problem: &StorageProblem| *problem == StorageProblem::KeyLocked;
    assert!(matches!(told, Err(KeptError::Storage { problem, .. }) if is_locked(&problem)));
    secrets.locked.store(false, Ordering::SeqCst);
    open().unwrap();
}

#[test]
fn a_retirement_that_was_cut_off_is_finished_at_the_next_opening() {
    for cut in 0..3 {
        let fixture = local_notebook();
        let folder = fixture.folder.path().join("n");
        drop(fixture.notebook);
        let part = folder.join(RETIRING);
        std::fs::create_dir(&part).unwrap();
        if cut > 0 {
            std::fs::rename(folder.join(DATABASE), part.join(DATABASE)).unwrap();
        }
        let key = secret(&fixture.secrets, DATABASE_KEY).unwrap();
        if cut > 1 {
            let name = "retired-key-1".to_owned();
            fixture.secrets.save(name, key.clone()).unwrap();
            fixture.secrets.remove(DATABASE_MADE.into()).unwrap();
            fixture.secrets.remove(DATABASE_KEY.into()).unwrap();
        }
        let opened = Notebook::open_with(&folder, fixture.secrets.clone(), fixture.environment);
        opened.unwrap();
        assert!(!part.exists());
        assert!(folder.join("retired-1").join(DATABASE).exists(), "{cut}");
        assert_eq!(secret(&fixture.secrets, "retired-key-1"), Some(key.clone()));
        assert_ne!(secret(&fixture.secrets, DATABASE_KEY), Some(key));
    }
}
