//! The folder of a notebook: its lock, its key, its database file.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use super::errors::{ApiResult, KeptError};
use super::secrets::{DATABASE_KEY, DATABASE_MADE, SecretStore, storage};
use crate::environment::{Environment, new_uuid, random_bytes};
use crate::limits;
use crate::model::ids::{Actor, InstallationId, OrganisationId, PersonId};
use crate::model::people::Role;
use crate::store::meta::{self, Identity};
use crate::store::{Key, Store, StoreError};
use crate::words::Words;

/// The database file.
pub const DATABASE: &str = "notebook.db";

/// An open notebook file and the lock that keeps other processes out.
pub struct Held {
    /// The store.
    pub store: Store,
    _lock: File,
}

/// Opens the notebook of a folder, or makes one.
pub fn open(
    folder: &Path,
    secrets: &dyn SecretStore,
    environment: &dyn Environment,
) -> ApiResult<Held> {
    create_folder(folder)?;
    let lock = lock(folder)?;
    let database = folder.join(DATABASE);
    let key = key(&database, secrets, environment)?;
    let store = store(&database, &key, environment).map_err(|error| match error {
        StoreError::ReadOnly(_) => KeptError::Storage {
            reason: Words::new("error-read-only").text("path", folder.display().to_string()),
        },
        error if error.is_damage() => KeptError::Storage {
            reason: Words::new("error-damaged").text("reason", error.to_string()),
        },
        other => other.into(),
    })?;
    if !was_made(secrets)? {
        secrets.save(DATABASE_MADE.into(), vec![1])?;
    }
    Ok(Held { store, _lock: lock })
}

fn store(database: &Path, key: &Key, environment: &dyn Environment) -> Result<Store, StoreError> {
    let mut store = Store::open(database, Some(key))?;
    if meta::get::<Identity>(store.read())?.is_none() {
        let identity = local_identity(environment);
        store.write(|tx| meta::set(tx, &identity))?;
    }
    Ok(store)
}

fn create_folder(folder: &Path) -> ApiResult<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| storage(folder, &e))
}

/// Waits for other processes on the same folder, and then says so.
fn lock(folder: &Path) -> ApiResult<File> {
    const STEP_MS: i64 = 25;
    let path = folder.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|e| storage(folder, &e))?;
    for _ in 0..limits::LOCK_WAIT_MS / STEP_MS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(STEP_MS.unsigned_abs()))
            }
            Err(TryLockError::Error(e)) => return Err(storage(&path, &e)),
        }
    }
    Err(KeptError::Busy)
}

/// Whether a database was made with the key that is kept.
fn was_made(secrets: &dyn SecretStore) -> ApiResult<bool> {
    Ok(secrets.load(DATABASE_MADE.into())?.is_some())
}

/// SQLite says of a full disk only that something failed, where the index of its log has no room. Where the
/// folder takes no file either, it is full.
pub fn full_or_failing(error: KeptError, folder: &Path) -> KeptError {
    static PROBE: [u8; 64 * 1024] = [0; 64 * 1024];
    if !matches!(&error, KeptError::Storage { reason } if reason.key == "error-disk") {
        return error;
    }
    let path = folder.join("probe");
    let written = std::fs::write(&path, PROBE);
    // What stays of it is written over by the next probe.
    let _ = std::fs::remove_file(&path);
    match written.map_err(|error| storage(&path, &error)) {
        Err(KeptError::Storage { reason }) if reason.key == "error-disk-full" => {
            KeptError::Storage { reason }
        }
        _ => error,
    }
}

/// The database key. A database without one is left alone, never replaced, and so is a key whose database is
/// gone: the first start keeps its key before it makes the file.
fn key(
    database: &Path,
    secrets: &dyn SecretStore,
    environment: &dyn Environment,
) -> ApiResult<Key> {
    let missing = || KeptError::Storage {
        reason: Words::new("error-key-missing"),
    };
    if let Some(secret) = secrets.load(DATABASE_KEY.into())? {
        let is_there = std::fs::metadata(database).is_ok_and(|file| file.len() > 0);
        if !is_there && was_made(secrets)? {
            let path = database.display().to_string();
            return Err(KeptError::Storage {
                reason: Words::new("error-database-gone").text("path", path),
            });
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

/// Before `join` a folder is a local notebook: its own organisation, person and actor.
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
    }
}
