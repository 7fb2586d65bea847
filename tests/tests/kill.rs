//! `kept log --stdin` is killed while it takes visits, until fifty kills have hit between two printed ids: every
//! printed id is there afterwards, the file is whole, and nothing is there by half. And `kept join` is killed wherever
//! it stands: it can be done again, and no list of devices shows a device that never came.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a scenario that cannot go on has failed"
)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use kept_core::environment::Environment;
use kept_core::model::ids::DocId;
use kept_core::model::registry::Role;
use kept_core::notebook::{EntryKind, FileSecretStore, Notebook};
use kept_core::{ScriptedEnvironment, SystemEnvironment};
use kept_tests::program::kept;
use kept_tests::{Company, Scenario};

/// Kills that must hit while the program works on a line.
const HITS: usize = 50;
/// Lines that each life of the program is given; it never gets to the end of them.
const LINES: usize = 400;

fn run(kept: &Path, data: &Path, arguments: &[&str]) -> String {
    let done = Command::new(kept)
        .arg("--data")
        .arg(data)
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "kept {arguments:?}: {done:?}");
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// Feeds lines until the pipe breaks, which a kill does.
fn feed(child: &mut Child, account: &str) -> std::thread::JoinHandle<()> {
    let mut input = child.stdin.take().unwrap();
    let account = account.to_owned();
    std::thread::spawn(move || {
        for number in 0..LINES {
            let line = format!(
                "{{\"account\": \"{account}\", \"said\": \"visit {number}\", \
                 \"observations\": [{{\"doing\": \"observation {number}\"}}]}}\n"
            );
            if input.write_all(line.as_bytes()).is_err() {
                return;
            }
        }
    })
}

/// Begins a life, and kills it at a random moment after a random number of ids. Returns what it printed.
fn live_and_die(
    kept: &Path,
    data: &Path,
    account: &str,
    random: &ScriptedEnvironment,
) -> Vec<DocId> {
    let mut child = Command::new(kept)
        .arg("--data")
        .arg(data)
        .args(["log", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let feeder = feed(&mut child, account);
    let mut bytes = [0; 4];
    random.fill_random(&mut bytes);
    let (ids, spins) = (
        1 + usize::from(bytes[0] % 6),
        u32::from_be_bytes(bytes) % 400_000,
    );
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut printed: Vec<DocId> = Vec::new();
    for line in output.by_ref().take(ids) {
        printed.push(line.unwrap().parse().unwrap());
    }
    for _ in 0..spins {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(!status.success(), "it was to be killed before its end");
    // The ids that it printed before it died are owed as well; a line that was cut off is not an id.
    printed.extend(
        output
            .map_while(Result::ok)
            .filter_map(|line| line.parse::<DocId>().ok()),
    );
    feeder.join().unwrap();
    printed
}

/// Opens the folder as the next command would, and checks it. Returns the visits that are there.
fn check(data: &Path, printed: &BTreeSet<DocId>) -> usize {
    let secrets = Arc::new(FileSecretStore::new(data.join("secrets")));
    let notebook = Notebook::open_with(data, secrets, Arc::new(SystemEnvironment)).unwrap();
    let checkup = notebook.verify().unwrap();
    assert!(checkup.is_healthy(), "{checkup:?}");
    let entries = notebook.latest_entries(10_000, None, vec![]).unwrap();
    let of = |kind| entries.iter().filter(move |entry| entry.kind == kind);
    let visits: BTreeSet<DocId> = of(EntryKind::Visit).map(|entry| entry.id).collect();
    let lost: Vec<&DocId> = printed.difference(&visits).collect();
    assert!(lost.is_empty(), "printed and lost: {lost:?}");
    let mut of_visits = BTreeSet::new();
    for usage in of(EntryKind::Usage) {
        of_visits.extend(notebook.usage(usage.id).unwrap().visit);
    }
    assert_eq!(
        of_visits, visits,
        "a visit without its observation, or the other way round"
    );
    assert_eq!(notebook.status().unwrap().unsent.len(), 1 + visits.len());
    visits.len()
}

#[test]
fn every_printed_id_survives_fifty_kills_between_two_ids() {
    let scenario = Scenario::begin("fifty kills");
    let random = ScriptedEnvironment::new(0, scenario.seed());
    let kept = kept();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("notebook");
    let told = run(&kept, &data, &["account", "add", "Bäckerei Öztürk"]);
    let account = told.split_whitespace().last().unwrap_or_default();
    assert!(account.parse::<DocId>().is_ok(), "no id is printed: {told}");

    let (mut printed, mut hits, mut unprinted) = (BTreeSet::new(), 0, 0);
    let mut before = 0;
    for life in 0.. {
        assert!(
            life < 2 * HITS,
            "only {hits} of {life} kills hit between two ids"
        );
        let new = live_and_die(&kept, &data, account, &random);
        let (count, known) = (new.len(), printed.len());
        printed.extend(new);
        assert_eq!(printed.len(), known + count, "an id was printed twice");
        let there = check(&data, &printed);
        let saved = there - before;
        before = there;
        assert!(
            saved == count || saved == count + 1,
            "{saved} saved, {count} printed"
        );
        unprinted += saved - count;
        // It had printed one id and still had lines to work on: the kill came between two ids.
        hits += usize::from(count > 0 && count < LINES);
        if hits == HITS {
            break;
        }
    }
    run(&kept, &data, &["doctor"]);
    scenario.log(format!(
        "{hits} kills between two of {} printed ids; {unprinted} visits were on disk and not yet printed",
        printed.len()
    ));
}

/// Joins that are killed.
const JOINS: usize = 24;
/// Within this time a join is over, in milliseconds.
const JOIN_MS: i64 = 150;

/// Joins, and kills that at a random moment.
fn join_and_die(kept: &Path, data: &Path, link: &str, random: &ScriptedEnvironment) {
    let mut child = Command::new(kept)
        .arg("--data")
        .arg(data)
        .args(["join", link])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut byte = [0; 1];
    random.fill_random(&mut byte);
    let end = SystemEnvironment.boot_ms() + i64::from(byte[0]) * JOIN_MS / 255;
    while SystemEnvironment.boot_ms() < end {
        std::hint::spin_loop();
    }
    // It may be over already.
    let _ = child.kill();
    child.wait().unwrap();
}

fn status(kept: &Path, data: &Path) -> serde_json::Value {
    serde_json::from_str(&run(kept, data, &["status", "--json"])).unwrap()
}

#[test]
fn a_join_that_is_killed_anywhere_can_be_done_again_with_any_invitation_and_leaves_no_ghost() {
    let scenario = Scenario::begin("killed while joining");
    let company = Company::found(&scenario);
    let random = ScriptedEnvironment::new(0, scenario.seed());
    let kept = kept();
    let folder = tempfile::tempdir().unwrap();
    let mut broken_off = 0;
    for number in 0..JOINS {
        let data = folder.path().join(format!("notebook-{number}"));
        run(&kept, &data, &["account", "add", "Written before joining"]);
        let name = format!("Sam {number}");
        let invite = || company.invite(&name, Role::Technician, &["north"]);
        let link = invite();
        join_and_die(&kept, &data, &link, &random);
        if status(&kept, &data)["me"]["joined"] == false {
            broken_off += 1;
            let again = if number % 2 == 0 { link } else { invite() };
            run(&kept, &data, &["join", &again]);
        }
        run(&kept, &data, &["sync"]);
        let after = status(&kept, &data);
        assert_eq!(
            (&after["me"]["joined"], &after["unsent"]),
            (&true.into(), &serde_json::json!([]))
        );
        let known = company.state().devices().unwrap();
        let known = known.iter().filter(|(device, _)| !device.server).count();
        assert_eq!(known, number + 1, "one device for each notebook");
    }
    assert!(broken_off > 0, "no kill came before the end of its join");
    scenario.log(format!("{broken_off} of {JOINS} joins were broken off"));
}
