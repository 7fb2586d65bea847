//! Somebody leaves and comes back: what was only on their phone waits there, says so, and is sent then.

use kept_core::notebook::KeptError;
use kept_server::enrol::PersonChange;
use kept_tests::{Company, Story, quiesce, tap};

#[test]
fn work_that_waited_on_the_phone_of_somebody_who_left_is_sent_when_they_are_back() {
    let story = Story::begin("left and back");
    let company = Company::found(&story);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    alice.wire().offline();
    let written = alice.notebook().log_visit(tap(None, "the belt slips"));
    let visit = written.unwrap().visit;

    story.chapter("Alice leaves, with a visit that nobody else has");
    let works_here = |here| {
        company.pass(60_000);
        let change = PersonChange {
            works_here: Some(here),
            ..PersonChange::default()
        };
        company.state().change_person("Alice", &change).unwrap()
    };
    assert!(works_here(false).to.is_some());
    alice.wire().online();
    assert_eq!(alice.try_sync(), Err(KeptError::SignedOut));
    assert!(alice.status().signed_out);
    assert_eq!(alice.outbox(), ["unsent"]);

    story.chapter("She is back");
    assert_eq!(works_here(true).to, None);
    quiesce(&[&alice, &bob]);
    assert!(!alice.status().signed_out);
    let seen = bob.notebook().visit(visit).unwrap();
    assert_eq!(seen.said, "the belt slips");
}
