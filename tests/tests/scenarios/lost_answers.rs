//! The server has it and the phone does not know: the retry must change nothing, on either side.

use kept_tests::{Company, Scenario, account, assert_same, call_entry, quiesce, visit_entry};

#[test]
fn an_answer_that_was_lost_is_asked_for_again_and_nothing_is_stored_twice() {
    let scenario = Scenario::begin("lost acknowledgement");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let customer = alice
        .notebook()
        .create_account(account("Lost & Found"))
        .unwrap();
    alice
        .notebook()
        .log_visit(visit_entry(Some(customer), "one"))
        .unwrap();

    scenario.step("The request arrives, the answer does not");
    alice.network().lose_answers(1);
    alice.network().take_recorded();
    alice.fail_to_sync();
    let stored = company.heads();
    assert_eq!(
        alice.outbox(),
        ["unsent", "unsent"],
        "the phone does not believe it yet"
    );

    scenario.step("More is written before the phone tries again");
    alice
        .notebook()
        .log_visit(call_entry(customer, "two"))
        .unwrap();
    let report = alice.sync();
    assert_eq!(report.sent, 3);
    let passed = alice.network().take_recorded();
    let tickets = |n: usize| passed[n].request().unwrap();
    assert_eq!(
        tickets(0).next,
        tickets(1).next,
        "the retry has the same ticket"
    );
    assert_eq!(alice.outbox(), Vec::<String>::new());
    let grown: u64 = company.heads().iter().sum::<u64>() - stored.iter().sum::<u64>();
    assert_eq!(
        grown, 2,
        "only the second visit was new: it entered, and its change"
    );

    scenario.step("Bob sees three documents, once");
    bob.sync();
    assert_eq!(bob.notebook().account(customer).unwrap().timeline.len(), 2);
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
}

#[test]
fn many_lost_answers_in_a_row_and_a_battery_in_between() {
    let scenario = Scenario::begin("a week of bad luck");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice.notebook().create_account(account("Tunnel")).unwrap();
    for day in 0..5 {
        alice
            .notebook()
            .log_visit(visit_entry(Some(customer), &format!("day {day}")))
            .unwrap();
        alice.network().online();
        alice.network().lose_answers(1);
        alice.fail_to_sync();
        if day == 2 {
            alice.power_cut();
        }
        alice.network().cut_answers_after(40);
        alice.fail_to_sync();
    }
    alice.network().online();
    let report = alice.sync();
    assert_eq!((report.sent, report.forked), (6, false));
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    assert_eq!(bob.notebook().account(customer).unwrap().timeline.len(), 5);
}

#[test]
fn the_server_may_stop_between_storing_and_answering() {
    let scenario = Scenario::begin("the server stops");
    let mut company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice
        .notebook()
        .create_account(account("Power station"))
        .unwrap();
    alice.network().lose_answers(1);
    alice.fail_to_sync();
    company.restart_server();
    alice
        .notebook()
        .log_visit(visit_entry(Some(customer), "after the restart"))
        .unwrap();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    assert_eq!(bob.notebook().account(customer).unwrap().timeline.len(), 1);
}
