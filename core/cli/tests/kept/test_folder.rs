//! A folder to work in, and the program run in it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use kept_core::Notebook;
use kept_core::model::ids::{Actor, InstallationId, OrganisationId, PersonId};
use kept_core::model::registry::{Colleague, Role};
use kept_core::notebook::FileSecretStore;
use kept_core::store::meta::Identity;
use kept_core::sync::endpoint::{Endpoint, ServerTrust};
use kept_core::wire::JoinReply;
use kept_core::{Environment, ScriptedEnvironment, SystemEnvironment};
use serde_json::Value;
use tempfile::TempDir;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A zone in which it is nine in the morning: what is due in an hour or two is due today, whenever the tests run.
fn zone_of_morning() -> String {
    let utc_hour = SystemEnvironment
        .wall_ms()
        .div_euclid(HOUR_MS)
        .rem_euclid(24);
    let ahead = (9 - utc_hour + 12).rem_euclid(24) - 12;
    // POSIX counts them the other way round.
    format!("Etc/GMT{:+}", -ahead)
}

/// A folder that is thrown away.
pub struct TestFolder {
    folder: TempDir,
}

/// The result of a run.
#[derive(Debug)]
pub struct RunResult {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl RunResult {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The output, read as JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }

    /// The one line that it complains with.
    pub fn complaint(&self) -> &str {
        assert_eq!(self.code, 1, "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        self.err.trim_end()
    }
}

impl TestFolder {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The folder of the notebook.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file beside the notebook.
    pub fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kept"));
        command
            .env_clear()
            .env("LANG", "en_GB.UTF-8")
            .env("TZ", zone_of_morning())
            .env("KEPT_DATA", self.data())
            .args(args)
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> RunResult {
        RunResult::of(self.command(args).output().unwrap())
    }

    /// Runs, and expects it to do what it was asked for.
    pub fn ok(&self, args: &[&str]) -> String {
        let run_result = self.run(args);
        assert_eq!(
            (run_result.code, run_result.err.as_str()),
            (0, ""),
            "{args:?}: {run_result:?}"
        );
        run_result.out
    }

    /// Runs for JSON.
    pub fn json(&self, args: &[&str]) -> Value {
        self.run(&[args, &["--json"]].concat()).json()
    }

    /// Runs with something on standard input.
    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> RunResult {
        let mut command = self.command(args);
        let command = command.stdin(Stdio::piped());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may end before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input);
        RunResult::of(child.wait_with_output().unwrap())
    }

    /// Opens the notebook with a clock that stands at a moment.
    pub fn notebook_at(&self, wall_ms: i64) -> Notebook {
        let secrets = Arc::new(FileSecretStore::new(self.data().join("secrets")));
        let clock = Arc::new(ScriptedEnvironment::new(wall_ms, wall_ms.unsigned_abs()));
        Notebook::open_with(self.data(), secrets, clock).unwrap()
    }

    /// Makes the notebook that of a technician, in a company whose server is out of reach.
    pub fn joined(self) -> Self {
        self.joined_as(Role::Technician)
    }

    /// Makes the notebook that of a person in a company whose server is out of reach.
    pub fn joined_as(self, role: Role) -> Self {
        self.joined_to(role, "http://127.0.0.1:9")
    }

    /// Makes the notebook that of a person in a company whose server has this address.
    pub fn joined_to(self, role: Role, server: &str) -> Self {
        let secrets = Arc::new(FileSecretStore::new(self.data().join("secrets")));
        let notebook =
            Notebook::open_with(self.data(), secrets, Arc::new(SystemEnvironment)).unwrap();
        let me = notebook.me().unwrap();
        let before = Identity {
            organisation: me.organisation,
            organisation_name: String::new(),
            person: me.person,
            person_name: String::new(),
            role: me.role,
            team: None,
            installation: me.installation,
            actor: Actor([7; 16]),
            server: None,
            certificate: None,
            pin: None,
        };
        let reply = JoinReply {
            version: 1,
            organisation: OrganisationId([1; 16]),
            organisation_name: "Nord".into(),
            colleague: Colleague {
                id: PersonId([2; 16]),
                name: "Sam".into(),
                role,
                teams: vec!["north".parse().unwrap()],
                pools: vec![],
                from: 0,
                to: None,
            },
            installation: InstallationId([3; 16]),
            token: "token".into(),
            server_time: SystemEnvironment.wall_ms(),
        };
        let endpoint = Endpoint {
            url: server.to_owned(),
            trust: ServerTrust::Web,
            proxy: None,
        };
        notebook.complete_join(before, reply, endpoint).unwrap();
        self
    }
}
