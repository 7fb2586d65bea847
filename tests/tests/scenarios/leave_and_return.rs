//! A colleague leaves and comes back: what was only on their phone waits there, says so, and is sent then.

use kept_core::notebook::{KeptError, PromiseListQuery};
use kept_server::enrol::PersonChange;
use kept_tests::{Company, Scenario, account, assert_same, promise_to, quiesce, visit_entry};

#[test]
fn work_that_waited_on_the_phone_of_somebody_who_left_is_sent_when_they_are_back() {
    let scenario = Scenario::begin("left and back");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    alice.network().offline();
    let written = alice
        .notebook()
        .log_visit(visit_entry(None, "the belt slips"));
    let visit = written.unwrap().visit;

    scenario.step("Alice leaves, with a visit that nobody else has");
    let works_here = |here| {
        company.advance(60_000);
        let change = PersonChange {
            works_here: Some(here),
            ..PersonChange::default()
        };
        company.state().change_person("Alice", &change).unwrap()
    };
    assert!(works_here(false).to.is_some());
    alice.network().online();
    assert_eq!(alice.try_sync(), Err(KeptError::SignedOut));
    assert!(alice.status().signed_out);
    assert_eq!(alice.outbox(), ["unsent"]);

    scenario.step("She is back");
    assert_eq!(works_here(true).to, None);
    quiesce(&[&alice, &bob]);
    assert!(!alice.status().signed_out);
    let seen = bob.notebook().visit(visit).unwrap();
    assert_eq!(seen.said, "the belt slips");
}

#[test]
fn what_somebody_promised_while_they_counted_as_gone_counts_once_they_are_back() {
    let scenario = Scenario::begin("promised while gone");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice.notebook().create_account(account("Hotel Adler"));
    let customer = customer.unwrap();
    quiesce(&[&alice, &bob]);

    scenario.step("Alice counts as gone, does not know it, and promises something");
    let works_here = |here| {
        company.advance(60_000);
        let change = PersonChange {
            works_here: Some(here),
            ..PersonChange::default()
        };
        company.state().change_person("Alice", &change).unwrap()
    };
    works_here(false);
    company.advance(60_000);
    let draft = promise_to(customer, "a new seal", bob.person(), alice.due_in(48));
    let promise = alice.notebook().make_promise(draft).unwrap();
    assert_eq!(alice.try_sync(), Err(KeptError::SignedOut));

    scenario.step("She is back: everybody has it, and it counts");
    works_here(true);
    quiesce(&[&alice, &bob]);
    for device in [&alice, &bob] {
        let open = PromiseListQuery {
            open_only: true,
            mine: false,
            account: None,
            limit: 10,
            offset: 0,
            kind: None,
        };
        let listed = device.notebook().promises(open).unwrap();
        assert_eq!(listed.len(), 1, "{}", device.name());
        assert!(listed[0].state.work.is_open(), "{:?}", listed[0].state);
        assert!(device.notebook().promise(promise).unwrap().events[0].counts);
        device.assert_projection_equals_rebuild();
    }
    assert_same(&[&alice, &bob]);
}
