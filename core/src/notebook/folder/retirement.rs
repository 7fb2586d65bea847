//! The retirement of a notebook that cannot be used: its files move into a folder beside the new one, its key is kept
//! under another name, and nothing is deleted.
//!
//! While a folder `retired.part` is there, a retirement was cut off; whoever opens the notebook next finishes it before
//! anything else. The folder gets its last name when all is done.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::environment::{Environment, SystemEnvironment};
use crate::language::Message;
use crate::limits;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::folder::secrets::{
    DATABASE_KEY, DATABASE_MADE, SecretStore, SecretStoreError, TOKEN, storage_error, sync_folder,
};
use crate::notebook::folder::server_folder::refuse_server_folder;
use crate::notebook::folder::{
    DATABASE, LOG, OpenDatabase, lock_folder, lock_sync_run, open_error,
};
use crate::notebook::storage_problem::StorageRemedy;

/// The folder of a retirement that goes on.
const RETIRING: &str = "retired.part";

/// The files that move, the database last: where it lies, its log is not without it.
const FILES: [&str; 3] = [LOG, "notebook.db-shm", DATABASE];

/// A notebook that was retired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct RetiredNotebook {
    /// The path of the folder that has its files, none of them where the file was gone.
    pub folder: String,
    /// The size of its files in bytes.
    pub bytes: u64,
    /// True if its key is kept, under the name `retired-key-N` beside the folder `retired-N`.
    pub key_kept: bool,
}

/// Retires the notebook of a folder that cannot be opened, or whose file is damaged, so that the next `open` begins a
/// new one, which is to join again. Refuses with `Invalid` where the notebook is sound, with the problem where another
/// way on mends it, such as unlocking the device; `Busy` and `SyncRunning` as other calls.
#[uniffi::export]
pub fn retire_notebook(
    folder: String,
    secrets: Arc<dyn SecretStore>,
) -> ApiResult<RetiredNotebook> {
    retire(
        Path::new(&folder),
        secrets.as_ref(),
        &SystemEnvironment,
        limits::LOCK_WAIT_MS,
    )
}

/// Retires the notebook of a folder; waits `wait_ms` milliseconds for other programs.
pub(in crate::notebook) fn retire(
    folder: &Path,
    secrets: &dyn SecretStore,
    environment: &dyn Environment,
    wait_ms: i64,
) -> ApiResult<RetiredNotebook> {
    refuse_server_folder(folder)?;
    let _run = lock_sync_run(folder)?;
    let lock_held = lock_folder(folder, wait_ms)?;
    if let Some(obstacle) = &lock_held.obstacle {
        return Err(open_error(obstacle.clone().into(), folder));
    }
    // One that was cut off is what was asked for.
    if let Some(retired) = finish_retirement(folder, secrets)? {
        return Ok(retired);
    }
    let is_new = !folder.join(DATABASE).exists() && secrets.load(DATABASE_KEY.into()) == Ok(None);
    if is_new {
        return Err(sound());
    }
    match OpenDatabase::open(folder, &lock_held, secrets, environment) {
        Ok(open) if open.store.integrity().is_empty() => return Err(sound()),
        Ok(_) => {}
        Err(KeptError::Storage { problem, .. })
            if problem.remedies().contains(&StorageRemedy::BeginAnew) => {}
        Err(other) => return Err(other),
    }
    let part = folder.join(RETIRING);
    std::fs::create_dir(&part).map_err(|e| storage_error(&part, &e))?;
    finish_retirement(folder, secrets)?.ok_or_else(sound)
}

fn sound() -> KeptError {
    KeptError::invalid("notebook", Message::new("error-notebook-sound"))
}

/// Finishes a retirement of a folder that is in use; none if there is none.
pub(in crate::notebook) fn finish_retirement(
    folder: &Path,
    secrets: &dyn SecretStore,
) -> ApiResult<Option<RetiredNotebook>> {
    let part = folder.join(RETIRING);
    if !part.is_dir() {
        return Ok(None);
    }
    let (number, retired) = free_place(folder);
    let key_kept = keep_key(secrets, &format!("retired-key-{number}"))?;
    move_files(folder, &part).map_err(|e| storage_error(&part, &e))?;
    for name in [TOKEN, DATABASE_MADE, DATABASE_KEY] {
        secrets.remove(name.into())?;
    }
    let named = std::fs::rename(&part, &retired).and_then(|()| sync_folder(&retired));
    named.map_err(|e| storage_error(&retired, &e))?;
    tracing::warn!(number, key_kept, "retired");
    let size = |name: &str| std::fs::metadata(retired.join(name)).map_or(0, |file| file.len());
    Ok(Some(RetiredNotebook {
        bytes: FILES.into_iter().map(size).sum(),
        folder: retired.display().to_string(),
        key_kept,
    }))
}

/// The first number that no retired notebook has, and the path of its folder.
fn free_place(folder: &Path) -> (u64, PathBuf) {
    let place = |number: &u64| folder.join(format!("retired-{number}"));
    let number = (1..).find(|number| !place(number).exists()).unwrap_or(1);
    (number, place(&number))
}

/// Keeps the key under another name. True if there is one, also from before the retirement was cut off.
fn keep_key(secrets: &dyn SecretStore, name: &str) -> ApiResult<bool> {
    match secrets.load(DATABASE_KEY.into()) {
        Ok(Some(key)) => {
            secrets.save(name.into(), key)?;
            Ok(true)
        }
        Ok(None) => Ok(secrets.load(name.into())?.is_some()),
        Err(SecretStoreError::Lost) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

fn move_files(folder: &Path, part: &Path) -> std::io::Result<()> {
    for name in FILES {
        let from = folder.join(name);
        if from.exists() {
            std::fs::rename(from, part.join(name))?;
        }
    }
    sync_folder(&part.join(DATABASE))?;
    sync_folder(part)
}

#[cfg(test)]
#[path = "retirement_tests.rs"]
mod tests;
