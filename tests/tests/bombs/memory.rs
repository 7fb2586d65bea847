//! The same in a process that may have 600 MB of address space: a program that expands a bomb aborts.

use std::any::type_name_of_val;
use std::process::Command;

use crate::{columns, legitimate, scenarios};

/// Address space of a process that meets bombs, in bytes.
const MEMORY: u64 = 600_000_000;

/// Runs a test of this program in a process of its own. The test is found by the name of its function, which the
/// compiler gives, so that a renamed one is found too.
fn within_memory<F: Fn()>(test: F) {
    let name = type_name_of_val(&test);
    let test = name.split_once("::").map_or(name, |(_, test)| test);
    let program = std::env::current_exe().unwrap();
    let done = Command::new("prlimit")
        .arg(format!("--as={MEMORY}"))
        .arg(program)
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        // Else every thread takes 64 MB of addresses, used or not.
        .env("MALLOC_ARENA_MAX", "2")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && said.contains("1 passed"),
        "{test}: {done:?}"
    );
}

#[test]
fn every_bomb_is_refused_within_little_memory() {
    within_memory(columns::what_claims_too_much_is_refused_at_once);
}

#[test]
fn the_largest_change_that_is_taken_is_read_within_little_memory() {
    within_memory(legitimate::the_worst_that_is_taken_is_applied_read_and_written);
}

#[test]
fn a_server_refuses_bombs_within_little_memory() {
    within_memory(scenarios::a_bomb_is_refused_in_milliseconds_and_its_author_sees_why);
}

#[test]
fn a_notebook_with_a_bomb_opens_within_little_memory() {
    within_memory(scenarios::a_notebook_with_a_bomb_shows_the_rest_and_is_written_upon_the_rest);
}

#[test]
fn a_server_with_a_bomb_starts_within_little_memory() {
    within_memory(scenarios::a_server_with_a_bomb_starts_and_its_phones_show_the_rest);
}
