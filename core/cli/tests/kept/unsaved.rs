//! Typed text that could not be saved: it is shown again, the notebook can be read, and all goes on afterwards.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use kept_core::model::registry::Role;
use serde_json::Value;

use crate::test_folder::{RunResult, TestFolder};

const SAID: &str = "it's late; the door\nsticks";

/// Every kind of command that saves what people typed, with words in it that must not be lost.
fn typed(promise: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["visit", "miller", SAID, "--means", "they leave"],
        vec!["observe", "miller", SAID],
        vec!["account", "add", SAID],
        vec!["account", "edit", "miller", "--add-note", SAID],
        vec!["promise", "make", "miller", SAID, "--due", "in 3 days"],
        vec!["promise", "dispute", promise, SAID],
        vec!["me", "set", "--wins", SAID],
        vec!["handbook", "set", "delivery", "--name", SAID],
    ]
}

/// A notebook with a customer and a promise, of which the id is returned.
fn test_folder() -> (TestFolder, String) {
    let test_folder = TestFolder::new().joined_as(Role::Office);
    test_folder.ok(&["account", "add", "Miller"]);
    let made = ["promise", "make", "miller", "a seal", "--due", "in 3 days"];
    let made = test_folder.json(&made);
    let id = made["id"].as_str().or(made["promise"]["id"].as_str());
    let id = id.unwrap_or_else(|| panic!("{made}")).to_owned();
    (test_folder, id)
}

/// Holds the folder as another program does.
fn hold(test_folder: &TestFolder) -> File {
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(test_folder.data().join("lock"))
        .unwrap();
    lock.lock().unwrap();
    lock
}

fn visits(test_folder: &TestFolder) -> usize {
    let shown = test_folder.json(&["account", "show", "miller"]);
    let timeline = shown["timeline"].as_array().unwrap();
    timeline
        .iter()
        .filter(|entry| entry["kind"] == "visit")
        .count()
}

#[test]
fn what_meets_a_busy_notebook_is_shown_again_in_full() {
    let (test_folder, promise) = test_folder();
    let held = hold(&test_folder);
    for args in typed(&promise) {
        let args = [&args[..], &["--wait", "0"]].concat();
        let run_result = test_folder.run(&args);
        let told = run_result.complaint();
        assert!(told.contains("Another program uses"), "{told}");
        assert!(
            told.contains(r"Not saved. To try again: ")
                && told.contains(r"$'it\'s late; the door\nsticks'"),
            "{told}"
        );
        let run_result = test_folder.run(&[&args[..], &["--json"]].concat());
        let told: Value = serde_json::from_str(run_result.complaint()).unwrap();
        assert_eq!(told["error"]["kind"], "busy");
        let words: Vec<&str> = told["error"]["unsaved"]
            .as_array()
            .unwrap()
            .iter()
            .map(|word| word.as_str().unwrap())
            .collect();
        assert_eq!(words[1..], [&args[..], &["--json"]].concat()[..]);
    }
    let lines = format!(
        "{}\n\n{}\n",
        r#"{"account":"miller","said":"one"}"#, r#"{"account":"miller","said":"two"}"#
    );
    let run_result =
        test_folder.run_with_input(&["log", "--stdin", "--wait", "0"], lines.as_bytes());
    assert_eq!(
        (run_result.code, run_result.err.lines().count()),
        (1, 2),
        "{run_result:?}"
    );
    for said in ["one", "two"] {
        let unsaved = format!(r#"Not saved: {{"account":"miller","said":"{said}"}}"#);
        assert!(run_result.err.contains(&unsaved), "{run_result:?}");
    }
    // A command that only looks something up is told why it cannot, and no more.
    let run_result = test_folder.run(&["today", "--wait", "0"]);
    assert!(
        !run_result.complaint().contains("Not saved"),
        "{run_result:?}"
    );
    drop(held);
    assert_eq!(visits(&test_folder), 0);
}

#[test]
fn a_visit_waits_for_the_notebook_and_says_so() {
    let (test_folder, _) = test_folder();
    let held = hold(&test_folder);
    let mut visit = test_folder.command(&["visit", "miller", "hello"]);
    let visit = visit.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut visit = visit.spawn().unwrap();
    let mut told = BufReader::new(visit.stderr.take().unwrap());
    let mut line = String::new();
    told.read_line(&mut line).unwrap();
    assert!(line.contains("Waiting for it"), "{line}");
    drop(held);
    let mut rest = String::new();
    told.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert!(visit.wait().unwrap().success());
    assert_eq!(visits(&test_folder), 1);
}

/// Runs where no file may grow: the state of a full disk that an ordinary test can make.
#[cfg(unix)]
fn without_room(test_folder: &TestFolder, args: &[&str], input: &str) -> RunResult {
    let kept = test_folder.command(args);
    let mut shell = std::process::Command::new("sh");
    let shell = shell
        .args(["-c", r#"ulimit -f 0; exec "$@""#, "sh"])
        .arg(kept.get_program())
        .args(kept.get_args())
        .env_clear()
        .envs(
            kept.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = shell.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    RunResult::of(child.wait_with_output().unwrap())
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_all_can_be_read_and_nothing_typed_is_lost() {
    let (test_folder, promise) = test_folder();
    test_folder.ok(&["visit", "miller", "the hinge squeaks"]);
    // A program that was killed leaves a log, and no index of it.
    let mut log = test_folder.command(&["log", "--stdin"]);
    let log = log.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut log = log.spawn().unwrap();
    let mut input = log.stdin.take().unwrap();
    writeln!(input, r#"{{"account":"miller","said":"the drawer jams"}}"#).unwrap();
    let mut output = BufReader::new(log.stdout.take().unwrap());
    output.read_line(&mut String::new()).unwrap();
    log.kill().unwrap();
    log.wait().unwrap();
    std::fs::remove_file(test_folder.data().join("notebook.db-shm")).unwrap();
    assert!(
        test_folder
            .data()
            .join("notebook.db-wal")
            .metadata()
            .unwrap()
            .len()
            > 0
    );

    let files = || {
        let mut files: Vec<_> = std::fs::read_dir(test_folder.data())
            .unwrap()
            .map(|file| file.unwrap().path())
            // The files that SQLite and a run try to make, and leave empty.
            .filter(|path| !path.ends_with("notebook.db-shm") && !path.ends_with("lock.sync"))
            .map(|path| (std::fs::read(&path).unwrap(), path))
            .collect();
        files.sort();
        files
    };
    let before = files();
    for args in [
        &["today"][..],
        &["status"],
        &["mine"],
        &["account", "list"],
        &["account", "show", "miller"],
        &["promise", "show", &promise],
        &["promise", "list"],
        &["conflicts"],
        &["reminders"],
        &["report"],
        &["when", "delivery"],
        &["doctor"],
    ] {
        let run_result = without_room(&test_folder, args, "");
        assert_eq!(
            (run_result.code, run_result.err.as_str()),
            (0, ""),
            "{args:?}: {run_result:?}"
        );
    }
    for word in ["hinge", "drawer"] {
        let run_result = without_room(&test_folder, &["search", word], "");
        assert!(
            run_result.code == 0 && run_result.out.contains(word),
            "{run_result:?}"
        );
    }
    for args in typed(&promise) {
        let run_result = without_room(&test_folder, &args, "");
        let told = run_result.complaint();
        assert!(told.contains("limit"), "{told}");
        assert!(told.contains(r"$'it\'s late; the door\nsticks'"), "{told}");
    }
    let line = r#"{"account":"miller","said":"lost?"}"#;
    let run_result = without_room(
        &test_folder,
        &["log", "--stdin", "--json"],
        &format!("{line}\n"),
    );
    let told: Value = serde_json::from_str(run_result.complaint()).unwrap();
    assert_eq!(
        (&told["error"]["kind"], &told["error"]["unsaved"]),
        (&"storage".into(), &line.into())
    );
    let run_result = without_room(&test_folder, &["sync"], "");
    assert!(run_result.complaint().contains("limit"), "{run_result:?}");
    assert!(files() == before, "nothing was written");

    test_folder.ok(&["visit", "miller", "there is room again"]);
    assert_eq!(visits(&test_folder), 3);
    assert_eq!(test_folder.json(&["doctor"])["healthy"], true);
}
