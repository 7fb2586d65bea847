//! The audit of people, devices, sessions and decisions: one line of JSON for each operation and its author in
//! `audit.log` in the server's folder, readable by its owner only, and an event of the tracing target `audit`.
//!
//! It is a file of its own, so that it can be written where the log cannot, watched and moved away by other programs,
//! and copied without the log. No line holds a secret or a word of a customer. Text that others chose cannot make a
//! second line or turn one around: what is no plain letter is written as its number.
//!
//! A caller who guesses secrets writes nothing into the log.

mod line;

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use kept_core::Environment;
use kept_core::model::registry::{Colleague, Device};
use kept_core::model::time::Millis;

pub(crate) use line::AuditLine;

use crate::log::Session;
use crate::private;

/// The file in the server's folder.
const FILE: &str = "audit.log";
/// The number of lines on secrets that did not fit, in an hour: a caller that guesses fills no disk.
const MAX_FAILURES_PER_HOUR: u32 = 100;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// The author of an audited operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuditAuthor {
    /// A command on the server's machine.
    CommandLine,
    /// A person of the company.
    Person(String),
    /// A caller who is not known.
    Unknown,
}

impl AuditAuthor {
    fn text(&self) -> String {
        match self {
            Self::CommandLine => {
                let name = |variable| std::env::var(variable).ok();
                match name("SUDO_USER").or_else(|| name("USER")) {
                    Some(user) => format!("command line of {user}"),
                    None => "command line".to_owned(),
                }
            }
            Self::Person(name) => name.clone(),
            Self::Unknown => "nobody known".to_owned(),
        }
    }
}

/// The audited operation: its word, and what it was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditEvent {
    word: &'static str,
    details: Vec<(&'static str, String)>,
}

impl AuditEvent {
    /// Something with a name, such as `device-revoked`.
    pub(crate) fn new(word: &'static str) -> Self {
        Self {
            word,
            details: Vec::new(),
        }
    }

    /// A device was shut out.
    pub(crate) fn device_revoked(device: &Device, owner: &str) -> Self {
        let audit_event = Self::new("device-revoked").with("device", device.id);
        audit_event
            .with("label", &device.label)
            .with("owner", owner)
    }

    /// A session was ended otherwise than by its own button for that.
    pub(crate) fn session_ended(session: &Session, whose: &Colleague) -> Self {
        let audit_event = Self::new("session-ended").with("session", session.id());
        audit_event.with("person", &whose.name)
    }

    /// The same with a detail: an id, a name, a role.
    pub(crate) fn with(mut self, name: &'static str, detail: impl ToString) -> Self {
        self.details.push((name, detail.to_string()));
        self
    }
}

/// The audit lines of a server's folder.
pub(crate) struct AuditLog {
    path: PathBuf,
    environment: Arc<dyn Environment>,
    /// The instant since which failures are counted, in milliseconds of the boot clock, and their number.
    failures: Mutex<(i64, u32)>,
}

impl AuditLog {
    /// Those of a folder; none is written yet.
    pub(crate) fn new(data_dir: &Path, environment: Arc<dyn Environment>) -> Self {
        Self {
            path: data_dir.join(FILE),
            environment,
            failures: Mutex::default(),
        }
    }

    /// Writes a line. Blocks. Where it cannot be written, the event stands all the same, and the program's own log has
    /// it.
    pub(crate) fn record(&self, by: &AuditAuthor, from: Option<IpAddr>, audit_event: &AuditEvent) {
        let line = AuditLine::new(self.environment.wall_ms(), (&by.text(), from), audit_event);
        line.trace();
        if let Err(error) = self.append(&line) {
            tracing::error!(%error, "an audit line cannot be written");
        }
    }

    /// Writes a line on what a command of the server's machine did. Blocks.
    pub(crate) fn record_command(&self, audit_event: &AuditEvent) {
        self.record(&AuditAuthor::CommandLine, None, audit_event);
    }

    /// Writes a line on a secret that did not fit. `beyond` is by how many tries an address has more than it may:
    /// the first of these is written, the others are not, and of all addresses together only some in an hour.
    pub(crate) fn record_failure(&self, from: IpAddr, beyond: u32, audit_event: &AuditEvent) {
        let audit_event = match beyond {
            0 => audit_event,
            1 => &AuditEvent::new("too-many-tries"),
            _ => return,
        };
        match self.count_failure_this_hour() {
            ..MAX_FAILURES_PER_HOUR => self.record(&AuditAuthor::Unknown, Some(from), audit_event),
            MAX_FAILURES_PER_HOUR => self.record(
                &AuditAuthor::Unknown,
                None,
                &AuditEvent::new("more-failures-not-listed"),
            ),
            _ => {}
        }
    }

    fn count_failure_this_hour(&self) -> u32 {
        let now = self.environment.boot_ms();
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if now - failures.0 >= HOUR_MS {
            *failures = (now, 0);
        }
        let before = failures.1;
        failures.1 = failures.1.saturating_add(1);
        before
    }

    fn append(&self, line: &AuditLine) -> io::Result<()> {
        let mut file = private::open(OpenOptions::new().append(true), &self.path)?;
        private::tighten(&self.path);
        // One write, so that lines of two processes do not mix.
        file.write_all(format!("{}\n", line.json()).as_bytes())?;
        file.sync_data()
    }

    /// The lines from a moment on, the oldest first; those that are no audit lines are left out.
    pub(crate) fn lines(&self, since: Millis) -> io::Result<Vec<AuditLine>> {
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            file => file?,
        };
        let mut lines = Vec::new();
        for line in BufReader::new(file).split(b'\n') {
            let line = AuditLine::read(&String::from_utf8_lossy(&line?));
            lines.extend(line.filter(|line| line.at() >= since));
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use kept_core::ScriptedEnvironment;

    use super::*;

    fn audit(folder: &Path) -> (AuditLog, Arc<ScriptedEnvironment>) {
        let environment = Arc::new(ScriptedEnvironment::new(1_780_000_000_000, 1));
        (AuditLog::new(folder, environment.clone()), environment)
    }

    #[test]
    fn lines_are_kept_in_order_and_for_their_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let (audit, environment) = audit(folder.path());
        let revoked = AuditEvent::new("device-revoked").with("owner", "Sam");
        audit.record(
            &AuditAuthor::Person("Ann".into()),
            Some(IpAddr::from([10, 0, 0, 1])),
            &revoked,
        );
        environment.advance(1);
        audit.record(
            &AuditAuthor::CommandLine,
            None,
            &AuditEvent::new("person-left"),
        );
        let lines = audit.lines(0).unwrap();
        let text: Vec<String> = lines.iter().map(AuditLine::text).collect();
        assert_eq!(
            text[0],
            "2026-05-28 20:26:40 UTC  device-revoked  by \"Ann\" from 10.0.0.1  owner: \"Sam\""
        );
        assert!(
            text[1].contains("person-left  by \"command line"),
            "{}",
            text[1]
        );
        assert_eq!(audit.lines(1_780_000_000_001).unwrap().len(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = std::fs::metadata(folder.path().join(FILE)).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_name_makes_no_second_line_and_turns_none_around() {
        let folder = tempfile::tempdir().unwrap();
        let (audit, _) = audit(folder.path());
        let forged = "Sam\n{\"at\":1}\r\u{1b}[2K\u{202e}\u{2028}\u{85}\u{200f}\0end";
        audit.record(
            &AuditAuthor::Person(forged.into()),
            None,
            &AuditEvent::new("joined").with("label", forged),
        );
        let file = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        let lines = audit.lines(0).unwrap();
        assert_eq!((file.lines().count(), lines.len()), (1, 1));
        for shown in [file.trim_end().to_owned(), lines[0].text(), lines[0].json()] {
            let is_plain = |c: char| !c.is_control() && !('\u{200b}'..='\u{206f}').contains(&c);
            assert!(shown.chars().all(is_plain), "{shown:?}");
            assert!(shown.contains("end"));
        }
    }

    #[test]
    fn whoever_guesses_fills_no_disk() {
        let folder = tempfile::tempdir().unwrap();
        let (audit, environment) = audit(folder.path());
        let guess = |last: u32, beyond| {
            audit.record_failure(
                IpAddr::from(last.to_be_bytes()),
                beyond,
                &AuditEvent::new("token-failed"),
            );
        };
        (0..3).for_each(|beyond| guess(1, beyond));
        assert_eq!(audit.lines(0).unwrap().len(), 2);
        (0..5 * MAX_FAILURES_PER_HOUR).for_each(|last| guess(last, 0));
        let listed = usize::try_from(MAX_FAILURES_PER_HOUR).unwrap() + 1;
        assert_eq!(audit.lines(0).unwrap().len(), listed);
        environment.advance(HOUR_MS);
        guess(1, 0);
        assert_eq!(audit.lines(0).unwrap().len(), listed + 1);
    }
}
