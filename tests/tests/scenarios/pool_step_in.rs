//! A callback that was given to a colleague whose phone is off: the server calls the pool, whose phones never saw it
//! before.

use kept_core::model::ids::DocId;
use kept_core::model::promise::Outcome;
use kept_core::model::registry::Role;
use kept_core::model::time::{Due, Millis};
use kept_core::notebook::PromiseEdit;
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce, sync_rounds};

const MINUTE: i64 = 60_000;
const POOL: &str = "callbacks";

/// The rungs of the calls to a device's owner at this moment.
fn calls(device: &Device) -> Vec<String> {
    let calls = device.notebook().my_calls().unwrap().into_iter();
    calls.map(|call| call.rung).collect()
}

fn callback(alice: &Device, sam: &Device) -> (DocId, Millis) {
    let customer = alice
        .notebook()
        .create_account(account("Hotel Adler"))
        .unwrap();
    let due = Due::at(alice.now() + 30 * MINUTE, "UTC").unwrap();
    let due_at = due.instant().unwrap();
    let mut draft = promise_to(customer, "call back about the oven", sam.person(), due);
    draft.kind = "callback".into();
    (alice.notebook().make_promise(draft).unwrap(), due_at)
}

#[test]
fn the_server_lets_the_pool_in_and_calls_it_and_whoever_accepts_takes_it() {
    let scenario = Scenario::begin("somebody steps in");
    let mut company = Company::found(&scenario);
    let alice = company.alice();
    let sam = company.pool_member("Sam", "north", POOL);
    let eva = company.pool_member("Eva", "south", POOL);
    let ole = company.device("Ole", Role::Office, &["north"]);
    quiesce(&[&alice, &sam, &eva, &ole]);

    scenario.step("Alice promises that Sam calls back in half an hour; his phone is off");
    sam.network().offline();
    let (promise, due_at) = callback(&alice, &sam);
    sync_rounds(&[&alice, &eva, &ole], 2);
    assert!(eva.notebook().promise(promise).is_err(), "not hers to see");

    scenario.step("Four minutes after the date nobody is called yet");
    company.advance(due_at + 4 * MINUTE - alice.now());
    let before = company.heads();
    company.settle();
    assert_eq!(company.heads(), before);

    scenario.step("One minute later the server lets the pool in, once, and Eva's phone rings");
    company.advance(MINUTE);
    company.settle();
    let shared = company.heads();
    assert_ne!(shared, before);
    company.settle();
    assert_eq!(company.heads(), shared, "once is enough");
    eva.sync();
    assert_eq!(calls(&eva), ["pool-step-in"]);
    let seen = eva.notebook().promise(promise).unwrap();
    assert_eq!(seen.summary.account_name, "Hotel Adler");
    assert_eq!(seen.summary.performer_name, "Sam");
    for other in [&alice, &ole] {
        other.sync();
        assert!(calls(other).is_empty(), "{}", other.name());
    }
    eva.assert_healthy();

    scenario.step("She takes it: the pool is not called any more, and Sam's phone will know");
    company.advance(MINUTE);
    let take = |device: &Device| {
        let accept = vec![PromiseEdit::Accept];
        device.notebook().change_promise(promise, accept)
    };
    let unjoined_device = take(&ole);
    assert!(unjoined_device.is_err(), "the office is not in the pool");
    take(&eva).unwrap();
    assert!(calls(&eva).is_empty());
    sam.network().online();
    quiesce(&[&alice, &sam, &eva, &ole]);
    for device in [&alice, &sam, &eva, &ole] {
        let shown = device.notebook().promise(promise).unwrap().summary;
        assert_eq!(shown.performer_name, "Eva", "{}", device.name());
        device.assert_projection_equals_rebuild();
        device.assert_healthy();
    }
    assert!(calls(&sam).is_empty());

    scenario.step("Ten minutes later she has not called: the office is, also by a new server");
    company.advance(10 * MINUTE);
    company.settle();
    company.restart_server();
    company.settle();
    ole.sync();
    assert_eq!(calls(&ole), ["office-step-in"]);
    let rung = ole.notebook().my_calls().unwrap().remove(0).id;
    ole.notebook().acknowledge_reminder(promise, rung).unwrap();
    quiesce(&[&ole, &eva]);
    assert!(calls(&ole).is_empty(), "he has seen it");

    scenario.step("She calls: late, and no mark against her");
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    eva.notebook().change_promise(promise, vec![done]).unwrap();
    quiesce(&[&alice, &sam, &eva, &ole]);
    let shown = alice.notebook().promise(promise).unwrap().summary;
    assert_eq!(shown.state.outcome, Outcome::BrokenLate);
    let fair = ole.notebook().reliability(Some(eva.person())).unwrap();
    assert_eq!(fair.delivered.total, 0);
}

#[test]
fn whoever_of_the_pool_has_seen_it_speaks_for_all() {
    let scenario = Scenario::begin("the pool has seen it");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let sam = company.pool_member("Sam", "north", POOL);
    let eva = company.pool_member("Eva", "south", POOL);
    let ben = company.pool_member("Ben", "south", POOL);
    quiesce(&[&alice, &sam, &eva, &ben]);
    sam.network().offline();
    let (promise, due_at) = callback(&alice, &sam);
    alice.sync();
    company.advance(due_at + 5 * MINUTE - alice.now());
    company.settle();
    sync_rounds(&[&eva, &ben], 1);
    assert_eq!(
        (calls(&eva), calls(&ben)),
        (vec!["pool-step-in".into()], vec!["pool-step-in".into()])
    );
    let rung = eva.notebook().my_calls().unwrap().remove(0).id;
    eva.notebook().acknowledge_reminder(promise, rung).unwrap();
    sync_rounds(&[&eva, &ben], 1);
    assert!(calls(&eva).is_empty() && calls(&ben).is_empty());
}
