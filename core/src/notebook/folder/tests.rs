//! The order of access to a folder, and files that are not what they were.

use super::*;
use crate::environment::ScriptedEnvironment;
use crate::model::account::AccountDraft;
use crate::notebook::{MemorySecretStore, Notebook};
use crate::testing::NOON;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

struct Fixture {
    _folder: tempfile::TempDir,
    path: PathBuf,
    secrets: Arc<MemorySecretStore>,
}

fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    Fixture {
        path: folder.path().join("n"),
        _folder: folder,
        secrets: Arc::default(),
    }
}

impl Fixture {
    /// Makes a program that opens the notebook, and waits for no other.
    fn program(&self, seed: u64) -> Notebook {
        let clock = Arc::new(ScriptedEnvironment::new(NOON, seed));
        Notebook::open_with_lock_wait(&self.path, self.secrets.clone(), clock, 0).unwrap()
    }
}

fn customer(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

fn key(error: KeptError) -> String {
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
    assert_eq!(other.me(), Err(KeptError::Busy));
    assert_eq!(other.pause(), Err(KeptError::Busy));
    one.create_account(customer("Cherry")).unwrap();
    one.release_lock();
    assert_eq!(other.rows().unwrap().len(), 3);
    one.keep_lock().unwrap();
    one.pause().unwrap();
    assert_eq!(other.rows().unwrap().len(), 3, "a pause keeps nobody out");
}

#[test]
fn a_file_that_another_program_brought_further_is_not_written() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    notebook.create_account(customer("Alder")).unwrap();
    let secret = fixture.secrets.load(DATABASE_KEY.into()).unwrap().unwrap();
    let newer = Store::open(
        &fixture.path.join(DATABASE),
        Some(&secret.try_into().unwrap()),
    )
    .unwrap();
    newer
        .read()
        .execute_batch("PRAGMA user_version = 999")
        .unwrap();
    drop(newer);
    let told = notebook.create_account(customer("Birch")).unwrap_err();
    assert_eq!(key(told), "error-newer-database");
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
