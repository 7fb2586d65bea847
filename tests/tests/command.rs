//! `kept` on two laptops and a server between them: what two people said without seeing each other is shown and
//! settled from the command line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a scenario that cannot go on has failed"
)]

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use kept_core::SystemEnvironment;
use kept_core::model::registry::Role;
use kept_kit::CompanyServer;
use kept_server::enrol::NewOrganisation;
use kept_tests::program::kept;
use serde_json::Value;
use tempfile::TempDir;

/// A server on this machine's clock, and where its laptops keep their notebooks.
struct Company {
    server: CompanyServer,
    folder: TempDir,
    kept: PathBuf,
}

/// A person's notebook.
struct Laptop {
    kept: PathBuf,
    data: PathBuf,
}

impl Company {
    fn found() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("server");
        let new = NewOrganisation {
            name: "Nordlicht".into(),
            owner: "Ann".into(),
            teams: vec!["north".parse().unwrap()],
        };
        Self {
            server: CompanyServer::found(&data_dir, Arc::new(SystemEnvironment), &new).unwrap(),
            folder,
            kept: kept(),
        }
    }

    fn laptop(&self, name: &str) -> Laptop {
        let link = self
            .server
            .invitation_link(name, Role::Technician, &["north"], &[])
            .unwrap();
        let laptop = Laptop {
            kept: self.kept.clone(),
            data: self.folder.path().join(name),
        };
        laptop.ok(&["join", &link]);
        laptop
    }
}

impl Laptop {
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(&self.kept);
        command
            .env_clear()
            .env("LANG", "en_GB.UTF-8")
            .env("TZ", "Europe/Berlin");
        command.env("KEPT_DATA", &self.data).args(arguments);
        command.output().unwrap()
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert!(done.status.success(), "kept {arguments:?}: {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[arguments, &["--json"]].concat())).unwrap()
    }

    /// The conflicts that wait to be settled: name and what each is about, in their order.
    fn waiting(&self) -> Vec<(String, String)> {
        let told = self.json(&["conflicts"]);
        let told = told.as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        told.map(|one| (text(&one["id"]), text(&one["about"]["key"])))
            .collect()
    }

    /// Takes the choice that says something, of the conflict about something.
    fn settle(&self, about: &str, wanted: &str) -> String {
        let (name, _) = self
            .waiting()
            .into_iter()
            .find(|(_, key)| key == about)
            .unwrap_or_else(|| panic!("{about} is not to be settled"));
        let shown = self.ok(&["conflicts"]);
        let block = shown.split(&name).nth(1).unwrap();
        let mut choices = block
            .lines()
            .filter_map(|line| line.trim().split_once(". "));
        let (number, _) = choices
            .find(|(number, says)| number.parse::<u32>().is_ok() && says.contains(wanted))
            .unwrap_or_else(|| panic!("{wanted}: {shown}"));
        self.ok(&["settle", &name, number]);
        name
    }
}

fn meet(laptops: &[&Laptop]) {
    for _ in 0..2 {
        for laptop in laptops {
            laptop.ok(&["sync"]);
        }
    }
}

#[test]
fn two_laptops_disagree_and_settle_from_the_command_line() {
    let company = Company::found();
    let (sam, eva) = (company.laptop("Sam"), company.laptop("Eva"));
    meet(&[&sam, &eva]);
    sam.ok(&["account", "add", "Hotel Adler", "--phone", "030 1"]);
    let due = ["--due", "in 5 days 12:00", "--told"];
    let made = sam.json(
        &[
            &["promise", "make", "adler", "a seal", "--performer", "Eva"],
            &due[..],
        ]
        .concat(),
    );
    let promise = made["id"].as_str().unwrap();
    meet(&[&sam, &eva]);
    assert!(eva.waiting().is_empty());
    assert!(eva.ok(&["conflicts"]).contains("Nothing"));

    // Neither sees what the other one does.
    sam.ok(&[
        "account",
        "edit",
        "adler",
        "--phone",
        "030 111",
        "--needs",
        "callback=2h",
    ]);
    eva.ok(&[
        "account",
        "edit",
        "adler",
        "--phone",
        "030 222",
        "--needs",
        "callback=1d",
    ]);
    sam.ok(&["promise", "agree", promise, "--due", "in 6 days 12:00"]);
    eva.ok(&["promise", "agree", promise, "--due", "in 7 days 12:00"]);
    meet(&[&sam, &eva]);
    let waiting = sam.waiting();
    assert_eq!(
        waiting,
        eva.waiting(),
        "both see the same under the same names"
    );
    let about: Vec<&str> = waiting.iter().map(|(_, key)| key.as_str()).collect();
    assert_eq!(about, ["conflict-phone", "conflict-need", "conflict-dates"]);
    let shown = eva.ok(&["conflicts"]);
    for text in [
        "Hotel Adler  Two telephone numbers for one",
        "Sam “030 111”",
        "Eva “030 222”",
        "Two answers to how soon they need “callback”",
        "Sam said: within 2 h",
        "Within 1 day holds",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let german = eva.ok(&["--lang", "de", "conflicts", "adler"]);
    assert!(german.contains("Zwei Fristen für „Rückruf“"), "{german}");
    let both = eva.json(&["account", "show", "adler"]);
    assert_eq!(
        both["fit"]["needs"][0]["needed_minutes"], 120,
        "the shortest counts"
    );

    // Eva settles; what Sam has not heard of he cannot settle any more once he has.
    let phone = eva.settle("conflict-phone", "030 222");
    eva.settle("conflict-dates", "holds");
    meet(&[&eva, &sam]);
    let late = sam.run(&["settle", &phone, "1"]);
    assert_eq!(late.status.code(), Some(1), "{late:?}");
    let complaint = String::from_utf8(late.stderr).unwrap();
    assert!(complaint.contains("settled or has changed"), "{complaint}");
    let shown = sam.ok(&["account", "show", "adler"]);
    assert!(
        shown.contains("030 222") && !shown.contains("030 111"),
        "{shown}"
    );

    let history = sam.ok(&["history", "adler"]);
    assert!(
        !history.contains("removed"),
        "a choice takes nothing away: {history}"
    );

    // Both settle the third without seeing each other, differently: it waits again, under another name.
    let before = sam.waiting();
    assert_eq!(before.len(), 1, "{before:?}");
    sam.settle("conflict-need", "2 h");
    eva.settle("conflict-need", "1 day");
    assert!(sam.waiting().is_empty() && eva.waiting().is_empty());
    meet(&[&sam, &eva]);
    let again = sam.waiting();
    assert_eq!(again.len(), 1, "{again:?}");
    assert_eq!(again, eva.waiting());
    assert_ne!(again, before);
    sam.settle("conflict-need", "1 day");
    meet(&[&sam, &eva]);
    for laptop in [&sam, &eva] {
        assert!(laptop.waiting().is_empty());
        let page = laptop.json(&["account", "show", "adler"]);
        assert_eq!(page["fit"]["needs"][0]["within"]["days"]["count"], 1);
        laptop.ok(&["doctor"]);
    }
}
