//! Short answers: the words of two authors are never mixed, and all that was answered at once is kept.

use super::*;
use crate::model::conflicts::{ConflictSubject, SettlementOption, of_account};
use crate::model::unsettled::ShortAnswer;

fn must_not_fail(text: &str) -> Operation {
    Operation::EditAccount(vec![AccountEdit::MustNotFail {
        text: text.into(),
        was: None,
    }])
}

#[test]
fn two_answers_stand_side_by_side_until_one_is_chosen() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let mut base = LoadedDocument::empty(DOC);
    let draft = AccountDraft {
        must_not_fail: "the oven on Sundays".into(),
        ..account_draft()
    };
    let first = alice.apply(&mut base, Operation::CreateAccount(draft));
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a = alice.apply(&mut hers, must_not_fail("the walk-in fridge"));
    let b = bob.apply(&mut his, must_not_fail("the dough mixer"));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(both, account(&loaded(DOC, &[&first, &b, &a])));
    let clashes = of_account(&both);
    assert_eq!(clashes.len(), 1);
    assert_eq!(
        clashes[0].about,
        ConflictSubject::ShortAnswer(ShortAnswer::MustNotFail)
    );
    let ways = clashes[0].ways.iter().cloned().map(|way| match way {
        SettlementOption::Value { value, operation } => (value, operation),
        other => panic!("{other:?}"),
    });
    let ways: Vec<_> = ways.collect();
    let mut said: Vec<&str> = ways.iter().map(|(value, _)| value.as_str()).collect();
    said.sort_unstable();
    assert_eq!(said, ["the dough mixer", "the walk-in fridge"]);
    assert!(said.contains(&both.must_not_fail.as_str()));

    let mut merged = loaded(DOC, &[&first, &a, &b]);
    let (value, operation) = ways[1].clone();
    let choice = bob.apply(&mut merged, operation);
    let settled = account(&loaded(DOC, &[&first, &a, &b, &choice]));
    assert_eq!((settled.must_not_fail, of_account(&both).len()), (value, 1));
    assert_eq!(settled.unsettled, None);
}

#[test]
fn an_equal_answer_is_one_and_a_long_one_replaces_the_text() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let mut base = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut base, Operation::CreateAccount(account_draft()));
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a = alice.apply(&mut hers, must_not_fail("the oven"));
    let b = bob.apply(&mut his, must_not_fail("the oven"));
    let both = account(&loaded(DOC, &[&first, &a, &b]));
    assert_eq!(
        (both.must_not_fail.as_str(), both.unsettled),
        ("the oven", None)
    );

    let long = |number, text: &str| {
        let part = Part {
            of: ItemId([9; 16]),
            number,
            count: 2,
            texts: vec![],
        };
        Operation::Part(part, Box::new(must_not_fail(text)))
    };
    let mut merged = loaded(DOC, &[&first, &a, &b]);
    let one = alice.apply(&mut merged, long(1, "One.\n"));
    let two = alice.apply(&mut merged, long(2, "One. Two.\n"));
    let whole = account(&loaded(DOC, &[&first, &a, &b, &one, &two]));
    assert_eq!(
        (whole.must_not_fail.as_str(), whole.parts),
        ("One. Two.", None)
    );
    let late = bob.apply(&mut his, must_not_fail("the mixer"));
    let beside = account(&loaded(DOC, &[&first, &a, &b, &one, &two, &late]));
    let answers = beside.unsettled.unwrap().answers;
    assert_eq!(answers[0].values.len(), 2, "{answers:?}");
}
