//! A date at the table: what the record of who delivers honestly says, how full they are, and, afterwards,
//! fair numbers for those who may see them.

use kept_core::model::ids::DocId;
use kept_core::model::people::Role;
use kept_core::model::time::DAY_MS;
use kept_core::notebook::{DateAnswer, DateQuestion, KeptError, PromiseEdit, Within};
use kept_core::words::{Lang, words_text};
use kept_tests::{Company, Device, Story, account, promised};

/// Alice promises, Dora accepts and delivers after so many days; both have heard of it.
fn delivered(company: &Company, alice: &Device, dora: &Device, customer: DocId, days: i64) {
    let draft = promised(customer, "new seal", dora.person(), alice.due_in(14 * 24));
    let id = alice.notebook().make_promise(draft).unwrap();
    alice.sync();
    dora.sync();
    let accept = dora
        .notebook()
        .change_promise(id, vec![PromiseEdit::Accept]);
    accept.unwrap();
    company.pass(days * DAY_MS);
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
    let story = Story::begin("an honest date");
    let company = Company::found(&story);
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
        within: Some(Within::Days { count: 2 }),
        account: Some(customer),
        due: Some(alice.due_in(25)),
        quantile_percent: None,
    };

    story.chapter("Without a record there is no date, and it says so");
    let none = alice.notebook().ask_for_date(question()).unwrap();
    assert_eq!((none.answer, none.suggestion), (DateAnswer::NoRecord, None));
    let keys: Vec<_> = none
        .sentences
        .iter()
        .map(|words| words.key.as_str())
        .collect();
    assert_eq!(keys[0], "when-no-record");
    let whom = words_text(&none.sentences[0], Lang::En);
    assert!(whom.contains("Ask Dora before"), "{whom}");

    story.chapter("Dora has delivered twelve times, after one to four days");
    for round in 0..12 {
        delivered(&company, &alice, &dora, customer, round % 4 + 1);
    }
    let advice = alice.notebook().ask_for_date(question()).unwrap();
    assert_eq!(
        (
            advice.answer,
            advice.level.as_str(),
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

    story.chapter("Alice promises tomorrow all the same: Dora's load and Alice's asks show it");
    let rush = promised(customer, "a rush", dora.person(), alice.due_in(25));
    let rush = alice.notebook().make_promise(rush).unwrap();
    let load = alice.notebook().load_of(dora.person()).unwrap();
    assert_eq!(
        (load.promises, load.unaccepted, load.effort_minutes),
        (1, 1, 60)
    );
    assert!(load.as_of.is_some());
    let asks = alice.notebook().asks().unwrap();
    assert!(asks.asks[0].rushed && !asks.asks[0].thanked);
    assert_eq!((asks.rushed, asks.thanked), (1, 0));
    let thanks = PromiseEdit::Thank {
        person: dora.person(),
    };
    alice.notebook().change_promise(rush, vec![thanks]).unwrap();
    assert_eq!(alice.notebook().asks().unwrap().thanked, 1);
    alice.sync();
    dora.sync();
    let load = dora.notebook().load_of(dora.person()).unwrap();
    assert_eq!(load.promises, 1);
    assert_eq!(
        dora.notebook().asks().unwrap().asked,
        0,
        "asks are private to whoever asks"
    );

    story.chapter("Fair numbers: for oneself and the owner, not for Alice");
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

    story.chapter("Two weeks for what takes four days is padding, and the report says so");
    let report = owner.notebook().report().unwrap();
    assert_eq!(report.kinds.len(), 1);
    let line = &report.kinds[0];
    assert_eq!(
        (line.kind.as_str(), line.closed, line.left_of),
        ("delivery", 12, 12)
    );
    assert!(line.padded && !line.slowing, "{line:?}");
}
