//! `kept drafts`: what a screen saved is listed, logged once, or dropped.

use std::sync::Arc;

use kept_core::Notebook;
use kept_core::model::account::AccountDraft;
use kept_core::notebook::{DraftContent, FileSecretStore};

use crate::test_folder::TestFolder;

#[test]
fn what_a_screen_saved_is_listed_logged_once_or_dropped() {
    let test_folder = TestFolder::new();
    assert_eq!(test_folder.ok(&["drafts"]).trim(), "There are no drafts.");
    let data = test_folder.data();
    let secrets = Arc::new(FileSecretStore::new(data.join("secrets")));
    let notebook = Notebook::open(data.display().to_string(), secrets).unwrap();
    let save = |name: &str| {
        let draft = AccountDraft {
            name: name.into(),
            ..AccountDraft::default()
        };
        let content = DraftContent::Account { draft };
        notebook.save_draft(None, content, "name".into()).unwrap()
    };
    let (miller, other) = (save("Miller").to_string(), save("").to_string());
    drop(notebook);
    let listed = test_folder.ok(&["drafts"]);
    assert!(listed.contains("Customer “Miller”"), "{listed}");
    let status = test_folder.ok(&["status"]);
    assert!(status.contains("2 drafts are only here."), "{status}");
    let refused = test_folder.run(&["drafts", "--log", &other]);
    assert!(refused.complaint().contains("is empty"), "{refused:?}");
    test_folder.ok(&["drafts", "--drop", &other]);
    let logged = test_folder.json(&["drafts", "--log", &miller]);
    assert_eq!(logged["again"], false, "{logged}");
    let again = test_folder.json(&["drafts", "--log", &miller]);
    assert_eq!(
        (&again["account"], again["again"].as_bool()),
        (&logged["account"], Some(true))
    );
    assert_eq!(test_folder.json(&["status"])["drafts"], 0);
    test_folder.ok(&["account", "show", "miller"]);
}
