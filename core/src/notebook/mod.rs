//! The facade: one object that ties documents, store and sync together, and that phones, the command line and the back
//! office all use.
//!
//! Calls are synchronous and take milliseconds; hosts hop threads. Only [`SyncRun::finish`] and
//! [`EventStream::next`] are async, and both await only channels and join handles of the core's own
//! runtime, so they run on any executor.
//!
//! The uniffi attributes stand on the facade itself: its methods are already what a phone calls, and a second layer
//! would repeat every signature.

mod accounts;
mod clock;
mod conflicts;
mod context;
mod entries;
mod errors;
mod events;
mod folder;
mod handbook;
mod history;
mod long_texts;
mod office;
mod overview;
mod promises;
mod record;
mod reminders;
mod save;
mod sync;
mod typed_time;
mod verification;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use tokio::runtime::Runtime;

use crate::environment::{Environment, SystemEnvironment};
use crate::limits;
use crate::model::ids::DocId;
use crate::model::time::Millis;
use crate::store::Store;
use crate::store::meta::{self, Identity};
use crate::sync::proxy::Proxy;
use events::Broadcaster;
use folder::fair_lock::FairLock;
use folder::{FolderLock, OpenDatabase};

pub use accounts::duplicates::{is_empty_visit, is_same_name};
pub use clock::trust_message;
pub use conflicts::{Conflict, ConflictChoice, ConflictSide};
pub use entries::parts_message;
pub use entries::records::*;
pub use errors::{ApiResult, KeptError, error_message, with_field};
pub use events::EventStream;
pub use folder::DATABASE;
pub use folder::secrets::{
    DATABASE_KEY, DATABASE_MADE, FileSecretStore, MemorySecretStore, SecretStore, TOKEN,
};
pub use handbook::{
    channel_message, contact_label_message, contact_point_message, kind_message,
    kind_message_by_key, proof_message, role_message, usage_kind_message,
};
pub use history::fields::FieldMessage;
pub use history::past::{HistoryCheck, PastEntry, PastLine};
pub use office::{CommandAuthor, OfficeCommand};
pub use overview::{MyOverview, MyPromiseCounts, OpenPromiseSummary};
pub use promises::checks::promise_notice;
pub use promises::performers::PerformerChoice;
pub use promises::records::*;
pub use record::messages::{
    advice_messages, chance_message, slowing_message, working_time_messages,
};
pub use record::records::*;
pub use record::tracker::{RecordTracker, RecordUpdate};
pub use save::PreparedGroup;
pub use sync::{SyncRun, Watcher};

/// One person's notebook in one folder.
#[derive(uniffi::Object)]
pub struct Notebook {
    folder: PathBuf,
    environment: Arc<dyn Environment>,
    secrets: Arc<dyn SecretStore>,
    folder_use: FairLock<FolderUse>,
    /// The time for which a call waits for other processes, in milliseconds.
    wait_ms: i64,
    events: Broadcaster,
    runtime: OnceLock<Runtime>,
    /// The proxy that is used instead of the one that is kept; none: the one that is kept.
    proxy: Mutex<Option<Proxy>>,
    /// The median lead of each kind of promise, in minutes of its time base, and the instant as of which; none if not
    /// read yet.
    medians: Mutex<Option<(Millis, BTreeMap<String, u32>)>>,
}

/// The parts of its folder that a notebook holds, for one thread at a time.
#[derive(Default)]
struct FolderUse {
    /// The file, kept open between calls; none if it is closed.
    file: Option<OpenDatabase>,
    /// The use of the folder, kept for several calls; none if each call enters it anew.
    kept_lock: Option<FolderLock>,
}

#[uniffi::export]
impl Notebook {
    /// Opens the notebook of a folder, or makes one. Waits up to 5 s for another process to leave the folder; `Busy`
    /// after that.
    #[uniffi::constructor]
    pub fn open(folder: String, secrets: Arc<dyn SecretStore>) -> ApiResult<Arc<Self>> {
        Self::open_with(folder, secrets, Arc::new(SystemEnvironment)).map(Arc::new)
    }

    /// Checkpoints and closes the database; the next call opens it again. For hosts that must not have a file open
    /// while they sleep.
    pub fn pause(&self) -> ApiResult<()> {
        let mut folder = self.folder_use.take();
        let Some(open) = folder.file.take() else {
            return Ok(());
        };
        let lock_held = match folder.kept_lock.take() {
            Some(lock_held) => lock_held,
            None => folder::lock_folder(&self.folder, self.wait_ms)?,
        };
        if open.is_current(&self.folder) {
            let checkpoint =
                open.store
                    .read()
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            checkpoint.map_err(KeptError::from)?;
        }
        drop((open, lock_held));
        Ok(())
    }

    /// Returns the notebook's identity: its person, organisation and device.
    pub fn me(&self) -> ApiResult<Me> {
        self.read(|store| Ok(me_of(&meta::identity(store.read())?)))
    }

    /// Subscribes to the changes from now on. Subscribe first, then load: the other order loses an update.
    pub fn events(&self) -> Arc<EventStream> {
        Arc::new(self.events.subscribe())
    }
}

impl Notebook {
    /// Opens a notebook with clocks and randomness of one's own.
    pub fn open_with(
        folder: impl Into<PathBuf>,
        secrets: Arc<dyn SecretStore>,
        environment: Arc<dyn Environment>,
    ) -> ApiResult<Self> {
        Self::open_with_lock_wait(folder, secrets, environment, limits::LOCK_WAIT_MS)
    }

    /// Opens a notebook whose calls wait `wait_ms` milliseconds for other processes, this one among them.
    pub fn open_with_lock_wait(
        folder: impl Into<PathBuf>,
        secrets: Arc<dyn SecretStore>,
        environment: Arc<dyn Environment>,
        wait_ms: i64,
    ) -> ApiResult<Self> {
        let folder = folder.into();
        folder::server_folder::refuse_server_folder(&folder)?;
        let notebook = Self {
            folder,
            environment,
            secrets,
            folder_use: FairLock::default(),
            wait_ms,
            events: Broadcaster::new(),
            runtime: OnceLock::new(),
            proxy: Mutex::default(),
            medians: Mutex::default(),
        };
        notebook.read(|_| Ok(()))?;
        Ok(notebook)
    }

    /// Lets its calls wait `wait_ms` milliseconds for other processes from now on.
    pub fn with_lock_wait(mut self, wait_ms: i64) -> Self {
        self.wait_ms = wait_ms;
        self
    }

    /// The clocks and randomness that this notebook was given.
    pub fn environment(&self) -> &dyn Environment {
        self.environment.as_ref()
    }

    /// The present instant, in milliseconds since the epoch, corrected by the server's clock where that is known.
    pub fn now_ms(&self) -> ApiResult<Millis> {
        self.read(|store| Ok(meta::now(store.read(), self.environment.as_ref())?.instant(None)))
    }

    /// Keeps other processes out from now on, for calls that belong together: each call else lets them in after it.
    pub fn keep_lock(&self) -> ApiResult<()> {
        let mut folder = self.folder_use.take();
        if folder.kept_lock.is_none() {
            folder.kept_lock = Some(self.lock_folder(&mut folder.file)?);
        }
        Ok(())
    }

    /// Lets other processes in after each call again.
    pub fn release_lock(&self) {
        self.folder_use.take().kept_lock = None;
    }

    /// Enters the folder and runs `work` on the store, which is opened first if it is closed or not the folder's any
    /// more.
    fn write<T>(&self, work: impl FnOnce(&mut Store) -> ApiResult<T>) -> ApiResult<T> {
        let mut folder = self.folder_use.take();
        let FolderUse { file, kept_lock } = &mut *folder;
        let done = match kept_lock {
            Some(lock_held) => self.work(lock_held, file, work),
            None => self
                .lock_folder(file)
                .and_then(|lock_held| self.work(&lock_held, file, work)),
        };
        drop(folder);
        done.map_err(|error| folder::detect_full_disk(error, &self.folder))
    }

    /// Waits for other processes, and forgets an open file that is not the folder's any more.
    fn lock_folder(&self, file: &mut Option<OpenDatabase>) -> ApiResult<FolderLock> {
        let lock_held = folder::lock_folder(&self.folder, self.wait_ms)?;
        let strange = file.take_if(|open| !open.is_current(&self.folder));
        if let Some(open) = strange {
            open.store.close_without_checkpoint();
        }
        Ok(lock_held)
    }

    fn work<T>(
        &self,
        lock_held: &FolderLock,
        file: &mut Option<OpenDatabase>,
        work: impl FnOnce(&mut Store) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let open = match file.take() {
            Some(open) => open,
            None => self.open_file(lock_held)?,
        };
        let open = file.insert(open);
        let done = work(&mut open.store);
        if open.store.obstacle().is_some() {
            // The next call looks whether it can be written again.
            *file = None;
        }
        done
    }

    fn open_file(&self, lock_held: &FolderLock) -> ApiResult<OpenDatabase> {
        OpenDatabase::open(
            &self.folder,
            lock_held,
            self.secrets.as_ref(),
            self.environment.as_ref(),
        )
    }

    fn read<T>(&self, work: impl FnOnce(&Store) -> ApiResult<T>) -> ApiResult<T> {
        self.write(|store| work(store))
    }

    fn changed(&self, ids: Vec<DocId>) {
        if !ids.is_empty() {
            self.events.send(NotebookEvent::Changed { ids });
        }
    }

    /// Returns the core's own runtime, made at the first call: code that awaits a socket or a timer runs here.
    fn runtime(&self) -> ApiResult<&Runtime> {
        if let Some(runtime) = self.runtime.get() {
            return Ok(runtime);
        }
        let made = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("kept")
            .enable_all()
            .build()
            .map_err(|e| KeptError::Unexpected {
                reason: e.to_string(),
            })?;
        if let Err(spare) = self.runtime.set(made) {
            spare.shutdown_background();
        }
        self.runtime.get().ok_or_else(|| KeptError::Unexpected {
            reason: "no runtime".into(),
        })
    }
}

impl Drop for Notebook {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn me_of(identity: &Identity) -> Me {
    Me {
        organisation: identity.organisation,
        organisation_name: identity.organisation_name.clone(),
        person: identity.person,
        name: identity.person_name.clone(),
        role: identity.role,
        team: identity.team.clone(),
        installation: identity.installation,
        joined: identity.server.is_some(),
        server: identity.server.clone(),
    }
}

#[cfg(test)]
mod tests;
