//! Late proof, then a dispute: no performer is blamed for a dark phone, proof corrects what was shown, and the office
//! decides what the customer disputes.

use kept_core::insight::Ending;
use kept_core::model::event::{EvidenceKind, Finding};
use kept_core::model::promise::{Doubt, Flag, Outcome, WorkState};
use kept_core::model::registry::Role;
use kept_core::notebook::{PromiseEdit, PromiseMark};
use kept_tests::{
    Company, Scenario, account, assert_same, fulfilled, promise_to, quiesce, sync_rounds,
};

const HOUR_MS: i64 = 3_600_000;

fn done() -> PromiseEdit {
    fulfilled(EvidenceKind::Signature, "signed by the operator")
}

#[test]
fn proof_that_comes_late_corrects_what_was_shown_and_a_dispute_is_decided_by_the_office() {
    let scenario = Scenario::begin("late proof, then a dispute");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    let ann = company.device("Ann", Role::Office, &["north"]);
    let everybody = [&alice, &bob, &ann];
    let customer = alice
        .notebook()
        .create_account(account("Brewery Nord"))
        .unwrap();
    quiesce(&everybody);
    let draft = promise_to(customer, "seal the pump", bob.person(), alice.due_in(24));
    let promise = alice.notebook().make_promise(draft).unwrap();
    quiesce(&everybody);

    scenario.step("Bob does it in a cellar without a signal, an hour before it is due");
    bob.network().offline();
    company.advance(23 * HOUR_MS);
    bob.notebook()
        .change_promise(promise, vec![done()])
        .unwrap();
    assert_eq!(bob.outcome(promise), Outcome::Kept);

    scenario
        .step("Three days later his phone is still dark: not confirmed, and it says whose phone");
    company.advance(72 * HOUR_MS);
    sync_rounds(&[&alice, &ann], 2);
    for device in [&alice, &ann] {
        let Outcome::NotConfirmed {
            doubt: Doubt::Silent { person, heard, .. },
        } = device.outcome(promise)
        else {
            panic!("{:?}", device.outcome(promise));
        };
        assert_eq!(person, "Bob");
        assert!(heard.is_some(), "and since when");
    }
    let sample = ann.notebook().samples().unwrap().remove(0);
    assert!(matches!(sample.ending, Ending::Censored(_)), "{sample:?}");
    let said = ann
        .notebook()
        .reliability(Some(alice.person()))
        .unwrap()
        .said;
    assert_eq!(
        (said.kept, said.total),
        (0, 0),
        "nothing is held against Alice"
    );

    scenario.step("The proof arrives: kept, corrected, in the statistics too");
    bob.network().online();
    quiesce(&everybody);
    assert_same(&[&alice, &bob]);
    for device in everybody {
        let kept = device.promise(promise);
        assert_eq!(kept.summary.state.outcome, Outcome::Kept);
        let corrected = |flag: &Flag| matches!(flag, Flag::Corrected { .. });
        assert!(
            kept.summary.flags.iter().any(corrected),
            "{:?}",
            kept.summary.flags
        );
    }
    let sample = ann.notebook().samples().unwrap().remove(0);
    assert!(matches!(sample.ending, Ending::Closed(_)), "{sample:?}");
    let said = ann
        .notebook()
        .reliability(Some(alice.person()))
        .unwrap()
        .said;
    assert_eq!((said.kept, said.total), (1, 1));

    scenario.step("The customer says that it drips: in their words, beside what they expected");
    let dispute = PromiseEdit::Dispute {
        words: "it drips again since yesterday".into(),
    };
    alice
        .notebook()
        .change_promise(promise, vec![dispute])
        .unwrap();
    quiesce(&everybody);
    let disputed = ann.promise(promise);
    assert_eq!(disputed.summary.mark, PromiseMark::Disputed);
    assert_eq!(disputed.summary.criterion, "it stands in the hall and runs");
    let words = "it drips again since yesterday".to_owned();
    assert_eq!(disputed.summary.state.work, WorkState::Disputed { words });
    let dispute = disputed.events.last().expect("the dispute").id;
    let found = PromiseEdit::Resolve {
        dispute,
        finding: Finding::Broken,
        reason: "the seal was the wrong size".into(),
    };
    let refused = bob.notebook().change_promise(promise, vec![found.clone()]);
    assert!(refused.is_err(), "a technician decides no dispute");

    scenario.step("The office decides, and a promise to make it right follows");
    ann.notebook().change_promise(promise, vec![found]).unwrap();
    let mut right = promise_to(customer, "the right seal", bob.person(), ann.due_in(24));
    right.criterion = "no drop for a week".into();
    let right = ann.notebook().make_promise(right).unwrap();
    quiesce(&everybody);
    for device in everybody {
        assert_eq!(device.outcome(promise), Outcome::BrokenFound);
        assert!(matches!(
            device.promise(right).summary.state.work,
            WorkState::Waiting { .. }
        ));
    }
    let said = ann
        .notebook()
        .reliability(Some(alice.person()))
        .unwrap()
        .said;
    assert_eq!((said.kept, said.total), (0, 1));
    bob.assert_projection_equals_rebuild();
}
