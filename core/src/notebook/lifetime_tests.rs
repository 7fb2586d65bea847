//! The end of a notebook: nothing of it is left open, whoever still holds it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::environment::ScriptedEnvironment;
use crate::model::account::AccountDraft;
use crate::notebook::folder::DATABASE;
use crate::notebook::folder::secrets::MemorySecretStore;
use crate::notebook::{ApiResult, EntryKind, KeptError, Notebook};
use crate::sync::outage::OutageCause;
use crate::sync::transport::{Transport, TransportError};

const NOON: i64 = 1_796_040_000_000;

struct Opened {
    folder: tempfile::TempDir,
    secrets: Arc<MemorySecretStore>,
    notebook: Arc<Notebook>,
}

impl Opened {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemorySecretStore::default());
        let notebook = Self::open(&folder, &secrets).unwrap();
        Self {
            folder,
            secrets,
            notebook: Arc::new(notebook),
        }
    }

    fn open(folder: &tempfile::TempDir, secrets: &Arc<MemorySecretStore>) -> ApiResult<Notebook> {
        let environment = Arc::new(ScriptedEnvironment::new(NOON, 1));
        Notebook::open_with_lock_wait(folder.path().join("n"), secrets.clone(), environment, 0)
    }

    /// Opens the folder anew, beside what still holds it.
    fn again(&self) -> Notebook {
        Self::open(&self.folder, &self.secrets).unwrap()
    }

    fn log_length(&self) -> u64 {
        let log = self.folder.path().join("n").join(format!("{DATABASE}-wal"));
        std::fs::metadata(log).map_or(0, |file| file.len())
    }
}

fn customer(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

/// Waits for a future of the core's, on a runtime that is not its own.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.build().unwrap().block_on(future)
}

fn customers(notebook: &Notebook) -> u64 {
    notebook.count_entries(&[EntryKind::Account]).unwrap()
}

#[test]
fn after_shut_down_every_call_says_closed_and_the_folder_is_free() {
    let opened = Opened::new();
    let notebook = &opened.notebook;
    notebook.create_account(customer("Meier")).unwrap();
    let run = notebook.clone().prepare_sync();
    let (events, waits) = (notebook.events(), notebook.events());
    while events.waiting().pop().is_some() {}
    notebook.keep_lock().unwrap();
    thread::scope(|scope| {
        let end = scope.spawn(|| wait_for(waits.next()));
        notebook.shut_down().unwrap();
        assert_eq!(end.join().unwrap(), None, "whoever waits is woken");
    });
    assert_eq!(opened.log_length(), 0, "everything is in the file");
    let other = opened.again();
    assert_eq!(customers(&other), 1);

    assert_eq!(notebook.me().unwrap_err(), KeptError::Closed);
    assert_eq!(notebook.status().unwrap_err(), KeptError::Closed);
    let refused = notebook.create_account(customer("Huber"));
    assert_eq!(refused.unwrap_err(), KeptError::Closed);
    assert_eq!(notebook.keep_lock(), Err(KeptError::Closed));
    let ran = wait_for(run.run_within(1_000));
    assert_eq!(ran.unwrap_err(), KeptError::Closed);
    assert_eq!(wait_for(notebook.events().next()), None);
    assert_eq!(notebook.pause(), Ok(()), "it rests already");
    assert_eq!(notebook.shut_down(), Ok(()));
    assert_eq!(customers(&other), 1, "the other goes on");
}

#[test]
fn a_run_that_outlives_its_notebook_keeps_no_lock_and_says_closed() {
    let opened = Opened::new();
    let run = opened.notebook.clone().prepare_sync();
    opened.notebook.keep_lock().unwrap();
    let Opened {
        folder,
        secrets,
        notebook,
    } = opened;
    drop(notebook);
    Opened::open(&folder, &secrets).unwrap();
    let ran = wait_for(run.run_within(1_000));
    assert_eq!(ran.unwrap_err(), KeptError::Closed);
}

/// A server that says when it was asked, and answers when the test lets it.
struct HeldBack {
    asked: Sender<()>,
    answers: Mutex<Receiver<()>>,
}

impl Transport for HeldBack {
    fn exchange(&self, _: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        self.asked.send(()).unwrap();
        self.answers.lock().unwrap().recv().unwrap();
        Err(TransportError::of(OutageCause::Garbled, ""))
    }
}

#[test]
fn shut_down_during_a_run_ends_it_first_and_no_other_begins() {
    let opened = Opened::new();
    let notebook = &opened.notebook;
    let (asked, heard) = channel();
    let (answer, answers) = channel();
    let server = HeldBack {
        asked,
        answers: Mutex::new(answers),
    };
    let told = notebook.active_runs.subscribe();
    let mut late = None;
    thread::scope(|scope| {
        let run = scope.spawn(|| notebook.sync_with(&server));
        heard.recv().unwrap();
        let end = scope.spawn(|| notebook.shut_down());
        while !told.has_changed().unwrap() {
            thread::yield_now();
        }
        late = Some(notebook.sync_with(&server));
        answer.send(()).unwrap();
        run.join().unwrap().unwrap();
        end.join().unwrap().unwrap();
    });
    assert_eq!(late.unwrap().unwrap_err(), KeptError::Closed);
    assert!(heard.try_recv().is_err(), "it asked no second time");
    opened.again();
}
