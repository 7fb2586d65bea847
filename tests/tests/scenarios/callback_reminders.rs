//! Callback in thirty minutes: it rings without a signal, and a colleague who is free takes it with the whole story.

use kept_core::model::event::Performer;
use kept_core::model::event_kind::EventKind;
use kept_core::model::ids::DocId;
use kept_core::model::time::{Due, Millis};
use kept_core::model::visit::Channel;
use kept_core::notebook::PromiseEdit;
use kept_core::remind::Reminder;
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce};

const MINUTE: i64 = 60_000;
const POOL: &str = "callbacks";

/// The reminders that ring on a device within three hours, about one promise.
fn rings(device: &Device, promise: DocId) -> Vec<Reminder> {
    let reminders = device.notebook().due_reminders(180 * MINUTE).unwrap();
    reminders
        .into_iter()
        .filter(|reminder| reminder.promise == promise)
        .collect()
}

fn rungs(device: &Device, promise: DocId) -> Vec<String> {
    let rings = rings(device, promise).into_iter();
    rings.map(|reminder| reminder.rung).collect()
}

/// Alice answers the phone and promises that a colleague of the pool calls back in half an hour.
fn promise_a_callback(alice: &Device) -> (DocId, Millis) {
    let customer = alice
        .notebook()
        .create_account(account("Hotel Adler"))
        .unwrap();
    let due = Due::at(alice.now() + 30 * MINUTE, "UTC").unwrap();
    let due_at = due.instant().unwrap();
    let mut draft = promise_to(customer, "call back about the oven", alice.person(), due);
    draft.kind = "callback".into();
    draft.criterion = "somebody calls who knows the oven".into();
    draft.words = "in 30 minutes".into();
    draft.channel = Channel::Call;
    draft.performer = Performer::Pool {
        pool: POOL.parse().unwrap(),
    };
    (alice.notebook().make_promise(draft).unwrap(), due_at)
}

#[test]
fn a_callback_rings_without_a_signal_and_one_of_the_pool_takes_it_with_the_whole_story() {
    let scenario = Scenario::begin("callback in thirty minutes");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let phone = company.pool_member("Bob", "north", POOL);
    let tablet = company.pool_member("Bob", "north", POOL);
    let eva = company.pool_member("Eva", "south", POOL);
    let everybody = [&alice, &phone, &tablet, &eva];
    let office = company.office();
    quiesce(&everybody);

    scenario.step("Alice promises it; the pool has it, in another territory too");
    let (promise, due_at) = promise_a_callback(&alice);
    quiesce(&everybody);
    for member in [&phone, &tablet, &eva] {
        assert_eq!(
            rungs(member, promise),
            ["half", "5-minutes", "due", "pool-step-in"]
        );
    }
    assert_eq!(rungs(&alice, promise), ["promiser-due"]);

    scenario.step("Bob has no signal: his phone rings all the same, and he has seen it");
    company.advance(rings(&phone, promise)[0].at - phone.now());
    let half = rings(&phone, promise).swap_remove(0);
    assert_eq!((half.rung.as_str(), half.at), ("half", phone.now()));
    phone
        .notebook()
        .acknowledge_reminder(promise, half.id.clone())
        .unwrap();
    phone
        .notebook()
        .acknowledge_reminder(promise, "half".into())
        .unwrap();
    assert_eq!(phone.status().unsent.len(), 1, "saying it twice is once");
    assert_eq!(rungs(&phone, promise)[0], "5-minutes");
    assert_eq!(
        rungs(&tablet, promise)[0],
        "half",
        "his tablet does not know"
    );

    scenario.step("With a signal his tablet is silent; Eva, who has seen nothing, is rung");
    quiesce(&everybody);
    assert_eq!(rungs(&tablet, promise)[0], "5-minutes");
    assert_eq!(rungs(&eva, promise)[0], "half");

    scenario.step("The date passes; the pool is called, and Eva takes it with the whole story");
    company.advance(due_at + 5 * MINUTE - eva.now());
    assert_eq!(rungs(&eva, promise)[0], "pool-step-in");
    let seen = eva.notebook().promise(promise).unwrap();
    assert_eq!(seen.summary.account_name, "Hotel Adler");
    assert_eq!(seen.summary.promiser_name, "Alice");
    assert_eq!(seen.summary.criterion, "somebody calls who knows the oven");
    assert_eq!(seen.spoken, "in 30 minutes");
    let what: Vec<&str> = seen
        .events
        .iter()
        .map(|event| event.kind.map_or("unknown", EventKind::name))
        .collect();
    assert_eq!(what, ["made", "communicated", "reminder_acked"]);
    eva.notebook()
        .change_promise(promise, vec![PromiseEdit::Accept])
        .unwrap();
    quiesce(&everybody);
    for other in [&phone, &tablet] {
        assert!(rungs(other, promise).is_empty(), "Eva is on it");
    }

    scenario.step("Ten minutes later she still has not called: that is the office's");
    assert!(office_rungs(&office, promise).is_empty());
    company.advance(10 * MINUTE);
    assert_eq!(office_rungs(&office, promise), ["office-step-in"]);

    scenario.step("She calls, and nobody hears of it any more");
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    eva.notebook().change_promise(promise, vec![done]).unwrap();
    quiesce(&everybody);
    assert!(office_rungs(&office, promise).is_empty());
    for device in everybody {
        assert!(rungs(device, promise).is_empty());
        device.assert_projection_equals_rebuild();
        device.assert_healthy();
    }
}

fn office_rungs(office: &kept_tests::OfficeReplica, promise: DocId) -> Vec<String> {
    office.sync();
    let needs = office.notebook().office_reminders().unwrap().into_iter();
    needs
        .filter(|need| need.promise == promise)
        .map(|need| need.rung)
        .collect()
}

#[test]
fn who_took_a_callback_and_cannot_gives_it_back_to_the_pool() {
    let scenario = Scenario::begin("a callback that comes back");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let bob = company.pool_member("Bob", "north", POOL);
    let eva = company.pool_member("Eva", "south", POOL);
    let everybody = [&alice, &bob, &eva];
    quiesce(&everybody);
    let (promise, _) = promise_a_callback(&alice);
    quiesce(&everybody);

    scenario.step("Bob takes it: Eva is rung only if it is not done in time");
    bob.notebook()
        .change_promise(promise, vec![PromiseEdit::Accept])
        .unwrap();
    quiesce(&everybody);
    assert_eq!(rungs(&bob, promise), ["half", "5-minutes", "due"]);
    assert_eq!(rungs(&eva, promise), ["pool-step-in"]);

    scenario.step("He cannot after all: it is everybody's again");
    company.advance(MINUTE);
    let no = PromiseEdit::Decline {
        reason: "under a boiler".into(),
    };
    bob.notebook().change_promise(promise, vec![no]).unwrap();
    quiesce(&everybody);
    assert_eq!(
        rungs(&eva, promise),
        ["half", "5-minutes", "due", "pool-step-in"]
    );
}

#[test]
fn what_is_no_rung_cannot_be_acknowledged() {
    let scenario = Scenario::begin("no such rung");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.pool_member("Bob", "north", POOL));
    quiesce(&[&alice, &bob]);
    let (promise, _) = promise_a_callback(&alice);
    let before = alice.rows();
    for rung in ["", "halftime", "due/half", "half/"] {
        let refused = alice.notebook().acknowledge_reminder(promise, rung.into());
        assert!(refused.is_err(), "{rung}");
    }
    assert_eq!(alice.rows(), before);
}
