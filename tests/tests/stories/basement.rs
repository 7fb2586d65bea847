//! No signal: a visit with usage and promise is on disk when the tick is shown, whatever happens next.

use kept_core::model::promise::Work;
use kept_core::model::visit::UsageDraft;
use kept_core::notebook::{NotebookEvent, TapDraft};
use kept_tests::{Company, Story, account, promised, quiesce, tap};

#[test]
fn a_visit_in_the_basement_survives_the_battery_and_reaches_the_office() {
    let story = Story::begin("basement");
    let company = Company::found(&story);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice
        .notebook()
        .create_account(account("Bäckerei Öztürk"))
        .unwrap();
    quiesce(&[&alice, &bob]);

    story.chapter("Alice goes down to the ovens; there is no signal");
    alice.wire().offline();
    company.pass(20 * 60_000);
    let events = alice.notebook().events();
    let logged = alice
        .notebook()
        .log_visit(TapDraft {
            usages: vec![UsageDraft {
                product: "dough divider".into(),
                workaround: "weighs every tenth loaf by hand".into(),
                frequency: "every morning".into(),
                pain: 2,
                quote: "the scale lies after an hour".into(),
                ..UsageDraft::default()
            }],
            promises: vec![promised(
                customer,
                "new load cell",
                bob.person(),
                alice.due_in(72),
            )],
            ..tap(Some(customer), "The divider drifts when it is warm.")
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

    story.chapter("The battery is pulled before anything was sent");
    alice.pull_the_battery();
    assert!(alice.rows() == shown, "everything shown as saved is there");
    alice.assert_healthy();
    assert_eq!(alice.outbox(), ["unsent"]);

    story.chapter("Upstairs there is a signal: one round trip, and the office reads it");
    alice.wire().online();
    company.pass(60_000);
    alice.wire().take_passed();
    let report = alice.sync();
    assert_eq!((report.exchanges, report.sent), (1, 1));
    let bytes: usize = alice
        .wire()
        .take_passed()
        .iter()
        .map(|e| e.sent.len())
        .sum();
    story.tell(format!("the tap travelled as {bytes} bytes"));
    assert!(
        bytes < 4096,
        "a tap of {bytes} bytes is too much for a bad link"
    );
    let office = company.office();
    office.look();
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

    story.chapter("Bob is asked, accepts and delivers");
    bob.sync();
    let asked = bob.notebook().today().unwrap().asked_of_me;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].deliverable, "new load cell");
    assert!(matches!(asked[0].state.work, Work::Waiting { .. }));
    quiesce(&[&alice, &bob]);
    kept_tests::assert_same(&[&alice, &bob]);
    office.look();
    kept_tests::assert_same(&[&alice, office.device()]);
}

#[test]
fn a_tap_is_whole_or_not_there_at_whatever_moment_the_power_goes() {
    let story = Story::begin("power cut");
    let company = Company::found(&story);
    let alice = company.alice();
    alice.wire().offline();
    let customer = alice.notebook().create_account(account("Kolb")).unwrap();
    let mut shown = vec![];
    for number in 0..12 {
        let logged = alice.notebook().log_visit(TapDraft {
            usages: vec![UsageDraft {
                quote: format!("quote {number}"),
                ..UsageDraft::default()
            }],
            ..tap(Some(customer), &format!("visit {number}"))
        });
        shown.push(logged.unwrap());
        if number % 4 == 3 {
            story.chapter(format!("the power goes after visit {number}"));
            alice.pull_the_battery();
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
    alice.wire().online();
    quiesce(&[&alice]);
}
