//! The company's record on every device: Carol of the south, who sees none of the north's promises, gives an
//! honest date all the same, and learns nothing of its customers.

use kept_core::insight::Ending;
use kept_core::language::{Lang, message_text};
use kept_core::model::ids::DocId;
use kept_core::model::time::DAY_MS;
use kept_core::notebook::{
    DateAdvice, DateAnswer, DateQuestion, Promise, PromiseEdit, PromiseListQuery,
};
use kept_server::enrol::PersonChange;
use kept_tests::{Company, Device, Scenario, account, promise_to, quiesce};

const HOUR_MS: i64 = 3_600_000;

/// The north: Alice promises, Bob delivers.
struct NorthTeam {
    alice: Device,
    bob: Device,
    customer: DocId,
}

impl NorthTeam {
    fn of(company: &Company) -> Self {
        let (alice, bob) = (company.alice(), company.bob());
        let hotel = account("Hotel Adler");
        let customer = alice.notebook().create_account(hotel).unwrap();
        alice.sync();
        bob.sync();
        Self {
            alice,
            bob,
            customer,
        }
    }

    /// Alice promises for in so many days, and Bob says yes.
    fn promise(&self, days: i64) -> DocId {
        let due = self.alice.due_in(days * 24);
        let draft = promise_to(self.customer, "a stainless door", self.bob.person(), due);
        let id = self.alice.notebook().make_promise(draft).unwrap();
        self.alice.sync();
        self.bob.sync();
        self.change_promise_and_sync(&self.bob, id, PromiseEdit::Accept);
        id
    }

    /// Bob delivers.
    fn deliver(&self, id: DocId) {
        let done = PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![],
        };
        self.change_promise_and_sync(&self.bob, id, done);
    }

    fn change_promise_and_sync(&self, who: &Device, id: DocId, edit: PromiseEdit) {
        who.notebook().change_promise(id, vec![edit]).unwrap();
        who.sync();
    }

    fn shown(&self, id: DocId) -> Promise {
        self.alice.sync();
        self.alice.notebook().promise(id).unwrap()
    }
}

/// A company whose north has delivered so often, after one to four days.
fn record(company: &Company, times: i64) -> NorthTeam {
    let north = NorthTeam::of(company);
    for round in 0..times {
        let id = north.promise(14);
        company.advance((round % 4 + 1) * DAY_MS);
        north.deliver(id);
    }
    company.settle();
    north
}

fn ask_for_delivery_date(carol: &Device, north: &NorthTeam) -> DateAdvice {
    let question = DateQuestion {
        kind: "delivery".into(),
        performer: Some(north.bob.person()),
        within: None,
        account: None,
        due: None,
        quantile_percent: None,
    };
    carol.notebook().advise_date(question).unwrap()
}

/// The numbers of closed and open promises that an answer rests on.
fn counts(advice: &DateAdvice) -> (u32, u32) {
    (advice.closed, advice.open)
}

fn open(device: &Device) -> usize {
    let samples = device.notebook().samples().unwrap().into_iter();
    samples
        .filter(|sample| sample.ending == Ending::Open)
        .count()
}

#[test]
fn carol_asks_for_a_date_and_gets_the_companys_record_offline_too() {
    let scenario = Scenario::begin("the company's record");
    let company = Company::found(&scenario);
    let carol = company.carol();
    let north = record(&company, 12);

    scenario.step("Before she has synchronised there is no record");
    assert_eq!(
        ask_for_delivery_date(&carol, &north).answer,
        DateAnswer::NoRecord
    );
    carol.sync();
    assert_eq!(
        carol
            .notebook()
            .promises(PromiseListQuery {
                open_only: false,
                account: None,
                mine: false,
                limit: 100,
                offset: 0,
                kind: None,
            })
            .unwrap(),
        vec![],
        "she sees none of the north's promises"
    );

    scenario
        .step("In a cellar, after the battery was pulled: Bob's record, with its level in words");
    carol.network().offline();
    carol.power_cut();
    let advice = ask_for_delivery_date(&carol, &north);
    assert_eq!(
        (advice.answer, advice.level.name(), counts(&advice)),
        (DateAnswer::Suggested, "kind-and-performer", (12, 0))
    );
    assert_eq!(advice.lead_minutes, Some(4 * 24 * 60));
    let told = advice.sentences.iter();
    let told: Vec<String> = told.map(|words| message_text(words, Lang::En)).collect();
    let level = "This rests on “delivery” by Bob: 12 done, 0 open.";
    assert!(told.iter().any(|sentence| sentence == level), "{told:?}");
    carol.notebook().rebuild().unwrap();
    carol.assert_healthy();
    assert_eq!(
        ask_for_delivery_date(&carol, &north),
        advice,
        "a rebuild leaves it"
    );
    assert_eq!(
        ask_for_delivery_date(&north.alice, &north).lead_minutes,
        advice.lead_minutes
    );

    scenario.step("What is promised and decided later changes it, once each");
    carol.network().online();
    let late = north.promise(30);
    company.advance(DAY_MS);
    company.settle();
    carol.sync();
    assert_eq!(counts(&ask_for_delivery_date(&carol, &north)), (12, 1));
    company.advance(19 * DAY_MS);
    north.deliver(late);
    company.settle();
    carol.sync();
    let advice = ask_for_delivery_date(&carol, &north);
    assert_eq!(counts(&advice), (13, 0));
    assert_eq!(carol.notebook().samples().unwrap().len(), 13);

    scenario.step("A promise that was a mistake disappears");
    let mistake = north.promise(30);
    company.advance(HOUR_MS);
    company.settle();
    carol.sync();
    assert_eq!(counts(&ask_for_delivery_date(&carol, &north)), (13, 1));
    let made = north.shown(mistake).events[0].id;
    north.change_promise_and_sync(&north.alice, mistake, PromiseEdit::Retract { event: made });
    company.settle();
    carol.sync();
    assert_eq!(
        ask_for_delivery_date(&carol, &north),
        advice,
        "as if it had never been"
    );

    scenario.step("With nothing new nothing moves, in one round trip");
    quiesce(&[&north.alice, &north.bob, &carol]);
    company.settle();
    quiesce(&[&carol]);
    carol.network().take_recorded();
    carol.sync();
    let passed = carol.network().take_recorded();
    assert_eq!(passed.len(), 1);
    assert_eq!(passed[0].reply().unwrap().samples, Vec::new());
}

#[test]
fn what_travels_names_no_customer_no_words_and_no_promiser() {
    let scenario = Scenario::begin("a record without customers");
    let company = Company::found(&scenario);
    let carol = company.carol();
    let north = record(&company, 3);
    carol.network().take_recorded();
    carol.sync();
    let passed = carol.network().take_recorded();
    let replies = passed.iter().map(|exchanged| exchanged.reply().unwrap());
    let rows: Vec<Vec<u8>> = replies
        .flat_map(|reply| reply.samples)
        .map(|row| row.to_vec())
        .collect();
    assert_eq!(rows.len(), 3);
    let bytes = rows.concat();
    let says = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(says(b"delivery") && says(b"north") && says(&north.bob.person().0));
    for word in ["Adler", "stainless", "stands in the hall", "by then"] {
        assert!(!says(word.as_bytes()), "{word}");
    }
    assert!(!says(&north.customer.0), "the customer");
    assert!(!says(&north.alice.person().0), "the promiser");
}

#[test]
fn a_silent_phone_takes_a_promise_out_of_the_record_until_it_speaks() {
    let scenario = Scenario::begin("a record and a dark phone");
    let company = Company::found(&scenario);
    let carol = company.carol();
    let north = record(&company, 8);
    north.promise(2);
    company.settle();
    carol.sync();
    assert_eq!(open(&carol), 1);

    scenario
        .step("The date passes while Bob's phone is dark: nobody knows, it leaves the record then");
    company.advance(5 * DAY_MS);
    company.settle();
    carol.sync();
    let samples = carol.notebook().samples().unwrap();
    let left = |ending: &Ending| matches!(ending, Ending::Censored(_));
    assert_eq!(samples.iter().filter(|s| left(&s.ending)).count(), 1);

    scenario.step("Everybody speaks, and nobody has done it: it is open again");
    north.alice.sync();
    north.bob.sync();
    company.settle();
    carol.sync();
    assert_eq!(open(&carol), 1);
}

#[test]
fn who_goes_to_the_south_takes_what_is_still_open_there() {
    let scenario = Scenario::begin("a record and a new team");
    let mut company = Company::found(&scenario);
    let carol = company.carol();
    let north = record(&company, 1);
    north.promise(30);
    company.settle();
    carol.sync();
    let teams = |device: &Device| {
        let samples = device.notebook().samples().unwrap().into_iter();
        let mut teams: Vec<_> = samples
            .map(|sample| {
                (
                    sample.ending == Ending::Open,
                    sample.team.unwrap_or_default(),
                )
            })
            .collect();
        teams.sort();
        teams
    };
    let both = |open: &str| vec![(false, "north".to_owned()), (true, open.to_owned())];
    assert_eq!(teams(&carol), both("north"));
    company.advance(DAY_MS);
    let moves = PersonChange {
        teams: Some(vec!["south".parse().unwrap()]),
        ..PersonChange::default()
    };
    company.state().change_person("Bob", &moves).unwrap();
    company.settle();
    carol.sync();
    assert_eq!(teams(&carol), both("south"));

    scenario.step("The server starts again: nothing is told twice");
    company.restart_server();
    company.settle();
    carol.network().take_recorded();
    carol.sync();
    let passed = carol.network().take_recorded();
    assert_eq!(passed[0].reply().unwrap().samples, Vec::new());
}

#[test]
fn the_record_that_is_held_knows_when_the_server_learnt_of_an_end() {
    let scenario = Scenario::begin("the end of a promise reaches the server later");
    let company = Company::found(&scenario);
    let alice = company.alice();
    let notebook = alice.notebook();
    let customer = notebook.create_account(account("Hotel Adler")).unwrap();
    let draft = promise_to(customer, "a door", alice.person(), alice.due_in(2));
    let door = notebook.make_promise(draft).unwrap();
    alice.sync();
    company.advance(5 * HOUR_MS);
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    notebook.change_promise(door, vec![done]).unwrap();
    let received_at = || {
        let samples = notebook.samples().unwrap();
        assert!(matches!(samples[0].ending, Ending::Closed(_)));
        samples[0].received_at
    };
    assert_eq!(received_at(), None);
    company.advance(HOUR_MS);
    alice.sync();
    alice.sync();
    let held = received_at();
    notebook.pause().unwrap();
    assert!(held.is_some());
    assert_eq!(held, received_at());
}
