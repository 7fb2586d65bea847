//! Two people at one customer, both without a signal: nothing is lost and no dialog blocks.

use kept_core::model::account::{AccountDraft, AccountEdit, ContactDraft, ContactPointKind};
use kept_core::model::ids::{DocId, ItemId};
use kept_tests::{Company, Device, Scenario, account, assert_same, main_phone, quiesce};

struct SharedCustomer {
    company: Company,
    alice: Device,
    bob: Device,
    customer: DocId,
    contact: ItemId,
}

/// Alice and Bob share a customer with a note, a phone number and a contact; then both lose the signal.
fn shared(scenario: &Scenario) -> SharedCustomer {
    let company = Company::found(scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let contact = ContactDraft {
        id: None,
        name: "Mrs. Adler".into(),
        role: "operator".into(),
        ..ContactDraft::default()
    };
    let draft = AccountDraft {
        notes: "Gate code at the desk.\n".into(),
        contact_points: vec![main_phone("+49 30 1000")],
        contacts: vec![contact],
        ..account("Adler Stone")
    };
    let customer = alice.notebook().create_account(draft).unwrap();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    let contact = alice.notebook().account(customer).unwrap().account.contacts[0].id;
    alice.network().offline();
    bob.network().offline();
    scenario.step("Both are at the customer, and neither has a signal");
    SharedCustomer {
        company,
        alice,
        bob,
        customer,
        contact,
    }
}

fn back_in_signal(scenario: &Scenario, shared: &SharedCustomer) {
    scenario.step("Both have a signal again");
    shared.company.advance(60_000);
    shared.alice.network().online();
    shared.bob.network().online();
    quiesce(&[&shared.alice, &shared.bob]);
    assert_same(&[&shared.alice, &shared.bob]);
}

#[test]
fn both_texts_are_in_the_note_and_both_numbers_are_shown_with_who_and_when() {
    let scenario = Scenario::begin("two people, one customer");
    let shared = shared(&scenario);
    let (alice, bob, customer) = (&shared.alice, &shared.bob, shared.customer);
    let write = |device: &Device, note: &str, number: &str| {
        shared.company.advance(5 * 60_000);
        let old = device.notebook().account(customer).unwrap().account.notes;
        let edits = vec![
            AccountEdit::Notes {
                text: format!("{old}\n{note}"),
                was: None,
            },
            AccountEdit::SetContactPoint {
                contact_point: main_phone(number),
            },
        ];
        device.notebook().edit_account(customer, edits).unwrap();
        device.now()
    };
    let by_alice = write(alice, "Saw is dull (Alice).\n", "+49 30 2000");
    let by_bob = write(bob, "Wants a quote (Bob).\n", "+49 30 3000");
    back_in_signal(&scenario, &shared);

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
            .contact_points
            .iter()
            .find(|contact_point| contact_point.id == ContactPointKind::Phone.main_item());
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

    scenario.step("Bob chooses with one tap, and the other number is history");
    let choice = vec![AccountEdit::SetContactPoint {
        contact_point: main_phone("+49 30 3000"),
    }];
    bob.notebook().edit_account(customer, choice).unwrap();
    quiesce(&[bob, alice]);
    let settled = alice.notebook().account(customer).unwrap().account;
    assert_eq!(settled.contact_points[0].values.len(), 1);
    assert_eq!(settled.contact_points[0].values[0].value, "+49 30 3000");
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
    let scenario = Scenario::begin("removed and edited");
    let shared = shared(&scenario);
    let removal = vec![AccountEdit::RemoveContact { id: shared.contact }];
    shared
        .alice
        .notebook()
        .edit_account(shared.customer, removal)
        .unwrap();
    assert!(
        shared
            .alice
            .notebook()
            .account(shared.customer)
            .unwrap()
            .account
            .contacts
            .is_empty()
    );
    let promoted = ContactDraft {
        id: Some(shared.contact),
        name: "Mrs. Adler".into(),
        role: "head of production".into(),
        ..ContactDraft::default()
    };
    let edit = vec![AccountEdit::SetContact { contact: promoted }];
    shared
        .bob
        .notebook()
        .edit_account(shared.customer, edit)
        .unwrap();
    back_in_signal(&scenario, &shared);

    for device in [&shared.alice, &shared.bob] {
        let contacts = device
            .notebook()
            .account(shared.customer)
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

    scenario.step("Alice answers: she has left indeed");
    let again = vec![AccountEdit::RemoveContact { id: shared.contact }];
    shared
        .alice
        .notebook()
        .edit_account(shared.customer, again)
        .unwrap();
    quiesce(&[&shared.alice, &shared.bob]);
    assert!(
        shared
            .bob
            .notebook()
            .account(shared.customer)
            .unwrap()
            .account
            .contacts
            .is_empty()
    );
}

#[test]
fn a_removal_that_nobody_contradicted_stands() {
    let scenario = Scenario::begin("removed");
    let shared = shared(&scenario);
    let removal = vec![AccountEdit::RemoveContact { id: shared.contact }];
    shared
        .alice
        .notebook()
        .edit_account(shared.customer, removal)
        .unwrap();
    let elsewhere = vec![AccountEdit::AddTag {
        tag: "granite".into(),
    }];
    shared
        .bob
        .notebook()
        .edit_account(shared.customer, elsewhere)
        .unwrap();
    back_in_signal(&scenario, &shared);
    let seen = shared
        .bob
        .notebook()
        .account(shared.customer)
        .unwrap()
        .account;
    assert!(seen.contacts.is_empty());
    assert_eq!(seen.tags, ["granite"]);
}

#[test]
fn work_goes_on_while_a_question_is_open() {
    let scenario = Scenario::begin("nobody's dialog blocks");
    let shared = shared(&scenario);
    for (device, number) in [(&shared.alice, "1"), (&shared.bob, "2")] {
        let edit = vec![AccountEdit::SetContactPoint {
            contact_point: main_phone(number),
        }];
        device
            .notebook()
            .edit_account(shared.customer, edit)
            .unwrap();
    }
    back_in_signal(&scenario, &shared);
    let query = kept_core::notebook::AccountListQuery {
        archived: false,
        limit: 10,
        offset: 0,
    };
    let listed = shared.bob.notebook().accounts(query).unwrap();
    assert_eq!(
        listed[0].unsettled, 1,
        "the list says that something waits to be settled"
    );
    let logged = shared.bob.notebook().log_visit(kept_tests::visit_entry(
        Some(shared.customer),
        "still working",
    ));
    logged.unwrap();
    quiesce(&[&shared.bob, &shared.alice]);
    let page = shared.alice.notebook().account(shared.customer).unwrap();
    assert_eq!(page.timeline.len(), 1);
    assert_eq!(
        page.account.contact_points[0].values.len(),
        2,
        "the question is still open"
    );
}

#[test]
fn two_lines_added_to_a_long_note_leave_what_was_there_once() {
    let scenario = Scenario::begin("two people, one customer with a long note");
    let shared = shared(&scenario);
    let note: String = (1..=300)
        .map(|line| format!("{line}: the saw, the belt, the door\n"))
        .collect();
    let write = |device: &Device, text: String| {
        let edits = vec![AccountEdit::Notes { text, was: None }];
        device
            .notebook()
            .edit_account(shared.customer, edits)
            .unwrap();
    };
    let read = |device: &Device| {
        let page = device.notebook().account(shared.customer).unwrap();
        page.account.notes
    };
    write(&shared.alice, note.clone());
    back_in_signal(&scenario, &shared);
    assert_eq!(read(&shared.bob), note.trim_end());

    shared.alice.network().offline();
    shared.bob.network().offline();
    write(&shared.alice, format!("{note}Saw is dull (Alice).\n"));
    write(&shared.bob, format!("Wants a quote (Bob).\n{note}"));
    assert_eq!(shared.alice.notebook().status().unwrap().unsent.len(), 1);
    back_in_signal(&scenario, &shared);
    let both = format!("Wants a quote (Bob).\n{note}Saw is dull (Alice).");
    assert_eq!(read(&shared.alice), both);
}
