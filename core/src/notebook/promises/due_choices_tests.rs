//! Dates to choose from: none that is offered is refused, and each is called as people call it.

use super::*;
use crate::language::{Lang, ReaderContext, message_text_at};
use crate::model::handbook::HoursEdit;
use crate::model::registry::Role;
use crate::model::time::DAY_MS;
use crate::notebook::test_kit::{draft, key_of, notebook_of};

/// The choices in English at the notebook's present moment.
fn said(notebook: &Notebook, choices: &[DueChoice]) -> Vec<String> {
    let reader = ReaderContext {
        lang: Lang::En,
        now: notebook.now_ms().unwrap(),
        zone: "UTC".into(),
    };
    let words = choices.iter().map(|choice| &choice.words);
    words.map(|words| message_text_at(words, &reader)).collect()
}

#[test]
fn a_date_that_is_offered_is_never_refused_when_it_is_promised() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    // More than a year, at every hour of the day in turn, over both changes of the clocks.
    for step in 0..60 {
        for kind in ["callback", "quote", "delivery"] {
            let choices = ann.due_choices(kind.into()).unwrap();
            assert!(!choices.is_empty(), "{kind} at step {step}");
            let mut before = Millis::MIN;
            for choice in choices {
                let at = choice.due.instant().unwrap();
                assert!(before < at, "{kind} at step {step}: {choice:?}");
                before = at;
                ann.make_promise(draft(kind, choice.due)).unwrap();
            }
        }
        environment.advance(7 * DAY_MS + 5 * 3_600_000 + 60_000 * 7);
    }
}

#[test]
fn on_a_friday_evening_the_next_working_day_is_called_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    // Sunday noon: the week ahead.
    let choices = ann.due_choices("quote".into()).unwrap();
    assert_eq!(
        said(&ann, &choices),
        ["Tomorrow", "Next week, by Fri 27"],
        "on Sunday, closed"
    );
    // Friday 18:30, after hours.
    environment.advance(5 * DAY_MS + 6 * 3_600_000 + 30 * 60_000);
    let choices = ann.due_choices("quote".into()).unwrap();
    assert_eq!(said(&ann, &choices), ["Mon 30", "Next week, by 4 Dec"]);
}

#[test]
fn half_an_hour_is_offered_for_what_is_done_within_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let callback = ann.due_choices("callback".into()).unwrap();
    assert_eq!(callback[0].due, ann.due_in(30).unwrap());
    assert_eq!(said(&ann, &callback)[0], "In 30 min");
    let delivery = ann.due_choices("delivery".into()).unwrap();
    assert_ne!(said(&ann, &delivery)[0], "In 30 min");
}

#[test]
fn where_everything_is_closed_a_date_is_offered_still() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    for day in 0..80 {
        let date = jiff::civil::date(2026, 11, 20).checked_add(jiff::Span::new().days(day));
        let edit = HoursEdit::Close {
            date: date.unwrap().to_string(),
        };
        ann.save_hours(vec![edit]).unwrap();
    }
    let choices = ann.due_choices("delivery".into()).unwrap();
    assert_eq!(choices.len(), 1);
    ann.make_promise(draft("delivery", choices[0].due.clone()))
        .unwrap();
}

#[test]
fn no_date_is_in_no_minutes_or_in_more_than_a_year() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    for minutes in [0, 366 * 24 * 60 + 1, u32::MAX] {
        assert_eq!(key_of(ann.due_in(minutes)), "error-minutes");
    }
}
