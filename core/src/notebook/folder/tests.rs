//! The order of access to a folder, and files that are not what they were.

use super::*;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::environment::ScriptedEnvironment;
use crate::language::{Lang, message_text};
use crate::model::account::AccountDraft;
use crate::notebook::test_kit::{error_key, local_notebook, named};
use crate::notebook::{MemorySecretStore, Notebook};
use crate::store::Reading;
use crate::testing::NOON;

pub(super) struct Fixture {
    _folder: tempfile::TempDir,
    pub(super) path: PathBuf,
    pub(super) secrets: Arc<MemorySecretStore>,
}

pub(super) fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    Fixture {
        path: folder.path().join("n"),
        _folder: folder,
        secrets: Arc::default(),
    }
}

impl Fixture {
    /// Makes a program that opens the notebook, and waits for no other.
    pub(super) fn program(&self, seed: u64) -> Notebook {
        let clock = Arc::new(ScriptedEnvironment::new(NOON, seed));
        Notebook::open_with_lock_wait(&self.path, self.secrets.clone(), clock, 0).unwrap()
    }

    /// Opens the file past the locks of the folder; it waits for nobody.
    pub(super) fn stranger(&self) -> Store {
        let secret = self.secrets.load(DATABASE_KEY.into()).unwrap().unwrap();
        let key: Key = secret.try_into().unwrap();
        let store = Store::open(&self.path.join(DATABASE), Some(&key)).unwrap();
        store.read().busy_timeout(Duration::ZERO).unwrap();
        store
    }
}

pub(super) fn customer(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

pub(super) fn key(error: KeptError) -> String {
    error.message().key
}

#[test]
fn whoever_asks_again_waits_behind_those_who_wait() {
    let fixture = fixture();
    let held = lock_folder(&fixture.path, 0).unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let comes = |name: &'static str| {
        let (path, order) = (fixture.path.clone(), order.clone());
        std::thread::spawn(move || {
            let entered = lock_folder(&path, 60_000).unwrap();
            order.lock().unwrap().push(name);
            drop(entered);
        })
    };
    let first = comes("a command");
    let next = lock_file(&fixture.path.join(QUEUE_LOCK)).unwrap();
    while next.try_lock().is_ok() {
        next.unlock().unwrap();
        std::thread::yield_now();
    }
    let second = comes("the run, again");
    drop(held);
    first.join().unwrap();
    second.join().unwrap();
    assert_eq!(*order.lock().unwrap(), ["a command", "the run, again"]);
}

#[test]
fn two_programs_have_a_notebook_open_and_take_turns() {
    let fixture = fixture();
    let (one, other) = (fixture.program(1), fixture.program(2));
    one.create_account(customer("Alder")).unwrap();
    other.create_account(customer("Birch")).unwrap();
    assert_eq!(one.rows().unwrap(), other.rows().unwrap());
    one.keep_lock().unwrap();
    assert_eq!(other.rows().unwrap().len(), 2, "reads wait for nobody");
    let refused = other.create_account(customer("Dogwood"));
    assert_eq!(refused, Err(KeptError::Busy));
    assert_eq!(other.pause(), Err(KeptError::Busy));
    one.create_account(customer("Cherry")).unwrap();
    one.release_lock();
    assert_eq!(other.rows().unwrap().len(), 3);
    one.keep_lock().unwrap();
    one.pause().unwrap();
    assert_eq!(other.rows().unwrap().len(), 3);
    let again = other.create_account(customer("Dogwood"));
    assert!(again.is_ok(), "a pause keeps nobody out");
}

#[test]
fn a_file_that_another_program_brought_further_is_not_written() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    notebook.create_account(customer("Alder")).unwrap();
    let newer = fixture.stranger();
    newer
        .read()
        .execute_batch("PRAGMA user_version = 999")
        .unwrap();
    drop(newer);
    let told = notebook.create_account(customer("Birch")).unwrap_err();
    assert_eq!(key(told), "error-newer-database");
}

#[test]
fn what_a_call_checks_is_what_it_writes_upon() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    let mut stranger = fixture.stranger();
    let fact = meta::Access { signed_out: true };
    notebook
        .save(|store| {
            assert!(meta::get::<meta::Access>(store.read())?.is_none());
            let written = stranger.write(|tx| meta::set(tx, &fact));
            assert!(written.is_err(), "between check and write is nobody");
            assert!(meta::get::<meta::Access>(store.read())?.is_none());
            Ok((vec![], ()))
        })
        .unwrap();
    stranger.write(|tx| meta::set(tx, &fact)).unwrap();
}

#[test]
fn a_call_reads_one_state_of_the_file() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    let mut stranger = fixture.stranger();
    let known = |store: Reading<'_>| -> ApiResult<bool> {
        Ok(meta::get::<meta::Access>(store.read())?.is_some())
    };
    let read = notebook.read(|store| {
        let before = known(store)?;
        stranger.write(|tx| meta::set(tx, &meta::Access { signed_out: true }))?;
        Ok((before, known(store)?))
    });
    assert_eq!(read, Ok((false, false)));
    assert_eq!(notebook.read(known), Ok(true));
}

#[test]
fn a_refused_call_leaves_no_transaction_open() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    let refused = notebook.save::<()>(|_| Err(KeptError::NeedsJoin));
    assert_eq!(refused, Err(KeptError::NeedsJoin));
    let refused = notebook.read::<()>(|_| Err(KeptError::NeedsJoin));
    assert_eq!(refused, Err(KeptError::NeedsJoin));
    let mut stranger = fixture.stranger();
    let fact = meta::Access { signed_out: true };
    stranger.write(|tx| meta::set(tx, &fact)).unwrap();
    notebook.create_account(customer("Alder")).unwrap();
}

#[test]
fn a_folder_that_cannot_be_locked_is_read_and_not_written() {
    let fixture = fixture();
    fixture
        .program(1)
        .create_account(customer("Alder"))
        .unwrap();
    std::fs::remove_file(fixture.path.join(USE_LOCK)).unwrap();
    std::fs::create_dir(fixture.path.join(USE_LOCK)).unwrap();
    let notebook = fixture.program(2);
    assert_eq!(notebook.search("alder".into(), 5).unwrap().len(), 1);
    assert!(notebook.verify().unwrap().is_healthy());
    let told = notebook.create_account(customer("Birch")).unwrap_err();
    assert_eq!(key(told), "error-read-only-notebook");
    std::fs::remove_dir(fixture.path.join(USE_LOCK)).unwrap();
    notebook.create_account(customer("Birch")).unwrap();
}

#[test]
fn a_notebook_whose_key_is_gone_is_left_alone() {
    let fixture = local_notebook();
    fixture.notebook.create_account(named("A")).unwrap();
    drop(fixture.notebook);
    let folder = fixture.folder.path().join("n");
    let before = std::fs::read(folder.join("notebook.db")).unwrap();
    let no_key = Arc::new(MemorySecretStore::default());
    for (secrets, key) in [
        (no_key, "error-key-missing"),
        (wrong_key(), "error-wrong-key"),
    ] {
        let error = Notebook::open_with(&folder, secrets, fixture.environment.clone())
            .err()
            .unwrap();
        assert_eq!(error_key(&error), key);
    }
    assert_eq!(std::fs::read(folder.join("notebook.db")).unwrap(), before);
    assert!(Notebook::open_with(&folder, fixture.secrets, fixture.environment).is_ok());
}

#[test]
fn a_notebook_whose_file_is_damaged_says_so_and_is_left_alone() {
    for damage in [
        "UPDATE meta SET value = x'ff'",
        "DROP TABLE meta",
        "PRAGMA user_version = 1",
    ] {
        let fixture = local_notebook();
        let spoilt = fixture.notebook.write(|store| {
            store
                .write(|tx| Ok::<_, StoreError>(tx.execute_batch(damage)?))
                .map_err(KeptError::from)
        });
        spoilt.unwrap();
        drop(fixture.notebook);
        let folder = fixture.folder.path().join("n");
        let before = std::fs::read(folder.join("notebook.db")).unwrap();
        let opened = Notebook::open_with(&folder, fixture.secrets, fixture.environment);
        assert_eq!(
            error_key(&opened.err().unwrap()),
            "error-damaged",
            "{damage}"
        );
        assert_eq!(std::fs::read(folder.join("notebook.db")).unwrap(), before);
    }
}

fn wrong_key() -> Arc<MemorySecretStore> {
    let secrets = MemorySecretStore::default();
    secrets.save(DATABASE_KEY.into(), vec![9; 32]).unwrap();
    Arc::new(secrets)
}

#[test]
fn a_notebook_that_may_not_be_written_says_so_without_what_the_database_calls_it() {
    let fixture = local_notebook();
    let locked = fixture.notebook.write(|store| {
        store.read().pragma_update(None, "query_only", true)?;
        Ok(())
    });
    locked.unwrap();
    let error = fixture
        .notebook
        .create_account(named("Miller"))
        .unwrap_err();
    let told = message_text(&error.message(), Lang::En);
    assert!(matches!(error, KeptError::Storage { .. }), "{error:?}");
    assert!(told.contains("may not write to this notebook"), "{told}");
    assert!(!told.contains("attempt"), "{told}");
}
