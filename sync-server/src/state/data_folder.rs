//! The data folder of a server: its log, its keys and the address for links.

use std::fs::OpenOptions;
use std::path::Path;

use kept_core::Environment;
use kept_core::notebook::DATABASE;

use crate::error::ServerError;
use crate::keys::Keys;
use crate::log::FolderLog;
use crate::private;

/// The log's file.
pub(super) const LOG: &str = "log.sqlite";
/// The folder of the keys.
const KEYS: &str = "keys";
/// The files by which the folder of a device's notebook is known.
const NOTEBOOK_FILES: [&str; 2] = [DATABASE, "secrets"];
/// The file with the address for links that commands print.
pub(super) const URL: &str = "url";
/// The file with the pin of the server's key for links that commands print; absent where devices trust the server's
/// certificate by themselves.
pub(super) const PIN: &str = "pin";

/// Opens the log and the keys of a data folder, and makes what is not there.
pub(super) fn open_folder(
    data_dir: &Path,
    environment: &dyn Environment,
) -> Result<(FolderLog, Keys), ServerError> {
    reject_notebook_folder(data_dir)?;
    let folder = |source| ServerError::Folder {
        path: data_dir.to_owned(),
        source,
    };
    private::make_folder(data_dir).map_err(folder)?;
    let keys = data_dir.join(KEYS);
    let keys = if data_dir.join(LOG).exists() {
        Keys::open(&keys)?
    } else {
        Keys::make(&keys, environment)?
    };
    Ok((open_log(data_dir)?, keys))
}

/// Nothing is written into the folder of a device's notebook.
fn reject_notebook_folder(data_dir: &Path) -> Result<(), ServerError> {
    let has = |name: &str| data_dir.join(name).exists();
    if !has(LOG) && NOTEBOOK_FILES.into_iter().any(has) {
        return Err(ServerError::Notebook(data_dir.to_owned()));
    }
    Ok(())
}

/// Opens or makes the log. The folder may be one that all users of the machine can look into, so its files are not:
/// SQLite gives its journals the mode of the database.
fn open_log(data_dir: &Path) -> Result<FolderLog, ServerError> {
    let path = data_dir.join(LOG);
    if !path.exists() {
        private::open(&mut OpenOptions::new(), &path).map_err(|source| ServerError::Folder {
            path: path.clone(),
            source,
        })?;
    }
    for file in [LOG, "log.sqlite-wal", "log.sqlite-shm", URL, PIN] {
        private::tighten(&data_dir.join(file));
    }
    Ok(FolderLog::open(&path)?)
}
