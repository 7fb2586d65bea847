//! The office's replica: one notebook folder beside the log, fed through the engine that phones use.
//!
//! Everything in it comes from the log, so it can be rebuilt: a folder whose file or key is at fault is set aside,
//! never deleted, and read anew. Its database is encrypted like every notebook's; the key lies in the server's key
//! folder, which hides nothing from a person who has both, and keeps one way of opening notebooks.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use kept_core::model::company::Company;
use kept_core::notebook::{FileSecretStore, KeptError, NotebookEvent};
use kept_core::sync::outage::OutageCause;
use kept_core::sync::transport::{Transport, TransportError};
use kept_core::wire::{self, Request};
use kept_core::{Environment, Notebook};
use tempfile::TempDir;
use tokio::sync::watch;

use super::company_clock::CompanyClock;
use crate::exchange::{Caller, ExchangeError};
use crate::state::ServerState;

const FOLDER: &str = "office";
const KEY: &str = "keys/office.key";
/// The longest time for which a page waits for the replica of a server that has just started.
const OPEN_WAIT: Duration = Duration::from_secs(10);

/// The replica, open or about to be opened.
pub(super) struct Replica {
    state: Arc<ServerState>,
    notebook: RwLock<Option<Arc<Notebook>>>,
    /// The folder of the copy that is read while nothing can be written.
    copy: Mutex<Option<TempDir>>,
    /// Held by the thread that feeds the replica; others wait for it, for a notebook has one run at a time.
    feeding: Mutex<()>,
    clock: Arc<CompanyClock>,
    version: watch::Sender<u64>,
}

impl Replica {
    /// A replica that is opened by its first feeding.
    pub(super) fn new(state: Arc<ServerState>) -> Self {
        Self {
            clock: Arc::new(CompanyClock::new(Arc::clone(state.environment()))),
            state,
            notebook: RwLock::default(),
            copy: Mutex::default(),
            feeding: Mutex::default(),
            version: watch::Sender::new(0),
        }
    }

    /// The notebook; none while it cannot be opened.
    pub(super) fn notebook(&self) -> Option<Arc<Notebook>> {
        let notebook = self.notebook.read();
        notebook.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The notebook, waited for while the server starts; none if it cannot be opened now.
    pub(super) async fn opened(&self) -> Option<Arc<Notebook>> {
        let mut version = self.version();
        let opened = version.wait_for(|_| self.notebook().is_some());
        let _in_time = tokio::time::timeout(OPEN_WAIT, opened).await;
        self.notebook()
    }

    /// The zone in which the company works.
    pub(super) fn zone(&self) -> String {
        self.clock.zone()
    }

    /// True if the company said in which zone it works.
    pub(super) fn zone_is_agreed(&self) -> bool {
        self.clock.is_agreed()
    }

    /// The company's agreements, as they were fed last.
    pub(super) fn company(&self) -> Arc<Company> {
        self.clock.company()
    }

    /// Moves whenever pages may read differently.
    pub(super) fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Has pages read again by all who look at them.
    pub(super) fn advance_version(&self) {
        self.version.send_modify(|version| *version += 1);
    }

    /// Closes the notebook; the next feeding opens it again.
    pub(super) fn close(&self) {
        let notebook = self.notebook.write();
        *notebook.unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Takes everything from the log that is not here yet. Blocks.
    pub(super) fn catch_up(&self) -> Result<(), KeptError> {
        let _one_at_a_time = self.feeding.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_copy() && self.state.check_health().is_none() {
            self.close();
            *self.copy() = None;
        }
        let notebook = match self.notebook() {
            Some(notebook) => notebook,
            None => self.open()?,
        };
        let report = notebook.sync_with(&InProcessTransport(&self.state))?;
        if report.forked {
            tracing::warn!("the log takes the office's replica for a copy and does not feed it");
        }
        self.clock.update_company(notebook.company()?);
        Ok(())
    }

    fn open(&self) -> Result<Arc<Notebook>, KeptError> {
        let (folder, key) = (self.path(FOLDER), self.path(KEY));
        let opened = match self.open_in(&folder, &key) {
            // While nothing can be written, nothing is set aside.
            Err(error)
                if error.is_mended_by_rebuilding() && self.state.check_health().is_none() =>
            {
                let now = self.state.now();
                tracing::warn!(%error, "the office's replica cannot be opened; it is set aside and rebuilt");
                set_aside(&folder, now).map_err(unexpected)?;
                set_aside(&key, now).map_err(unexpected)?;
                self.open_in(&folder, &key)
            }
            Err(error) => match self.open_copy(&folder, &key) {
                Some(copy) => Ok(copy),
                None => Err(error),
            },
            opened => opened,
        };
        let notebook = Arc::new(opened?);
        self.clock.update_company(notebook.company()?);
        tokio::spawn(forward_events(notebook.events(), self.version.clone()));
        let held = self.notebook.write();
        *held.unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&notebook));
        self.version.send_modify(|version| *version += 1);
        Ok(notebook)
    }

    /// Opens a copy elsewhere of a replica whose folder cannot be written, so that its pages can be read; none where
    /// the folder is not what is at fault, or there is no room for a copy.
    fn open_copy(&self, folder: &Path, key: &Path) -> Option<Notebook> {
        self.state.check_health()?;
        let copy = tempfile::tempdir().ok()?;
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            if entry.file_type().ok()?.is_file() {
                fs::copy(entry.path(), copy.path().join(entry.file_name())).ok()?;
            }
        }
        let notebook = self.open_in(copy.path(), key).ok()?;
        tracing::warn!("nothing can be written; a copy of the office's replica is shown");
        *self.copy() = Some(copy);
        Some(notebook)
    }

    fn is_copy(&self) -> bool {
        self.copy().is_some()
    }

    fn copy(&self) -> MutexGuard<'_, Option<TempDir>> {
        self.copy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open_in(&self, folder: &Path, key: &Path) -> Result<Notebook, KeptError> {
        let secrets = Arc::new(FileSecretStore::new(key));
        let clock: Arc<dyn Environment> = Arc::clone(&self.clock) as _;
        Notebook::open_with(folder, secrets, clock)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.state.data_dir().join(name)
    }
}

/// Turns what the notebook says into a new version for those who look at pages.
async fn forward_events(
    events: Arc<kept_core::notebook::EventStream>,
    version: watch::Sender<u64>,
) {
    while let Some(event) = events.next().await {
        let shows = !matches!(
            event,
            NotebookEvent::Syncing { .. } | NotebookEvent::Progress { .. }
        );
        if shows {
            version.send_modify(|version| *version += 1);
        }
    }
}

/// Renames what lies at a path, so that a person may still look at it.
fn set_aside(path: &Path, now: i64) -> io::Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".set-aside-{now}"));
    match fs::rename(path, aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn unexpected(error: io::Error) -> KeptError {
    KeptError::Unexpected {
        reason: error.to_string(),
    }
}

/// Exchanges without a network.
struct InProcessTransport<'a>(&'a ServerState);

impl Transport for InProcessTransport<'_> {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let problem = |code: &str, detail: String| TransportError::Problem {
            code: code.to_owned(),
            detail,
        };
        let mut request: Request =
            wire::unpack(&body).map_err(|e| problem(wire::problem::MALFORMED, e.to_string()))?;
        // There is no link that a large page could be too much for.
        request.page_bytes = u32::MAX;
        let caller = Caller::OfficeReplica(self.0.organisation().id);
        let reply = self.0.exchange(caller, &request).map_err(|e| match e {
            ExchangeError::Log(error) => {
                TransportError::of(OutageCause::Unavailable, error.to_string())
            }
            other => problem(other.code(), other.to_string()),
        })?;
        wire::pack(&reply).map_err(|e| problem(wire::problem::TOO_LARGE, e.to_string()))
    }
}
