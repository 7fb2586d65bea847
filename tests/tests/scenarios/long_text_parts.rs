//! A long text comes in parts: a reader who has some of them sees that more comes, and what is written meanwhile stands
//! beside it.

use kept_core::model::account::{AccountDraft, AccountEdit};
use kept_core::model::edit::Parts;
use kept_core::model::visit::{UsageDraft, VisitEdit};
use kept_tests::{Company, Device, Scenario, account, assert_same, quiesce, visit_entry};

/// About 9,500 characters: three groups carry them.
fn long(about: &str) -> String {
    let sentence = format!("The {about} sticks when the kitchen is hot. ");
    sentence
        .repeat(9_500 / sentence.len())
        .trim_end()
        .to_owned()
}

/// Sends only the first of the groups that wait, and loses the line.
fn send_one(device: &Device) {
    device
        .network()
        .rewrite(|request| request.groups.truncate(1));
    device.network().lose_answers(1);
    device.fail_to_sync();
    device.network().online();
}

#[test]
fn a_visit_in_three_parts_says_so_until_all_are_here() {
    let scenario = Scenario::begin("a long visit");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice.notebook().create_account(account("Adler")).unwrap();
    quiesce(&[&alice, &bob]);
    let said = long("door");
    let logged = alice
        .notebook()
        .log_visit(visit_entry(Some(customer), &said));
    let visit = logged.unwrap().visit;
    assert_eq!(alice.notebook().visit(visit).unwrap().said, said);
    assert_eq!(alice.notebook().visit(visit).unwrap().parts, None);

    scenario.step("one part is sent");
    send_one(&alice);
    bob.sync();
    let seen = bob.notebook().visit(visit).unwrap();
    assert_eq!(seen.parts, Some(Parts { here: 1, of: 3 }));
    assert!(seen.said.trim_end().ends_with('.') && said.starts_with(&seen.said));
    let listed = bob.notebook().latest_entries(5, None, vec![]).unwrap();
    assert_eq!(listed[0].parts_words.as_ref().unwrap().key, "parts-here");

    scenario.step("Bob adds something to it, without waiting");
    let text = format!("{}\nBob: I have the part here.", seen.said);
    let edit = vec![VisitEdit::Said { text, was: None }];
    bob.notebook().edit_visit(visit, edit).unwrap();
    quiesce(&[&bob, &alice]);
    assert_same(&[&alice, &bob]);
    let whole = bob.notebook().visit(visit).unwrap();
    assert_eq!(whole.parts, None);
    assert_eq!(whole.said, format!("{said}\nBob: I have the part here."));
    alice.assert_projection_equals_rebuild();
}

#[test]
fn notes_of_customers_and_observations_come_in_parts_as_well() {
    let scenario = Scenario::begin("long notes");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let draft = AccountDraft {
        notes: long("gate"),
        ..account("Adler")
    };
    let customer = alice.notebook().create_account(draft).unwrap();
    send_one(&alice);
    bob.sync();
    let seen = bob.notebook().account(customer).unwrap().account;
    assert_eq!(seen.parts, Some(Parts { here: 1, of: 3 }));

    scenario.step("Bob replaces the beginning of the notes, which is all that he has");
    let text = "Ring twice.".to_owned();
    let edit = vec![AccountEdit::Notes { text, was: None }];
    bob.notebook().edit_account(customer, edit).unwrap();
    let observed = UsageDraft {
        account: Some(customer),
        notes: long("lid"),
        ..UsageDraft::default()
    };
    let usage = alice.notebook().log_usage(observed).unwrap();
    quiesce(&[&bob, &alice]);
    assert_same(&[&alice, &bob]);
    let notes = bob.notebook().account(customer).unwrap().account.notes;
    let rest = notes.strip_prefix("Ring twice. ").unwrap();
    assert!(long("gate").ends_with(rest), "{rest}");
    assert_eq!(bob.notebook().usage(usage).unwrap().notes, long("lid"));

    scenario.step("what is added to them later comes in parts, too, and Bob adds a line meanwhile");
    let text = format!("{notes}\n{}", long("hatch"));
    let edit = vec![AccountEdit::Notes {
        text: text.clone(),
        was: None,
    }];
    alice.notebook().edit_account(customer, edit).unwrap();
    send_one(&alice);
    bob.sync();
    let seen = bob.notebook().account(customer).unwrap().account;
    assert_eq!(seen.parts, Some(Parts { here: 1, of: 3 }));
    let added = format!("{}\nCall before noon.", seen.notes);
    let edit = vec![AccountEdit::Notes {
        text: added,
        was: None,
    }];
    bob.notebook().edit_account(customer, edit).unwrap();
    quiesce(&[&bob, &alice]);
    let notes = bob.notebook().account(customer).unwrap().account.notes;
    assert_eq!(notes, format!("{text}\nCall before noon."));
    assert_same(&[&alice, &bob]);
}
