//! A visit that was tapped by mistake is taken back after it was sent, on every device, and nothing of the others is lost.

use kept_core::model::account::AccountEdit;
use kept_core::model::visit::{VisitDraft, VisitEdit};
use kept_core::notebook::VisitEntry;
use kept_tests::{Company, Scenario, account, assert_same, quiesce};

#[test]
fn undo_works_after_sending_reaches_the_others_and_loses_nothing_of_theirs() {
    let scenario = Scenario::begin("a tap is taken back after it was sent");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let mill = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&[&alice, &bob]);

    scenario.step("Alice writes what belongs elsewhere, and it is sent");
    let notes = AccountEdit::Notes {
        text: "The dog bites. Ring twice.".into(),
        was: None,
    };
    let title = AccountEdit::Title {
        title: "Miller".into(),
    };
    alice
        .notebook()
        .edit_account(mill, vec![notes, title])
        .unwrap();
    let edited = alice.notebook().undoable(1).unwrap().remove(0);
    let entry = VisitEntry {
        visit: VisitDraft {
            account: Some(mill),
            said: "All is well".into(),
            ..VisitDraft::default()
        },
        usages: vec![],
        promises: vec![],
    };
    let went = alice.notebook().log_visit(entry).unwrap().visit;
    quiesce(&[&alice, &bob]);
    assert!(alice.notebook().undoable(1).unwrap()[0].sent);
    assert!(
        bob.notebook().undoable(9).unwrap().is_empty(),
        "it is not his"
    );

    scenario.step("Bob goes on with both, and Alice does not see it when she takes hers back");
    let notes = AccountEdit::Notes {
        text: "The dog bites. Ring twice. The gate is new.".into(),
        was: None,
    };
    bob.notebook().edit_account(mill, vec![notes]).unwrap();
    let mark = VisitEdit::AddMark {
        mark: "happy".into(),
    };
    bob.notebook().edit_visit(went, vec![mark]).unwrap();
    let visited = alice.notebook().undoable_of(went).unwrap().unwrap();
    alice.notebook().undo(visited.group).unwrap();
    assert!(alice.notebook().visit(went).unwrap().archived);
    alice.notebook().undo(edited.group).unwrap();
    quiesce(&[&alice, &bob]);

    let seen = bob.notebook().account(mill).unwrap().account;
    assert_eq!(
        (seen.notes.trim(), seen.title.as_str()),
        ("The gate is new.", "")
    );
    assert!(
        !bob.notebook().visit(went).unwrap().archived,
        "he went on with it"
    );
    assert_same(&[&alice, &bob]);
    alice.assert_healthy();
    bob.assert_healthy();
}
