//! A date at the table: the real record is shown before a date is picked, and the performer is asked first.

use kept_core::model::ids::DocId;
use kept_core::model::promise::WorkState;
use kept_core::model::time::DAY_MS;
use kept_core::notebook::{DateAdvice, DateAnswer, DateQuestion, PromiseEdit};
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce};

/// After how many days Dora delivered what was promised before: 6 of 20 within four days, 16 within ten.
const LEADS: [i64; 20] = [
    2, 3, 3, 4, 4, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10, 10, 12, 13, 14, 14,
];
const HOUR_MS: i64 = 3_600_000;
const SOON_DAYS: i64 = 4;
const LATER_DAYS: i64 = 10;

/// Asks for a delivery by Dora, with a date in mind so many days ahead.
fn ask(device: &Device, dora: &Device, days: i64) -> DateAdvice {
    let question = DateQuestion {
        kind: "delivery".into(),
        performer: Some(dora.person()),
        within: None,
        account: None,
        due: Some(device.due_in(days * 24)),
        quantile_percent: None,
    };
    device.notebook().advise_date(question).unwrap()
}

fn share(advice: &DateAdvice) -> i64 {
    let chance = advice.due_chance.as_ref().expect("a chance");
    (chance.share * 100.0).round() as i64
}

/// Has Alice promise deliveries, and Dora deliver each after its lead.
fn make_record(company: &Company, alice: &Device, dora: &Device, customer: DocId) {
    let promises: Vec<DocId> = LEADS
        .iter()
        .map(|_| {
            let due = alice.due_in(24 * 30);
            let draft = promise_to(customer, "a bearing", dora.person(), due);
            alice.notebook().make_promise(draft).unwrap()
        })
        .collect();
    quiesce(&[alice, dora]);
    for day in 1..=14 {
        // Always an hour before the time of day at which it was promised.
        company.advance(if day == 1 { DAY_MS - HOUR_MS } else { DAY_MS });
        for (promise, _) in promises.iter().zip(LEADS).filter(|(_, lead)| *lead == day) {
            let done = PromiseEdit::Fulfil {
                occurred_at: None,
                evidence: vec![],
            };
            dora.change_promise(*promise, done);
        }
    }
    quiesce(&[alice, dora]);
}

#[test]
fn the_record_is_shown_before_a_date_is_picked_and_the_performer_is_asked_first() {
    let scenario = Scenario::begin("a date at the table");
    let company = Company::found(&scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let customer = alice
        .notebook()
        .create_account(account("Brewery Nord"))
        .unwrap();
    quiesce(&[&alice, &dora]);

    scenario.step("Nobody knows yet how long it takes: ask");
    let nothing = ask(&alice, &dora, SOON_DAYS);
    assert_eq!(nothing.answer, DateAnswer::NoRecord);
    assert!(nothing.due_chance.is_none() && nothing.suggestion.is_none());

    scenario.step("Twenty deliveries later the record speaks, on Alice's phone without a signal");
    make_record(&company, &alice, &dora, customer);
    alice.network().offline();
    let soon = ask(&alice, &dora, SOON_DAYS);
    assert_eq!((share(&soon), soon.closed, soon.open), (30, 20, 0));
    assert_eq!(share(&ask(&alice, &dora, LATER_DAYS)), 80);
    assert_eq!(soon.level.name(), "kind-and-performer");
    let suggestion = soon.suggestion.clone().expect("a date");
    assert_eq!(soon.lead_minutes, Some(13 * 24 * 60 - 60));
    assert_eq!((suggestion.quantile_percent, suggestion.closed), (80, 20));
    let pause = |advice: &DateAdvice| {
        let mut keys = advice.warnings.iter().map(|words| words.key.as_str());
        keys.any(|key| key == "when-sooner-than-half")
    };
    assert!(pause(&soon), "a date that more than half of them missed");
    assert!(!pause(&ask(&alice, &dora, LATER_DAYS)));

    scenario.step("The workshop is full: what Dora has accepted for this week says so");
    let mut rush = Vec::new();
    for _ in 0..20 {
        let mut draft = promise_to(customer, "set up a press", dora.person(), alice.due_in(50));
        draft.kind = "fix".into();
        rush.push(alice.notebook().make_promise(draft).unwrap());
    }
    let half = alice.notebook().load_of_colleague(dora.person()).unwrap();
    assert_eq!((half.promises, half.unaccepted), (20, 20));
    alice.network().online();
    quiesce(&[&alice, &dora]);
    for promise in rush {
        dora.notebook()
            .change_promise(promise, vec![PromiseEdit::Accept])
            .unwrap();
    }
    quiesce(&[&alice, &dora]);
    let full = ask(&alice, &dora, SOON_DAYS).load.expect("a load");
    assert_eq!((full.promises, full.unaccepted), (20, 0));
    assert!(full.percent > Some(100), "{full:?}");
    assert_eq!(full.effort_minutes, 2 * half.effort_minutes);
    assert!(full.as_of.is_some(), "it says when Dora's phone last spoke");

    scenario
        .step("Alice asks Dora before she tells the customer, with the date that the record gave");
    let mut draft = promise_to(
        customer,
        "new bearing",
        dora.person(),
        suggestion.due.clone(),
    );
    draft.told = false;
    draft.suggestion = Some(suggestion.clone());
    let promise = alice.notebook().make_promise(draft).unwrap();
    quiesce(&[&alice, &dora]);
    let asked = dora.notebook().promise(promise).unwrap();
    assert!(matches!(
        asked.summary.state.work,
        WorkState::Waiting { .. }
    ));
    dora.notebook()
        .change_promise(promise, vec![PromiseEdit::Accept])
        .unwrap();
    quiesce(&[&alice, &dora]);
    let told = PromiseEdit::Communicate {
        contact: None,
        channel: kept_core::model::visit::Channel::OnSite,
    };
    alice
        .notebook()
        .change_promise(promise, vec![told])
        .unwrap();
    quiesce(&[&alice, &dora]);
    let report = dora.notebook().company_report().unwrap();
    let shown: u32 = report.calibrations.iter().map(|line| line.shown).sum();
    assert_eq!(
        shown, 1,
        "the date that was shown is remembered, to be checked one day"
    );
}
