//! Reads beside writers: they wait for none, see what was written before them, and notice that the file is another one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use proptest::prelude::*;

use super::tests::{customer, fixture, key};
use super::*;
use crate::environment::ScriptedEnvironment;
use crate::notebook::{FileSecretStore, MemorySecretStore, Notebook};
use crate::store::outbox;
use crate::testing::NOON;

/// The number of groups that were written.
fn written(notebook: &Notebook) -> ApiResult<u64> {
    notebook.read(|store| Ok(outbox::unsent_count(store.read())?))
}

#[test]
fn a_read_does_not_wait_for_a_writer_that_has_the_folder() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    notebook.create_account(customer("Alder")).unwrap();
    let held = lock_folder(&fixture.path, 0).unwrap();
    assert_eq!(written(&notebook), Ok(1));
    assert_eq!(
        notebook.create_account(customer("Birch")),
        Err(KeptError::Busy)
    );
    drop(held);
    let beside = notebook.write(|store| {
        store.write(|tx| {
            meta::set(tx, &meta::Access { signed_out: true })?;
            // Another call of this program, in the midst of the transaction.
            written(&notebook)
        })
    });
    assert_eq!(beside, Ok(1));
}

#[test]
fn the_connection_that_writes_is_closed_last() {
    let fixture = fixture();
    let log = fixture.path.join(LOG);
    let notebook = fixture.program(1);
    notebook.create_account(customer("Alder")).unwrap();
    assert_eq!(written(&notebook), Ok(1));
    assert_eq!(notebook.readers.open(), 1);
    notebook.pause().unwrap();
    assert_eq!(notebook.readers.open(), 0);
    assert!(!log.exists(), "all of it is in the file");
    assert_eq!(written(&notebook), Ok(1), "the next call opens it again");
    assert_eq!(written(&notebook), Ok(1));
    assert!(log.exists());
    drop(notebook);
    assert!(!log.exists());
}

#[test]
fn a_pause_waits_for_the_calls_that_read() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let pausing = notebook.read(|store| {
            let pausing = scope.spawn(|| {
                let paused = notebook.pause();
                (paused, done.load(Ordering::SeqCst))
            });
            while notebook.readers.is_served() {
                std::thread::yield_now();
            }
            assert!(meta::get::<Identity>(store.read())?.is_some());
            done.store(true, Ordering::SeqCst);
            Ok(pausing)
        });
        assert_eq!(pausing.unwrap().join().unwrap(), (Ok(()), true));
    });
}

#[test]
fn only_so_many_read_at_once_and_few_connections_stay() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    let together = std::sync::Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let met = notebook.read(|_| {
                    together.wait();
                    Ok(())
                });
                met.unwrap();
            });
        }
    });
    assert_eq!(notebook.readers.open(), 2);
    let most = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let read = notebook.read(|_| {
                    let open = u64::try_from(notebook.readers.open()).unwrap();
                    most.fetch_max(open, Ordering::SeqCst);
                    Ok(())
                });
                read.unwrap();
            });
        }
    });
    assert!(most.into_inner() <= 4);
}

/// Moves a notebook away, as whoever replaces it does.
fn move_files(from: &Path, to: &Path) {
    let _lock = lock_folder(from, 0).unwrap();
    std::fs::create_dir_all(to).unwrap();
    for name in [DATABASE, LOG, "notebook.db-shm"] {
        if from.join(name).exists() {
            std::fs::rename(from.join(name), to.join(name)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_read_notices_that_the_file_was_replaced_or_is_gone() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    notebook.create_account(customer("Alder")).unwrap();
    assert_eq!(written(&notebook), Ok(1));
    let aside = fixture.path.with_extension("aside");
    move_files(&fixture.path, &aside);
    let gone = written(&notebook).unwrap_err();
    assert_eq!(key(gone), "error-database-gone");
    assert_eq!(notebook.readers.open(), 0);

    let stranger = fixture.path.with_extension("stranger");
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 7));
    // With the same key, so that nothing but the file tells the two apart.
    let same_key = MemorySecretStore::default();
    let secret = fixture.secrets.load(DATABASE_KEY.into()).unwrap().unwrap();
    same_key.save(DATABASE_KEY.into(), secret).unwrap();
    drop(Notebook::open_with(&stranger, Arc::new(same_key), clock.clone()).unwrap());
    move_files(&stranger, &fixture.path);
    assert_eq!(written(&notebook), Ok(0), "that is the other one");
    assert_eq!(written(&notebook), Ok(0));

    move_files(&fixture.path, &stranger);
    let other_key = fixture.path.with_extension("other-key");
    let secrets = Arc::new(MemorySecretStore::default());
    drop(Notebook::open_with(&other_key, secrets, clock).unwrap());
    move_files(&other_key, &fixture.path);
    assert_eq!(key(written(&notebook).unwrap_err()), "error-wrong-key");
}

#[test]
fn a_read_notices_that_another_program_brought_the_file_further() {
    let fixture = fixture();
    let notebook = fixture.program(1);
    assert_eq!(written(&notebook), Ok(0));
    let newer = fixture.stranger();
    let further = "PRAGMA user_version = 999";
    newer.read().execute_batch(further).unwrap();
    let told = written(&notebook).unwrap_err();
    assert_eq!(key(told), "error-newer-database");
}

/// A secret store that the system locks.
#[derive(Default)]
pub(super) struct LockableStore {
    inner: MemorySecretStore,
    pub(super) locked: AtomicBool,
}

impl SecretStore for LockableStore {
    fn save(&self, name: String, value: Vec<u8>) -> Result<(), SecretStoreError> {
        self.inner.save(name, value)
    }

    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretStoreError> {
        match self.locked.load(Ordering::SeqCst) {
            true => Err(SecretStoreError::Locked),
            false => self.inner.load(name),
        }
    }

    fn remove(&self, name: String) -> Result<(), SecretStoreError> {
        self.inner.remove(name)
    }
}

#[test]
fn a_locked_secret_store_stops_no_read_of_an_open_notebook() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(LockableStore::default());
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let notebook = Notebook::open_with(folder.path().join("n"), secrets.clone(), clock).unwrap();
    secrets.locked.store(true, Ordering::SeqCst);
    assert_eq!(notebook.readers.open(), 0);
    assert_eq!(written(&notebook), Ok(0), "by a new connection");
    assert_eq!(notebook.readers.open(), 1);
    notebook.pause().unwrap();
    let problem = match written(&notebook) {
        Err(KeptError::Storage { problem, .. }) => Some(problem),
        _ => None,
    };
    assert_eq!(problem, Some(StorageProblem::KeyLocked));
    secrets.locked.store(false, Ordering::SeqCst);
    assert_eq!(written(&notebook), Ok(0), "once it is unlocked");
}

const CHILD: &str = "KEPT_TEST_WRITER";
const GROUPS: u64 = 60;

/// The other program of the test below: writes to the folder that a variable names. It has none to write to unless that
/// test starts it, so it is passed over when all tests run.
#[test]
#[ignore = "another test runs it in a process of its own"]
fn writer_in_a_process_of_its_own() {
    let folder = PathBuf::from(std::env::var_os(CHILD).unwrap());
    let secrets = Arc::new(FileSecretStore::new(folder.join("secrets")));
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 2));
    let notebook = Notebook::open_with(&folder, secrets, clock).unwrap();
    for number in 0..GROUPS {
        notebook
            .create_account(customer(&number.to_string()))
            .unwrap();
        if number % 20 == 7 {
            notebook.pause().unwrap();
        }
    }
}

#[test]
fn reads_see_what_another_process_writes_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(FileSecretStore::new(folder.path().join("secrets")));
    let clock = Arc::new(ScriptedEnvironment::new(NOON, 1));
    let notebook = Notebook::open_with(folder.path(), secrets, clock).unwrap();
    let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "writer_in_a_process_of_its_own"])
        .env(CHILD, folder.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut before = 0;
    let status = loop {
        let status = writer.try_wait().unwrap();
        let now = written(&notebook).unwrap();
        assert!(now >= before, "{now} after {before}");
        before = now;
        if let Some(status) = status {
            break status;
        }
    };
    assert!(status.success());
    assert_eq!(written(&notebook), Ok(GROUPS));
    assert!(notebook.verify().unwrap().is_healthy());
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Write,
    Read,
    Pause,
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = prop_oneof![
        3 => Just(Step::Write),
        6 => Just(Step::Read),
        1 => Just(Step::Pause),
    ];
    prop::collection::vec(prop::collection::vec(step, 1..12), 4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// A read sees all that was written before it began, and nothing that was not begun when it ended.
    #[test]
    fn threads_that_read_write_and_pause_see_no_step_back(threads in steps()) {
        let fixture = fixture();
        let notebook = fixture.program(1);
        let (begun, done) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for steps in &threads {
                let (notebook, begun, done) = (&notebook, &begun, &done);
                scope.spawn(move || for step in steps {
                    match step {
                        Step::Write => {
                            begun.fetch_add(1, Ordering::SeqCst);
                            notebook.create_account(customer("Alder")).unwrap();
                            done.fetch_add(1, Ordering::SeqCst);
                        }
                        Step::Read => {
                            let before = done.load(Ordering::SeqCst);
                            let seen = written(notebook).unwrap();
                            let after = begun.load(Ordering::SeqCst);
                            assert!(before <= seen && seen <= after, "{before} {seen} {after}");
                        }
                        Step::Pause => notebook.pause().unwrap(),
                    }
                });
            }
        });
        prop_assert_eq!(written(&notebook), Ok(done.into_inner()));
    }
}
