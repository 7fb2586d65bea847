//! The folder of a notebook: its locks, its key, its database file.
//!
//! Writers take turns by the locks, within a process and between processes: a call that writes has the folder while it
//! works, and no other one writes then. Readers take none: each call that reads has a connection of its own for as long
//! as it works, and sees the file as the last writer left it (SQLite's write-ahead log, whose index all processes
//! share). So a screen waits neither for a synchronisation nor for another program.
//!
//! - Between calls the database stays open; before the next one is looked if the file is still the one that is known.
//!   Whoever puts another file into its place has the folder's lock, and takes the file and its log away first. A call
//!   that reads at that moment reads the past once.
//! - The connection that writes is opened first, and brings the file up to date; it is closed last, for the last one
//!   copies the log into the file. `pause` waits for the calls that read.
//! - A file that cannot be written has no readers: its one connection keeps the index of the log in memory, and calls
//!   take turns to read.
//! - Nothing of this process may open the files of the database otherwise than by SQLite while it is open: a file that
//!   is closed loses all locks that its process has on it, on systems with POSIX locks.
//! - No call keeps a state of the file while it waits for a host or a network: the log could not begin anew meanwhile.

pub(in crate::notebook) mod access;
pub(in crate::notebook) mod fair_lock;
pub(in crate::notebook) mod readers;
pub(in crate::notebook) mod retirement;
pub(in crate::notebook) mod secrets;
pub(in crate::notebook) mod server_folder;

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use crate::environment::{Environment, new_uuid, random_bytes};
use crate::language::{Message, without_error_number};
use crate::model::ids::{Actor, InstallationId, OrganisationId, PersonId};
use crate::model::registry::Role;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::folder::readers::ReaderSource;
use crate::notebook::folder::retirement::finish_retirement;
use crate::notebook::folder::secrets::{
    DATABASE_KEY, DATABASE_MADE, SecretStore, SecretStoreError, storage_error,
};
use crate::notebook::storage_problem::StorageProblem;
use crate::store::meta::{self, Identity};
use crate::store::{Key, Obstacle, Store, StoreError};

/// The name of the database file.
pub const DATABASE: &str = "notebook.db";

/// The name of SQLite's log beside it.
const LOG: &str = "notebook.db-wal";

/// The name of the lock of the process that writes to the database.
const USE_LOCK: &str = "lock";

/// The name of the lock of the process that writes next: a run that asks again after each piece stands in line like
/// all others.
const QUEUE_LOCK: &str = "lock.next";

/// The name of the lock of the one run that synchronises.
const SYNC_LOCK: &str = "lock.sync";

/// An open notebook file.
pub struct OpenDatabase {
    /// The store.
    pub store: Store,
    files: Files,
    key: Key,
}

/// The use of a folder; it ends when this is dropped.
pub struct FolderLock {
    _lock: Option<File>,
    /// The reason for which the folder can only be read: a process that cannot lock it may not write to it. None if it
    /// can be written.
    obstacle: Option<Obstacle>,
}

/// Waits for other processes that use the folder, at most `wait_ms` milliseconds; `Busy` after that. Makes the folder
/// where there is none.
pub fn lock_folder(folder: &Path, wait_ms: i64) -> ApiResult<FolderLock> {
    create_folder(folder)?;
    let mut left = wait_ms;
    let turn = acquire(&folder.join(QUEUE_LOCK), &mut left)?;
    let lock = acquire(&folder.join(USE_LOCK), &mut left)?;
    drop(turn);
    Ok(match lock {
        Ok(lock) => FolderLock {
            _lock: Some(lock),
            obstacle: None,
        },
        Err(obstacle) => FolderLock {
            _lock: None,
            obstacle: Some(obstacle),
        },
    })
}

/// Takes the lock of the one run that synchronises or joins; `SyncRunning` if another run has it. None where the folder
/// cannot be written, and a run comes to nothing.
pub fn lock_sync_run(folder: &Path) -> ApiResult<Option<File>> {
    match acquire(&folder.join(SYNC_LOCK), &mut 0) {
        Ok(lock) => Ok(lock.ok()),
        Err(KeptError::Busy) => Err(KeptError::SyncRunning),
        Err(other) => Err(other),
    }
}

/// Takes a lock by polling, or returns the obstacle if its file cannot be used; `Busy` once the waiting time is over,
/// of which nothing is left then.
fn acquire(path: &Path, left_ms: &mut i64) -> ApiResult<Result<File, Obstacle>> {
    const STEP_MS: i64 = 2;
    let file = match lock_file(path) {
        Ok(file) => file,
        Err(error) => return Ok(Err(obstacle(path, &error))),
    };
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Ok(file)),
            Err(TryLockError::WouldBlock) if *left_ms > 0 => {
                *left_ms -= STEP_MS;
                std::thread::sleep(Duration::from_millis(STEP_MS.unsigned_abs()));
            }
            Err(TryLockError::WouldBlock) => return Err(KeptError::Busy),
            Err(TryLockError::Error(error)) => return Ok(Err(obstacle(path, &error))),
        }
    }
}

/// Opens the file of a lock, or makes it. One that can only be read can be locked all the same.
fn lock_file(path: &Path) -> std::io::Result<File> {
    let writable = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path);
    writable.or_else(|error| match error.kind() {
        ErrorKind::IsADirectory => Err(error),
        _ => File::open(path).map_err(|_| error),
    })
}

fn obstacle(path: &Path, error: &std::io::Error) -> Obstacle {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Obstacle::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::IsADirectory => {
            Obstacle::ReadOnly(format!("{}: {error}", path.display()))
        }
        _ => Obstacle::Disk(format!("{}: {error}", path.display())),
    }
}

impl OpenDatabase {
    /// Opens the notebook of a folder that is in use, or makes one. Where it cannot be written, it is opened for
    /// reading, and nothing is written.
    pub fn open(
        folder: &Path,
        lock_held: &FolderLock,
        secrets: &dyn SecretStore,
        environment: &dyn Environment,
    ) -> ApiResult<Self> {
        if lock_held.obstacle.is_none() {
            finish_retirement(folder, secrets)?;
        }
        let database = folder.join(DATABASE);
        let key = database_key(&database, secrets, environment)?;
        let store = open_store(&database, &key, lock_held, environment);
        let store = store.map_err(|error| open_error(error, folder))?;
        let database = Self {
            files: Files::of(folder),
            store,
            key,
        };
        if database.store.obstacle().is_none() && !was_made(secrets)? {
            // Where there is no room for it, the next opening does it.
            let _ = secrets.save(DATABASE_MADE.into(), vec![1]);
        }
        Ok(database)
    }

    /// Returns what readers beside it open; none if the file can only be read, and by one connection.
    pub(in crate::notebook) fn reader_source(&self, folder: &Path) -> Option<ReaderSource> {
        self.store.obstacle().is_none().then(|| ReaderSource {
            path: folder.join(DATABASE),
            key: self.key,
            files: self.files,
        })
    }

    /// True if the folder still has the file that is open here, as this program knows it.
    pub fn is_current(&self, folder: &Path) -> bool {
        self.store.obstacle().is_none()
            && self.files == Files::of(folder)
            && self.store.is_current()
    }
}

/// Opens the file, for reading only where there is an obstacle. A new one gets an identity of its own.
fn open_store(
    database: &Path,
    key: &Key,
    lock_held: &FolderLock,
    environment: &dyn Environment,
) -> Result<Store, StoreError> {
    let opened = match &lock_held.obstacle {
        Some(obstacle) => Err(obstacle.clone().into()),
        None => writable_store(database, key, environment),
    };
    opened.or_else(|error| {
        let Some(obstacle) = Obstacle::of(&error) else {
            return Err(error);
        };
        // A file that cannot even be read is reported by the obstacle to writing it.
        let store = Store::open_read_only(database, Some(key), obstacle.clone());
        match store {
            Ok(store) if meta::get::<Identity>(store.read())?.is_some() => Ok(store),
            Err(error @ StoreError::Newer { .. }) => Err(error),
            Err(error) if error.is_damage() => Err(error),
            _ => Err(obstacle.into()),
        }
    })
}

fn writable_store(
    database: &Path,
    key: &Key,
    environment: &dyn Environment,
) -> Result<Store, StoreError> {
    let mut store = Store::open(database, Some(key))?;
    if meta::get::<Identity>(store.read())?.is_none() {
        let identity = local_identity(environment);
        store.write(|tx| meta::set(tx, &identity))?;
    }
    Ok(store)
}

/// Returns an error of opening, with the folder that it is about.
fn open_error(error: StoreError, folder: &Path) -> KeptError {
    match error {
        StoreError::ReadOnly(_) => {
            let path = folder.display().to_string();
            let reason = Message::new("error-read-only").text("path", path);
            KeptError::storage(StorageProblem::ReadOnly, reason)
        }
        error if error.is_damage() => {
            let reason = without_error_number(&error.to_string());
            let reason = Message::new("error-damaged").text("reason", reason);
            KeptError::storage(StorageProblem::Damaged, reason)
        }
        other => other.into(),
    }
}

/// The files of a database that are at their place, so that others which come there are noticed. Equal where
/// the system does not tell files apart.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Files {
    database: Option<(u64, u64)>,
    log: Option<(u64, u64)>,
}

impl Files {
    fn of(folder: &Path) -> Self {
        let file = |name: &str| Some(file_number(&std::fs::metadata(folder.join(name)).ok()?));
        Self {
            database: file(DATABASE),
            log: file(LOG),
        }
    }
}

#[cfg(unix)]
fn file_number(file: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn file_number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// Makes a folder that only its owner can enter, where there is none.
pub(in crate::notebook) fn create_folder(folder: &Path) -> ApiResult<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| storage_error(folder, &e))
}

/// True if a database was made with the key that is kept.
fn was_made(secrets: &dyn SecretStore) -> ApiResult<bool> {
    Ok(secrets.load(DATABASE_MADE.into())?.is_some())
}

/// Tells a full disk from other failures. SQLite says of a full disk only that something failed, where the index of its
/// log has no room, and so it does where a file may not grow. Where a file as long as its log, with a little more at
/// its end, cannot be written either, the error says why.
pub fn detect_full_disk(error: KeptError, folder: &Path) -> KeptError {
    static PROBE: [u8; 64 * 1024] = [0; 64 * 1024];
    let is_of_disk = |error: &KeptError, problems: &[StorageProblem]| matches!(error, KeptError::Storage { problem, .. } if problems.contains(problem));
    if !is_of_disk(&error, &[StorageProblem::Disk]) {
        return error;
    }
    let length = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    let path = folder.join("probe");
    let written = File::create(&path).and_then(|mut file| {
        use std::io::{Seek, SeekFrom, Write};
        file.seek(SeekFrom::Start(length(DATABASE).max(length(LOG))))?;
        file.write_all(&PROBE)
    });
    // A rest of it that stays is written over by the next probe.
    let _ = std::fs::remove_file(&path);
    match written.map_err(|error| storage_error(&path, &error)) {
        Err(probed) if is_of_disk(&probed, &[StorageProblem::Full, StorageProblem::FileLimit]) => {
            probed
        }
        _ => error,
    }
}

/// Returns the database key. A database without one is left alone, never replaced, and so is a key whose database is
/// gone: the first start keeps its key before it makes the file.
fn database_key(
    database: &Path,
    secrets: &dyn SecretStore,
    environment: &dyn Environment,
) -> ApiResult<Key> {
    let missing = || KeptError::from(SecretStoreError::Lost);
    if let Some(secret) = secrets.load(DATABASE_KEY.into())? {
        let is_there = std::fs::metadata(database).is_ok_and(|file| file.len() > 0);
        if !is_there && was_made(secrets)? {
            let path = database.display().to_string();
            let reason = Message::new("error-database-gone").text("path", path);
            return Err(KeptError::storage(StorageProblem::FileGone, reason));
        }
        return secret.try_into().map_err(|_| missing());
    }
    if database.exists() {
        return Err(missing());
    }
    let key: Key = random_bytes(environment);
    secrets.save(DATABASE_KEY.into(), key.to_vec())?;
    Ok(key)
}

/// Makes the identity of a folder before `join`, which is a local notebook: its own organisation, person and actor.
fn local_identity(environment: &dyn Environment) -> Identity {
    Identity {
        organisation: OrganisationId(new_uuid(environment)),
        organisation_name: String::new(),
        person: PersonId(new_uuid(environment)),
        person_name: String::new(),
        role: Role::Technician,
        team: None,
        installation: InstallationId(new_uuid(environment)),
        actor: Actor(random_bytes(environment)),
        server: None,
        certificate: None,
        pin: None,
    }
}

#[cfg(test)]
mod readers_tests;
#[cfg(test)]
mod tests;
