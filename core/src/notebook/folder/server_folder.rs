//! The folder of a server, in which no notebook is made: both have keys and databases that the other would not know.

use std::path::Path;

use crate::language::Message;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::folder::DATABASE;
use crate::notebook::storage_problem::StorageProblem;

/// The files by which the folder of a server is known, or its folder of keys.
const SERVER_FILES: [&str; 5] = [
    "log.sqlite",
    "serving.lock",
    "keys/token.key",
    "token.key",
    "receipt.key",
];

/// Refuses a folder that is a server's, before anything is written there. A folder in which earlier versions made both
/// is opened.
pub(in crate::notebook) fn refuse_server_folder(folder: &Path) -> ApiResult<()> {
    let has = |name: &str| folder.join(name).exists();
    if has(DATABASE) || !SERVER_FILES.into_iter().any(has) {
        return Ok(());
    }
    let path = folder.display().to_string();
    let reason = Message::new("error-server-folder").text("path", path);
    Err(KeptError::storage(StorageProblem::ForeignFolder, reason))
}
