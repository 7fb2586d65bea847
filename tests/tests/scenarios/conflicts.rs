//! Statements of two people who did not see each other wait until a person chooses, and one tap chooses.

use kept_core::language::{Lang, message_text};
use kept_core::model::account::{AccountDraft, AccountEdit, ContactDraft};
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::model::visit::Channel;
use kept_core::notebook::{Conflict, KeptError, PastBasis, PromiseEdit};
use kept_tests::{
    Company, Device, Scenario, account, assert_same, main_phone, promise_to, quiesce,
};

fn conflicts(device: &Device) -> Vec<Conflict> {
    device.notebook().conflicts().unwrap()
}

fn keys(device: &Device) -> Vec<String> {
    let found = conflicts(device).into_iter();
    found.map(|conflict| conflict.about.key).collect()
}

fn choose(device: &Device, about: &str, choice: &str) -> DocId {
    let found = conflicts(device);
    let conflict = found.iter().find(|found| found.about.key == about).unwrap();
    let texts =
        |choice: &&kept_core::notebook::ConflictChoice| message_text(&choice.words, Lang::En);
    let wanted = conflict.choices.iter().find(|c| texts(c).contains(choice));
    let wanted = wanted.unwrap_or_else(|| panic!("{choice}: {conflict:?}"));
    device
        .notebook()
        .settle_conflict(conflict.id.clone(), wanted.number)
        .unwrap()
}

#[test]
fn two_names_two_numbers_a_removal_and_putting_away_are_each_settled_with_one_tap() {
    let scenario = Scenario::begin("two people disagree about a customer");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let draft = AccountDraft {
        contact_points: vec![main_phone("111")],
        contacts: vec![ContactDraft {
            id: None,
            name: "Mrs. Adler".into(),
            role: String::new(),
            ..ContactDraft::default()
        }],
        ..account("Adler Stone")
    };
    let customer = alice.notebook().create_account(draft).unwrap();
    quiesce(&[&alice, &bob]);
    assert!(keys(&bob).is_empty());
    let contact = alice.notebook().account(customer).unwrap().account.contacts[0].id;

    scenario.step("Neither sees what the other one does");
    let edit = |device: &Device, edits: Vec<AccountEdit>| {
        company.advance(60_000);
        device.notebook().edit_account(customer, edits).unwrap();
    };
    edit(
        &alice,
        vec![AccountEdit::Name {
            name: "Adler Granite".into(),
        }],
    );
    edit(
        &bob,
        vec![AccountEdit::Name {
            name: "Adler & Sons".into(),
        }],
    );
    edit(
        &alice,
        vec![AccountEdit::SetContactPoint {
            contact_point: main_phone("222"),
        }],
    );
    edit(
        &bob,
        vec![AccountEdit::SetContactPoint {
            contact_point: main_phone("333"),
        }],
    );
    edit(&alice, vec![AccountEdit::RemoveContact { id: contact }]);
    let retired = ContactDraft {
        id: Some(contact),
        name: "Mrs. Adler".into(),
        role: "retired".into(),
        ..ContactDraft::default()
    };
    edit(&bob, vec![AccountEdit::SetContact { contact: retired }]);
    edit(&alice, vec![AccountEdit::Archive]);
    edit(
        &bob,
        vec![AccountEdit::AddTag {
            tag: "granite".into(),
        }],
    );
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);

    scenario.step("Both see the same four things, and who said what");
    let expected = [
        "conflict-phone",
        "conflict-name",
        "conflict-put-away",
        "conflict-removal",
    ];
    let mut seen = keys(&alice);
    seen.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(seen, expected);
    assert_eq!(conflicts(&alice), conflicts(&bob));
    let names = conflicts(&bob)
        .into_iter()
        .find(|c| c.about.key == "conflict-name")
        .unwrap();
    let said: Vec<String> = names
        .sides
        .iter()
        .map(|side| format!("{} {}", side.by.name, message_text(&side.words, Lang::En)))
        .collect();
    assert_eq!(said, ["Bob “Adler & Sons”", "Alice “Adler Granite”"]);
    let summary = &bob
        .notebook()
        .accounts(kept_core::notebook::AccountListQuery {
            archived: true,
            limit: 9,
            offset: 0,
        });
    assert_eq!(summary.as_ref().unwrap()[0].unsettled, 4);

    scenario.step("Bob chooses, and Alice has it after the next exchange");
    choose(&bob, "conflict-name", "Granite");
    choose(&bob, "conflict-phone", "333");
    choose(&bob, "conflict-removal", "It goes");
    choose(&bob, "conflict-put-away", "archived");
    assert!(keys(&bob).is_empty(), "{:?}", conflicts(&bob));
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    let settled = alice.notebook().account(customer).unwrap().account;
    assert!(keys(&alice).is_empty());
    assert_eq!(settled.name, "Adler Granite");
    assert_eq!(settled.contact_points[0].values.len(), 1);
    assert_eq!(settled.contact_points[0].values[0].value, "333");
    assert!(settled.contacts.is_empty() && settled.archived);
    let gone = bob.notebook().settle_conflict(names.id, 1);
    assert!(matches!(gone, Err(KeptError::Invalid { field, .. }) if field == "conflict"));
    for device in [&alice, &bob] {
        device.assert_healthy();
        device.assert_projection_equals_rebuild();
    }
}

#[test]
fn a_removal_in_question_may_also_be_answered_by_staying() {
    let scenario = Scenario::begin("they stay");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let contact = ContactDraft {
        id: None,
        name: "Mrs. Adler".into(),
        role: String::new(),
        ..ContactDraft::default()
    };
    let draft = AccountDraft {
        contacts: vec![contact],
        ..account("Adler Stone")
    };
    let customer = alice.notebook().create_account(draft).unwrap();
    quiesce(&[&alice, &bob]);
    let contact = alice.notebook().account(customer).unwrap().account.contacts[0].id;
    let edit = |device: &Device, edit| {
        device
            .notebook()
            .edit_account(customer, vec![edit])
            .unwrap()
    };
    edit(&alice, AccountEdit::RemoveContact { id: contact });
    let chief = ContactDraft {
        id: Some(contact),
        name: "Mrs. Adler".into(),
        role: "chief".into(),
        ..ContactDraft::default()
    };
    edit(&bob, AccountEdit::SetContact { contact: chief });
    quiesce(&[&alice, &bob]);
    choose(&alice, "conflict-removal", "It stays");
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    let stays = &bob.notebook().account(customer).unwrap().account.contacts;
    assert_eq!(
        (stays[0].role.as_str(), stays[0].removal_in_question),
        ("chief", false)
    );
    assert!(keys(&bob).is_empty());
}

#[test]
fn of_two_dates_told_one_holds_as_soon_as_somebody_says_so() {
    let scenario = Scenario::begin("two dates for one customer");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice
        .notebook()
        .create_account(account("Adler Stone"))
        .unwrap();
    quiesce(&[&alice, &bob]);
    let first = promise_to(customer, "new blade", bob.person(), alice.due_in(48));
    let promise = alice.notebook().make_promise(first).unwrap();
    quiesce(&[&alice, &bob]);
    let agree = |device: &Device, hours: i64| {
        company.advance(60_000);
        let edit = PromiseEdit::Agree {
            due: device.due_in(hours),
            words: format!("in {hours} hours"),
            contact: None,
            channel: Channel::Call,
            suggestion: None,
        };
        device
            .notebook()
            .change_promise(promise, vec![edit])
            .unwrap();
    };
    agree(&alice, 72);
    agree(&bob, 96);
    quiesce(&[&alice, &bob]);
    assert_eq!(keys(&alice), ["conflict-dates"]);
    let found = &alice.notebook().conflicts_of(promise).unwrap()[0];
    let who: Vec<&str> = found
        .sides
        .iter()
        .map(|side| side.by.name.as_str())
        .collect();
    assert_eq!(who, ["Bob", "Alice"]);
    assert_eq!(found.choices.len(), 2);

    alice
        .notebook()
        .settle_conflict(found.id.clone(), 1)
        .unwrap();
    quiesce(&[&alice, &bob]);
    assert!(keys(&alice).is_empty() && keys(&bob).is_empty());
    let settled = bob.notebook().promise(promise).unwrap();
    assert_eq!(settled.spoken, "in 96 hours");

    scenario
        .step("What was promised at first is still to be read, in which words, on which device");
    let begun = settled.events[0].at;
    let past = bob
        .notebook()
        .history_at(promise, begun, PastBasis::Written)
        .unwrap();
    let then = past.promise.unwrap();
    assert_eq!(
        (then.spoken.as_str(), then.events.len()),
        ("by then", settled.events.len() - 3)
    );
    assert_eq!(past.lines[0].device, "Alice's phone");
    assert_eq!(past.later, 3);
    let received = past.lines[0].received_at.unwrap();
    let known = bob
        .notebook()
        .history_at(promise, received - 1, PastBasis::Known);
    assert!(matches!(known, Err(KeptError::Invalid { field, .. }) if field == "at"));
    assert!(
        bob.notebook()
            .history_at(promise, received, PastBasis::Known)
            .is_ok()
    );
    let check = bob.notebook().verify_history(promise).unwrap();
    assert_eq!(
        (check.changes, check.receipts, check.problems.len()),
        (4, 4, 0)
    );
}

#[test]
fn of_two_who_took_a_pools_promise_one_delivers() {
    let scenario = Scenario::begin("two took it");
    let company = Company::found(&scenario);
    let (alice, bob) = (
        company.pool_member("Alice", "north", "service"),
        company.pool_member("Bob", "north", "service"),
    );
    let customer = alice
        .notebook()
        .create_account(account("Adler Stone"))
        .unwrap();
    quiesce(&[&alice, &bob]);
    let mut draft = promise_to(customer, "call back", bob.person(), alice.due_in(2));
    draft.performer = Performer::Pool {
        pool: "service".parse().unwrap(),
    };
    let promise = alice.notebook().make_promise(draft).unwrap();
    quiesce(&[&alice, &bob]);
    for device in [&alice, &bob] {
        company.advance(1_000);
        device
            .notebook()
            .change_promise(promise, vec![PromiseEdit::Start])
            .unwrap();
    }
    quiesce(&[&alice, &bob]);
    assert_eq!(keys(&bob), ["conflict-takers"]);
    choose(&alice, "conflict-takers", "Bob");
    quiesce(&[&alice, &bob]);
    assert!(keys(&bob).is_empty());
    let summary = bob.notebook().promise(promise).unwrap().summary;
    assert_eq!(summary.performer_name, "Bob");
}
