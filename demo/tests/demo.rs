//! The demo as people run it: the real program, a small company, the story to its end.

#![expect(clippy::unwrap_used, reason = "a test that cannot run has failed")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use clap::Parser;
use kept_core::SystemEnvironment;

fn demo(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kept-demo"))
        .args(["--once", "--size", "small"])
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn the_story_ends_well() {
    let output = demo(&[]);
    let told = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("/signin?token="), "{told}");
    assert_eq!(told.matches('✓').count(), 9, "{told}");
    assert!(!told.contains('✗') && !told.contains('\x1b'), "{told}");
}

#[test]
fn machines_read_json_and_the_kept_folder_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let keep = folder.path().join("kept demo");
    let output = demo(&["--json", "--seed", "5", "--keep", keep.to_str().unwrap()]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    let lines: Vec<serde_json::Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let checks: Vec<_> = lines
        .iter()
        .filter(|line| line["holds"].is_boolean())
        .collect();
    assert!(checks.len() == 9 && checks.iter().all(|check| check["holds"] == true));
    let summary = lines.last().unwrap();
    let part = |name: &str| summary[name].as_u64().unwrap();
    let outcomes = part("kept") + part("broken") + part("open") + part("not_confirmed");
    assert_eq!(part("accounts"), 40);
    assert!(
        part("kept") * 2 > part("promises") && outcomes <= part("promises"),
        "{summary}"
    );
    let people = kept_server::command::Cli::parse_from([
        "kept-server",
        "people",
        "--data",
        keep.to_str().unwrap(),
    ]);
    let mut listed = Vec::new();
    kept_server::command::run(people, Arc::new(SystemEnvironment), &mut listed).unwrap();
    assert!(String::from_utf8(listed).unwrap().contains("Sofía Engel"));
}

#[test]
fn it_begins_in_no_folder_that_holds_something() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter"), "Dear Ann").unwrap();
    let keep = folder.path().to_str().unwrap();
    let output = demo(&["--keep", keep]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("is not empty"), "{errors}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let output = demo(&["--json", "--keep", keep]);
    let error: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "failed");
}

#[test]
fn without_an_end_it_runs_until_it_is_told_to_stop() {
    let mut running = Command::new(env!("CARGO_BIN_EXE_kept-demo"))
        .args(["--size", "small"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(running.stdout.take().unwrap());
    let mut lines = told.lines().map(Result::unwrap);
    // Five phones are switched on; then things happen, with pauses between them.
    let on = lines
        .by_ref()
        .filter(|line| line.contains("switches the phone on"));
    assert_eq!(on.take(5).count(), 5);
    assert_eq!(lines.by_ref().take(3).count(), 3);
    let stop = Command::new("kill")
        .arg("-INT")
        .arg(running.id().to_string())
        .status()
        .unwrap();
    assert!(stop.success());
    assert!(lines.any(|line| line.contains("Stopping")));
    assert!(running.wait().unwrap().success());
}
