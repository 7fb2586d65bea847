//! The time within which a customer needs a kind of promise: a value per kind, side by side until one is chosen.

use super::*;
use crate::model::conflicts::{ConflictSubject, SettlementOption, Statement, of_account};
use crate::model::lead_time::LeadTime;

const TWO_HOURS: LeadTime = LeadTime::Minutes { count: 120 };
const FIVE_DAYS: LeadTime = LeadTime::Days { count: 5 };

fn need(kind: &str, within: LeadTime) -> Operation {
    Operation::EditAccount(vec![AccountEdit::RequiredLeadTime {
        kind: kind.into(),
        within,
    }])
}

fn no_need(kind: &str) -> Operation {
    Operation::EditAccount(vec![AccountEdit::DropRequiredLeadTime {
        kind: kind.into(),
    }])
}

/// The values that stand, each with its author's name.
fn standing(account: &Account) -> Vec<(&str, Vec<(LeadTime, &str)>)> {
    let needs = account.needs.iter().map(|need| {
        let said = need.values.iter();
        let said = said.map(|value| (value.within, value.by.name.as_str()));
        (need.kind.as_str(), said.collect())
    });
    needs.collect()
}

#[test]
fn what_is_needed_is_read_as_it_was_written_and_can_be_taken_back() {
    let alice = test_author(1, "Alice");
    let mut doc = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut doc, Operation::CreateAccount(account_draft()));
    assert!(account(&doc).needs.is_empty());
    let a = alice.apply(&mut doc, need("delivery", FIVE_DAYS));
    let b = alice.apply(&mut doc, need("callback", TWO_HOURS));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(
        standing(&both),
        [
            ("callback", vec![(TWO_HOURS, "Alice")]),
            ("delivery", vec![(FIVE_DAYS, "Alice")]),
        ]
    );
    let gone = alice.apply(&mut doc, no_need("delivery"));
    let left = account(&loaded(DOC, &[&first, &a, &b, &gone]));
    assert_eq!(standing(&left), [("callback", vec![(TWO_HOURS, "Alice")])]);
}

#[test]
fn two_who_say_different_times_are_both_heard_and_the_shortest_counts_until_one_is_chosen() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let mut base = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut base, Operation::CreateAccount(account_draft()));
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a = alice.apply(&mut hers, need("delivery", LeadTime::Days { count: 2 }));
    let b = bob.apply(&mut his, need("delivery", FIVE_DAYS));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(both, account(&loaded(DOC, &[&first, &b, &a])));
    assert_eq!(both.needs[0].values.len(), 2);
    assert_eq!(
        both.needs[0].shortest(480),
        Some(LeadTime::Days { count: 2 })
    );

    let clashes = of_account(&both);
    assert_eq!(clashes.len(), 1);
    assert_eq!(
        clashes[0].about,
        ConflictSubject::RequiredLeadTime("delivery".into())
    );
    let said: Vec<_> = clashes[0]
        .sides
        .iter()
        .map(|side| &side.statement)
        .collect();
    assert!(said.contains(&&Statement::Needed(FIVE_DAYS)), "{said:?}");
    let chosen = clashes[0].ways.iter().find_map(|way| match way {
        SettlementOption::Needed { within, operation } if *within == FIVE_DAYS => {
            Some(operation.clone())
        }
        _ => None,
    });
    let mut merged = loaded(DOC, &[&first, &a, &b]);
    let operation = chosen.expect("each time can be chosen");
    let choice = alice.apply(&mut merged, operation);
    let settled = account(&loaded(DOC, &[&first, &a, &b, &choice]));
    assert_eq!(
        standing(&settled),
        [("delivery", vec![(FIVE_DAYS, "Alice")])]
    );
    assert!(of_account(&settled).is_empty());
}

#[test]
fn a_time_that_somebody_says_meanwhile_outlives_taking_it_back() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let mut base = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut base, Operation::CreateAccount(account_draft()));
    let known = alice.apply(&mut base, need("callback", FIVE_DAYS));
    let (mut hers, mut his) = (
        loaded(DOC, &[&first, &known]),
        loaded(DOC, &[&first, &known]),
    );
    let gone = alice.apply(&mut hers, no_need("callback"));
    let said = bob.apply(&mut his, need("callback", TWO_HOURS));
    let both = account(&loaded(DOC, &[&first, &known, &gone, &said]));
    assert_eq!(standing(&both), [("callback", vec![(TWO_HOURS, "Bob")])]);
}

#[test]
fn the_same_time_said_twice_is_one_and_a_time_of_a_later_version_is_passed_over() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let mut base = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut base, Operation::CreateAccount(account_draft()));
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a = alice.apply(&mut hers, need("fix", TWO_HOURS));
    let b = bob.apply(&mut his, need("fix", TWO_HOURS));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(both.needs[0].values.len(), 1);
    let odd = LeadTime::Minutes { count: -1 };
    let c = alice.apply(&mut hers, need("quote", odd));
    assert_eq!(account(&loaded(DOC, &[&first, &a, &c])).needs.len(), 1);
}
