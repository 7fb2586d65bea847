//! The desk that a command works at: whose folder, where its secrets are, how it prints.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kept_core::notebook::{ApiResult, FileSecretStore, SecretStore};
use kept_core::{Environment, Notebook, SystemEnvironment};

use crate::args::Common;
use crate::output::Output;

/// The file that holds the secrets, or says where they are.
pub const SECRETS: &str = "secrets";

/// What every command is given.
pub struct Desk {
    /// The folder of the notebook.
    pub folder: PathBuf,
    /// Where to print, and how.
    pub out: Output,
}

impl Desk {
    /// Reads the options that every command takes.
    pub fn new(common: &Common) -> Self {
        Self {
            folder: common.data.clone().unwrap_or_else(default_folder),
            out: Output::new(common),
        }
    }

    /// Opens the notebook; makes one where there is none.
    pub fn open(&self) -> ApiResult<Notebook> {
        let secrets = secrets(&self.folder)?;
        Notebook::open_with(&self.folder, secrets, Arc::new(SystemEnvironment))
    }

    /// The time zone that we are in.
    pub fn zone(&self) -> String {
        SystemEnvironment.zone()
    }
}

/// Where the secrets of a folder are.
pub fn secrets(folder: &Path) -> ApiResult<Arc<dyn SecretStore>> {
    Ok(Arc::new(FileSecretStore::new(folder.join(SECRETS))))
}

/// Where data of programs is kept on this system.
fn default_folder() -> PathBuf {
    let variable = |name: &str| {
        let value = PathBuf::from(std::env::var_os(name)?);
        value.is_absolute().then_some(value)
    };
    let home = || std::env::home_dir().unwrap_or_default();
    let data = if cfg!(target_os = "macos") {
        home().join("Library/Application Support")
    } else if cfg!(windows) {
        variable("APPDATA").unwrap_or_else(home)
    } else {
        variable("XDG_DATA_HOME").unwrap_or_else(|| home().join(".local/share"))
    };
    data.join("kept")
}
