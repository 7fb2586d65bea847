//! The desk that a command works at: whose folder, where its secrets are, how it prints.

use std::path::PathBuf;
use std::sync::Arc;

use kept_core::model::time::Millis;
use kept_core::notebook::ApiResult;
use kept_core::{Environment, Notebook, SystemEnvironment};

use crate::args::Common;
use crate::keyring::FolderSecrets;
use crate::output::Output;

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
        open(self.folder.clone())
    }

    /// What the clock shows, in milliseconds since the epoch.
    pub fn now(&self) -> Millis {
        SystemEnvironment.wall_ms()
    }

    /// The time zone that we are in.
    pub fn zone(&self) -> String {
        SystemEnvironment.zone()
    }
}

/// Opens the notebook of a folder.
pub fn open(folder: PathBuf) -> ApiResult<Notebook> {
    let secrets = Arc::new(FolderSecrets::new(&folder));
    Notebook::open_with(folder, secrets, Arc::new(SystemEnvironment))
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
