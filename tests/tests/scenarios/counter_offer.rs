//! Accept, decline, counter-offer: the performer says so in one tap, and the promiser hears what to tell the customer.

use kept_core::language::{Lang, message_text};
use kept_core::model::event::Performer;
use kept_core::model::event_kind::EventKind;
use kept_core::model::ids::DocId;
use kept_core::model::promise::{Outcome, WorkState};
use kept_core::model::registry::Role;
use kept_core::model::visit::Channel;
use kept_core::notebook::{AgendaKind, KeptError, PromiseEdit};
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce};

const HOUR_MS: i64 = 3_600_000;

/// The message of a device that its owner has to tell the customer; None if there is none. Their day asks for it exactly
/// then.
fn message_for_customer(device: &Device, promise: DocId) -> Option<String> {
    let tell = device.notebook().promise(promise).unwrap().tell;
    let agenda = device.notebook().my_overview().unwrap().agenda.into_iter();
    let mut asked = agenda.filter(|group| group.group == AgendaKind::TellCustomer);
    assert_eq!(
        asked.any(|group| group.ids.contains(&promise)),
        tell.is_some()
    );
    tell.map(|words| message_text(&words, Lang::En))
}

fn work(device: &Device, promise: DocId) -> WorkState {
    device.promise(promise).summary.state.work
}

/// Alice promises something of Dora's in 48 hours, and asks her in the same tap.
fn asked(alice: &Device, dora: &Device, customer: DocId) -> DocId {
    let draft = promise_to(customer, "new bearing", dora.person(), alice.due_in(48));
    alice.notebook().make_promise(draft).unwrap()
}

#[test]
fn a_yes_tells_the_customer_that_the_date_stands() {
    let scenario = Scenario::begin("accepted");
    let company = Company::found(&scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&[&alice, &dora]);
    let promise = asked(&alice, &dora, customer);
    quiesce(&[&alice, &dora]);
    assert!(matches!(work(&alice, promise), WorkState::Waiting { .. }));

    scenario.step("Dora accepts without a signal; Alice knows when there is one");
    dora.network().offline();
    dora.change_promise(promise, PromiseEdit::Accept);
    assert_eq!(work(&dora, promise), WorkState::Accepted { started: false });
    assert_eq!(message_for_customer(&alice, promise), None);
    dora.network().online();
    quiesce(&[&alice, &dora]);
    let tell = message_for_customer(&alice, promise).expect("something to tell");
    assert!(tell.starts_with("Dora accepted. Tell Mill that"), "{tell}");

    scenario.step("Once the customer knows, nothing is left to tell");
    let heard = PromiseEdit::Communicate {
        contact: None,
        channel: Channel::Call,
    };
    alice.change_promise(promise, heard);
    assert_eq!(message_for_customer(&alice, promise), None);
}

#[test]
fn another_date_is_offered_agreed_with_the_customer_and_kept() {
    let scenario = Scenario::begin("counter-offer");
    let company = Company::found(&scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&[&alice, &dora]);
    let promise = asked(&alice, &dora, customer);
    quiesce(&[&alice, &dora]);

    scenario.step("Dora offers another date, offline");
    dora.network().offline();
    let later = dora.due_in(96);
    let offer = PromiseEdit::Propose {
        due: later.clone(),
        reason: "the ring is on its way".into(),
    };
    dora.change_promise(promise, offer);
    dora.network().online();
    quiesce(&[&alice, &dora]);
    let tell = message_for_customer(&alice, promise).expect("something to tell");
    assert!(
        tell.starts_with("Dora offers") && tell.contains("the ring is on its way"),
        "{tell}"
    );

    scenario.step("Alice agrees on it with the customer: Dora need not say yes again");
    let agreed = PromiseEdit::Agree {
        due: later.clone(),
        words: "Friday then".into(),
        contact: None,
        channel: Channel::Call,
        suggestion: None,
    };
    alice.change_promise(promise, agreed);
    quiesce(&[&alice, &dora]);
    assert_eq!(work(&dora, promise), WorkState::Accepted { started: false });
    assert_eq!(message_for_customer(&alice, promise), None);

    scenario.step("Done after the first date and before the second: kept");
    company.advance(90 * HOUR_MS);
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    dora.change_promise(promise, done);
    quiesce(&[&alice, &dora]);
    let kept = alice.notebook().promise(promise).unwrap();
    assert_eq!(kept.summary.state.outcome, Outcome::Kept);
    assert_eq!(kept.owed, later);
    let said = alice.notebook().reliability(Some(alice.person())).unwrap();
    assert_eq!(
        (said.said.kept, said.said.total, said.said.renegotiated),
        (1, 1, 1)
    );
}

#[test]
fn a_no_leaves_the_promiser_responsible_until_somebody_else_says_yes() {
    let scenario = Scenario::begin("declined");
    let company = Company::found(&scenario);
    let (alice, bob, dora) = (company.alice(), company.bob(), company.dora());
    let everybody = [&alice, &bob, &dora];
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&everybody);
    let promise = asked(&alice, &dora, customer);
    quiesce(&everybody);
    let no = PromiseEdit::Decline {
        reason: "on leave".into(),
    };
    dora.change_promise(promise, no);
    quiesce(&everybody);
    let tell = message_for_customer(&alice, promise).expect("something to tell");
    assert!(tell.contains("declined (“on leave”)"), "{tell}");

    scenario
        .step("In one tap Bob gets it with another date and is asked, and must answer for himself");
    let hand = PromiseEdit::Reassign {
        performer: Performer::Person {
            person: bob.person(),
        },
        reason: "Dora is on leave".into(),
    };
    let agreed = PromiseEdit::Agree {
        due: alice.due_in(72),
        words: "a day later".into(),
        contact: None,
        channel: Channel::Call,
        suggestion: None,
    };
    let ask = PromiseEdit::Ask { person: None };
    alice
        .notebook()
        .change_promise(promise, vec![hand, agreed, ask])
        .unwrap();
    quiesce(&everybody);
    assert!(matches!(work(&bob, promise), WorkState::Waiting { .. }));
    let refused = dora
        .notebook()
        .change_promise(promise, vec![PromiseEdit::Accept]);
    assert!(
        matches!(refused, Err(KeptError::Invalid { .. })),
        "{refused:?}"
    );
    let promiser = bob.notebook().promise(promise).unwrap().summary.promiser;
    assert_eq!(promiser, alice.person());

    scenario.step("Bob phones in, and the office says yes for him");
    let ann = company.device("Ann", Role::Office, &["north"]);
    quiesce(&[&alice, &bob, &dora, &ann]);
    ann.notebook()
        .change_promise_for(promise, bob.person(), vec![PromiseEdit::Accept])
        .unwrap();
    quiesce(&[&alice, &bob, &dora, &ann]);
    assert_eq!(work(&bob, promise), WorkState::Accepted { started: false });
    let events = bob.notebook().promise(promise).unwrap().events;
    let accepted = events.last().expect("an event");
    assert_eq!(
        (
            accepted.kind.map_or("unknown", EventKind::name),
            accepted.by.name.as_str()
        ),
        ("accepted", "Ann")
    );
    let remarks: Vec<String> = accepted
        .remarks
        .iter()
        .map(|words| message_text(words, Lang::En))
        .collect();
    assert!(
        remarks.iter().any(|line| line.contains("Bob")),
        "{remarks:?}"
    );
}
