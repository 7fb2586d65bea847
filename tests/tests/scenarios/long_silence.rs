//! A tablet that was silent for more than thirty days: no device waited for it, it speaks after all, and what counted
//! as missed is taken back until it has sent everything.

use kept_core::insight::Ending;
use kept_core::language::{Lang, message_text};
use kept_core::model::event::{Evidence, EvidenceKind};
use kept_core::model::ids::DocId;
use kept_core::model::promise::{Doubt, Flag, Outcome};
use kept_core::model::registry::Role;
use kept_core::notebook::PromiseEdit;
use kept_tests::{
    Company, Device, Scenario, account, promise_to, quiesce, sync_rounds, visit_entry,
};

const DAY_MS: i64 = 24 * 3_600_000;

/// The words beside the state on the device, in English and in German, about what was corrected.
fn corrections(device: &Device, promise: DocId) -> Vec<[String; 2]> {
    let summary = device.notebook().promise(promise).unwrap().summary;
    let why = device.notebook().explain_promise(promise).unwrap().summary;
    assert_eq!(summary.flags, why.flags);
    let said = summary.flags.iter().zip(&summary.flag_words);
    let corrected = said
        .filter(|(flag, _)| matches!(flag, Flag::Corrected { .. } | Flag::NoLongerMissed { .. }));
    corrected
        .map(|(_, words)| [Lang::En, Lang::De].map(|lang| message_text(words, lang)))
        .collect()
}

/// The numbers of samples that are closed, censored and open.
fn fates(device: &Device) -> [usize; 3] {
    let samples = device.notebook().samples().unwrap();
    let count = |fits: fn(&Ending) -> bool| samples.iter().filter(|one| fits(&one.ending)).count();
    [
        count(|ending| matches!(ending, Ending::Closed(_))),
        count(|ending| matches!(ending, Ending::Censored(_))),
        count(|ending| matches!(ending, Ending::Open)),
    ]
}

#[test]
fn a_tablet_that_speaks_after_a_month_takes_back_that_promises_were_missed() {
    let scenario = Scenario::begin("a long silence");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let phone = company.device("Sam", Role::Technician, &["north"]);
    let tablet = company.device("Sam", Role::Technician, &["north"]);
    let ann = company.device("Ann", Role::Office, &["north"]);
    let customer = alice
        .notebook()
        .create_account(account("Brewery Nord"))
        .unwrap();
    quiesce(&[&alice, &phone, &tablet, &ann]);
    let promise = |what: &str| {
        let draft = promise_to(customer, what, phone.person(), alice.due_in(40 * 24));
        alice.notebook().make_promise(draft).unwrap()
    };
    let (seal, pump) = (promise("seal the pump"), promise("paint the pump"));
    let others = [&alice, &phone, &ann];
    quiesce(&[&alice, &phone, &tablet, &ann]);

    scenario.step("Sam's tablet stays in the van for a month; in its cellar he seals the pump");
    tablet.network().offline();
    company.advance(39 * DAY_MS);
    tablet
        .notebook()
        .log_visit(visit_entry(Some(customer), "the old seal is brittle"))
        .unwrap();
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![Evidence {
            kind: EvidenceKind::Signature,
            note: "signed by the operator".into(),
            file: None,
        }],
    };
    tablet.notebook().change_promise(seal, vec![done]).unwrap();

    scenario.step("Both dates pass; his phone has sent everything, so both were missed");
    company.advance(3 * DAY_MS);
    sync_rounds(&others, 2);
    for device in others {
        for promise in [seal, pump] {
            assert_eq!(device.outcome(promise), Outcome::BrokenMissed);
            assert!(corrections(device, promise).is_empty());
        }
    }
    assert_eq!(fates(&ann), [0, 0, 2]);

    scenario.step("The tablet finds a signal for its first visit only");
    company.advance(DAY_MS);
    tablet.network().online();
    tablet.network().rewrite(|request| {
        request.groups.truncate(1);
        request.whole = false;
    });
    tablet.sync();
    sync_rounds(&others, 1);
    let later = company.device("Olga", Role::Office, &["north"]);
    later.sync();
    for device in others.into_iter().chain([&later]) {
        for promise in [seal, pump] {
            let Outcome::NotConfirmed {
                doubt: Doubt::Silent { person, .. },
            } = device.outcome(promise)
            else {
                panic!("{:?}", device.outcome(promise));
            };
            assert_eq!(person, "Sam");
            let said = corrections(device, promise);
            assert_eq!(
                said,
                corrections(&alice, promise),
                "everybody reads the same"
            );
            let [[english, german]] = said.as_slice() else {
                panic!("{said:?}");
            };
            assert!(english.starts_with("Corrected ("), "{english}");
            assert!(
                english.contains("(Sam) spoke after a long silence"),
                "{english}"
            );
            assert!(german.starts_with("Berichtigt ("), "{german}");
        }
    }
    assert_eq!(fates(&ann), [0, 2, 0], "censored at due");
    let said = ann.notebook().reliability(Some(alice.person())).unwrap();
    assert_eq!((said.said.kept, said.said.total), (0, 0));
    ann.assert_projection_equals_rebuild();
    assert_eq!(corrections(&ann, seal).len(), 1, "a rebuild keeps it");

    scenario.step("Then everything comes: one was kept, and the other was missed after all");
    tablet.network().online();
    quiesce(&[&tablet, &alice, &phone, &ann, &later]);
    for device in [&tablet, &alice, &phone, &ann, &later] {
        assert_eq!(device.outcome(seal), Outcome::Kept);
        assert_eq!(corrections(device, seal).len(), 1, "late proof");
        assert_eq!(device.outcome(pump), Outcome::BrokenMissed);
        assert!(corrections(device, pump).is_empty(), "it was right");
    }
    assert_eq!(fates(&ann), [1, 0, 1]);
}
