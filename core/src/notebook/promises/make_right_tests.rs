//! A broken promise is made right by another one, and each of the two shows the other.

use super::*;
use crate::language::{Lang, message_text};
use crate::model::event::{CancelledBy, EventBody, Finding};
use crate::model::registry::Role;
use crate::model::visit::Channel;
use crate::notebook::PromiseEdit;
use crate::notebook::test_kit::{compare_clock, events, key_of, notebook_of};

fn due_in(ann: &Notebook, hours: i64) -> Due {
    Due::at(ann.now_ms().unwrap() + hours * 3_600_000, "UTC").unwrap()
}

fn promise(ann: &Notebook) -> DocId {
    let draft = PromiseDraft {
        kind: "delivery".into(),
        deliverable: "a new seal".into(),
        criterion: "no drops".into(),
        account: None,
        contact: None,
        performer: Performer::Person {
            person: ann.me().unwrap().person,
        },
        due: due_in(ann, 48),
        words: String::new(),
        channel: Channel::Call,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    };
    ann.make_promise(draft).unwrap()
}

fn done(ann: &Notebook, id: DocId) {
    let edit = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    ann.change_promise(id, vec![edit]).unwrap();
}

/// Disputed, and found broken by the office.
fn found_broken(ann: &Notebook, id: DocId) {
    let words = "it drips again".to_owned();
    ann.change_promise(id, vec![PromiseEdit::Dispute { words }])
        .unwrap();
    let dispute = ann.promise(id).unwrap().events.last().unwrap().id;
    let finding = PromiseEdit::Resolve {
        dispute,
        finding: Finding::Broken,
        reason: "the wrong size".into(),
    };
    ann.change_promise(id, vec![finding]).unwrap();
}

#[test]
fn a_dispute_that_is_not_open_is_not_decided() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let id = promise(&ann);
    let open = || ann.promise(id).unwrap().open_dispute;
    let last = || ann.promise(id).unwrap().events.last().unwrap().id;
    done(&ann, id);
    assert_eq!(open(), None);
    environment.advance(60_000);
    found_broken(&ann, id);
    assert_eq!(open(), None);
    let mut disputed = events(&ann, id).into_iter();
    let at = disputed.position(|body| matches!(body, EventBody::Disputed { .. }));
    let first = ann.promise(id).unwrap().events[at.unwrap()].id;
    let decide = |dispute| {
        let edit = PromiseEdit::Resolve {
            dispute,
            finding: Finding::Void,
            reason: String::new(),
        };
        key_of(ann.change_promise(id, vec![edit]))
    };
    assert_eq!(decide(first), "error-dispute-not-open", "it is decided");
    environment.advance(60_000);
    let words = "it drips still".to_owned();
    ann.change_promise(id, vec![PromiseEdit::Dispute { words }])
        .unwrap();
    let second = last();
    assert_eq!(open(), Some(second));
    assert_eq!(decide(first), "error-dispute-not-open", "a later one waits");
    // Taken back, it leaves nothing to decide, though the first one is the newest that counts.
    let back = PromiseEdit::Retract { event: second };
    ann.change_promise(id, vec![back]).unwrap();
    assert_eq!(open(), None);
    assert_eq!(
        decide(second),
        "error-dispute-not-open",
        "it was taken back"
    );
}

#[test]
fn what_was_found_broken_is_made_right_by_a_promise_that_is_linked() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let broken = promise(&ann);
    let kept = ann.promise(broken).unwrap();
    assert!(!kept.may_make_right);
    let refused = ann.draft_to_make_right(broken, due_in(&ann, 20));
    assert_eq!(key_of(refused), "error-not-broken");
    done(&ann, broken);
    environment.advance(60_000);
    found_broken(&ann, broken);

    let next = ann.promise(broken).unwrap();
    assert!(next.may_make_right);
    assert_eq!(
        message_text(&next.next_words, Lang::En),
        "Next: Ann makes it right"
    );
    assert_eq!(next.summary.mover, Mover::Promiser);
    let draft = ann.draft_to_make_right(broken, due_in(&ann, 20)).unwrap();
    assert_eq!(
        (
            draft.kind.as_str(),
            draft.criterion.as_str(),
            draft.makes_right
        ),
        ("delivery", "no drops", Some(broken))
    );
    assert_eq!(draft.performer, next.summary.performer);
    let right = ann.make_promise(draft.clone()).unwrap();

    let (old, new) = (ann.promise(broken).unwrap(), ann.promise(right).unwrap());
    let link = new.makes_right.unwrap();
    assert_eq!((link.id, &link.summary.unwrap()), (broken, &old.summary));
    let text = message_text(&link.words, Lang::En);
    assert!(text.starts_with("Makes right “a new seal”, due "), "{text}");
    let by: Vec<DocId> = old.made_right_by.iter().map(|link| link.id).collect();
    assert_eq!(by, [right]);
    assert_eq!(
        (old.may_make_right, old.next_words.key.as_str()),
        (false, "next-made-right")
    );
    let state = &old.made_right_by[0].summary.as_ref().unwrap().state;
    assert_eq!(state.outcome, Outcome::Open);
    assert_eq!(key_of(ann.make_promise(draft.clone())), "error-made-right");
    assert!(new.predecessor.is_none() && old.successor.is_none());
    assert!(ann.verify().unwrap().is_healthy());

    // The second one is broken as well: a third may follow, and the first shows both.
    done(&ann, right);
    environment.advance(60_000);
    found_broken(&ann, right);
    assert!(ann.promise(broken).unwrap().may_make_right);
    let third = ann.make_promise(draft).unwrap();
    let shown = ann.promise(broken).unwrap().made_right_by;
    let shown: Vec<DocId> = shown.iter().map(|link| link.id).collect();
    assert_eq!(shown, [right, third]);
    done(&ann, third);
    let state = &ann.promise(broken).unwrap().made_right_by[1];
    assert_eq!(state.summary.as_ref().unwrap().state.outcome, Outcome::Kept);

    // A promise that was made by mistake makes nothing right.
    let made = ann.promise(third).unwrap().events[0].id;
    ann.change_promise(third, vec![PromiseEdit::Retract { event: made }])
        .unwrap();
    let old = ann.promise(broken).unwrap();
    assert_eq!((old.made_right_by.len(), old.may_make_right), (1, true));
}

#[test]
fn every_broken_outcome_can_be_made_right_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    compare_clock(&ann, &environment);
    let offered = |id| {
        let shown = ann.promise(id).unwrap();
        (shown.may_make_right, shown.next_words.key)
    };
    let cancel = |by| PromiseEdit::Cancel {
        by,
        agreed_by: None,
        reason: "no parts".into(),
    };
    let by_us = promise(&ann);
    ann.change_promise(by_us, vec![cancel(CancelledBy::Us)])
        .unwrap();
    let by_them = promise(&ann);
    ann.change_promise(by_them, vec![cancel(CancelledBy::Customer)])
        .unwrap();
    let late = promise(&ann);
    let missed = promise(&ann);
    environment.advance(50 * 3_600_000);
    done(&ann, late);
    assert_eq!(offered(by_us), (true, "next-make-right".into()));
    assert_eq!(offered(by_them), (false, "next-nobody".into()));
    // A late one was delivered; it may be made right beside that. One that is only overdue here is not known to be
    // broken: no device was heard from.
    assert_eq!(offered(late), (true, "next-nobody".into()));
    assert_eq!(offered(missed), (false, "next-deliver".into()));
}
