//! The zone in which times are typed and shown, what is said of it, and what waits until it is known.

use crate::test_folder::{RunResult, TestFolder};

fn run(test_folder: &TestFolder, zone: (&str, &str), args: &[&str]) -> RunResult {
    let mut command = test_folder.command(args);
    RunResult::of(command.env(zone.0, zone.1).output().unwrap())
}

#[test]
fn a_zone_that_names_no_place_is_asked_for_and_never_taken_for_utc() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Kunde"]);
    let make = ["promise", "make", "kunde", "x", "--due", "tomorrow 10:00"];
    for (tz, said) in [
        (
            "CET-1CEST,M3.5.0,M10.5.0/3",
            "a rule for clocks that names no place",
        ),
        (
            "Europe/Berln",
            "TZ says “Europe/Berln”, which is no time zone",
        ),
    ] {
        for args in [
            &make[..],
            &["account", "add", "Other"],
            &["visit", "kunde", "hello"],
        ] {
            let refused = run(&test_folder, ("TZ", tz), args);
            let complaint = refused.complaint();
            assert!(complaint.contains(said), "{complaint}");
            assert!(complaint.contains("Set KEPT_ZONE"), "{complaint}");
        }
        // Reading goes on, and says which clock it reads.
        let status = run(&test_folder, ("TZ", tz), &["status"]);
        assert!(status.code == 0 && status.out.contains(said), "{status:?}");
        let today = run(&test_folder, ("TZ", tz), &["today"]);
        assert_eq!(today.code, 0, "{today:?}");
        let status = run(&test_folder, ("TZ", tz), &["status", "--json"]).json();
        assert!(
            status["zone"].is_null() && status["zone_from"].is_null(),
            "{status}"
        );
    }
    assert!(
        test_folder
            .json(&["promise", "list"])
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn the_zone_and_where_it_was_found_are_said() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Kunde"]);
    let status = run(&test_folder, ("TZ", "Europe/Berlin"), &["status"]).out;
    assert!(
        status.contains("in the zone Europe/Berlin, as TZ says."),
        "{status}"
    );
    let kept = run(
        &test_folder,
        ("KEPT_ZONE", "Pacific/Auckland"),
        &["status", "--json"],
    )
    .json();
    assert_eq!(kept["zone"], "Pacific/Auckland");
    assert_eq!(kept["zone_from"], "setting");
    let make = [
        "promise",
        "make",
        "kunde",
        "a call",
        "--due",
        "tomorrow 10:00",
    ];
    let made = run(&test_folder, ("KEPT_ZONE", "Pacific/Auckland"), &make);
    assert!(made.out.contains("due tomorrow 10:00."), "{made:?}");

    // A reader in Berlin sees both clocks, on every page of it.
    let list = test_folder.json(&["promise", "list"]);
    let id = list[0]["id"].as_str().unwrap();
    assert_eq!(list[0]["due"]["zone"], "Pacific/Auckland");
    for args in [
        &["promise", "list"][..],
        &["promise", "show", id],
        &["account", "show", "kunde"],
        &["reminders", "--within", "3d"],
    ] {
        let shown = test_folder.ok(args);
        assert!(shown.contains("10:00 in Auckland, "), "{args:?}: {shown}");
        assert!(shown.contains(" here"), "{args:?}: {shown}");
    }
}

#[test]
fn a_time_that_may_mean_two_is_refused_with_both() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Kunde"]);
    let due = |text| test_folder.run(&["promise", "make", "kunde", "x", "--due", text]);
    let refused = due("tomorrow at 3");
    let both = "Kept understands “3” as tomorrow 03:00 or as tomorrow 15:00.";
    assert!(refused.complaint().starts_with(both), "{refused:?}");
    let refused = due("tommorow 10:00");
    assert!(
        refused.complaint().contains("because of “tommorow”"),
        "{refused:?}"
    );
    let refused = due("tomorrow 8ish");
    assert!(
        refused.complaint().contains("“8ish” leaves open when"),
        "{refused:?}"
    );
    let refused = test_folder.run(&["visit", "kunde", "x", "--at", "yesterday at 3"]);
    assert!(
        refused.complaint().contains("yesterday 15:00"),
        "{refused:?}"
    );
    test_folder.ok(&["visit", "kunde", "x", "--at", "vor anderthalb Stunden"]);
    let refused = test_folder.run(&[
        "--lang", "de", "promise", "make", "kunde", "x", "--due", "12/3",
    ]);
    assert!(
        refused.complaint().starts_with("Kept versteht „12/3“ als"),
        "{refused:?}"
    );
}
