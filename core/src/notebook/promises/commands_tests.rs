//! A promise that was made in a hurry gets its customer later.

use super::*;
use crate::model::account::{AccountDraft, ContactDraft};
use crate::model::event::Performer;
use crate::model::ids::ItemId;
use crate::model::registry::Role;
use crate::model::time::DuePart;
use crate::model::visit::NameSnapshot;
use crate::notebook::PromiseAction;
use crate::notebook::test_kit::{SUNDAY, draft, due, key_of, named, notebook_of};

fn name(account: DocId, contact: Option<ItemId>) -> Vec<PromiseEdit> {
    vec![PromiseEdit::NameAccount {
        account,
        contact,
        labels: NameSnapshot::default(),
    }]
}

#[test]
fn a_promise_without_a_customer_gets_one_later_and_is_in_their_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let contact = ItemId([5; 16]);
    let mill = AccountDraft {
        contacts: vec![ContactDraft {
            id: Some(contact),
            name: "Ben".into(),
            ..ContactDraft::default()
        }],
        ..named("Mill")
    };
    let mill = ann.create_account(mill).unwrap();
    let inn = ann.create_account(named("Inn")).unwrap();
    let me = Performer::Person {
        person: ann.me().unwrap().person,
    };
    let quick = PromiseDraft {
        performer: me,
        ..draft("callback", due(SUNDAY, DuePart::Day))
    };
    let id = ann.make_promise(quick).unwrap();
    let offered = || {
        let actions = ann.promise(id).unwrap().actions;
        actions.contains(&PromiseAction::NameAccount)
    };
    let of = |account| {
        let page = ann.account(account).unwrap();
        (page.timeline.len(), page.promises.len())
    };
    assert!(offered());
    ann.change_promise(id, name(mill, Some(contact))).unwrap();
    assert!(!offered());
    let promise = ann.promise(id).unwrap();
    assert_eq!(
        (promise.summary.account, promise.heard_by.as_str()),
        (Some(mill), "Ben")
    );
    assert_eq!(promise.summary.account_name, "Mill");
    assert_eq!((of(mill), of(inn)), ((1, 1), (0, 0)));
    assert_eq!(ann.my_overview().unwrap().next[0].account_name, "Mill");
    let found = ann.search("mill call".into(), 9).unwrap();
    assert_eq!(found.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id]);

    // The wrong one was named, and it is taken back.
    ann.change_promise(id, name(inn, None)).unwrap();
    assert_eq!((of(mill), of(inn)), ((0, 0), (1, 1)));
    let last = ann.undoable(1).unwrap().remove(0);
    ann.undo(last.group).unwrap();
    assert_eq!((of(mill), of(inn)), ((1, 1), (0, 0)));
    let unknown = ann.change_promise(id, name(DocId([9; 16]), None));
    assert!(matches!(
        unknown,
        Err(crate::notebook::KeptError::NotFound { .. })
    ));
    assert!(ann.verify().unwrap().is_healthy());
}

#[test]
fn whoever_is_not_involved_may_not_name_the_customer() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Technician);
    let mill = ann.create_account(named("Mill")).unwrap();
    let id = ann
        .make_promise(draft("callback", due(SUNDAY, DuePart::Day)))
        .unwrap();
    crate::notebook::test_kit::as_stranger(&ann, || {
        assert_eq!(
            key_of(ann.change_promise(id, name(mill, None))),
            "error-not-allowed"
        );
    });
}
