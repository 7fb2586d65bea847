//! `kept unsent`: what waits is listed with its ways out, copied and exported; a way that is closed changes nothing.

use crate::test_folder::TestFolder;

#[test]
fn what_waits_is_listed_copied_and_exported_and_not_withdrawn() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Hotel Adler"]);
    test_folder.ok(&["visit", "Hotel Adler", "The oven door sticks."]);
    let listed = test_folder.ok(&["unsent"]);
    assert!(
        listed.contains("Hotel Adler") && listed.contains("--text --export"),
        "{listed}"
    );
    let id = test_folder.json(&["unsent"])["unsent"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let text = test_folder.ok(&["unsent", "--text", &id[..13]]);
    assert!(text.contains("The oven door sticks."), "{text}");

    let file = test_folder.file("there.kept", b"");
    let taken = test_folder.run(&["unsent", "--export", &id, "--to", &file]);
    assert!(taken.complaint().contains("cannot be written"), "{taken:?}");
    std::fs::remove_file(&file).unwrap();
    test_folder.ok(&["unsent", "--export", &id, "--to", &file]);
    assert!(std::fs::metadata(&file).unwrap().len() > 100);

    for way in ["--withdraw", "--again", "--back"] {
        let refused = test_folder.run(&["unsent", way, &id]);
        assert!(refused.complaint().contains("Nothing was changed"), "{way}");
    }
    assert_eq!(
        test_folder.json(&["unsent"])["unsent"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}
