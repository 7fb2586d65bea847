//! A date at the table: what the record of who delivers honestly says, how full they are, and, afterwards,
//! fair numbers for those who may see them.

use kept_core::language::{Lang, message_text};
use kept_core::model::ids::DocId;
use kept_core::model::registry::Role;
use kept_core::model::time::DAY_MS;
use kept_core::notebook::{DateAnswer, DateQuestion, KeptError, LeadTime, PromiseEdit};
use kept_tests::{Company, Device, Scenario, account, promise_to};

/// Alice promises, Dora accepts and delivers after so many days; both have heard of it.
fn delivered(company: &Company, alice: &Device, dora: &Device, customer: DocId, days: i64) {
    let draft = promise_to(customer, "new seal", dora.person(), alice.due_in(14 * 24));
    let id = alice.notebook().make_promise(draft).unwrap();
    alice.sync();
    dora.sync();
    let accept = dora
        .notebook()
        .change_promise(id, vec![PromiseEdit::Accept]);
    accept.unwrap();
    company.advance(days * DAY_MS);
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    dora.notebook().change_promise(id, vec![done]).unwrap();
    dora.sync();
    alice.sync();
}

#[test]
fn friday_is_asked_of_the_record_before_it_is_promised() {
    let scenario = Scenario::begin("an honest date");
    let company = Company::found(&scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let owner = company.device("Olga", Role::Owner, &[]);
    let customer = alice
        .notebook()
        .create_account(account("Hotel Adler"))
        .unwrap();
    alice.sync();
    let question = || DateQuestion {
        kind: "delivery".into(),
        performer: Some(dora.person()),
        within: Some(LeadTime::Days { count: 2 }),
        account: Some(customer),
        due: Some(alice.due_in(25)),
        quantile_percent: None,
    };

    scenario.step("Without a record there is no date, and it says so");
    let none = alice.notebook().advise_date(question()).unwrap();
    assert_eq!((none.answer, none.suggestion), (DateAnswer::NoRecord, None));
    let keys: Vec<_> = none
        .sentences
        .iter()
        .map(|words| words.key.as_str())
        .collect();
    assert_eq!(keys[0], "when-no-record");
    let whom = message_text(&none.sentences[0], Lang::En);
    assert!(whom.contains("Ask Dora before"), "{whom}");

    scenario.step("Dora has delivered twelve times, after one to four days");
    for round in 0..12 {
        delivered(&company, &alice, &dora, customer, round % 4 + 1);
    }
    let advice = alice.notebook().advise_date(question()).unwrap();
    assert_eq!(
        (
            advice.answer,
            advice.level.name(),
            advice.closed,
            advice.open
        ),
        (DateAnswer::Suggested, "kind-and-performer", 12, 0)
    );
    assert_eq!(advice.lead_minutes, Some(4 * 24 * 60));
    let suggestion = advice.suggestion.unwrap();
    assert!(suggestion.due.instant().unwrap() >= alice.now() + 4 * DAY_MS);
    assert_eq!(suggestion.quantile_percent, 80);
    assert_eq!(advice.chance.unwrap().share, 0.5);
    assert_eq!(advice.due_chance.unwrap().share, 0.25);
    assert_eq!(advice.warnings[0].key, "when-sooner-than-half");
    let told = |key: &str| advice.sentences.iter().find(|words| words.key == key);
    assert!(told("when-delivered").is_some() && told("when-customer").is_some());
    let load = advice.load.unwrap();
    assert_eq!((load.promises, load.percent), (0, Some(0)));

    scenario.step("Alice promises tomorrow all the same: Dora's load and Alice's asks show it");
    let rush = promise_to(customer, "a rush", dora.person(), alice.due_in(25));
    let rush = alice.notebook().make_promise(rush).unwrap();
    let load = alice.notebook().load_of_colleague(dora.person()).unwrap();
    assert_eq!(
        (load.promises, load.unaccepted, load.effort_minutes),
        (1, 1, 60)
    );
    assert!(load.as_of.is_some());
    let asks = alice.notebook().my_asks().unwrap();
    assert!(asks.asks[0].rushed && !asks.asks[0].thanked);
    assert_eq!((asks.rushed, asks.thanked), (1, 0));
    let thanks = PromiseEdit::Thank {
        person: dora.person(),
    };
    alice.notebook().change_promise(rush, vec![thanks]).unwrap();
    assert_eq!(alice.notebook().my_asks().unwrap().thanked, 1);
    alice.sync();
    dora.sync();
    let load = dora.notebook().load_of_colleague(dora.person()).unwrap();
    assert_eq!(load.promises, 1);
    assert_eq!(
        dora.notebook().my_asks().unwrap().asked,
        0,
        "asks are private to whoever asks"
    );

    scenario.step("Fair numbers: for oneself and the owner, not for Alice");
    let own = dora.notebook().reliability(None).unwrap();
    assert_eq!(
        (own.delivered.kept, own.delivered.total, own.said.total),
        (12, 12, 0)
    );
    assert_eq!(alice.notebook().reliability(None).unwrap().said.total, 12);
    owner.sync();
    let seen = owner.notebook().reliability(Some(dora.person())).unwrap();
    assert_eq!(seen.delivered, own.delivered);
    assert!(matches!(
        alice.notebook().reliability(Some(dora.person())),
        Err(KeptError::Invalid { .. })
    ));

    scenario.step("Two weeks for what takes four days is padding, and the report says so");
    let report = owner.notebook().company_report().unwrap();
    assert_eq!(report.kinds.len(), 1);
    let line = &report.kinds[0];
    assert_eq!(
        (line.kind.as_str(), line.closed, line.left_of),
        ("delivery", 12, 12)
    );
    assert!(line.padded && !line.slowing, "{line:?}");
}
