//! The time within which a customer needs a kind of promise: a value per kind, side by side until one is chosen.

use super::*;
use crate::model::conflicts::{About, Stance, Way, of_account};
use crate::model::lead::Within;

const TWO_HOURS: Within = Within::Minutes { count: 120 };
const FIVE_DAYS: Within = Within::Days { count: 5 };

fn need(kind: &str, within: Within) -> Deed {
    Deed::EditAccount(vec![AccountEdit::Need {
        kind: kind.into(),
        within,
    }])
}

fn no_need(kind: &str) -> Deed {
    Deed::EditAccount(vec![AccountEdit::DropNeed { kind: kind.into() }])
}

/// The values that stand, each with its author's name.
fn standing(account: &Account) -> Vec<(&str, Vec<(Within, &str)>)> {
    let needs = account.needs.iter().map(|need| {
        let said = need.values.iter();
        let said = said.map(|value| (value.within, value.by.name.as_str()));
        (need.kind.as_str(), said.collect())
    });
    needs.collect()
}

#[test]
fn what_is_needed_is_read_as_it_was_written_and_can_be_taken_back() {
    let alice = hand(1, "Alice");
    let mut doc = Loaded::empty(DOC);
    let first = alice.does(&mut doc, Deed::CreateAccount(account_draft()));
    assert!(account(&doc).needs.is_empty());
    let a = alice.does(&mut doc, need("delivery", FIVE_DAYS));
    let b = alice.does(&mut doc, need("callback", TWO_HOURS));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(
        standing(&both),
        [
            ("callback", vec![(TWO_HOURS, "Alice")]),
            ("delivery", vec![(FIVE_DAYS, "Alice")]),
        ]
    );
    let gone = alice.does(&mut doc, no_need("delivery"));
    let left = account(&loaded(DOC, &[&first, &a, &b, &gone]));
    assert_eq!(standing(&left), [("callback", vec![(TWO_HOURS, "Alice")])]);
}

#[test]
fn two_who_say_different_times_are_both_heard_and_the_shortest_counts_until_one_is_chosen() {
    let (alice, bob) = (hand(1, "Alice"), hand(2, "Bob"));
    let mut base = Loaded::empty(DOC);
    let first = alice.does(&mut base, Deed::CreateAccount(account_draft()));
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a = alice.does(&mut hers, need("delivery", Within::Days { count: 2 }));
    let b = bob.does(&mut his, need("delivery", FIVE_DAYS));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(both, account(&loaded(DOC, &[&first, &b, &a])));
    assert_eq!(both.needs[0].values.len(), 2);
    assert_eq!(both.needs[0].shortest(480), Some(Within::Days { count: 2 }));

    let clashes = of_account(&both);
    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].about, About::Need("delivery".into()));
    let said: Vec<_> = clashes[0].sides.iter().map(|side| &side.stance).collect();
    assert!(said.contains(&&Stance::Needed(FIVE_DAYS)), "{said:?}");
    let chosen = clashes[0].ways.iter().find_map(|way| match way {
        Way::Needed { within, deed } if *within == FIVE_DAYS => Some(deed.clone()),
        _ => None,
    });
    let mut merged = loaded(DOC, &[&first, &a, &b]);
    let deed = chosen.expect("each time can be chosen");
    let choice = alice.does(&mut merged, deed);
    let settled = account(&loaded(DOC, &[&first, &a, &b, &choice]));
    assert_eq!(
        standing(&settled),
        [("delivery", vec![(FIVE_DAYS, "Alice")])]
    );
    assert!(of_account(&settled).is_empty());
}

#[test]
fn a_time_that_somebody_says_meanwhile_outlives_taking_it_back() {
    let (alice, bob) = (hand(1, "Alice"), hand(2, "Bob"));
    let mut base = Loaded::empty(DOC);
    let first = alice.does(&mut base, Deed::CreateAccount(account_draft()));
    let known = alice.does(&mut base, need("callback", FIVE_DAYS));
    let (mut hers, mut his) = (
        loaded(DOC, &[&first, &known]),
        loaded(DOC, &[&first, &known]),
    );
    let gone = alice.does(&mut hers, no_need("callback"));
    let said = bob.does(&mut his, need("callback", TWO_HOURS));
    let both = account(&loaded(DOC, &[&first, &known, &gone, &said]));
    assert_eq!(standing(&both), [("callback", vec![(TWO_HOURS, "Bob")])]);
}

#[test]
fn the_same_time_said_twice_is_one_and_a_time_of_a_later_version_is_passed_over() {
    let (alice, bob) = (hand(1, "Alice"), hand(2, "Bob"));
    let mut base = Loaded::empty(DOC);
    let first = alice.does(&mut base, Deed::CreateAccount(account_draft()));
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a = alice.does(&mut hers, need("fix", TWO_HOURS));
    let b = bob.does(&mut his, need("fix", TWO_HOURS));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(both.needs[0].values.len(), 1);
    let odd = Within::Minutes { count: -1 };
    let c = alice.does(&mut hers, need("quote", odd));
    assert_eq!(account(&loaded(DOC, &[&first, &a, &c])).needs.len(), 1);
}
