//! Home: every promise that a person holds, the next first, however many they are.

use kept_core::model::event::Performer;
use kept_core::model::visit::Channel;
use kept_core::notebook::PromiseEdit;
use kept_tests::{Company, Scenario, account, promise_to, quiesce};

#[test]
fn the_overview_shows_what_i_hold_the_next_first_and_counts_all_of_it() {
    let scenario = Scenario::begin("overview");
    let company = Company::found(&scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&[&alice, &dora]);
    let make = |hours: i64, performer| {
        let mut draft = promise_to(
            customer,
            &format!("part {hours}"),
            dora.person(),
            alice.due_in(hours),
        );
        draft.performer = performer;
        draft.ask = false;
        alice.notebook().make_promise(draft).unwrap()
    };
    let own = Performer::Person {
        person: alice.person(),
    };
    let doras = Performer::Person {
        person: dora.person(),
    };

    scenario.step("Alice promises sixty things, the last due first; Dora delivers ten of them");
    let mut made: Vec<_> = (1..=60)
        .rev()
        .map(|number| {
            make(
                number * 24,
                if number % 6 == 0 {
                    doras.clone()
                } else {
                    own.clone()
                },
            )
        })
        .collect();
    made.reverse();
    let overview = alice.notebook().my_overview().unwrap();
    let shown = overview.next.iter().map(|promise| promise.id);
    let all: Vec<_> = shown
        .chain(overview.more.iter().map(|promise| promise.id))
        .collect();
    assert_eq!(all, made);
    assert_eq!((overview.next.len(), overview.more.len()), (50, 10));
    let counts = overview.counts;
    assert_eq!(
        (counts.open, counts.performing, counts.promised),
        (60, 50, 60)
    );
    assert_eq!(
        (counts.late, counts.due_today, counts.asked_of_me),
        (0, 0, 0)
    );
    assert!(
        !overview.reminders.is_empty()
            && overview
                .reminders
                .iter()
                .all(|ring| ring.at < alice.now() + 86_400_000)
    );

    scenario.step("Dora has hers, and they wait for her word");
    quiesce(&[&alice, &dora]);
    let counts = dora.notebook().my_overview().unwrap().counts;
    assert_eq!(
        (
            counts.open,
            counts.performing,
            counts.promised,
            counts.asked_of_me
        ),
        (10, 10, 0, 10)
    );

    scenario.step("What is done leaves the overview; what is late comes first and is counted");
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    alice
        .notebook()
        .change_promise(made[0], vec![done])
        .unwrap();
    company.advance(50 * 3_600_000);
    let overview = alice.notebook().my_overview().unwrap();
    assert_eq!(
        (
            overview.counts.open,
            overview.counts.late,
            overview.next[0].id
        ),
        (59, 1, made[1])
    );
    assert!(overview.next[0].state.late_ms > 0);
    alice.assert_projection_equals_rebuild();
    alice.assert_healthy();
}

#[test]
fn whom_nobody_told_is_not_counted_as_told() {
    let scenario = Scenario::begin("told and not told");
    let company = Company::found(&scenario);
    let (alice, dora) = (company.alice(), company.dora());
    let customer = alice.notebook().create_account(account("Mill")).unwrap();
    quiesce(&[&alice, &dora]);
    let make = |told| {
        let mut draft = promise_to(customer, "a part", dora.person(), alice.due_in(30));
        draft.told = told;
        alice.notebook().make_promise(draft).unwrap()
    };
    let counts = || {
        let counts = alice.notebook().my_overview().unwrap().counts;
        (counts.open, counts.promised, counts.untold)
    };
    let first = make(false);
    let second = make(false);
    assert_eq!(counts(), (2, 0, 2));
    make(true);
    assert_eq!(counts(), (3, 1, 2));
    scenario.step("One customer hears it on the telephone, the other one another date");
    let told = PromiseEdit::Communicate {
        contact: None,
        channel: Channel::Call,
    };
    alice.notebook().change_promise(first, vec![told]).unwrap();
    assert_eq!(counts(), (3, 2, 1));
    let agreed = PromiseEdit::Agree {
        due: alice.due_in(50),
        words: String::new(),
        contact: None,
        channel: Channel::Call,
        suggestion: None,
    };
    alice
        .notebook()
        .change_promise(second, vec![agreed])
        .unwrap();
    assert_eq!(counts(), (3, 3, 0));
    scenario.step("Dora delivers, and both words count");
    quiesce(&[&alice, &dora]);
    let done = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    for edit in [PromiseEdit::Accept, done] {
        dora.notebook().change_promise(second, vec![edit]).unwrap();
    }
    quiesce(&[&alice, &dora]);
    let said = alice.notebook().reliability(None).unwrap().said;
    let delivered = dora.notebook().reliability(None).unwrap().delivered;
    assert_eq!((said.kept, said.total), (1, 1));
    assert_eq!((delivered.kept, delivered.total), (1, 1));
}
