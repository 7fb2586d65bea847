//! The same exchange twice, late answers and old requests: nothing is stored twice and nothing goes back.

use kept_core::notebook::KeptError;
use kept_core::sync::transport::{Transport, TransportError};
use kept_tests::{Company, Scenario, account, assert_same, call_entry, quiesce, visit_entry};

/// A way to the server that answers with something that was recorded.
struct ReplayTransport(Vec<u8>);

impl Transport for ReplayTransport {
    fn exchange(&self, _: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        Ok(self.0.clone())
    }
}

#[test]
fn a_link_that_delivers_everything_twice_changes_nothing() {
    let heads = |twice: bool| {
        let scenario = Scenario::begin(if twice {
            "delivered twice"
        } else {
            "delivered once"
        });
        let company = Company::found(&scenario);
        let (alice, bob) = (company.alice(), company.bob());
        for device in [&alice, &bob] {
            if twice {
                device.network().duplicate();
            }
        }
        let customer = alice.notebook().create_account(account("Echo")).unwrap();
        alice.sync();
        bob.sync();
        bob.notebook()
            .log_visit(call_entry(customer, "one"))
            .unwrap();
        alice
            .notebook()
            .log_visit(visit_entry(Some(customer), "two"))
            .unwrap();
        quiesce(&[&alice, &bob]);
        assert_same(&[&alice, &bob]);
        (
            company.heads(),
            bob.notebook().account(customer).unwrap().timeline.len(),
        )
    };
    let (once, twice) = (heads(false), heads(true));
    assert_eq!(once, twice);
    assert_eq!(once.1, 2);
}

#[test]
fn an_old_request_that_comes_late_stores_nothing() {
    let scenario = Scenario::begin("an old request");
    let company = Company::found(&scenario);
    let alice = company.alice();
    alice
        .notebook()
        .log_visit(visit_entry(None, "one"))
        .unwrap();
    alice.network().take_recorded();
    alice.sync();
    alice
        .notebook()
        .log_visit(visit_entry(None, "two"))
        .unwrap();
    alice.sync();
    let old = alice.network().take_recorded().remove(0);
    let heads = company.heads();
    scenario.step("A router delivers the first request once more");
    let server = alice.notebook().http_transport().unwrap();
    let answer = server.exchange(old.sent).unwrap();
    let reply: kept_core::wire::Reply = kept_core::wire::unpack(&answer).unwrap();
    assert!(reply.forked && reply.results.is_empty() && reply.pages.is_empty());
    assert_eq!(company.heads(), heads);
    scenario.step("Alice does not notice");
    alice
        .notebook()
        .log_visit(visit_entry(None, "three"))
        .unwrap();
    let report = alice.sync();
    assert_eq!((report.sent, report.forked), (1, false));
    quiesce(&[&alice]);
}

#[test]
fn an_old_answer_that_comes_late_is_dropped() {
    let scenario = Scenario::begin("an old answer");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    alice
        .notebook()
        .log_visit(visit_entry(None, "one"))
        .unwrap();
    alice.network().take_recorded();
    alice.sync();
    let old = alice.network().take_recorded().remove(0).answer.unwrap();
    alice
        .notebook()
        .log_visit(visit_entry(None, "two"))
        .unwrap();
    let before = (alice.rows(), alice.outbox());
    let done = alice.try_sync_over(&ReplayTransport(old));
    assert!(matches!(done, Err(KeptError::Offline { .. })), "{done:?}");
    assert!((alice.rows(), alice.outbox()) == before);
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
}

#[test]
fn an_answer_that_is_cut_anywhere_changes_nothing_until_it_comes_whole() {
    let scenario = Scenario::begin("cut answers");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let customer = alice
        .notebook()
        .create_account(account("Saw mill"))
        .unwrap();
    alice.sync();
    bob.notebook().log_visit(visit_entry(None, "mine")).unwrap();
    bob.network().take_recorded();
    bob.network().lose_answers(1);
    bob.fail_to_sync();
    let before = bob.rows();
    for bytes in (0..400).step_by(37) {
        bob.network().cut_answers_after(bytes);
        bob.fail_to_sync();
        assert!(bob.rows() == before, "half an answer was taken");
        assert_eq!(bob.outbox(), ["unsent"]);
    }
    bob.network().online();
    quiesce(&[&bob, &alice]);
    assert_same(&[&alice, &bob]);
    bob.notebook().account(customer).unwrap();
}
