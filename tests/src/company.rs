//! A company: a server that listens on a free port, its clock, and the devices that join it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kept_core::ScriptedEnvironment;
use kept_core::environment::Environment;
use kept_core::model::registry::Role;
use kept_core::model::time::Millis;
use kept_core::notebook::JoinOptions;
use kept_kit::CompanyServer;
use kept_server::ServerState;
use kept_server::enrol::NewOrganisation;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{Device, OfficeReplica, Scenario};

/// The instant at which every scenario begins: Monday, 22 June 2026, 08:00 in UTC.
pub const MONDAY: Millis = 1_782_115_200_000;
/// An invitation may be redeemed twenty times a minute from one address; each takes this long here.
const JOINING_MS: i64 = 4_000;

/// A company with a running server.
pub struct Company {
    scenario: Scenario,
    server: CompanyServer,
    clock: Arc<ScriptedEnvironment>,
    /// The clocks of all devices: time passes for all.
    clocks: Mutex<Vec<Arc<ScriptedEnvironment>>>,
    folder: TempDir,
}

impl Company {
    /// Founds a company and starts its server.
    pub fn found(scenario: &Scenario) -> Self {
        Self::found_in(scenario, &std::env::temp_dir())
    }

    /// Founds a company whose server and devices keep their files below a folder.
    pub fn found_in(scenario: &Scenario, parent: &Path) -> Self {
        let folder = tempfile::tempdir_in(parent).expect("a folder for the company");
        let clock = Arc::new(ScriptedEnvironment::new(MONDAY, scenario.seed_of("server")));
        let new = NewOrganisation {
            name: "Brandt & Sons".into(),
            owner: "Olivia".into(),
            teams: vec!["north".parse().expect("a team")],
        };
        let data = folder.path().join("server");
        let server = CompanyServer::found(&data, clock.clone(), &new);
        Self {
            scenario: scenario.clone(),
            server: server.expect("the company is founded"),
            clock,
            clocks: Mutex::default(),
            folder,
        }
    }

    /// Alice, technician of the north.
    pub fn alice(&self) -> Device {
        self.device("Alice", Role::Technician, &["north"])
    }

    /// Bob, technician of the north.
    pub fn bob(&self) -> Device {
        self.device("Bob", Role::Technician, &["north"])
    }

    /// Carol, technician of the south.
    pub fn carol(&self) -> Device {
        self.device("Carol", Role::Technician, &["south"])
    }

    /// Dora, who leads the workshop in the south.
    pub fn dora(&self) -> Device {
        self.device("Dora", Role::Workshop, &["south"])
    }

    /// A colleague's device: a new colleague with their first one, or a further one of a known colleague.
    pub fn device(&self, name: &str, role: Role, teams: &[&str]) -> Device {
        let device = self.unjoined_device(name);
        self.join_as(&device, role, teams);
        device
    }

    /// The device of a technician who serves a callback pool; a further one of a known colleague.
    pub fn pool_member(&self, name: &str, team: &str, pool: &str) -> Device {
        let device = self.unjoined_device(name);
        let link = self.invite_to(name, Role::Technician, &[team], &[pool]);
        self.join(&device, link);
        device
    }

    /// A device that belongs to no company yet.
    pub fn unjoined_device(&self, name: &str) -> Device {
        let number = self.clocks().len();
        let seed = self.scenario.seed_of(&format!("{name} {number}"));
        let clock = Arc::new(ScriptedEnvironment::new(self.clock.wall_ms(), seed));
        self.clocks().push(clock.clone());
        let folder = self.folder.path().join(format!("{name}-{number}"));
        Device::open(&self.scenario, name, folder, clock)
    }

    /// A device joins with an invitation link, as a phone does.
    pub fn join_as(&self, device: &Device, role: Role, teams: &[&str]) {
        self.join(device, self.invite(device.name(), role, teams));
    }

    fn join(&self, device: &Device, link: String) {
        let options = JoinOptions {
            label: format!("{}'s phone", device.name()),
            ..JoinOptions::default()
        };
        let me = device.notebook().join(link, options);
        let me = me.unwrap_or_else(|error| panic!("{} cannot join: {error:?}", device.name()));
        self.scenario
            .log(format!("{} joined as {}", me.name, me.role));
    }

    /// An invitation link for a colleague.
    pub fn invite(&self, name: &str, role: Role, teams: &[&str]) -> String {
        self.invite_to(name, role, teams, &[])
    }

    fn invite_to(&self, name: &str, role: Role, teams: &[&str], pools: &[&str]) -> String {
        self.advance(JOINING_MS);
        let link = self.server.invitation_link(name, role, teams, pools);
        link.expect("an invitation")
    }

    /// The server does by now what it does a little after every poke: it feeds its office, which keeps the
    /// company's record.
    pub fn settle(&self) {
        self.server.settle();
    }

    /// The office's replica: a notebook that is fed within the server, and writes nothing.
    pub fn office(&self) -> OfficeReplica {
        OfficeReplica::open(self)
    }

    /// Time passes, for the server and for every device, on both clocks of each.
    pub fn advance(&self, millis: i64) {
        self.clock.advance(millis);
        for clock in self.clocks().iter() {
            clock.advance(millis);
        }
    }

    /// The server's clock.
    pub fn clock(&self) -> &Arc<ScriptedEnvironment> {
        &self.clock
    }

    /// The server without HTTP.
    pub fn state(&self) -> &Arc<ServerState> {
        self.server.state()
    }

    /// The server's address.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The address on which it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The scenario that it is part of.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The last sequence number of every scope, in the order of their numbers: what is stored, counted.
    pub fn heads(&self) -> Vec<u64> {
        let caller = kept_server::Caller::OfficeReplica(self.state().organisation().id);
        let heads = self.state().heads(caller).expect("heads");
        heads.into_values().collect()
    }

    /// The runtime from which a test sends bodies of its own.
    pub fn runtime(&self) -> &Runtime {
        self.server.runtime()
    }

    /// The machine with the server is switched off, and on again, with the same folder and address.
    pub fn restart_server(&mut self) {
        let restarted = self.server.restart(self.clock.clone());
        restarted.expect("the server starts");
        self.scenario.log("the server was started again");
    }

    /// The machine with the server is switched off.
    pub fn stop_server(&self) {
        self.server.stop();
        self.scenario.log("the server was stopped");
    }

    /// The server's folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.server.data_dir().to_owned()
    }

    fn clocks(&self) -> MutexGuard<'_, Vec<Arc<ScriptedEnvironment>>> {
        self.clocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
