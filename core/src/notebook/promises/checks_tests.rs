//! Promises under rules: what the handbook says stands in them, and bad input is refused and leaves nothing.

use super::*;
use crate::language::Lang;
use crate::model::calendar::WorkingCalendar;
use crate::model::event::{EventBody, EvidenceKind, PromiseRules};
use crate::model::handbook::{HoursEdit, KindEdit};
use crate::model::registry::{Colleague, RegistryRow, Role};
use crate::model::visit::Channel;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::promises::new_promise::promise_notice;
use crate::notebook::test_kit::{SAM, key_of, notebook_of};
use crate::notebook::test_kit::{SUNDAY, draft, due, events, made};
use crate::store::registry;

#[test]
fn a_promise_carries_the_rules_that_were_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let soon = || due("2026-11-24", DuePart::Minute { of_day: 600 });
    let edits = vec![
        KindEdit::Quantile { percent: 95 },
        KindEdit::Grace { minutes: 15 },
    ];
    ann.save_kind("callback".into(), edits).unwrap();
    let id = ann.make_promise(draft(" Callback ", soon())).unwrap();
    let first = made(&ann, id);
    assert_eq!(first.kind, "callback");
    let rules = PromiseRules {
        working_time: true,
        grace_minutes: 15,
        quantile_percent: 95,
        evidence: vec![EvidenceKind::Call],
    };
    assert_eq!(first.rules, rules);
    // A later change of the office judges only what is promised later.
    ann.save_kind("callback".into(), vec![KindEdit::Grace { minutes: 0 }])
        .unwrap();
    assert_eq!(made(&ann, id).rules, rules);
    // Told and asked in one tap.
    let told = events(&ann, id);
    assert!(matches!(told[1], EventBody::Communicated { .. }));
    assert!(matches!(told[2], EventBody::Asked { person: SAM, .. }));
    // Performers do not ask themselves.
    let person = ann.me().unwrap().person;
    let own = PromiseDraft {
        performer: Performer::Person { person },
        ..draft("callback", soon())
    };
    let own = ann.make_promise(own).unwrap();
    assert_eq!(events(&ann, own).len(), 2);
}

#[test]
fn a_kind_that_is_not_offered_is_refused_and_what_was_promised_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let soon = || due("2026-11-24", DuePart::Minute { of_day: 600 });
    let id = ann.make_promise(draft("credit", soon())).unwrap();
    ann.retire_kind("credit".into()).unwrap();
    let unsent = ann.status().unwrap().unsent.len();
    let refused = ann.make_promise(draft("credit", soon())).unwrap_err();
    assert_eq!(refused.message().key, "error-retired-kind");
    let text = crate::language::message_text(&refused.message(), Lang::En);
    assert!(text.contains("callback, delivery, fix"), "{text}");
    assert!(!text.contains("delivery, credit"), "{text}");
    let unknown = ann.make_promise(draft("task", soon()));
    assert_eq!(key_of(unknown), "error-unknown-kind");
    assert_eq!(ann.status().unwrap().unsent.len(), unsent);
    assert_eq!(ann.promise(id).unwrap().summary.kind, "credit");
    // Its life goes on.
    ann.change_promise(id, vec![PromiseEdit::Ask { person: None }])
        .unwrap();
}

#[test]
fn a_day_ends_with_the_working_day_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let mut hours = WorkingCalendar::usual("Europe/Berlin");
    hours.week[3][1].to = 960;
    let date = "2026-11-27".to_owned();
    ann.save_hours(vec![HoursEdit::Week { hours }, HoursEdit::Close { date }])
        .unwrap();
    let end = |date: &str, part| {
        let id = ann.make_promise(draft("fix", due(date, part))).unwrap();
        let end_of_day = made(&ann, id).due.end_of_day;
        end_of_day.map(|end| (end.date, end.of_day))
    };
    let thursday = Some(("2026-11-26".to_owned(), 960));
    assert_eq!(end("2026-11-26", DuePart::Day), thursday);
    // Friday is a holiday, and Sundays have no working hours.
    assert_eq!(end(SUNDAY, DuePart::Afternoon), thursday);
    assert_eq!(end("2026-11-27", DuePart::Day), thursday);
    assert_eq!(end("2026-11-26", DuePart::Morning), None);
    assert_eq!(end("2026-11-26", DuePart::Minute { of_day: 1200 }), None);

    // In New York the same hours are meant on its own clocks.
    let mut there = draft("fix", due("2026-11-26", DuePart::Day));
    there.due.zone = "America/New_York".into();
    let id = ann.make_promise(there).unwrap();
    let berlin = due("2026-11-26", DuePart::Minute { of_day: 960 });
    let six_hours = 6 * 60 * 60 * 1000;
    let told = made(&ann, id).due.instant().unwrap();
    assert_eq!(told - berlin.instant().unwrap(), six_hours);

    // Dates that are told or offered later mean it as well.
    let agree = PromiseEdit::Agree {
        due: due(SUNDAY, DuePart::Day),
        words: String::new(),
        contact: None,
        channel: Channel::Call,
        suggestion: None,
    };
    let propose = PromiseEdit::Propose {
        due: due(SUNDAY, DuePart::Day),
        reason: String::new(),
    };
    ann.change_promise(id, vec![propose, agree]).unwrap();
    for body in events(&ann, id).into_iter().rev().take(2) {
        let (EventBody::TermsAgreed { due, .. } | EventBody::TermsProposed { due, .. }) = body
        else {
            panic!("{body:?}")
        };
        assert_eq!(due.end_of_day.map(|end| (end.date, end.of_day)), thursday);
    }
}

/// A clock that goes back shows half past two twice; a promiser who picks it after the first means the second.
#[test]
fn a_time_that_comes_twice_is_the_one_that_is_ahead() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    let half_past = || due("2027-10-31", DuePart::Minute { of_day: 150 });
    let due_of = |id| made(&ann, id).due;
    let first = ann.make_promise(draft("callback", half_past())).unwrap();
    environment.set_wall(ms("2027-10-31T00:50:00Z"));
    let second = ann.make_promise(draft("callback", half_past())).unwrap();
    let noon = due("2027-11-01", DuePart::Minute { of_day: 720 });
    let once = Due {
        repeated: true,
        ..noon.clone()
    };
    let once = ann.make_promise(draft("callback", once)).unwrap();
    assert_eq!(due_of(first), half_past());
    assert_eq!(due_of(second).instant(), Ok(ms("2027-10-31T01:30:00Z")));
    assert_eq!(due_of(once), noon, "what a clock shows once is one date");
    environment.set_wall(ms("2027-10-31T01:50:00Z"));
    let refused = key_of(ann.make_promise(draft("callback", half_past())));
    assert_eq!(refused, "error-due-passed");
}

#[test]
fn a_date_that_is_told_after_the_owed_one_has_passed_leaves_that_owed() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let at = |hours: i64| Due::at(ann.now_ms().unwrap() + hours * 3_600_000, "UTC").unwrap();
    let id = ann.make_promise(draft("fix", at(2))).unwrap();
    let owes_another = || ann.promise(id).unwrap().owes_another_date();
    let tell = |hours| {
        let agree = PromiseEdit::Agree {
            due: at(hours),
            words: String::new(),
            contact: None,
            channel: Channel::Call,
            suggestion: None,
        };
        ann.change_promise(id, vec![agree]).unwrap();
    };
    tell(4);
    assert!(!owes_another());
    environment.advance(5 * 3_600_000);
    tell(4);
    assert!(owes_another());
}

#[test]
fn what_cannot_be_promised_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let make = |draft| key_of(ann.make_promise(draft));
    let soon = || due("2026-11-24", DuePart::Minute { of_day: 600 });
    let past = due("2026-11-20", DuePart::Day);
    assert_eq!(make(draft("fix", past)), "error-due-passed");
    let mut nowhere = draft("fix", soon());
    nowhere.due.zone = "Mars/Olympus".into();
    assert_eq!(make(nowhere), "error-unknown-zone");
    assert_eq!(
        make(draft("fix", due("soon", DuePart::Day))),
        "error-not-a-day"
    );
    let late = DuePart::Minute { of_day: 1440 };
    assert_eq!(
        make(draft("fix", due("2026-11-24", late))),
        "error-not-a-minute"
    );
    let mut stranger = draft("fix", soon());
    let person = PersonId([9; 16]);
    stranger.performer = Performer::Person { person };
    let refused = ann.make_promise(stranger).unwrap_err();
    assert_eq!(refused, KeptError::not_found("thing-colleague", person));
    let mut gone = draft("fix", soon());
    ann.write(|store| {
        let mut sam = registry::load(store.read())?.colleagues[&SAM].clone();
        sam.to = Some(0);
        sam.pools = vec!["service".parse().unwrap()];
        let eva = Colleague {
            id: PersonId([3; 16]),
            to: None,
            pools: vec!["callback".parse().unwrap()],
            ..sam.clone()
        };
        store.write(|tx| {
            registry::take(tx, &RegistryRow::Colleague(sam))?;
            registry::take(tx, &RegistryRow::Colleague(eva))
        })?;
        Ok(())
    })
    .unwrap();
    assert_eq!(make(gone.clone()), "error-colleague-left");
    // The list of those who may be named has neither Sam nor his pool.
    let choices = ann.performers(None).unwrap().into_iter();
    let choices: Vec<Performer> = choices.map(|choice| choice.performer).collect();
    let named = |id: [u8; 16]| Performer::Person {
        person: PersonId(id),
    };
    let callback = Performer::Pool {
        pool: "callback".parse().unwrap(),
    };
    assert_eq!((choices.len(), choices.last()), (3, Some(&callback)));
    assert!(
        choices.contains(&named([3; 16])) && !choices.contains(&Performer::Person { person: SAM })
    );
    gone.performer = Performer::Pool {
        pool: "service".parse().unwrap(),
    };
    let refused = ann.make_promise(gone.clone()).unwrap_err().message();
    let text = crate::language::message_text(&refused, Lang::En);
    assert!(text.ends_with("Known: callback"), "{text}");
    gone.performer = Performer::Pool {
        pool: "callback".parse().unwrap(),
    };
    gone.due = due("2026-11-20", DuePart::Day);
    assert_eq!(make(gone), "error-due-passed", "the pool is served");
    let mut backwards = draft("fix", soon());
    backwards.performer = Performer::Nobody;
    backwards.not_before = Some(due("2026-11-25", DuePart::Day));
    assert_eq!(make(backwards), "error-not-before");
    let mut shown = draft("fix", soon());
    shown.performer = Performer::Nobody;
    shown.suggestion = Some(Suggestion {
        due: due("never", DuePart::Day),
        quantile_percent: 80,
        level: "kind".into(),
        closed: 20,
        open: 3,
    });
    assert_eq!(make(shown), "error-suggestion");
    // On a Saturday evening, a Sunday means last Friday.
    environment.advance(6 * 24 * 60 * 60 * 1000 + 8 * 60 * 60 * 1000);
    let sunday = due(SUNDAY, DuePart::Day);
    assert_eq!(make(draft("fix", sunday)), "error-due-closed");
    assert_eq!(ann.status().unwrap().unsent, []);

    let minute = DuePart::Minute { of_day: 600 };
    let mut fine = draft("fix", due("2026-12-24", minute));
    fine.performer = Performer::Nobody;
    let id = ann.make_promise(fine);
    let id = id.unwrap();
    let performer = Performer::Person { person };
    let reason = String::new();
    let reassigned = vec![PromiseEdit::Reassign { performer, reason }];
    assert_eq!(
        key_of(ann.change_promise(id, reassigned)),
        "error-not-found"
    );
    let person = Some(person);
    let asked = vec![PromiseEdit::Ask { person }];
    assert_eq!(key_of(ann.change_promise(id, asked)), "error-not-found");
    assert_eq!(events(&ann, id).len(), 2);
}

#[test]
fn what_was_shown_and_when_it_is_wanted_stand_in_the_promise() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let mut draft = draft("fix", due("2026-11-26", DuePart::Day));
    draft.not_before = Some(due("2026-11-26", DuePart::Day));
    draft.suggestion = Some(Suggestion {
        due: due("2026-11-25", DuePart::Day),
        quantile_percent: 80,
        level: "kind".into(),
        closed: 20,
        open: 3,
    });
    let id = ann.make_promise(draft.clone()).unwrap();
    let made = made(&ann, id);
    assert_eq!(made.suggestion, draft.suggestion);
    assert_eq!(made.not_before.unwrap().date, "2026-11-26");
}

#[test]
fn who_told_the_customer_and_asked_nobody_hears_so_at_once() {
    let me = PersonId([1; 16]);
    let mut draft = draft("fix", due("2026-11-26", DuePart::Day));
    let notice = |draft: &PromiseDraft| promise_notice(draft, me, "Sam").map(|words| words.key);
    assert_eq!(notice(&draft), None);
    draft.ask = false;
    assert_eq!(notice(&draft).unwrap(), "notice-nobody-asked");
    draft.performer = Performer::Person { person: me };
    assert_eq!(notice(&draft), None);
    draft.performer = Performer::Nobody;
    assert_eq!(notice(&draft).unwrap(), "notice-nobody-named");
    draft.told = false;
    assert_eq!(notice(&draft), None);
}

#[test]
fn a_promise_that_is_there_already_is_found_by_the_date_that_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    for part in [
        DuePart::Day,
        DuePart::Morning,
        DuePart::Minute { of_day: 600 },
    ] {
        let wanted = draft("delivery", due("2026-12-01", part));
        let id = ann.make_promise(wanted.clone()).unwrap();
        let doubles = ann.duplicates_of_promise(wanted.clone()).unwrap();
        assert_eq!(doubles.len(), 1, "{wanted:?}");
        assert_eq!(doubles[0].id, id);
        let tomorrow = due("2026-12-02", wanted.due.part);
        let later = PromiseDraft {
            due: tomorrow,
            ..wanted
        };
        assert!(ann.duplicates_of_promise(later).unwrap().is_empty());
    }
}
