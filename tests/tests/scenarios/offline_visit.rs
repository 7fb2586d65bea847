//! No signal: a visit with usage and promise is on disk when the tick is shown, whatever happens next.

use kept_core::model::promise::WorkState;
use kept_core::model::visit::UsageDraft;
use kept_core::notebook::{AgendaKind, NotebookEvent, VisitEntry};
use kept_tests::{Company, Scenario, account, promise_to, quiesce, visit_entry};

#[test]
fn a_visit_in_the_basement_survives_the_battery_and_reaches_the_office() {
    let scenario = Scenario::begin("basement");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice
        .notebook()
        .create_account(account("Bäckerei Öztürk"))
        .unwrap();
    quiesce(&[&alice, &bob]);

    scenario.step("Alice goes down to the ovens; there is no signal");
    alice.network().offline();
    company.advance(20 * 60_000);
    let events = alice.notebook().events();
    let logged = alice
        .notebook()
        .log_visit(VisitEntry {
            usages: vec![UsageDraft {
                product: "dough divider".into(),
                workaround: "weighs every tenth loaf by hand".into(),
                frequency: "every morning".into(),
                pain: 2,
                quote: "the scale lies after an hour".into(),
                ..UsageDraft::default()
            }],
            promises: vec![promise_to(
                customer,
                "new load cell",
                bob.person(),
                alice.due_in(72),
            )],
            ..visit_entry(Some(customer), "The divider drifts when it is warm.")
        })
        .unwrap();
    let told = company.runtime().block_on(events.next()).unwrap();
    let NotebookEvent::Changed { ids } = told else {
        panic!("the screen is told something else: {told:?}");
    };
    assert!(ids.contains(&logged.visit) && ids.contains(&logged.promises[0]));
    let shown = alice.rows();
    alice.fail_to_sync();
    assert_eq!(alice.outbox(), ["unsent"], "one tap is one group");

    scenario.step("The battery is pulled before anything was sent");
    alice.power_cut();
    assert!(alice.rows() == shown, "everything shown as saved is there");
    alice.assert_healthy();
    assert_eq!(alice.outbox(), ["unsent"]);

    scenario.step("Upstairs there is a signal: one round trip, and the office reads it");
    alice.network().online();
    company.advance(60_000);
    alice.network().take_recorded();
    let report = alice.sync();
    assert_eq!((report.exchanges, report.sent), (1, 1));
    let bytes: usize = alice
        .network()
        .take_recorded()
        .iter()
        .map(|e| e.sent.len())
        .sum();
    scenario.log(format!("the tap travelled as {bytes} bytes"));
    assert!(
        bytes < 4096,
        "a tap of {bytes} bytes is too much for a bad link"
    );
    let office = company.office();
    office.sync();
    let visit = office.notebook().visit(logged.visit).unwrap();
    assert_eq!(visit.said, "The divider drifts when it is warm.");
    assert_eq!(visit.by.name, "Alice");
    let usage = office.notebook().usage(logged.usages[0]).unwrap();
    assert_eq!((usage.pain, usage.visit), (2, Some(logged.visit)));
    let found = office
        .notebook()
        .search("baeckerei warm".into(), 10)
        .unwrap();
    assert_eq!(
        found.len(),
        1,
        "the office finds it by the spelling it uses"
    );

    scenario.step("Bob is asked, accepts and delivers");
    bob.sync();
    let agenda = bob.notebook().my_overview().unwrap().agenda;
    assert_eq!(agenda.len(), 1);
    assert_eq!(agenda[0].group, AgendaKind::AskedOfMe);
    let asked = bob
        .notebook()
        .promise_summaries(agenda[0].ids.clone())
        .unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].deliverable, "new load cell");
    assert!(matches!(asked[0].state.work, WorkState::Waiting { .. }));
    quiesce(&[&alice, &bob]);
    kept_tests::assert_same(&[&alice, &bob]);
    office.sync();
    kept_tests::assert_same(&[&alice, office.device()]);
}

#[test]
fn a_tap_is_whole_or_not_there_at_whatever_moment_the_power_goes() {
    let scenario = Scenario::begin("power cut");
    let company = Company::found(&scenario);
    let alice = company.alice();
    alice.network().offline();
    let customer = alice.notebook().create_account(account("Kolb")).unwrap();
    let mut shown = vec![];
    for number in 0..12 {
        let logged = alice.notebook().log_visit(VisitEntry {
            usages: vec![UsageDraft {
                quote: format!("quote {number}"),
                ..UsageDraft::default()
            }],
            ..visit_entry(Some(customer), &format!("visit {number}"))
        });
        shown.push(logged.unwrap());
        if number % 4 == 3 {
            scenario.step(format!("the power goes after visit {number}"));
            alice.power_cut();
        }
    }
    for logged in &shown {
        let usage = alice.notebook().usage(logged.usages[0]).unwrap();
        assert_eq!(usage.visit, Some(logged.visit));
        alice.notebook().visit(logged.visit).unwrap();
    }
    assert_eq!(alice.outbox().len(), 1 + shown.len());
    alice.assert_healthy();
    alice.assert_projection_equals_rebuild();
    alice.network().online();
    quiesce(&[&alice]);
}
