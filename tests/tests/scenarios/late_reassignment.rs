//! Given to another person after it was done: the person who delivered stays the one who delivered.

use kept_core::language::{Lang, message_text};
use kept_core::model::event::{Evidence, EvidenceKind, Performer};
use kept_core::model::promise::WorkState;
use kept_core::model::registry::Role;
use kept_core::notebook::PromiseEdit;
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce};

const HOUR_MS: i64 = 3_600_000;

#[test]
fn whoever_did_it_delivered_though_it_was_given_to_somebody_else_meanwhile() {
    let scenario = Scenario::begin("handed on too late");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let ann = company.device("Ann", Role::Office, &["north"]);
    let everybody = [&alice, &bob, &ann];
    let customer = alice.notebook().create_account(account("Adler")).unwrap();
    quiesce(&everybody);
    let draft = promise_to(customer, "seal the pump", bob.person(), alice.due_in(24));
    let promise = alice.notebook().make_promise(draft).unwrap();
    quiesce(&everybody);
    let done = || PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![Evidence {
            kind: EvidenceKind::Signature,
            note: String::new(),
            file: None,
        }],
    };
    let to_alice = || PromiseEdit::Reassign {
        performer: Performer::Person {
            person: alice.person(),
        },
        reason: "Bob is ill".into(),
    };

    scenario.step("Bob does it; the office has not heard of it, and gives it to Alice");
    company.advance(HOUR_MS);
    bob.network().offline();
    let change = |device: &Device, edit| device.notebook().change_promise(promise, vec![edit]);
    change(&bob, done()).unwrap();
    company.advance(HOUR_MS);
    change(&ann, to_alice()).unwrap();
    bob.network().online();
    quiesce(&everybody);
    for device in everybody {
        let shown = device.notebook().promise(promise).unwrap().summary;
        assert_eq!(shown.state.work, WorkState::Fulfilled);
        let said = message_text(&shown.performer_words, Lang::En);
        assert_eq!(said, "Bob delivered", "on {}", device.name());
    }

    scenario.step("Whoever knows that it is done does not give it away, ask, or call it off");
    let cancel = PromiseEdit::Cancel {
        by: kept_core::model::event::CancelledBy::Us,
        agreed_by: None,
        reason: String::new(),
    };
    let before = ann.rows();
    for edit in [to_alice(), PromiseEdit::Ask { person: None }, cancel] {
        let refused = change(&ann, edit).unwrap_err().message();
        assert_eq!(refused.key, "error-done-already");
    }
    assert_eq!(ann.rows(), before);
}
