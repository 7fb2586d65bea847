//! Answers on a locked screen: what they write, once, and what they leave to a screen.

use std::sync::Arc;

use super::*;
use crate::environment::{Environment, ScriptedEnvironment};
use crate::model::event::Performer;
use crate::model::registry::Role;
use crate::model::time::Due;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::test_kit::{compare_clock, draft, events, notebook_of};

const HOUR_MS: i64 = 3_600_000;

/// The notebook of Ann, the promise that she has to keep within two hours, and the reminder of it.
fn reminded(kind: &str) -> (tempfile::TempDir, Notebook, DocId, String) {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, environment): (Notebook, Arc<ScriptedEnvironment>) =
        notebook_of(&folder, Role::Technician);
    compare_clock(&notebook, &environment);
    let due = Due::at(environment.wall_ms() + 2 * HOUR_MS, "UTC").unwrap();
    let draft = PromiseDraft {
        performer: Performer::Person {
            person: notebook.me().unwrap().person,
        },
        ..draft(kind, due)
    };
    let promise = notebook.make_promise(draft).unwrap();
    let reminder = notebook.reminders_of(promise).unwrap().remove(0).id;
    (folder, notebook, promise, reminder)
}

fn count(notebook: &Notebook, promise: DocId, is: impl Fn(&EventBody) -> bool) -> usize {
    let events = events(notebook, promise);
    events.iter().filter(|event| is(event)).count()
}

fn is_seen(event: &EventBody) -> bool {
    matches!(event, EventBody::ReminderAcked { .. })
}

#[test]
fn an_answer_is_written_once_and_silences_its_reminder() {
    type IsWritten = fn(&EventBody) -> bool;
    let answers: [(ReminderAction, Option<IsWritten>); 6] = [
        (
            ReminderAction::Start,
            Some(|event| matches!(event, EventBody::Started { .. })),
        ),
        (
            ReminderAction::Cannot,
            Some(|event| matches!(event, EventBody::Declined { .. })),
        ),
        (
            ReminderAction::Done,
            Some(|event| matches!(event, EventBody::Fulfilled { .. })),
        ),
        (ReminderAction::Call, None),
        (ReminderAction::StillFine, None),
        (ReminderAction::Seen, None),
    ];
    for (action, is_written) in answers {
        let (_folder, notebook, promise, reminder) = reminded("callback");
        let before = events(&notebook, promise).len();
        for _ in 0..2 {
            notebook
                .answer_reminder(promise, reminder.clone(), action)
                .unwrap();
        }
        let after = events(&notebook, promise).len();
        assert_eq!(
            after - before,
            1 + usize::from(is_written.is_some()),
            "{action:?}"
        );
        assert_eq!(count(&notebook, promise, is_seen), 1, "{action:?}");
        if let Some(is_written) = is_written {
            assert_eq!(count(&notebook, promise, is_written), 1, "{action:?}");
        }
        let left = notebook.reminders_of(promise).unwrap();
        assert!(left.iter().all(|ring| ring.id != reminder), "{action:?}");
    }
}

#[test]
fn a_callback_that_is_done_was_a_call() {
    let (_folder, notebook, promise, reminder) = reminded("callback");
    notebook
        .answer_reminder(promise, reminder, ReminderAction::Done)
        .unwrap();
    let is_call = |event: &EventBody| match event {
        EventBody::Fulfilled { evidence, .. } => evidence[0].kind == EvidenceKind::Call,
        _ => false,
    };
    assert_eq!(count(&notebook, promise, is_call), 1);
}

#[test]
fn what_needs_a_screen_is_refused_and_writes_nothing() {
    for (kind, action, key) in [
        (
            "callback",
            ReminderAction::Renegotiate,
            "error-answer-needs-date",
        ),
        ("delivery", ReminderAction::Done, "error-answer-needs-proof"),
    ] {
        let (_folder, notebook, promise, reminder) = reminded(kind);
        let before = events(&notebook, promise);
        let refused = notebook.answer_reminder(promise, reminder, action);
        match refused {
            Err(KeptError::Invalid { reason, .. }) => assert_eq!(reason.key, key),
            other => panic!("{other:?}"),
        }
        assert_eq!(events(&notebook, promise), before);
    }
}

#[test]
fn an_answer_to_a_reminder_that_is_none_writes_nothing() {
    let (_folder, notebook, promise, _) = reminded("callback");
    let before = events(&notebook, promise);
    let refused = notebook.answer_reminder(promise, "none".into(), ReminderAction::Start);
    assert!(matches!(refused, Err(KeptError::Invalid { .. })));
    assert_eq!(events(&notebook, promise), before);
}
