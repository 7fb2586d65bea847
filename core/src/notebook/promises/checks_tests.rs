//! Promises under rules: what the handbook says stands in them, and bad input is refused and leaves nothing.

use super::*;
use crate::document::{self, WriteContext};
use crate::environment::Environment;
use crate::language::{Lang, Message};
use crate::model::account::AccountDraft;
use crate::model::calendar::WorkingCalendar;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{EventBody, EvidenceKind, Made, Rules};
use crate::model::event_quota;
use crate::model::handbook::{HoursEdit, KindEdit};
use crate::model::ids::{Actor, DocId, GroupId, InstallationId};
use crate::model::promise::Flag;
use crate::model::registry::{Colleague, Device, RegistryRow, Role};
use crate::model::visit::Channel;
use crate::notebook::Notebook;
use crate::notebook::handbook::tests::{SAM, notebook_of};
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::promises::new_promise::promise_notice;
use crate::notebook::rows::promise_record;
use crate::store::changes::{self, NewChange};
use crate::store::{group_writer, meta, projection, queries, registry};
use crate::testing::NOON;

/// A Sunday; the tests begin on the one before.
const SUNDAY: &str = "2026-11-29";

fn due(date: &str, part: DuePart) -> Due {
    Due {
        date: date.into(),
        part,
        zone: "Europe/Berlin".into(),
        end_of_day: None,
        repeated: false,
    }
}

fn draft(kind: &str, due: Due) -> PromiseDraft {
    PromiseDraft {
        kind: kind.into(),
        deliverable: "a call".into(),
        criterion: String::new(),
        account: None,
        contact: None,
        performer: Performer::Person { person: SAM },
        due,
        words: String::new(),
        channel: Channel::Call,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    }
}

fn events(notebook: &Notebook, id: DocId) -> Vec<EventBody> {
    let record = notebook.read(|store| promise_record(store, id)).unwrap();
    let bodies = record.events.into_iter().map(|event| event.stored.body);
    bodies.collect()
}

fn made(notebook: &Notebook, id: DocId) -> Made {
    match events(notebook, id).remove(0) {
        EventBody::Made(made) => *made,
        other => panic!("{other:?}"),
    }
}

fn key_of<T: std::fmt::Debug>(result: ApiResult<T>) -> String {
    result.unwrap_err().message().key
}

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
    let rules = Rules {
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
fn what_somebody_who_left_was_to_do_is_flagged_until_somebody_else_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let soon = due("2026-11-24", DuePart::Minute { of_day: 600 });
    let id = ann.make_promise(draft("fix", soon)).unwrap();
    let flags = || ann.promise(id).unwrap().summary.flags;
    assert_eq!(flags(), []);
    ann.write(|store| {
        let mut sam = registry::load(store.read())?.colleagues[&SAM].clone();
        sam.to = Some(environment.wall_ms());
        store.write(|tx| registry::take(tx, &RegistryRow::Colleague(sam)))?;
        Ok(())
    })
    .unwrap();
    assert_eq!(flags(), [Flag::PerformerLeft { person: SAM }]);
    let me = ann.me().unwrap().person;
    let mine = PromiseEdit::Reassign {
        performer: Performer::Person { person: me },
        reason: String::new(),
    };
    ann.change_promise(id, vec![mine]).unwrap();
    assert_eq!(flags(), []);
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
fn one_person_fills_a_quarter_of_a_promise_and_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let soon = due("2026-11-24", DuePart::Minute { of_day: 600 });
    let id = ann.make_promise(draft("callback", soon)).unwrap();
    let me = ann.read(|store| Ok(meta::identity(store.read())?)).unwrap();
    let number = std::cell::Cell::new(0_u32);
    let new_id = || {
        number.set(number.get() + 1);
        let mut id = [7; 16];
        id[12..].copy_from_slice(&number.get().to_be_bytes());
        id
    };
    let write_context = |actor| WriteContext {
        actor,
        device: me.installation,
        time: Time {
            wall_ms: NOON,
            zone: "UTC".into(),
            offset_ms: Some(0),
            age_ms: Some(0),
            known_ms: None,
        },
        on_behalf: None,
        new_id: &new_id,
    };
    let seen = |count| {
        let rung = "due".to_owned();
        let body = EventBody::ReminderAcked { rung };
        let operation = Operation::AppendEvents(vec![body; count]);
        Edit { doc: id, operation }
    };
    let append = |count| {
        let written = ann.write(|store| {
            let group = GroupId(new_id());
            let edits = [seen(count)];
            store
                .write(|tx| {
                    group_writer::write_group(tx, &edits, &write_context(me.actor), group, None)
                })
                .map_err(KeptError::from)
        });
        written.map(|_| ())
    };
    let mut left = event_quota::MAX_EVENTS_PER_AUTHOR - events(&ann, id).len() - 1;
    while left > 0 {
        let some = left.min(250);
        append(some).unwrap();
        left -= some;
    }
    // Another device has not seen the last event that fits.
    let other = ann.read(|store| Ok(changes::load(store.read(), id)?));
    let mut other = other.unwrap();
    let further = RegistryRow::Device(Device {
        id: InstallationId([9; 16]),
        person: me.person,
        label: "a tablet".into(),
        actors: vec![Actor([9; 16])],
        push: None,
        enrolled: 0,
        revoked: None,
        server: false,
    });
    ann.write(|store| Ok(store.write(|tx| registry::take(tx, &further))?))
        .unwrap();
    let registry = ann.read(|store| Ok(registry::load(store.read())?)).unwrap();
    let stray = document::write(
        &mut other,
        &seen(1),
        &write_context(Actor([9; 16])),
        &registry,
    );
    let stray = stray.unwrap().unwrap();
    append(1).unwrap();
    assert_eq!(events(&ann, id).len(), event_quota::MAX_EVENTS_PER_AUTHOR);

    let rows = ann.rows().unwrap();
    let tell = PromiseEdit::Communicate {
        contact: None,
        channel: Channel::Call,
    };
    let refused = ann.change_promise(id, vec![tell]);
    assert_eq!(key_of(refused), "error-too-many-events-of-one");
    assert_eq!(ann.rows().unwrap(), rows);
    assert!(ann.verify().unwrap().is_healthy());

    let account = ann.create_account(AccountDraft {
        name: "Adler".into(),
        ..AccountDraft::default()
    });
    let come = ann.write(|store| {
        let done = store.write(|tx| {
            let change = NewChange {
                doc: id,
                change: &stray.change,
                parent: None,
                group: GroupId([9; 16]),
                receipt: None,
            };
            changes::insert(tx, &change)?;
            projection::refresh(tx, id, &registry::load(tx)?)
        });
        done.map_err(KeptError::from)
    });
    come.unwrap();
    let aside = ann.read(|store| Ok(queries::quarantined(store.read())?));
    assert_eq!(aside.unwrap(), []);
    let crowded = ann.promise(id).unwrap();
    let flag = crowded.summary.flags.iter().find_map(|flag| match flag {
        Flag::NoRoom { events, most_by } => Some((*events, *most_by)),
        _ => None,
    });
    assert_eq!(flag, Some((1, Some(me.person))));
    assert_eq!(events(&ann, id).len(), event_quota::MAX_EVENTS_PER_AUTHOR);
    let last = crowded.events.last().unwrap();
    assert_eq!(
        (last.counts, crowded.events.len()),
        (false, event_quota::MAX_EVENTS_PER_AUTHOR + 1)
    );
    assert_eq!(last.remarks[0].key, "event-not-allowed");
    assert!(ann.verify().unwrap().is_healthy());
    assert!(ann.account(account.unwrap()).is_ok(), "others are read");
}

#[test]
fn a_pool_is_spoken_of_as_whoever_is_free_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    ann.write(|store| {
        let mut sam = registry::load(store.read())?.colleagues[&SAM].clone();
        sam.pools = vec!["service".parse().unwrap()];
        store.write(|tx| registry::take(tx, &RegistryRow::Colleague(sam)))?;
        Ok(())
    })
    .unwrap();
    let pool = Performer::Pool {
        pool: "service".parse().unwrap(),
    };
    let soon = Due::at(ann.now_ms().unwrap() + 3_600_000, "Europe/Berlin").unwrap();
    let mut to_pool = draft("fix", soon);
    to_pool.performer = pool.clone();
    let id = ann.make_promise(to_pool).unwrap();
    ann.change_promise(
        id,
        vec![PromiseEdit::Reassign {
            performer: pool,
            reason: String::new(),
        }],
    )
    .unwrap();
    let promise = ann.promise(id).unwrap();
    let said = |words: &Message, lang| crate::language::message_text(words, lang);
    let (line, next) = (&promise.summary.performer_words, &promise.next_words);
    assert_eq!(
        (said(line, Lang::En), said(line, Lang::De)),
        (
            "Whoever is free on call for “service” delivers".into(),
            "Es liefert, wer in der Rufbereitschaft „service“ gerade frei ist".into()
        )
    );
    assert!(said(next, Lang::En).contains("whoever is free on call for “service”"));
    let given = &promise.events.last().unwrap().words;
    assert_eq!(
        said(given, Lang::En),
        "gave it to whoever is free on call for “service”"
    );
}

#[test]
fn a_closed_day_is_one_whatever_part_of_it_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let parts = [DuePart::Day, DuePart::Morning, DuePart::Afternoon];
    let ends = parts.map(|part| {
        let id = ann.make_promise(draft("fix", due(SUNDAY, part))).unwrap();
        ann.promise(id).unwrap().summary.due_at
    });
    let friday = due("2026-11-27", DuePart::Day).instant().unwrap();
    assert_eq!(ends, [friday; 3]);
    // A morning on which people work ends at noon.
    let monday = due("2026-11-30", DuePart::Morning);
    let id = ann.make_promise(draft("fix", monday.clone())).unwrap();
    assert_eq!(ann.promise(id).unwrap().summary.due, monday);
    // On the Saturday before, all three are over.
    environment.advance(6 * 24 * 60 * 60 * 1000);
    for part in parts {
        let made = ann.make_promise(draft("fix", due(SUNDAY, part)));
        assert_eq!(key_of(made), "error-due-closed", "{part:?}");
    }
}

/// The tests begin at noon on a Sunday, which is 13:00 in Berlin.
#[test]
fn lateness_counts_from_the_owed_instant_in_the_days_of_its_kind() {
    const HOUR: i64 = 60 * 60 * 1000;
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let always = vec![KindEdit::WorkingTime {
        working_time: false,
    }];
    ann.save_kind("quote".into(), always).unwrap();
    let thursday = || due("2026-11-26", DuePart::Day);
    let [fix, quote] = ["fix", "quote"].map(|kind| {
        let own = PromiseDraft {
            performer: Performer::Person {
                person: ann.me().unwrap().person,
            },
            ..draft(kind, thursday())
        };
        ann.make_promise(own).unwrap()
    });
    let minute = PromiseDraft {
        performer: Performer::Person {
            person: ann.me().unwrap().person,
        },
        ..draft("fix", due("2026-11-23", DuePart::Minute { of_day: 600 }))
    };
    let call = ann.make_promise(minute).unwrap();
    let said = |id| {
        let summary = ann.promise(id).unwrap().summary;
        let late = summary.late_words.as_ref();
        let late = late.map(|words| crate::language::message_text(words, Lang::En));
        (summary.state.late_ms, late)
    };
    environment.advance(21 * HOUR + 4 * 60_000);
    assert_eq!(said(call), (0, None), "five minutes are granted");
    environment.advance(7 * 60_000);
    let late = Some("11 min late, still to do".to_owned());
    assert_eq!(
        said(call),
        (11 * 60_000, late),
        "they count once they are over"
    );
    // Monday ten o'clock: Friday and Monday were worked, four days passed.
    environment.advance(7 * 24 * HOUR - 11 * 60_000);
    let (_, late) = said(fix);
    assert_eq!(late.unwrap(), "2 working days late, still to do");
    let (_, late) = said(quote);
    assert_eq!(late.unwrap(), "4 days late, still to do");
}

/// A state, the flags below it, who delivers and what comes next are read one after the other.
#[test]
fn what_is_shown_of_a_late_promise_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let me = ann.me().unwrap().person;
    let own = PromiseDraft {
        performer: Performer::Person { person: me },
        ..draft("fix", due("2026-11-23", DuePart::Minute { of_day: 600 }))
    };
    let id = ann.make_promise(own).unwrap();
    ann.change_promise(id, vec![PromiseEdit::Accept]).unwrap();
    environment.advance(3 * 24 * 60 * 60 * 1000);
    let promise = ann.promise(id).unwrap();
    let summary = &promise.summary;
    assert!(summary.flags.contains(&Flag::AlreadyLate));
    let shown = [
        &summary.state_words,
        &summary.sentence,
        &summary.performer_words,
        &promise.next_words,
    ];
    let shown: Vec<_> = shown.into_iter().chain(&summary.flag_words).collect();
    for lang in [Lang::En, Lang::De] {
        let said: Vec<_> = shown
            .iter()
            .map(|words| crate::language::message_text(words, lang))
            .collect();
        let late = said
            .iter()
            .filter(|text| text.contains("late") || text.contains("zu spät"));
        assert_eq!(late.count(), 1, "{said:?}");
        let performer = said[2].as_str();
        assert!(!said[3].contains(performer), "{said:?}");
    }
}
