//! Two people at one customer, both without a signal: nothing is lost and no dialog blocks.

use kept_core::model::account::{AccountDraft, AccountEdit, ContactDraft, ReachKind};
use kept_core::model::ids::{DocId, ItemId};
use kept_tests::{Company, Device, Story, account, assert_same, phone, quiesce};

struct Met {
    company: Company,
    alice: Device,
    bob: Device,
    customer: DocId,
    contact: ItemId,
}

/// Alice and Bob share a customer with a note, a phone number and a contact; then both lose the signal.
fn met(story: &Story) -> Met {
    let company = Company::found(story);
    let (alice, bob) = (company.alice(), company.bob());
    let contact = ContactDraft {
        id: None,
        name: "Mrs. Adler".into(),
        role: "operator".into(),
        ..ContactDraft::default()
    };
    let draft = AccountDraft {
        notes: "Gate code at the desk.\n".into(),
        reaches: vec![phone("+49 30 1000")],
        contacts: vec![contact],
        ..account("Adler Stone")
    };
    let customer = alice.notebook().create_account(draft).unwrap();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    let contact = alice.notebook().account(customer).unwrap().account.contacts[0].id;
    alice.wire().offline();
    bob.wire().offline();
    story.chapter("Both are at the customer, and neither has a signal");
    Met {
        company,
        alice,
        bob,
        customer,
        contact,
    }
}

fn back_in_signal(story: &Story, met: &Met) {
    story.chapter("Both have a signal again");
    met.company.pass(60_000);
    met.alice.wire().online();
    met.bob.wire().online();
    quiesce(&[&met.alice, &met.bob]);
    assert_same(&[&met.alice, &met.bob]);
}

#[test]
fn both_texts_are_in_the_note_and_both_numbers_are_shown_with_who_and_when() {
    let story = Story::begin("two people, one customer");
    let met = met(&story);
    let (alice, bob, customer) = (&met.alice, &met.bob, met.customer);
    let write = |device: &Device, note: &str, number: &str| {
        met.company.pass(5 * 60_000);
        let old = device.notebook().account(customer).unwrap().account.notes;
        let edits = vec![
            AccountEdit::Notes {
                text: format!("{old}\n{note}"),
                was: None,
            },
            AccountEdit::SetReach {
                reach: phone(number),
            },
        ];
        device.notebook().edit_account(customer, edits).unwrap();
        device.now()
    };
    let by_alice = write(alice, "Saw is dull (Alice).\n", "+49 30 2000");
    let by_bob = write(bob, "Wants a quote (Bob).\n", "+49 30 3000");
    back_in_signal(&story, &met);

    for device in [alice, bob] {
        let seen = device.notebook().account(customer).unwrap().account;
        assert!(
            seen.notes.starts_with("Gate code at the desk.\n"),
            "{}",
            seen.notes
        );
        for line in ["Saw is dull (Alice).", "Wants a quote (Bob)."] {
            assert!(seen.notes.lines().any(|one| one == line), "{}", seen.notes);
        }
        let main = seen
            .reaches
            .iter()
            .find(|reach| reach.id == ReachKind::Phone.main_item());
        let mut values: Vec<_> = main
            .unwrap()
            .values
            .iter()
            .map(|value| (value.value.clone(), value.by.name.clone(), value.by.at))
            .collect();
        values.sort();
        assert_eq!(
            values,
            [
                ("+49 30 2000".into(), "Alice".into(), by_alice),
                ("+49 30 3000".into(), "Bob".to_owned(), by_bob),
            ],
            "both numbers, with who and when"
        );
        let listed = device.notebook().search("Adler".into(), 5).unwrap();
        assert_eq!(listed[0].id, customer);
    }

    story.chapter("Bob chooses with one tap, and the other number is history");
    let choice = vec![AccountEdit::SetReach {
        reach: phone("+49 30 3000"),
    }];
    bob.notebook().edit_account(customer, choice).unwrap();
    quiesce(&[bob, alice]);
    let settled = alice.notebook().account(customer).unwrap().account;
    assert_eq!(settled.reaches[0].values.len(), 1);
    assert_eq!(settled.reaches[0].values[0].value, "+49 30 3000");
    let history = alice.notebook().history(customer).unwrap();
    let says = |value: &str| {
        history
            .iter()
            .any(|line| line.changes.iter().any(|c| c.value == value))
    };
    assert!(
        says("+49 30 2000") && says("+49 30 3000"),
        "no value is lost"
    );
}

#[test]
fn a_removed_contact_whom_the_other_one_edited_is_kept_with_a_question() {
    let story = Story::begin("removed and edited");
    let met = met(&story);
    let removal = vec![AccountEdit::RemoveContact { id: met.contact }];
    met.alice
        .notebook()
        .edit_account(met.customer, removal)
        .unwrap();
    assert!(
        met.alice
            .notebook()
            .account(met.customer)
            .unwrap()
            .account
            .contacts
            .is_empty()
    );
    let promoted = ContactDraft {
        id: Some(met.contact),
        name: "Mrs. Adler".into(),
        role: "head of production".into(),
        ..ContactDraft::default()
    };
    let edit = vec![AccountEdit::SetContact { contact: promoted }];
    met.bob.notebook().edit_account(met.customer, edit).unwrap();
    back_in_signal(&story, &met);

    for device in [&met.alice, &met.bob] {
        let contacts = device
            .notebook()
            .account(met.customer)
            .unwrap()
            .account
            .contacts;
        assert_eq!(contacts.len(), 1, "{}: she is kept", device.name());
        assert_eq!(contacts[0].role, "head of production");
        assert!(
            contacts[0].removal_in_question,
            "{}: and the question is there",
            device.name()
        );
    }

    story.chapter("Alice answers: she has left indeed");
    let again = vec![AccountEdit::RemoveContact { id: met.contact }];
    met.alice
        .notebook()
        .edit_account(met.customer, again)
        .unwrap();
    quiesce(&[&met.alice, &met.bob]);
    assert!(
        met.bob
            .notebook()
            .account(met.customer)
            .unwrap()
            .account
            .contacts
            .is_empty()
    );
}

#[test]
fn a_removal_that_nobody_contradicted_stands() {
    let story = Story::begin("removed");
    let met = met(&story);
    let removal = vec![AccountEdit::RemoveContact { id: met.contact }];
    met.alice
        .notebook()
        .edit_account(met.customer, removal)
        .unwrap();
    let elsewhere = vec![AccountEdit::AddTag {
        tag: "granite".into(),
    }];
    met.bob
        .notebook()
        .edit_account(met.customer, elsewhere)
        .unwrap();
    back_in_signal(&story, &met);
    let seen = met.bob.notebook().account(met.customer).unwrap().account;
    assert!(seen.contacts.is_empty());
    assert_eq!(seen.tags, ["granite"]);
}

#[test]
fn work_goes_on_while_a_question_is_open() {
    let story = Story::begin("nobody's dialog blocks");
    let met = met(&story);
    for (device, number) in [(&met.alice, "1"), (&met.bob, "2")] {
        let edit = vec![AccountEdit::SetReach {
            reach: phone(number),
        }];
        device.notebook().edit_account(met.customer, edit).unwrap();
    }
    back_in_signal(&story, &met);
    let query = kept_core::notebook::AccountQuery {
        archived: false,
        limit: 10,
        offset: 0,
    };
    let listed = met.bob.notebook().accounts(query).unwrap();
    assert_eq!(
        listed[0].unsettled, 1,
        "the list says that something waits to be settled"
    );
    let logged = met
        .bob
        .notebook()
        .log_visit(kept_tests::tap(Some(met.customer), "still working"));
    logged.unwrap();
    quiesce(&[&met.bob, &met.alice]);
    let page = met.alice.notebook().account(met.customer).unwrap();
    assert_eq!(page.timeline.len(), 1);
    assert_eq!(
        page.account.reaches[0].values.len(),
        2,
        "the question is still open"
    );
}

#[test]
fn two_lines_added_to_a_long_note_leave_what_was_there_once() {
    let story = Story::begin("two people, one customer with a long note");
    let met = met(&story);
    let note: String = (1..=300)
        .map(|line| format!("{line}: the saw, the belt, the door\n"))
        .collect();
    let write = |device: &Device, text: String| {
        let edits = vec![AccountEdit::Notes { text, was: None }];
        device.notebook().edit_account(met.customer, edits).unwrap();
    };
    let read = |device: &Device| {
        let page = device.notebook().account(met.customer).unwrap();
        page.account.notes
    };
    write(&met.alice, note.clone());
    back_in_signal(&story, &met);
    assert_eq!(read(&met.bob), note.trim_end());

    met.alice.wire().offline();
    met.bob.wire().offline();
    write(&met.alice, format!("{note}Saw is dull (Alice).\n"));
    write(&met.bob, format!("Wants a quote (Bob).\n{note}"));
    assert_eq!(met.alice.notebook().status().unwrap().unsent.len(), 1);
    back_in_signal(&story, &met);
    let both = format!("Wants a quote (Bob).\n{note}Saw is dull (Alice).");
    assert_eq!(read(&met.alice), both);
}
