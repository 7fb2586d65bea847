//! A phone with much to say asks for the next answer while it takes one: what happens when that is cut off.

use std::sync::Mutex;
use std::thread::{self, ThreadId};

use kept_core::notebook::KeptError;
use kept_core::sync::transport::{Transport, TransportError};
use kept_tests::{Company, Device, Scenario, account, assert_same, quiesce, visit_entry};

/// More than two requests carry.
const VISITS: usize = 250;

/// Alice has much in her outbox.
fn company_with_large_outbox(company: &Company) -> (Device, Device) {
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let customer = alice.notebook().create_account(account("Rush")).unwrap();
    for number in 0..VISITS {
        let said = format!("{number} {}", "sticky ".repeat(200));
        alice
            .notebook()
            .log_visit(visit_entry(Some(customer), &said))
            .unwrap();
    }
    alice.network().take_recorded();
    (alice, bob)
}

/// The way to the server, and on which thread each body went.
struct ThreadRecordingTransport<'a> {
    server: &'a dyn Transport,
    threads: Mutex<Vec<ThreadId>>,
}

impl Transport for ThreadRecordingTransport<'_> {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        self.threads.lock().unwrap().push(thread::current().id());
        self.server.exchange(body)
    }
}

#[test]
fn whoever_takes_an_answer_leaves_the_next_request_to_another_thread() {
    let scenario = Scenario::begin("two hands");
    let company = Company::found(&scenario);
    let (alice, _) = company_with_large_outbox(&company);
    let server = alice.notebook().http_transport().unwrap();
    let recording = ThreadRecordingTransport {
        server: &server,
        threads: Mutex::default(),
    };
    let report = alice.try_sync_over(&recording).unwrap();
    assert_eq!(report.sent, VISITS as u64 + 1);
    let threads = recording.threads.into_inner().unwrap();
    let own = thread::current().id();
    assert_eq!(threads[0], own, "nothing is to be taken yet");
    assert!(
        threads[1..].iter().all(|thread| *thread != own),
        "{threads:?}"
    );
}

#[test]
fn requests_that_go_ahead_name_the_one_before_and_send_nothing_twice() {
    let scenario = Scenario::begin("much to say");
    let company = Company::found(&scenario);
    let (alice, bob) = company_with_large_outbox(&company);
    let report = alice.sync();
    assert_eq!(report.sent, VISITS as u64 + 1);
    let passed = alice.network().take_recorded();
    assert!(passed.len() > 2, "{} exchanges", passed.len());
    for pair in passed.windows(2) {
        let (before, after) = (pair[0].request().unwrap(), pair[1].request().unwrap());
        assert_eq!(after.prev, Some(before.next), "each names the one before");
    }
    let groups = passed
        .iter()
        .map(|passed| passed.request().unwrap().groups.len());
    assert_eq!(groups.sum::<usize>(), VISITS + 1, "nothing goes twice");
    let last = passed.last().unwrap().request().unwrap();
    assert!(last.whole, "the server knows that this was all");
    let reported = bob.sync();
    assert_eq!(
        (reported.received, reported.agrees),
        (VISITS as u64 + 1, Some(true))
    );
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
}

#[test]
fn the_link_dies_after_the_first_answer_and_the_battery_with_it() {
    let scenario = Scenario::begin("cut off while asking ahead");
    let company = Company::found(&scenario);
    let (alice, bob) = company_with_large_outbox(&company);

    scenario.step("One answer comes, the following ones do not");
    alice.network().lose_answers_after(1, u32::MAX);
    let failed = alice.try_sync().expect_err("the link is dead");
    assert!(matches!(failed, KeptError::Offline { .. }), "{failed:?}");
    let lost = alice.network().take_recorded();
    assert_eq!(lost[0].answer.is_some(), lost[1].answer.is_none());
    let left = alice.outbox().len();
    assert!(
        left > 0 && left <= VISITS,
        "the first answer was taken: {left}"
    );
    alice.power_cut();
    assert_eq!(alice.outbox().len(), left);

    scenario.step(
        "The phone asks again under the same ticket, and the server has stored nothing twice",
    );
    alice.network().online();
    let report = alice.sync();
    // Several requests went out before the run ended: what the server has of them, its pages say.
    assert!(!report.forked && report.sent > 0 && report.sent <= left as u64);
    let again = alice.network().take_recorded();
    assert_eq!(
        again[0].request().unwrap().next,
        lost[1].request().unwrap().next
    );
    assert_eq!(alice.outbox(), Vec::<String>::new());
    bob.sync();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
    alice.assert_projection_equals_rebuild();
    assert_eq!(
        company.office().notebook().status().unwrap().unsent.len(),
        0
    );
}
