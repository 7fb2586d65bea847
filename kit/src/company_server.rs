//! A company's server: its organisation, founded in a folder, and the server that runs on it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kept_core::Environment;
use kept_core::model::ids::{IdError, Team};
use kept_core::model::registry::Role;
use kept_server::enrol::{Invitee, NewOrganisation};
use kept_server::{RunningServer, Server, ServerConfig, ServerState};
use tokio::runtime::Runtime;

use crate::KitError;

/// The configuration of a server without TLS, push gateway and public address.
pub fn config(
    data_dir: &Path,
    listen: SocketAddr,
    environment: Arc<dyn Environment>,
) -> ServerConfig {
    ServerConfig {
        data_dir: data_dir.to_owned(),
        listen,
        public_url: None,
        tls: None,
        push_url: None,
        environment,
    }
}

/// A company's server on a port of this machine, with a runtime of its own.
pub struct CompanyServer {
    server: Mutex<Option<RunningServer>>,
    state: Arc<ServerState>,
    address: SocketAddr,
    data_dir: PathBuf,
    runtime: Runtime,
}

impl CompanyServer {
    /// Founds an organisation in a folder and starts its server on a free port.
    pub fn found(
        data_dir: &Path,
        environment: Arc<dyn Environment>,
        organisation: &NewOrganisation,
    ) -> Result<Self, KitError> {
        drop(ServerState::create(
            data_dir,
            environment.clone(),
            organisation,
        )?);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let server = runtime.block_on(Server::start(config(data_dir, listen, environment)))?;
        Ok(Self {
            state: server.state(),
            address: server.address(),
            server: Mutex::new(Some(server)),
            data_dir: data_dir.to_owned(),
            runtime,
        })
    }

    /// An invitation link for a colleague.
    pub fn invitation_link(
        &self,
        name: &str,
        role: Role,
        teams: &[&str],
        pools: &[&str],
    ) -> Result<String, KitError> {
        let names = |names: &[&str]| -> Result<Vec<Team>, IdError> {
            names.iter().map(|name| name.parse()).collect()
        };
        let invitee = Invitee {
            name: name.into(),
            role: Some(role),
            teams: names(teams)?,
            pools: names(pools)?,
        };
        Ok(self.state.invitation_link(&invitee)?)
    }

    /// The server without HTTP.
    pub fn state(&self) -> &Arc<ServerState> {
        &self.state
    }

    /// The address on which it listens, also after a restart.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The folder with log and keys.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The runtime on which it runs.
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Does now what the server else does a little after every poke: it feeds its office, which keeps the company's
    /// record. Nothing happens where the server is stopped.
    pub fn settle(&self) {
        if let Some(server) = self.running().as_ref() {
            self.runtime.block_on(server.settle());
        }
    }

    /// Stops the server, if it runs.
    pub fn stop(&self) {
        let running = self.running().take();
        if let Some(server) = running {
            self.runtime.block_on(server.shutdown());
        }
    }

    /// Stops the server and starts it again, with the same folder and address.
    pub fn restart(&mut self, environment: Arc<dyn Environment>) -> Result<(), KitError> {
        self.stop();
        let config = config(&self.data_dir, self.address, environment);
        let server = self.runtime.block_on(Server::start(config))?;
        self.state = server.state();
        *self.running() = Some(server);
        Ok(())
    }

    fn running(&self) -> MutexGuard<'_, Option<RunningServer>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
