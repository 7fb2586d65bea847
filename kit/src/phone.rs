//! A phone: a notebook that has joined a company, and the network between it and the server.

use std::path::Path;
use std::sync::Arc;

use kept_core::Environment;
use kept_core::model::ids::PersonId;
use kept_core::notebook::{
    JoinOptions, KeptError, MemorySecretStore, Notebook, SecretStore, SyncReport,
};

use crate::Network;

/// Opens a notebook in a folder of its own and joins a company by an invitation link, as a device called `label`.
pub fn join_notebook(
    folder: &Path,
    environment: Arc<dyn Environment>,
    link: String,
    label: &str,
) -> Result<Notebook, KeptError> {
    let secrets = Arc::new(MemorySecretStore::default());
    join_notebook_with(folder, secrets, environment, link, label)
}

/// Joins a company like [`join_notebook`], with secrets that are kept elsewhere.
pub fn join_notebook_with(
    folder: &Path,
    secrets: Arc<dyn SecretStore>,
    environment: Arc<dyn Environment>,
    link: String,
    label: &str,
) -> Result<Notebook, KeptError> {
    let notebook = Notebook::open_with(folder, secrets, environment)?;
    let options = JoinOptions {
        label: label.into(),
        ..JoinOptions::default()
    };
    notebook.join(link, options)?;
    Ok(notebook)
}

/// A person's phone.
pub struct Phone {
    /// The owner's name.
    pub name: String,
    /// The owner's id in the registry.
    pub person: PersonId,
    /// The notebook on it.
    pub notebook: Arc<Notebook>,
    /// The network between it and the server.
    pub network: Network,
}

impl Phone {
    /// Makes the phone of a notebook that belongs to a company.
    pub fn new(name: &str, notebook: Arc<Notebook>) -> Result<Self, KeptError> {
        Ok(Self {
            name: name.into(),
            person: notebook.me()?.person,
            notebook,
            network: Network::default(),
        })
    }

    /// Synchronises over HTTP, through its network.
    pub fn sync(&self) -> Result<SyncReport, KeptError> {
        let http = self.notebook.http_transport()?;
        self.notebook.sync_with(&self.network.before(&http))
    }
}
