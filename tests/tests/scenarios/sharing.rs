//! A promise whose performer works in another territory reaches the performer, and no other person there.

use kept_core::model::event::Performer;
use kept_core::model::event_kind::EventKind;
use kept_core::model::promise::WorkState;
use kept_core::notebook::{KeptError, PromiseEdit, PromiseListQuery};
use kept_tests::{Company, Scenario, account, assert_same, promise_to, quiesce, visit_entry};

#[test]
fn the_performer_in_another_territory_gets_the_promise_and_nobody_else_does() {
    let scenario = Scenario::begin("a promise across territories");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let (carol, dora) = (company.carol(), company.dora());
    let everybody = [&alice, &bob, &carol, &dora];
    let customer = alice
        .notebook()
        .create_account(account("Brewery Nord"))
        .unwrap();
    quiesce(&everybody);

    scenario.step("Alice of the north promises a part that Dora of the south makes");
    let draft = promise_to(customer, "new bearing", dora.person(), alice.due_in(48));
    let promise = alice.notebook().make_promise(draft).unwrap();
    quiesce(&everybody);

    scenario.step("Dora can read it without the account; Carol, beside her, sees nothing");
    let seen = dora.notebook().promise(promise).unwrap();
    assert_eq!(seen.summary.account_name, "Brewery Nord");
    assert_eq!(seen.summary.promiser_name, "Alice");
    assert!(
        matches!(seen.summary.performer, Performer::Person { person } if person == dora.person())
    );
    let counts = dora.notebook().my_overview().unwrap().counts;
    assert_eq!(counts.asked_of_me, 1);
    assert_eq!(
        dora.notebook().search("brewery".into(), 5).unwrap().len(),
        1
    );
    for lookup in [&carol, &dora] {
        let account = lookup.notebook().account(customer);
        assert!(
            matches!(account, Err(KeptError::NotFound { .. })),
            "{account:?}"
        );
    }
    assert!(matches!(
        carol.notebook().promise(promise),
        Err(KeptError::NotFound { .. })
    ));
    let query = PromiseListQuery {
        open_only: false,
        mine: false,
        account: None,
        limit: 10,
        offset: 0,
        kind: None,
    };
    assert!(carol.notebook().promises(query).unwrap().is_empty());
    assert!(carol.rows().is_empty());

    scenario.step("Dora accepts and delivers; the north sees it");
    dora.notebook()
        .change_promise(promise, vec![PromiseEdit::Accept])
        .unwrap();
    quiesce(&everybody);
    let accepted = bob.notebook().promise(promise).unwrap().summary;
    assert!(
        matches!(accepted.state.work, WorkState::Accepted { .. }),
        "{:?}",
        accepted.state
    );
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    dora.notebook().change_promise(promise, vec![done]).unwrap();
    quiesce(&everybody);
    assert_eq!(
        alice.notebook().promise(promise).unwrap().summary.mark,
        kept_core::notebook::PromiseMark::Kept
    );
    assert_same(&[&alice, &bob]);
    assert!(carol.rows().is_empty());
}

#[test]
fn a_promise_that_is_handed_over_brings_its_whole_past() {
    let scenario = Scenario::begin("handed over");
    let company = Company::found(&scenario);
    let (alice, bob, dora) = (company.alice(), company.bob(), company.dora());
    let everybody = [&alice, &bob, &dora];
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&everybody);
    let draft = promise_to(customer, "rebuild", bob.person(), alice.due_in(100));
    let promise = alice.notebook().make_promise(draft).unwrap();
    quiesce(&everybody);
    let no = PromiseEdit::Decline {
        reason: "on leave".into(),
    };
    bob.notebook().change_promise(promise, vec![no]).unwrap();
    quiesce(&everybody);
    assert!(dora.notebook().promise(promise).is_err());
    let hand = PromiseEdit::Reassign {
        performer: Performer::Person {
            person: dora.person(),
        },
        reason: "Bob is on leave".into(),
    };
    alice
        .notebook()
        .change_promise(
            promise,
            vec![
                hand,
                PromiseEdit::Ask {
                    person: Some(dora.person()),
                },
            ],
        )
        .unwrap();
    quiesce(&everybody);
    let at_dora = dora.notebook().promise(promise).unwrap();
    let at_alice = alice.notebook().promise(promise).unwrap();
    assert_eq!(
        at_dora.events, at_alice.events,
        "Dora reads everything that happened before"
    );
    assert!(
        at_dora
            .events
            .iter()
            .any(|event| event.kind == Some(EventKind::Declined))
    );
    assert_same(&[&alice, &bob]);
}

#[test]
fn a_territory_does_not_see_the_visits_of_another() {
    let scenario = Scenario::begin("territories");
    let company = Company::found(&scenario);
    let (alice, bob, carol) = (company.alice(), company.bob(), company.carol());
    alice
        .notebook()
        .log_visit(visit_entry(None, "north"))
        .unwrap();
    carol
        .notebook()
        .log_visit(visit_entry(None, "south"))
        .unwrap();
    quiesce(&[&alice, &bob, &carol]);
    assert_same(&[&alice, &bob]);
    assert_eq!((bob.rows().len(), carol.rows().len()), (1, 1));
    assert_ne!(bob.rows(), carol.rows());
    let office = company.office();
    office.sync();
    assert_eq!(office.device().rows().len(), 2, "the office sees both");
}
