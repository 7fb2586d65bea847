//! Fixtures of the unit tests of this crate: an organisation, a log with its keys, and a server's configuration.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use kept_core::limits;
use kept_core::model::ids::PersonId;
use kept_core::wire::Request;
use kept_core::{Environment, ScriptedEnvironment};

use crate::enrol::{self, NewOrganisation};
use crate::keys::Keys;
use crate::log::{Organisation, SqliteLog};
use crate::server::ServerConfig;

/// The moment at which scenarios begin, in milliseconds since the epoch.
pub(crate) const START: i64 = 1_780_000_000_000;

/// An organisation that Ann owns.
pub(crate) fn organisation(name: &str, teams: &[&str]) -> NewOrganisation {
    NewOrganisation {
        name: name.into(),
        owner: "Ann".into(),
        teams: teams.iter().map(|team| team.parse().unwrap()).collect(),
    }
}

/// A log in memory with an organisation in it.
pub(crate) struct LogFixture {
    pub(crate) log: SqliteLog,
    pub(crate) keys: Keys,
    pub(crate) environment: ScriptedEnvironment,
    pub(crate) organisation: Organisation,
    pub(crate) owner: PersonId,
}

impl LogFixture {
    /// Founds a bakery that Ann owns, with the team north, at `now`.
    pub(crate) fn new(now: i64) -> Self {
        let environment = ScriptedEnvironment::new(now, 1);
        let keys = Keys::fresh(&environment);
        let mut log = SqliteLog::in_memory().unwrap();
        let new = organisation("Bäckerei Süß", &["north"]);
        let (organisation, owner) =
            enrol::create_organisation(&mut log, &keys, &environment, &new, now).unwrap();
        Self {
            log,
            keys,
            environment,
            organisation,
            owner: owner.id,
        }
    }
}

/// The configuration of a server on a free port of this machine.
pub(crate) fn config(folder: &Path, environment: Arc<dyn Environment>) -> ServerConfig {
    ServerConfig {
        data_dir: folder.to_owned(),
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        public_url: None,
        tls: None,
        push_url: None,
        environment,
    }
}

/// The first request of a device that joined and has nothing to send.
pub(crate) fn first_request() -> Request {
    Request {
        version: limits::PROTOCOL,
        prev: None,
        next: [1; 16].into(),
        actors: vec![],
        cursors: vec![],
        groups: vec![],
        whole: true,
        as_of: None,
        presence_version: 0,
        samples_version: 0,
        wants: vec![],
        open: vec![],
        page_bytes: u32::MAX,
        push: None,
    }
}
