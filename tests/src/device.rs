//! A person's device: a notebook in a folder of its own, with its own clock and its own network.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kept_core::ScriptedEnvironment;
use kept_core::environment::Environment;
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::promise::Outcome;
use kept_core::model::time::{Due, Millis};
use kept_core::notebook::{
    ApiResult, DATABASE_KEY, DATABASE_MADE, GroupState, KeptError, MemorySecretStore, Notebook,
    Promise, PromiseEdit, SecretStore, Status, SyncReport, TOKEN, UnsentGroup, VerificationReport,
};
use kept_core::sync::transport::Transport;

use crate::{Network, Scenario, copy_as_after_power_cut};

/// A device.
pub struct Device {
    name: String,
    scenario: Scenario,
    folder: RefCell<PathBuf>,
    secrets: Arc<MemorySecretStore>,
    clock: Arc<ScriptedEnvironment>,
    notebook: RefCell<Option<Arc<Notebook>>>,
    network: Network,
}

impl Device {
    /// Opens a new notebook in a folder.
    pub fn open(
        scenario: &Scenario,
        name: &str,
        folder: PathBuf,
        clock: Arc<ScriptedEnvironment>,
    ) -> Self {
        let device = Self {
            name: name.into(),
            scenario: scenario.clone(),
            folder: RefCell::new(folder),
            secrets: Arc::default(),
            clock,
            notebook: RefCell::new(None),
            network: Network::default(),
        };
        device.switch_on();
        device
    }

    /// The name of its owner.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The notebook.
    pub fn notebook(&self) -> Arc<Notebook> {
        let open = self.notebook.borrow();
        open.clone().expect("the device is switched on")
    }

    /// The network between it and the server.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Its clock.
    pub fn clock(&self) -> &ScriptedEnvironment {
        &self.clock
    }

    /// The folder of its notebook.
    pub fn folder(&self) -> PathBuf {
        self.folder.borrow().clone()
    }

    /// Its secrets: key and token.
    pub fn secrets(&self) -> Arc<MemorySecretStore> {
        self.secrets.clone()
    }

    /// The person who uses it, as the company knows them.
    pub fn person(&self) -> PersonId {
        self.notebook().me().expect("whose notebook it is").person
    }

    /// Synchronises over its network.
    pub fn try_sync(&self) -> ApiResult<SyncReport> {
        let notebook = self.notebook();
        let server = notebook.http_transport()?;
        self.try_sync_over(&server)
    }

    /// Synchronises over its network in front of any transport to a server.
    pub fn try_sync_over(&self, server: &dyn Transport) -> ApiResult<SyncReport> {
        let done = self.notebook().sync_with(&self.network.before(server));
        match &done {
            Ok(report) => self.scenario.log(format!(
                "{} synchronised: {} exchanges, {} sent, {} received, {} held, {} refused, agrees {:?}",
                self.name, report.exchanges, report.sent, report.received, report.held,
                report.refused, report.agrees,
            )),
            Err(error) => self.scenario.log(format!("{} could not synchronise: {error}", self.name)),
        }
        done
    }

    /// Synchronises, and nothing may go wrong.
    pub fn sync(&self) -> SyncReport {
        let done = self.try_sync();
        done.unwrap_or_else(|error| panic!("{} cannot synchronise: {error:?}", self.name))
    }

    /// Synchronises, which must fail for want of a connection.
    pub fn fail_to_sync(&self) {
        let done = self.try_sync();
        assert!(
            matches!(done, Err(KeptError::Offline { .. })),
            "{} should not have reached the server: {done:?}",
            self.name
        );
    }

    /// The notebook's status: what is sent and what is not.
    pub fn status(&self) -> Status {
        self.notebook().status().expect("a status")
    }

    /// The states and reasons of everything that is not on the server, oldest first: `held reason-may-not-write`.
    pub fn outbox(&self) -> Vec<String> {
        let groups = self.status().unsent.into_iter();
        let line = |group: UnsentGroup| {
            let reasons = group
                .reasons
                .into_iter()
                .map(|reason| format!(" {}", reason.key));
            let state = match group.state {
                GroupState::Unsent => "unsent",
                GroupState::Held => "held",
                GroupState::Refused => "refused",
            };
            format!("{state}{}", reasons.collect::<String>())
        };
        groups.map(line).collect()
    }

    /// A promise as the device shows it.
    pub fn promise(&self, promise: DocId) -> Promise {
        let shown = self.notebook().promise(promise);
        shown.unwrap_or_else(|error| panic!("{}: {error:?}", self.name))
    }

    /// The outcome of a promise as the device shows it.
    pub fn outcome(&self, promise: DocId) -> Outcome {
        self.promise(promise).summary.state.outcome
    }

    /// Writes one edit of a promise, which nothing refuses.
    pub fn change_promise(&self, promise: DocId, edit: PromiseEdit) {
        let done = self.notebook().change_promise(promise, vec![edit]);
        done.unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
    }

    /// Every row that screens read, for comparing.
    pub fn rows(&self) -> Vec<(DocId, Vec<u8>)> {
        self.notebook().rows().expect("rows")
    }

    /// Everything is checked, and must be in order.
    pub fn assert_healthy(&self) -> VerificationReport {
        let checkup = self.notebook().verify().expect("a check");
        assert!(checkup.is_healthy(), "{}: {checkup:?}", self.name);
        checkup
    }

    /// A rebuild gives the rows that are there.
    pub fn assert_projection_equals_rebuild(&self) {
        let before = self.rows();
        self.notebook().rebuild().expect("a rebuild");
        assert!(
            before == self.rows(),
            "{}: a rebuild shows something else",
            self.name
        );
    }

    /// The battery is pulled: the device goes on with what was on disk at that moment, and with nothing
    /// that a clean end would still have written.
    pub fn power_cut(&self) {
        let image = copy_as_after_power_cut(&self.folder());
        *self.notebook.borrow_mut() = None;
        *self.folder.borrow_mut() = image;
        self.clock.restart();
        self.switch_on();
        self.scenario
            .log(format!("{}'s battery was pulled, and put back", self.name));
    }

    /// Becomes a full copy of another device: its folder and its secrets.
    pub fn become_copy_of(&self, other: &Device) {
        *self.notebook.borrow_mut() = None;
        let image = copy_as_after_power_cut(&other.folder());
        for name in [DATABASE_KEY, DATABASE_MADE, TOKEN] {
            if let Some(secret) = other.secrets.load(name.into()).expect("a secret") {
                self.secrets.save(name.into(), secret).expect("it is kept");
            }
        }
        *self.folder.borrow_mut() = image;
        self.switch_on();
    }

    /// The app is closed and opened again.
    pub fn reopen(&self) {
        *self.notebook.borrow_mut() = None;
        self.switch_on();
    }

    /// The app is closed, and leaves its file to others.
    pub fn shut(&self) {
        *self.notebook.borrow_mut() = None;
    }

    /// A date that is so many hours away by this device's clock.
    pub fn due_in(&self, hours: i64) -> Due {
        Due::at(self.now() + hours * 3_600_000, "UTC").expect("a date")
    }

    /// The device's wall clock.
    pub fn now(&self) -> Millis {
        self.clock.wall_ms()
    }

    fn switch_on(&self) {
        let notebook = open(&self.folder(), self.secrets.clone(), self.clock.clone());
        *self.notebook.borrow_mut() = Some(Arc::new(notebook));
    }
}

fn open(folder: &Path, secrets: Arc<dyn SecretStore>, clock: Arc<ScriptedEnvironment>) -> Notebook {
    Notebook::open_with(folder, secrets, clock).expect("the notebook opens")
}
