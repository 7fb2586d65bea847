//! `kept reminders --watch`: it rings when the time has come, stays silent about what another command has seen
//! meanwhile, and ends when it is told to.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kept_core::SystemEnvironment;
use kept_core::environment::Environment;
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::model::time::Due;
use kept_core::model::visit::Channel;
use kept_core::notebook::PromiseDraft;
use serde_json::Value;

use crate::test_folder::TestFolder;

/// The times ahead, in milliseconds, of the calls that should ring: the first that this machine is fast enough for is
/// enough.
const AHEAD: [i64; 4] = [4_000, 18_000, 36_000, 60_000];
/// The time after a call at which the next reminder would ring that is seen meanwhile, in milliseconds.
const SEEN: i64 = 7_000;
/// Within this time a watch has looked at the files again, in milliseconds.
const LOOKED: i64 = 4_000;
/// A line that does not come in this time never does.
const NEVER: Duration = Duration::from_secs(90);

fn now() -> i64 {
    SystemEnvironment.wall_ms()
}

/// Promises a callback of which half of the time is gone at a moment.
fn half_gone_at(test_folder: &TestFolder, account: DocId, what: &str, at: i64) -> DocId {
    let due = (at + 20 * 60_000).div_euclid(60_000) * 60_000;
    let notebook = test_folder.notebook_at(2 * at - due);
    let draft = PromiseDraft {
        kind: "callback".into(),
        deliverable: what.into(),
        criterion: String::new(),
        account: Some(account),
        contact: None,
        performer: Performer::Person {
            person: notebook.me().unwrap().person,
        },
        due: Due::at(due, "Europe/Berlin").unwrap(),
        words: String::new(),
        channel: Channel::Call,
        told: true,
        ask: false,
        not_before: None,
        suggestion: None,
        makes_right: None,
    };
    notebook.make_promise(draft).unwrap()
}

/// A command that watches, and the lines that it prints.
struct Watching {
    child: Child,
    lines: Receiver<String>,
    heard: Vec<String>,
}

impl Watching {
    fn begin(test_folder: &TestFolder, arguments: &[&str]) -> Self {
        let arguments = [arguments, &["reminders", "--watch"]].concat();
        let mut child = test_folder
            .command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (said, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = said.send(line);
            }
        });
        Self {
            child,
            lines,
            heard: vec![],
        }
    }

    /// Waits for a line that says something.
    fn hears(&mut self, text: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(NEVER);
            let line = line.unwrap_or_else(|_| panic!("never heard {text}: {:?}", self.heard));
            self.heard.push(line.clone());
            if line.contains(text) {
                return line;
            }
        }
    }

    fn has_heard(&self, text: &str) -> bool {
        self.heard.iter().any(|line| line.contains(text))
    }

    /// Asks it to stop as the system does, and takes what it still has to say.
    fn stop(mut self) -> Vec<String> {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.unwrap().success());
        let ended = self.child.wait_with_output().unwrap();
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
        self.heard.extend(self.lines.iter());
        self.heard
    }
}

#[test]
fn a_watch_rings_in_time_is_silent_about_what_was_seen_and_ends_when_told() {
    let test_folder = TestFolder::new().joined();
    let added = test_folder.json(&["account", "add", "Hotel Adler"]);
    let account: DocId = added["id"].as_str().unwrap().parse().unwrap();
    let mut english = Watching::begin(&test_folder, &[]);
    let mut german = Watching::begin(&test_folder, &["--lang", "de"]);
    let mut json = Watching::begin(&test_folder, &["--json"]);
    english.hears("Watching; this rings");
    german.hears("Es wird gewartet");

    // Promised while it watches, due while it watches: a call, and two that come a little later.
    let begun = now();
    let calls: Vec<(DocId, DocId)> = AHEAD
        .iter()
        .enumerate()
        .map(|(number, ahead)| {
            let half = |what: &str, at| {
                half_gone_at(&test_folder, account, &format!("{what} {number}"), at)
            };
            let at = begun + ahead;
            half("loud", at + SEEN + 1_000);
            (half("call", at), half("quiet", at + SEEN))
        })
        .collect();
    let mut silenced = false;
    while !silenced {
        let line = english.hears("gone: “call ");
        let heard_at = now();
        let number: usize = line.split("gone: “call ").nth(1).unwrap()[..1]
            .parse()
            .unwrap();
        let (call, quiet) = calls[number];
        let at = begun + AHEAD[number];
        assert!(heard_at >= at, "too early");
        assert!(
            line.contains(&format!(
                "Half of the time is gone: “call {number}” for Hotel Adler, due"
            )),
            "{line}"
        );
        assert!(line.ends_with(" (half time)"), "{line}");
        german.hears(&format!(
            "Die Hälfte der Zeit ist um: „call {number}“ für Hotel Adler"
        ));
        let told: Value = serde_json::from_str(&json.hears(&call.to_string())).unwrap();
        assert_eq!((&told["rung"], &told["at"]), (&"half".into(), &at.into()));

        // The watch knows of the next one, which another command has seen before its time.
        let acked = test_folder.json(&["reminders", "ack", &quiet.to_string(), "half"]);
        assert_eq!(acked["id"], *quiet.to_string());
        let in_time = now() < at + SEEN - LOOKED;
        english.hears(&format!("loud {number}"));
        if in_time {
            let rang = english.has_heard(&format!("quiet {number}"));
            assert!(!rang, "{:?}", english.heard);
            silenced = true;
        }
    }

    let heard = english.stop();
    let ringing: Vec<&String> = heard.iter().filter(|line| line.contains("half")).collect();
    let mut once = ringing.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ringing.len(), "each rings once: {ringing:?}");
    german.stop();
    for line in json.stop() {
        let read: Result<Value, _> = serde_json::from_str(&line);
        assert!(read.is_ok(), "{line}");
    }
    // Nothing is left behind that another command would stumble over.
    test_folder.ok(&["doctor"]);
}
