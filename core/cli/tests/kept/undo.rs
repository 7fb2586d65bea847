//! `kept undo`: what was just written is taken back.

use crate::test_folder::TestFolder;

#[test]
fn what_was_just_written_is_taken_back_once() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    test_folder.ok(&["visit", "miller", "Belongs to another customer"]);
    let listed = test_folder.ok(&["undo", "--list"]);
    assert!(listed.starts_with("Visit “Miller”  until "), "{listed}");
    assert_eq!(listed.lines().count(), 2, "{listed}");
    let group = test_folder.json(&["undo", "--list"])[0]["group"].clone();
    let report = test_folder.json(&["undo", group.as_str().unwrap()]);
    assert_eq!(report["docs"].as_array().unwrap().len(), 1, "{report}");
    let shown = test_folder.json(&["account", "show", "miller"]);
    assert_eq!(shown["timeline"].as_array().unwrap().len(), 0, "{shown}");

    test_folder.ok(&["account", "edit", "miller", "--name", "Meyer"]);
    let back = test_folder.ok(&["undo", "meyer"]);
    assert!(back.contains("Taken back: 1 entry."), "{back}");
    test_folder.ok(&["account", "show", "miller"]);
    let nothing = test_folder.ok(&["undo", "miller"]);
    assert!(
        nothing.contains("Nothing of the last 24 hours"),
        "{nothing}"
    );
}
