//! The history of a document, as its readers see it.

use crate::model::account::{AccountEdit, ContactPointDraft, ContactPointKind};
use crate::model::ids::DocId;
use crate::notebook::errors::KeptError;
use crate::notebook::test_kit::{local_notebook, named};
use crate::testing::NOON;

#[test]
fn history_says_who_changed_what() {
    let fixture = local_notebook();
    let account = fixture.notebook.create_account(named("A")).unwrap();
    fixture.environment.advance(60_000);
    let phone = ContactPointDraft {
        id: Some(ContactPointKind::Phone.main_item()),
        kind: ContactPointKind::Phone,
        label: String::new(),
        value: "+49 30 7".into(),
        contact: None,
    };
    let edits = vec![
        AccountEdit::Notes {
            text: "Dog bites.".into(),
            was: None,
        },
        AccountEdit::SetContactPoint {
            contact_point: phone,
        },
    ];
    fixture.notebook.edit_account(account, edits).unwrap();
    let history = fixture.notebook.history(account).unwrap();
    assert_eq!(history.len(), 2);
    assert!(
        history
            .iter()
            .all(|line| line.by_me && line.received_at.is_none())
    );
    assert_eq!((history[0].by.at, history[1].by.at), (NOON, NOON + 60_000));
    let says = |field: &str, value: &str| {
        history[1]
            .changes
            .iter()
            .any(|change| change.field.ends_with(field) && change.value == value)
    };
    assert!(
        says("notes", "Dog bites.") && says("/value", "+49 30 7"),
        "{:?}",
        history[1].changes
    );
    assert!(matches!(
        fixture.notebook.history(DocId([9; 16])),
        Err(KeptError::NotFound { .. })
    ));
}
