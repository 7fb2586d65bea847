//! Reminders: the moments, the reasons, and which were seen.

use crate::test_folder::TestFolder;

#[test]
fn reminders_are_shown_acknowledged_and_gone() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    test_folder.ok(&[
        "promise",
        "make",
        "adler",
        "new door seal",
        "--due",
        "in 90 minutes",
        "--kind",
        "fix",
    ]);
    let rungs = |within: &str| -> Vec<String> {
        let listed = test_folder.json(&["reminders", "--within", within]);
        let listed = listed.as_array().unwrap().iter();
        listed
            .map(|reminder| reminder["rung"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(rungs("3h"), ["half", "5-minutes", "due"]);
    assert_eq!(rungs("1h"), ["half"]);
    let shown = test_folder.ok(&["reminders", "--within", "3h"]);
    assert!(
        shown.contains("Half of the time is gone: “new door seal” for Hotel Adler, due"),
        "{shown}"
    );
    let longer = "Too little time is left for the work";
    assert_eq!(shown.matches(longer).count(), 1, "{shown}");
    let ahead = test_folder.ok(&["reminders", "--within", "3d"]);
    assert!(ahead.contains("Late, still to do"), "{ahead}");
    assert!(
        !ahead.contains("Already late"),
        "it is not late yet: {ahead}"
    );

    let first = test_folder.json(&["reminders"])[0].clone();
    let promise = first["promise"].as_str().unwrap();
    assert!(
        shown.contains("half time") && shown.contains("5 minutes before"),
        "{shown}"
    );
    assert!(
        !shown.contains("5-minutes") && !ahead.contains("late-2"),
        "{ahead}"
    );
    test_folder.ok(&["reminders", "ack", promise, "Half time"]);
    test_folder.ok(&["reminders", "ack", promise, "half"]);
    assert_eq!(rungs("3h"), ["5-minutes", "due"]);
    let refused = test_folder.run(&["reminders", "ack", promise, "halftime"]);
    assert!(refused.complaint().contains("halftime"), "{refused:?}");

    let overview = test_folder.json(&["mine"]);
    assert_eq!(overview["counts"]["open"], 1);
    assert_eq!(overview["next"][0]["deliverable"], "new door seal");
    assert_eq!(overview["reminders"][0]["rung"], "5-minutes");
    test_folder.ok(&["reminders", "ack", promise, "5 Minuten vorher"]);
    test_folder.ok(&["reminders", "ack", promise]);
    assert_eq!(rungs("3h"), Vec::<String>::new(), "the next was meant");
    let mine = test_folder.ok(&["mine"]);
    assert!(
        mine.contains("1 open") && mine.contains("What rings next"),
        "{mine}"
    );
}

#[test]
fn an_empty_overview_teaches_the_next_step() {
    let test_folder = TestFolder::new().joined();
    assert!(test_folder.ok(&["mine"]).contains("kept promise make"));
    assert!(test_folder.ok(&["reminders"]).contains("Nothing rings"));
    let refused = test_folder.run(&["reminders", "--within", "soon"]);
    assert!(refused.complaint().contains("soon"), "{refused:?}");
}
